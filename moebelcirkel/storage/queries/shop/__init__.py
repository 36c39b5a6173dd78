"""The shop's queries: cards, the counts beside the filters, and what else is asked of it."""

from moebelcirkel.storage.queries.shop.cards import (
    ON_SALE,
    Asker,
    CardKey,
    facet_filters,
    groups,
    held_by_others,
    is_card,
    matching,
    page,
    standing_with_givers,
)
from moebelcirkel.storage.queries.shop.register import (
    all_cards,
    categories,
    colours,
    is_known,
    names_on_sale,
    newest,
    not_on_sale,
    size_marks,
    type_1_of,
    unit_by_code,
    units_of,
)
from moebelcirkel.storage.queries.shop.wording import alike, right

__all__ = [
    "ON_SALE",
    "Asker",
    "CardKey",
    "alike",
    "all_cards",
    "categories",
    "colours",
    "facet_filters",
    "groups",
    "held_by_others",
    "is_card",
    "is_known",
    "matching",
    "names_on_sale",
    "newest",
    "not_on_sale",
    "page",
    "right",
    "size_marks",
    "standing_with_givers",
    "type_1_of",
    "unit_by_code",
    "units_of",
]
