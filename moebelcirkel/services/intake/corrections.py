"""Mistakes at intake: a piece that was counted wrongly is taken out of its batch alone, and one
that was registered wrongly gets another type, condition or place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.conditions import Condition, is_better
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import BatchState, Stage, State, Step, apply
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import stock
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.context import Done, Saved, Work, writes
from moebelcirkel.storage import undo
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import units as unit_queries
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import FIRST_LOOP, Intake, Unit

#: Why a condition is better than it was registered; a code of ``conditions.BETTER_REASONS``.
_MISTYPED = "mistyped"

#: What those who put a piece into a basket have seen of it.
_SHOWN = {"article_id", "condition", "price_ore"}

#: What stands in the way of both, by where the piece is, and what to do about it.
_WAYS: dict[State, str] = {
    State.ORDERED: N_("{number} is on an order. Cancel the order first."),
    State.PICKED: N_("{number} is picked for an order. Put it back and cancel the order first."),
    State.DELIVERED: N_(
        "{number} has been handed over, and figures rest on it. Undo the hand-over first."
    ),
    State.LENT: N_("{number} is on loan, and figures rest on it. Undo the hand-over first."),
    State.MENDING: N_("{number} is being repaired for who has it. Finish the case first."),
    State.SCRAPPED: N_("{number} is scrapped. Undo the scrapping first, under History."),
    State.FITTED: N_("{number} is fitted into other furniture."),
    State.DISMANTLED: N_("{number} is taken apart. Undo that first, under History."),
    State.VOID: N_("The registration of {number} is undone."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCorrection:
    """What was registered wrongly; ``None`` is left as it is."""

    article_id: int | None = None
    condition: str | None = None
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Removed(Done):
    """The piece whose registration was undone."""

    unit_id: int
    number: str


@writes("intake.remove", Action.INTAKE, Kind(ends=True))
def remove(work: Work, unit_id: int, version: int | None = None) -> Removed:
    """Undo the registration of one piece: it was never there. Its number is not used again."""
    unit = work.get(Unit, unit_id, version)
    take_out(work, unit)
    return Removed(unit_id=unit.id, number=unit.number)


def take_out(work: Work, unit: Unit) -> None:
    """The same within a change that is under way."""
    _refuse_moved_on(work, unit)
    _refuse_worked_on(work, unit)
    unit.state = apply(Step.REMOVE, unit.state, unit.number)
    for code in unit_queries.codes(work.session, unit.id):
        work.session.delete(code)  # another piece may carry it
    case_costs.leave(work, [unit])


@writes("intake.correct", Action.INTAKE)
def correct(work: Work, unit_id: int, right: BatchCorrection, version: int | None = None) -> Saved:
    """Give a piece the type, condition or place it should have been registered with.

    With another type or condition the price follows the rule; one's own stays. Also while the piece
    is in an open case with tasks done: what it is after the work is assessed, and the work booked,
    when that is finished.
    """
    unit = work.get(Unit, unit_id, version)
    put_right(work, unit, right)
    work.refuse_unchanged()
    return Saved(id=unit.id)


def put_right(work: Work, unit: Unit, right: BatchCorrection) -> None:
    """The same within a change that is under way."""
    article_id = right.article_id or unit.article_id
    condition = Condition(right.condition or unit.condition)
    if (article_id, condition) != (unit.article_id, unit.condition):
        _refuse_moved_on(work, unit)
        apply(Step.CORRECT, unit.state, unit.number)
        own = stock.has_own_price(work, unit)
        if condition != unit.condition:
            _set_condition(work, unit, condition)
        unit.article_id = work.choose(Article, article_id).id
        if not own:
            unit.price_ore = stock.rule_price(work, unit)
    if right.place_id not in (None, unit.place_id):
        apply(Step.MOVE, unit.state, unit.number)
        unit.place_id = work.choose(Place, right.place_id).id


def _set_condition(work: Work, unit: Unit, condition: str) -> None:
    if unit.refurbished or _costs(work, unit):
        raise Refused(
            N_("The workshop has assessed {number} since. Use “Correct condition” instead."),
            number=unit.number,
        )
    if is_better(condition, unit.condition):
        unit.condition_reason = _MISTYPED
    unit.condition = Condition(condition)


def _refuse_moved_on(work: Work, unit: Unit) -> None:
    """Refuse once figures or people depend on what was registered."""
    way = _WAYS.get(unit.state)
    if way is not None:
        raise Refused(way, number=unit.number)
    stock.refuse_held(work, [unit])
    stock.refuse_ordered(work, [unit])
    if unit.loop > FIRST_LOOP:
        raise Refused(
            N_(
                "{number} has been handed over before, so figures rest on how it was registered."
                " Correct what it is now: its condition, its place, or the furniture type itself."
            ),
            number=unit.number,
        )


def _refuse_worked_on(work: Work, unit: Unit) -> None:
    """Refuse to say that a piece was never there once somebody has worked on it."""
    case_id = case_queries.open_case_of(work.session, unit.id)
    if case_id is not None and (
        work.get(Case, case_id).state != Stage.ASSESS
        or case_queries.task_rows(work.session, case_id)
    ):
        raise Refused(
            N_(
                "Work on {number} has begun in the workshop. Remove the tasks of its case first,"
                " or split it off."
            ),
            number=unit.number,
        )
    if _costs(work, unit) or costing_queries.newest_hand_over(work.session, unit.id):
        raise Refused(
            N_(
                "Work or a hand-over is booked on {number}, so it has been there. Scrap it if it"
                " is gone."
            ),
            number=unit.number,
        )


def _costs(work: Work, unit: Unit) -> bool:
    """Whether work is booked on the piece that was not taken back."""
    booked = costing_queries.costs_of(work.session, {unit.id: unit.loop})
    return sum(cost.count for cost in booked.get(unit.id, ())) > 0


def _are_of_batches_in_force(work: Work, events: Sequence[undo.Turned]) -> None:
    """A piece that comes back must find the batch it was registered with."""
    for unit in work.rows(Unit, {int(event.entity_id) for event in events if not event.made}):
        batch = work.session.get(Intake, unit.intake_id) if unit.intake_id else None
        if unit.state != State.VOID and batch is not None and batch.state == BatchState.VOID:
            raise Refused(
                N_("It cannot be undone, because the whole batch of {number} is undone."),
                number=unit.number,
            )


def _are_in_no_basket(work: Work, events: Sequence[undo.Turned]) -> None:
    """Nothing in somebody's basket gets another price, condition or type than it was taken for."""
    changed = {
        int(event.entity_id)
        for event in events
        if not event.made
        and event.before
        and event.after
        and _SHOWN & (event.before.keys() | event.after.keys())
    }
    stock.refuse_held(work, work.rows(Unit, changed))


def refuse_again(work: Work, unit_ids: Sequence[int]) -> None:
    """Refuse to take pieces out again that somebody has worked on since they came back."""
    for unit in work.rows(Unit, unit_ids):
        _refuse_worked_on(work, unit)


undo.AFTERWARDS["unit"] += [_are_of_batches_in_force, _are_in_no_basket]
