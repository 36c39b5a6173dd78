"""The shop's queries: cards, the counts beside the filters, and what else is asked of it."""

from moebelcirkel.storage.queries.shop.cards import (
    Asker,
    CardKey,
    card_rows,
    is_card,
    standing_with_givers,
)
from moebelcirkel.storage.queries.shop.pieces import (
    WITH_GIVER,
    CardLot,
    Lot,
    lots_by_card,
    sites,
    wanted,
)
from moebelcirkel.storage.queries.shop.register import (
    all_cards,
    categories,
    colours,
    is_known,
    names_on_sale,
    newest,
    nobody,
    not_on_sale,
    size_marks,
    type_1_of,
    unit_by_code,
    units_of,
)
from moebelcirkel.storage.queries.shop.shelves import (
    Apart,
    Pile,
    Shelf,
    ShopShelves,
    Stack,
    Told,
    held,
    shelves,
)
from moebelcirkel.storage.queries.shop.wording import alike, asked, expect_asked, right
