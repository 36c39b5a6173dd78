"""Stock: moving, putting on sale, taking off sale and scrapping, one piece or many at once."""

from moebelcirkel.domain.stock import SortBy
from moebelcirkel.services.stock.handling import (
    SCRAP_REASONS,
    Prices,
    has_own_price,
    move,
    prices,
    put_on_sale,
    refuse_held,
    refuse_ordered,
    rule_price,
    scrap,
    set_condition,
    set_price,
    take_off_sale,
)
from moebelcirkel.services.stock.parts import Dismantled, SparePart, dismantle
