"""Pieces that come back from their user: each return ends a loop and begins the next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import facts
from moebelcirkel.domain.conditions import Condition, reason_for
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import OUT, IntakeKind, State, Step, apply
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import codes
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.figures import complaints as figure_complaints
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries.deliveries import Returnable
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Intake, Unit


@dataclass(frozen=True, slots=True)
class Returned:
    """A piece that came back, how it looks now, and why where it looks better than it left.

    ``reason`` is a code of ``domain.conditions.BETTER_REASONS``.
    """

    code: str
    condition: str
    reason: str | None = None


def returnable(context: Context, code: str) -> Returnable:
    """What stands behind the code; refuses a piece that is not out with anyone."""
    context.require(Action.RETURN)
    with context.read() as session:
        unit_id = codes.need_unit_id(session, code)
        row = delivery_queries.piece_out(session, unit_id)
    apply(Step.TAKE_BACK, State(row.state), row.number)
    return row


@dataclass(frozen=True, slots=True)
class TakenBack(Done):
    """The pieces that came back."""

    pieces: int
    unit_ids: tuple[int, ...]
    numbers: tuple[str, ...]


@writes("delivery.take_back", Action.RETURN)
def take_back(
    work: Work, pieces: Sequence[Returned], *, place_id: int, on: dt.date | None = None
) -> TakenBack:
    """Take pieces back onto a place; the giver is whoever has them.

    The figures of a loan ended on the day it was lost: that it turned up changes nothing of them.
    """
    day = on or work.today
    if day > work.today:
        raise Refused(N_("The day of the return cannot be in the future."), field="on")
    came = _came(work, pieces)
    _check_place(work, place_id)
    units = work.rows(Unit, came)
    intakes = _intakes(work, units, day)
    for unit in units:
        _check_day(work, unit, day)
        if unit.state in OUT:
            figure_complaints.settle_returned(work, unit)
            figure_lines.end_use(work, unit, day)
            unit.giver_id, unit.received_on = unit.holder_id, day
        facts.forget(unit, "returned", work.get(Article, unit.article_id).category_key)
        unit.state = apply(Step.TAKE_BACK, unit.state, unit.number)
        unit.intake_id = intakes[unit.giver_id].id
        unit.holder_id, unit.price_ore, unit.listed_at = None, None, None
        back = came[unit.id]
        unit.condition_reason = reason_for(back.condition, unit.condition, back.reason)
        unit.place_id, unit.condition = place_id, Condition(back.condition)
    return TakenBack(
        pieces=len(units),
        unit_ids=tuple(unit.id for unit in units),
        numbers=tuple(unit.number for unit in units),
    )


def _came(work: Work, pieces: Sequence[Returned]) -> dict[int, Returned]:
    """What came back by unit; the same piece twice in one list counts once, as last corrected."""
    if not pieces:
        raise Refused(N_("Scan the pieces that came back first."))
    found: dict[int, Returned] = {}
    for piece in pieces:
        if piece.condition not in set(Condition):
            raise Refused(N_("Choose a condition from A to D."), field="condition")
        found[codes.need_unit_id(work.session, piece.code)] = piece
    return found


def _check_place(work: Work, place_id: int) -> None:
    place = work.session.get(Place, place_id)
    if place is None or not place.active:
        raise Refused(N_("Choose a place that is in use."), field="place_id")


def _check_day(work: Work, unit: Unit, day: dt.date) -> None:
    """A piece cannot come back before it was handed over; another state is refused first."""
    apply(Step.TAKE_BACK, unit.state, unit.number)
    line = figure_lines.open_line(work.session, unit.id)
    if line is not None and day < line.effective_on:
        raise Refused(
            N_("The day of the return is before {number} was handed over."),
            field="on",
            number=unit.number,
        )


def _intakes(work: Work, units: Sequence[Unit], day: dt.date) -> dict[int | None, Intake]:
    """One registered return for each giver."""
    groups: dict[int | None, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.holder_id or unit.giver_id, []).append(unit)
    made = {}
    for giver, theirs in groups.items():
        articles = {unit.article_id for unit in theirs}
        made[giver] = Intake(
            kind=IntakeKind.RETURN,
            giver_id=giver,
            pieces=len(theirs),
            received_on=day,
            article_id=articles.pop() if len(articles) == 1 else None,
            created_at=work.now,
        )
        work.session.add(made[giver])
    work.session.flush()
    return made
