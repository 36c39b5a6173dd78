"""Queries about planned purchases: what is on its way, and the plans that are kept."""

from moebelcirkel.storage.queries.purchases.becoming import (
    Becoming,
    FreeCard,
    TypeOnSale,
    becoming,
    free_cards,
    on_sale,
    owned,
    worn_out,
)
from moebelcirkel.storage.queries.purchases.plans import (
    KeptLine,
    PlanRow,
    ended,
    lines_of,
    listed,
    one,
    unanswered,
)
