"""What the table of all pieces can be asked: search, filters and the order of its rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self, cast

from moebelcirkel.domain.facts import FACTS, FactFilters
from moebelcirkel.domain.lifecycle import State

#: The most pieces one action takes at once, so that a slip with Ctrl+A stays bounded.
MOST_AT_ONCE = 2_000

#: The states in the order of a piece's life, as the table sorts and the filter lists them.
STATE_ORDER: tuple[State, ...] = tuple(state for state in State if state is not State.VOID)


#: The filters whose choices are counted, each with what a counted line is told apart by.
FACETS = {
    "states": "state",
    "conditions": "condition",
    "groups": "group",
    **{column: column for column in FACTS},
}


class SortBy(StrEnum):
    """The columns rows can be ordered by; the value is the column's key on the page."""

    NUMBER = "number"
    ARTICLE = "article"
    CATEGORY = "category"
    CONDITION = "condition"
    STATE = "state"
    PLACE = "place"
    PRICE = "price"
    NEW_PRICE = "new_price"
    LOOP = "loop"
    GIVER = "giver"
    HOLDER = "holder"
    RECEIVED = "received"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFilter(FactFilters):
    """Which pieces: empty sets and ``None`` mean that the filter does not count."""

    text: str = ""
    states: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    article_id: int | None = None
    place_id: int | None = None
    institution_id: int | None = None
    received_from: dt.date | None = None
    received_to: dt.date | None = None
    price_from_ore: int | None = None
    price_to_ore: int | None = None
    without_photo: bool = False
    without_price: bool = False

    def box(self, name: str) -> frozenset[str]:
        """The chosen keys of one of ``FACETS``."""
        chosen: frozenset[str] = getattr(self, name)
        return chosen

    def with_boxes(self, boxes: Mapping[str, frozenset[str]]) -> Self:
        """The same filter with other keys of these ``FACETS``."""
        # mypy takes every value for any field's.
        return replace(self, **cast(Any, boxes))


@dataclass(frozen=True, slots=True)
class StockOrder:
    """The order of the rows; empty cells come last either way."""

    by: SortBy = SortBy.RECEIVED
    descending: bool = True
