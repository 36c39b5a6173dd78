"""How the figures of one piece come about, as rows: booked at hand-over, or expected before it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.figures import shadow_price_ore
from moebelcirkel.domain.figures.breakdown import (
    BreakdownRow,
    RowKind,
    breakdown,
    money_breakdown,
    price_breakdown,
)
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.lifecycle import GONE, State
from moebelcirkel.language import NBSP, _, day, decimal, kroner
from moebelcirkel.services import figures
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.services.reports import beside
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session

#: States in which a piece has left without replacing anything new.
_LEFT = GONE | {State.VOID}


@dataclass(frozen=True, slots=True)
class UnitFigureRow:
    """One step as it is shown."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Both calculations and what they rest on; no rows where nothing was replaced."""

    co2: tuple[UnitFigureRow, ...]
    money: tuple[UnitFigureRow, ...]
    note: str


def of(
    session: Session, unit: Unit, article: Article, answer: Answer, institution: str, on: dt.date
) -> UnitFigures:
    """The open hand-over line, or what a hand-over now would give."""
    line = figure_lines.open_line(session, unit.id)
    if line is None and unit.state in _LEFT:
        note = _("The piece has left without replacing a new one. It has no savings.")
        return UnitFigures((), (), f"{note} {_booked_before(session, unit, None)}".rstrip())
    if line is not None:
        inputs = FigureInputs.from_dict(line.inputs)
        text = _("Booked {day}, delivered to {name}.") if institution else _("Booked {day}.")
        state = text.format(day=day(line.effective_on), name=institution)
    else:
        inputs = _expected(session, unit, article, answer, on)
        state = _("Provisional, until the piece is delivered.")
    before = _booked_before(session, unit, line)
    note = " ".join(filter(None, (state, source_text(session, inputs), before)))
    year = on.year if line is None else line.effective_on.year
    price = shadow_price_ore(year, beside.shadow_prices(session))
    money = (*money_breakdown(inputs), *price_breakdown(inputs, price))
    return UnitFigures(shown(breakdown(inputs)), shown(money), note)


def _booked_before(session: Session, unit: Unit, shown_line: FigureLine | None) -> str:
    """The piece's other lines, so that what a return took back can be traced to its hand-over."""
    kinds: dict[str, str] = {
        "hand_over": _("hand-over"),
        "adjustment": _("return"),
        "late_cost": _("later cost"),
        "reversal": _("reversal"),
        "transport": _("transport on its run"),
        "complaint": _("complaint"),
    }
    text = _("{day} {kind} {money}, {mass}")
    lines = [
        text.format(
            day=day(row.effective_on),
            kind=kinds.get(row.kind, row.kind),
            money=kroner(row.cash_ore),
            mass="–" if row.net_g is None else f"{decimal(Decimal(row.net_g) / 1000, 1)}{NBSP}kg",
        )
        for row in costing_queries.lines_of_unit(session, unit.id)
        if shown_line is None or row.id != shown_line.id
    ]
    return _("Other lines: {lines}.").format(lines="; ".join(lines)) if lines else ""


def _expected(
    session: Session, unit: Unit, article: Article, answer: Answer, on: dt.date
) -> FigureInputs:
    costs = figures.refurbishments(session, [unit]).get(unit.id, figures.Refurbishment())
    return figures.make_inputs(
        figures.load_factors(session, on),
        article,
        unit.condition,
        answer,
        refurbishment=costs,
        life_left=unit.life_left,
        condition_reason=unit.condition_reason,
    )


def source_text(session: Session, inputs: FigureInputs) -> str:
    """Where factor and new price come from."""
    category = session.get_one(Category, inputs.category_key).name_da.split(" (")[0].lower()
    price = _("New price: {source}.").format(source=_price_source(inputs))
    if not inputs.has_factor:
        text = _("{category} has no factor in factor set {set}, so CO₂e is left empty.")
        factor = text.format(category=category.capitalize(), set=inputs.factor_set)
    elif inputs.co2_stages == figures.EPD:
        factor = _("Factor: own EPD, {source}.").format(source=inputs.co2_source)
    else:
        text = _("Factor: {category}, {source}, factor set {set}.")
        factor = text.format(
            category=category, source=inputs.co2_source.split(";")[0], set=inputs.factor_set
        )
    return f"{factor} {price}"


def _price_source(inputs: FigureInputs) -> str:
    if inputs.price_documented and inputs.price_date is not None:
        return f"{inputs.price_source}, {day(inputs.price_date)}"
    if inputs.price_source:
        return _("{source}, without a date").format(source=inputs.price_source)
    if not inputs.new_price_ore:
        return _("none is known")
    return _("the category's usual price (estimate)")


def shown(rows: Sequence[BreakdownRow]) -> tuple[UnitFigureRow, ...]:
    """Rows in the reader's language."""
    return tuple(UnitFigureRow(_label(row), _value(row), row.strong) for row in rows)


def _label(row: BreakdownRow) -> str:
    values = {
        name: decimal(value) if isinstance(value, Decimal) else _answer(value)
        for name, value in row.values.items()
    }
    return _(row.label).format(**values) if values else _(row.label)


def _answer(text: str) -> str:
    """A condition's letter as it is; an answer inside a sentence begins small."""
    return text if len(text) == 1 else _(text).lower()


def _value(row: BreakdownRow) -> str:
    if row.value is None:
        return "–"
    if row.kind is RowKind.SHARE:
        return decimal(row.value, 2)
    if row.kind is RowKind.ORE:
        return kroner(_whole_ore(row.value))
    if row.high is not None:
        low, high = decimal(row.value, 1), decimal(row.high, 1)
        if low == high:
            return f"{low}{NBSP}kg"
        if row.value < 0:
            return _("{low} to {high}").format(low=low, high=f"{high}{NBSP}kg")
        return f"{low}–{high}{NBSP}kg"
    return f"{decimal(row.value, 1)}{NBSP}kg"


def _whole_ore(ore: Decimal) -> int:
    return int(ore.quantize(Decimal(1), ROUND_HALF_EVEN))
