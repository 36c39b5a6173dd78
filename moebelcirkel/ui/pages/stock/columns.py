"""The columns of the table of all pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import FACTS, PieceFact
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import _, current_language, day, kroner, number
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.lists.tables import Column

if TYPE_CHECKING:
    from moebelcirkel.services.stock.lists import StockRow

PHOTO = "photo"

_TONES = {
    State.LISTED: "accent",
    State.DELIVERED: "accent",
    State.LENT: "warning",
    State.ORDERED: "warning",
    State.PICKED: "warning",
    State.WORKSHOP: "money",
    State.MENDING: "money",
    State.FITTED: "money",
    State.MISSING: "error",
    State.SCRAPPED: "error",
    State.DISMANTLED: "error",
}


def state_name(state: State) -> str:
    """A state as a heading: with a capital."""
    name = _(state.label)
    return name[:1].upper() + name[1:]


def condition_name(grade: str) -> str:
    """ "B · god"."""
    return f"{grade} · {_(Condition(grade).label)}"


def _state(row: StockRow) -> State:
    return State(row.state)


def _words_of(grade: str, row: StockRow) -> list[str]:
    return [grade, _("refurbished")] if row.refurbished else [grade]


def _condition(row: StockRow) -> str:
    return " · ".join(_words_of(row.condition, row))


def _fact(fact: PieceFact) -> Column[StockRow]:
    def said(row: StockRow) -> str:
        key = fact.asked(getattr(row, fact.column), row.category_key)
        return _(fact.answers[key][1]) if key else ""

    return Column(fact.column, _(fact.name), said, width=100, hidden=True)


def _money(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore)


def columns() -> list[Column[StockRow]]:
    """All there are; a person chooses which to see."""
    return [*_what_it_is(), *_where_and_worth()]


def _order(row: StockRow) -> object:
    """The database orders; this only marks the column as one to order by."""
    return row.sort


def _what_it_is() -> list[Column[StockRow]]:
    return [
        Column(PHOTO, _("Picture"), lambda _row: "", width=64, yields=True),
        Column("number", _("Number"), lambda row: row.number, _order, width=114, strong=True),
        Column("article", _("Furniture type"), lambda row: row.article, _order, keeps_end=True),
        Column("category", _("Category"), lambda row: row.category, _order, width=170, hidden=True),
        Column(
            "condition",
            _("Condition"),
            _condition,
            _order,
            width=64,
            # The column is as wide as a letter: the words are told by pointing, and copied.
            chip=lambda row: Chip(row.condition, condition_tone(row.condition)),
            tip=lambda row: " · ".join(_words_of(condition_name(row.condition), row)),
        ),
        *(_fact(fact) for fact in FACTS.values()),
        Column(
            "state",
            _("State"),
            lambda row: state_name(_state(row)),
            _order,
            width=108 if current_language() == "da" else 122,
            chip=lambda row: Chip(state_name(_state(row)), _TONES.get(_state(row), "neutral")),
        ),
    ]


def _where_and_worth() -> list[Column[StockRow]]:
    return [
        Column("place", _("Place"), lambda row: row.place, _order, width=134),
        Column(
            "price",
            _("Price"),
            lambda row: _money(row.price_ore),
            _order,
            "right",
            "money",
            width=88,
        ),
        Column(
            "new_price",
            _("New price"),
            lambda row: _money(row.new_price_ore),
            _order,
            "right",
            width=96,
            hidden=True,
        ),
        Column(
            "loop",
            _("Use periods"),
            lambda row: number(row.loop),
            _order,
            "right",
            width=110,
            hidden=True,
        ),
        Column("giver", _("Giver"), lambda row: row.giver, _order, width=150, hidden=True),
        Column("holder", _("Stands with"), lambda row: row.holder, _order, width=150, hidden=True),
        Column(
            "received",
            _("Received"),
            lambda row: day(row.received_on),
            _order,
            width=104,
            hidden=True,
        ),
        Column("days", _("Days"), _days, _order, "right", width=68, hidden=True, tip=_received),
    ]


def _days(row: StockRow) -> str:
    return "" if row.days is None else number(row.days)


def _received(row: StockRow) -> str:
    return _("Received {day}").format(day=day(row.received_on))
