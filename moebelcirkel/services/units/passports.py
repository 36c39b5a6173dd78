"""Møbelpas: everything that is known of one piece, on screen and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from moebelcirkel.domain import facts
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.lifecycle import AT_WORK, State
from moebelcirkel.domain.measures import Measures, write_measures
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, current_language, day, decimal, kroner
from moebelcirkel.services.context import Context
from moebelcirkel.services.units import figures as unit_figures
from moebelcirkel.services.units import history as unit_history
from moebelcirkel.services.units import periods as unit_periods
from moebelcirkel.services.units.figures import UnitFigureRow, UnitFigures
from moebelcirkel.services.units.history import Happening
from moebelcirkel.services.units.values import UnitValues
from moebelcirkel.storage.queries import passport as passport_queries
from moebelcirkel.storage.queries.passport import OpenOrder, PhotoLine
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.queries.repairs.used import UsedPart
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, gone

if TYPE_CHECKING:
    from moebelcirkel.documents.units import passport as unitpass


#: States that ask for somebody's attention: their mark is amber.
_ON_THE_WAY = frozenset({State.ORDERED, State.PICKED, *AT_WORK, State.MISSING})
_GONE = frozenset({State.SCRAPPED, State.DISMANTLED, State.VOID})


@dataclass(frozen=True, slots=True)
class Mark:
    """A pill beside the name; tone accent, warning, error or neutral."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class PassFact:
    """A line of the facts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Passport:
    """All of one piece; texts are ready to read, ids are there to act on."""

    id: int
    version: int
    number: str
    article_id: int
    category_key: str
    name: str
    subtitle: str
    state: State
    condition: str
    price_ore: int | None
    place_id: int | None
    values: UnitValues
    marks: tuple[Mark, ...]
    facts: tuple[PassFact, ...]
    photos: tuple[PhotoLine, ...]
    history: tuple[Happening, ...]
    periods: tuple[str, ...]
    figures: UnitFigures
    order: OpenOrder | None


def passport(context: Context, unit_id: int) -> Passport:
    """The møbelpas of a piece; refuses plainly when there is no such piece."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        return _passport(session, unit_id, context.today())


def _passport(session: Session, unit_id: int, today: dt.date) -> Passport:
    found = passport_queries.unit(session, unit_id)
    if found is None:
        raise gone()
    unit, article, category, place, giver, holder = found
    order = passport_queries.open_order(session, unit_id)
    answer = Answer(order.answer) if order else Answer.UNANSWERED
    history = unit_history.happenings(session, unit_id)
    codes = tuple(passport_queries.codes(session, unit_id))
    return like(
        Passport,
        unit,
        article_id=article.id,
        category_key=article.category_key,
        name=_name(article),
        subtitle=_subtitle(unit, article, category),
        marks=_marks(unit),
        order=order,
        values=UnitValues(
            note=unit.note, acquired_year=unit.acquired_year, codes=codes, **facts.of(unit)
        ),
        facts=(
            *_facts(unit, article, (place, giver, holder), codes),
            *_fitted(used.around(session, unit.id), unit),
        ),
        photos=tuple(passport_queries.photos(session, unit.id, article.id)),
        history=tuple(history),
        periods=tuple(unit_periods.periods(session, unit.id, unit.acquired_year)),
        figures=unit_figures.of(session, unit, article, answer, holder, today),
    )


def _name(article: Article) -> str:
    colour = article.colour.lower()
    return (
        article.name
        if not colour or colour in article.name.lower()
        else (f"{article.name}, {colour}")
    )


def _subtitle(unit: Unit, article: Article, category: object) -> str:
    name = getattr(category, "name_da" if current_language() == "da" else "name_en")
    parts = (unit.number, name.split(" (")[0], article.ecolabel)
    return " · ".join(part for part in parts if part)


def _marks(unit: Unit) -> tuple[Mark, ...]:
    grade = Condition(unit.condition)
    words = [grade.value, _(grade.label), _("refurbished") if unit.refurbished else ""]
    state = unit.state
    name = _(state.label)
    tone = "warning" if state in _ON_THE_WAY else "error" if state in _GONE else "accent"
    period = _("period of use {number}").format(number=unit.loop)
    return (
        Mark(" · ".join(word for word in words if word), _GRADE_TONES[grade]),
        Mark(name[0].upper() + name[1:], tone),
        Mark(period, "neutral"),
    )


_GRADE_TONES = {
    Condition.A: "accent",
    Condition.B: "accent",
    Condition.C: "warning",
    Condition.D: "error",
}


def _facts(
    unit: Unit, article: Article, where: tuple[str, str, str], codes: Sequence[str]
) -> tuple[PassFact, ...]:
    place, giver, holder = where
    rows = [
        (_("Stands with"), holder) if unit.holder_id else (_("Place"), place or "–"),
        (_("Price / new price"), _prices(unit, article)),
        (_("Width × depth × height"), _measures(article)),
        (_("Size mark"), article.size_mark),
        (_("Supplier · warranty until"), _supplier(article)),
        (_("Received"), _received(unit, article, giver)),
        (_("Life used in earlier periods"), _life_used(unit)),
        *(
            (_(fact.question), _(fact.answers[key][1]))
            for fact, key in facts.asked_of(unit, article.category_key)
        ),
        (_("Spare parts"), article.spare_parts),
        (_("Other codes"), ", ".join(codes)),
        (_("Note"), unit.note),
    ]
    return tuple(PassFact(label, value) for label, value in rows if value)


def _fitted(parts: Sequence[UsedPart], unit: Unit) -> list[PassFact]:
    """Which parts of other furniture are in it; of such a part, where it is."""
    where = [f"{each.piece} · {each.task}" for each in parts if each.part_id == unit.id]
    inside = [f"{each.name} {each.number}" for each in parts if each.unit_id == unit.id]
    rows = ((_("Is in"), where), (_("Parts of other furniture"), inside))
    return [PassFact(label, ", ".join(values)) for label, values in rows if values]


def _received(unit: Unit, article: Article, giver: str) -> str:
    """When, and from whom; what came in no batch stood here on the first day, but for parts."""
    known = giver or unit.intake_id or article.category_key == SPARE_PART
    came_from = giver if known else _("opening stock")
    return " · ".join(filter(None, (day(unit.received_on), came_from)))


def _prices(unit: Unit, article: Article) -> str:
    own = "–" if unit.price_ore is None else kroner(unit.price_ore)
    new = "–" if article.new_price_ore is None else kroner(article.new_price_ore)
    return f"{own} / {new}"


def _measures(article: Article) -> str:
    measures = Measures(
        article.width_mm, article.depth_mm, article.height_min_mm, article.height_max_mm
    )
    text = write_measures(measures, "," if current_language() == "da" else ".")
    return f"{text} cm" if text else ""


def _supplier(article: Article) -> str:
    until = article.warranty_until
    parts = (article.supplier, "" if until is None else f"{until:%m.%Y}")
    return " · ".join(part for part in parts if part)


def _life_used(unit: Unit) -> str:
    return _("{used} of 1").format(used=decimal(Decimal(1) - unit.life_left, 2))


def passport_pdf(context: Context, unit_id: int) -> bytes:
    """The møbelpas as a page of paper."""
    from moebelcirkel.documents.units import passport as unitpass

    context.require(Action.STOCK_VIEW)
    today = context.today()
    with context.read() as session:
        seen = _passport(session, unit_id, today)
        pictures = passport_queries.jpegs(session, [photo.sha256 for photo in seen.photos[:4]])
    return unitpass.unit_pass(
        unitpass.UnitPass(
            number=seen.number,
            name=seen.name,
            subtitle=seen.subtitle,
            printed_at=context.now(),
            chips=tuple(
                unitpass.PassportChip(mark.text, _paper_tone(mark.tone)) for mark in seen.marks
            ),
            photos=tuple(pictures),
            facts=tuple(unitpass.PassportFact(fact.label, fact.value) for fact in seen.facts),
            figures=_paper_figures((*seen.figures.co2, *_money_result(seen.figures))),
            figures_note=seen.figures.note,
            history=tuple(
                unitpass.PassportEvent(each.title, each.when(today), _paper_tone(each.tone))
                for each in seen.history
            ),
            loops=seen.periods,
        )
    )


def _paper_figures(rows: Sequence[UnitFigureRow]) -> tuple[unitpass.PassportFact, ...]:
    from moebelcirkel.documents.units import passport as unitpass

    return tuple(unitpass.PassportFact(row.label, row.value, row.strong) for row in rows)


def _money_result(figures: UnitFigures) -> tuple[UnitFigureRow, ...]:
    """Paper shows all steps of the CO2e and the outcome of the money."""
    return tuple(row for row in figures.money if row.strong)


def _paper_tone(tone: str) -> unitpass.Tone:
    tones: dict[str, unitpass.Tone] = {"accent": "accent", "warning": "warning", "error": "warning"}
    return tones.get(tone, "quiet")
