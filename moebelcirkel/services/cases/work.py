"""Workshop cases: pieces come in, tasks are done, pieces leave in a better condition.

A task's minutes and parts are for all pieces of its case together and are shared among them to
the øre when the case is finished; its CO2e is per piece (db/reference/METODE.md,
section 5).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition, reason_for
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.lifecycle import OPEN_STAGES, Stage, State, Step, apply
from moebelcirkel.domain.money import split_ore
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.tasks import is_work
from moebelcirkel.services import stock
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.cases import outside
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import complaints as figure_complaints
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries.cases import BookedTask
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit

#: Columns of the board that a card can be moved to by hand; "ready" needs the finish form.


@dataclass(frozen=True, slots=True)
class CaseSaved(Done):
    """The case something was done to."""

    case_id: int


@dataclass(frozen=True, slots=True)
class TaskSaved(Done):
    """The task, and its case."""

    case_id: int
    task_id: int


@dataclass(frozen=True, slots=True)
class CaseSplit(Done):
    """The case that was split, and the one its pieces went to."""

    case_id: int
    new_id: int


@dataclass(frozen=True, slots=True)
class CaseFinished(Done):
    """The case that is finished and its pieces."""

    case_id: int
    unit_ids: tuple[int, ...]


def open_case(work: Work, unit_ids: Sequence[int], order_id: int | None = None) -> Case:
    """Open one case for pieces that already stand in the workshop, inside another change."""
    case = Case(state=Stage.ASSESS, opened_at=work.now, order_id=order_id)
    work.session.add(case)
    work.session.flush()
    work.bulk_insert(CaseUnit, [{"case_id": case.id, "unit_id": unit_id} for unit_id in unit_ids])
    return case


def workshop_place(work: Work) -> int | None:
    """Where pieces in the workshop stand unless something else is said."""
    return case_queries.workshop_place(work.session)


@writes("case.open", Action.CASE)
def send(work: Work, unit_ids: Sequence[int], place_id: int | None = None) -> CaseSaved:
    """Take pieces from the shelf into the workshop, as one case."""
    if not unit_ids:
        raise Refused(N_("Choose at least one piece of furniture."))
    units = work.rows(Unit, unit_ids)
    stock.refuse_held(work, units)
    chosen = work.choose(Place, place_id).id if place_id is not None else workshop_place(work)
    for unit in units:
        unit.state = apply(Step.TO_WORKSHOP, unit.state, unit.number)
        unit.listed_at = None
        unit.place_id = chosen if chosen is not None else unit.place_id
    work.session.flush()
    return CaseSaved(case_id=open_case(work, [unit.id for unit in units]).id)


@writes("case.move", Action.CASE)
def move(work: Work, case_id: int, stage: str, version: int | None = None) -> CaseSaved:
    """Put a card in another column of the board."""
    case = open_one(work, case_id, version)
    if stage not in OPEN_STAGES:
        raise Refused(N_("Finish the case to make the furniture ready."))
    case.state = Stage(stage)
    return CaseSaved(case_id=case.id)


@writes("case.note", Action.CASE)
def set_note(
    work: Work, case_id: int, note: str, expected_on: dt.date | None, version: int | None = None
) -> CaseSaved:
    """What the case waits for, and until when."""
    case = open_one(work, case_id, version)
    if len(note) > limits.NOTE:
        raise Invalid({"note": Refused(N_("The text is too long. Use at most 500 characters."))})
    case.note = note.strip()
    case.expected_on = expected_on
    return CaseSaved(case_id=case.id)


@writes("case.task", Action.CASE)
def add_task(
    work: Work,
    case_id: int,
    task_type_id: int,
    *,
    hour_rate_id: int | None = None,
    minutes: int | None = None,
    parts_ore: int | None = None,
    done: bool = False,
) -> TaskSaved:
    """Add a task; minutes and parts default to the type's own times the number of pieces."""
    case = open_one(work, case_id)
    kind = work.choose(TaskTypeRow, task_type_id)
    pieces = len(_open_unit_ids(work, case.id))
    rate_id = hour_rate_id if hour_rate_id is not None else default_rate(work)
    task = CaseTask(
        case_id=case.id,
        task_type_id=kind.id,
        hour_rate_id=work.choose(HourRate, rate_id).id,
        minutes=kind.minutes * pieces if minutes is None else minutes,
        parts_ore=kind.parts_ore * pieces if parts_ore is None else parts_ore,
        done=done,
        position=len(case_queries.task_rows(work.session, case.id)),
    )
    _check_task(task)
    work.session.add(task)
    work.session.flush()
    return TaskSaved(case_id=case.id, task_id=task.id)


def default_rate(work: Work) -> int:
    """The rate of a task for which none is said."""
    found = case_queries.default_rate(work.session)
    if found is None:
        raise Refused(N_("There is no hour rate. An administrator must add one in the settings."))
    return found


def _check_task(task: CaseTask) -> None:
    errors: dict[str, Refused] = {}
    if not 0 <= task.minutes <= limits.CASE_MINUTES:
        errors["minutes"] = Refused(N_("Write the minutes as a whole number, 0 or more."))
    if not 0 <= task.parts_ore <= limits.CASE_PARTS_ORE:
        errors["parts"] = Refused(N_("Parts must cost between 0 and 1,000,000 kr."))
    if errors:
        raise Invalid(errors)


@writes("case.task", Action.CASE)
def set_task(
    work: Work,
    task_id: int,
    *,
    version: int | None = None,
    minutes: int | None = None,
    parts_ore: int | None = None,
    hour_rate_id: int | None = None,
    done: bool | None = None,
) -> TaskSaved:
    """Correct a task, or tick it off."""
    task = work.get(CaseTask, task_id, version)
    open_one(work, task.case_id)
    outside.refuse_sent(work, task)
    task.minutes = task.minutes if minutes is None else minutes
    task.parts_ore = task.parts_ore if parts_ore is None else parts_ore
    if hour_rate_id not in (None, task.hour_rate_id):
        task.hour_rate_id = work.choose(HourRate, hour_rate_id).id
    task.done = task.done if done is None else done
    _check_task(task)
    case_costs.check_room(work, task)
    if not task.done:
        case_costs.refuse_with_parts(work, task)
    return TaskSaved(case_id=task.case_id, task_id=task.id)


@writes("case.task", Action.CASE)
def remove_task(work: Work, task_id: int) -> CaseSaved:
    """Take a task off the case."""
    task = work.get(CaseTask, task_id)
    open_one(work, task.case_id)
    outside.refuse_sent(work, task)
    case_costs.refuse_booked(work, task)
    case_costs.refuse_with_parts(work, task)
    work.session.delete(task)
    return CaseSaved(case_id=task.case_id)


@writes("case.split", Action.CASE)
def split(work: Work, case_id: int, unit_ids: Sequence[int]) -> CaseSplit:
    """Move some pieces to a case of their own; tasks follow with their share of time and parts."""
    return CaseSplit(case_id=case_id, new_id=_split(work, open_one(work, case_id), unit_ids).id)


def _split(work: Work, case: Case, unit_ids: Iterable[int]) -> Case:
    rows = {row.unit_id: row for row in case_queries.open_rows(work.session, case.id)}
    moved = sorted(set(unit_ids))
    if not moved or any(unit_id not in rows for unit_id in moved):
        raise Refused(N_("Choose pieces of this case."))
    if len(moved) == len(rows):
        raise Refused(N_("At least one piece must stay in the case."))
    outside.refuse_unsettled(work, case.id)
    new = Case(
        state=case.state,
        opened_at=case.opened_at,
        note=case.note,
        expected_on=case.expected_on,
        split_from_id=case.id,
        order_id=case.order_id,
    )
    work.session.add(new)
    work.session.flush()
    pieces = (rows.keys() - moved, moved)
    booked = case_queries.booked(work.session, case.id)
    for task in case_queries.task_rows(work.session, case.id):
        _share_task(work, task, booked.get(task.id, case_costs.NOTHING), new.id, pieces)
    for unit_id in moved:
        rows[unit_id].case_id = new.id
    work.session.flush()
    return new


def _share_task(
    work: Work,
    task: CaseTask,
    booked: BookedTask,
    new_id: int,
    pieces: tuple[Collection[int], Collection[int]],
) -> None:
    """Share what pieces that left the case have not taken with them; what is in one goes along."""
    with_part = case_costs.reused(work, task.id)
    weights = [len(each) for each in pieces]
    need = [len(set(each) - with_part) for each in pieces]
    _kept, moved_minutes = split_ore(int(task.minutes - booked.minutes), weights)
    _kept, moved_parts = split_ore(
        task.parts_ore - booked.parts_ore, need if any(need) else weights
    )
    task.minutes, task.parts_ore = task.minutes - moved_minutes, task.parts_ore - moved_parts
    new = CaseTask(
        case_id=new_id,
        task_type_id=task.task_type_id,
        hour_rate_id=task.hour_rate_id,
        minutes=moved_minutes,
        parts_ore=moved_parts,
        done=task.done,
        position=task.position,
    )
    work.session.add(new)
    if with_part:
        work.session.flush()
        case_costs.move_parts(work, task, new, pieces[1])


@writes("case.finish", Action.CASE)
def finish(
    work: Work,
    case_id: int,
    conditions: Mapping[int, str] | str,
    *,
    place_id: int | None = None,
    version: int | None = None,
    reason: str | None = None,
    only: Collection[int] = (),
) -> CaseFinished:
    """Make all pieces ready in their new condition and book what the done tasks cost each.

    With ``only`` these alone, in a case of their own; the rest stay in this one.
    ``conditions`` is one letter for all pieces, or one per unit id. Where nothing was done, a
    better condition needs a reason, a code of ``domain.conditions.BETTER_REASONS``.
    """
    case = open_one(work, case_id, version)
    outside.refuse_unsettled(work, case.id)
    rows = case_queries.open_rows(work.session, case.id)
    if only and set(only) != {row.unit_id for row in rows}:
        case = _split(work, case, only)
        rows = case_queries.open_rows(work.session, case.id)
    units = work.rows(Unit, [row.unit_id for row in rows])
    if place_id is not None:
        work.choose(Place, place_id)
    _make_all_ready(work, case, units, conditions, reason, place_id)
    case_costs.book(work, case.id, units)
    for unit in units:
        if unit.state is State.DELIVERED:  # it was complained of, and is whose it was
            figure_complaints.settle_repaired(work, unit)
    for row in rows:
        row.is_open = False
    case.state = Stage.READY
    case.finished_at = work.now
    return CaseFinished(case_id=case.id, unit_ids=tuple(unit.id for unit in units))


def _make_all_ready(
    work: Work,
    case: Case,
    units: Sequence[Unit],
    conditions: Mapping[int, str] | str,
    reason: str | None,
    place_id: int | None,
) -> None:
    worked_on = any(
        is_work(done=task.done, minutes=task.minutes, parts_ore=task.parts_ore)
        for task in case_queries.task_rows(work.session, case.id)
    )
    # Asked once, before the first piece is changed: each question writes what has changed so far.
    lines = delivery_queries.open_lines_of(work.session, [unit.id for unit in units])
    for unit in units:
        letter = conditions if isinstance(conditions, str) else conditions.get(unit.id, "")
        _check_letter(letter)
        if not worked_on:
            unit.condition_reason = reason_for(letter, unit.condition, reason) or (
                unit.condition_reason
            )
        _make_ready(work, unit, letter, lines.get(unit.id), place_id=place_id, worked_on=worked_on)


def _check_letter(letter: str) -> None:
    if letter not in set(Condition):
        raise Invalid({"condition": Refused(N_("Choose the new condition."))})


def _make_ready(
    work: Work,
    unit: Unit,
    letter: str,
    line: OrderLine | None,
    *,
    place_id: int | None,
    worked_on: bool,
) -> None:
    unit.condition = Condition(letter)
    unit.refurbished = unit.refurbished or worked_on
    if unit.state is State.MENDING:
        unit.state = apply(Step.BRING_BACK, unit.state, unit.number)
        unit.place_id = None
        return
    step = Step.FINISH if line is None else Step.FINISH_ORDERED
    unit.state = apply(step, unit.state, unit.number)
    if line is None:
        unit.price_ore = stock.rule_price(work, unit)
    else:
        # Whoever it is ordered for gets it as it is now.
        line.condition = unit.condition
    if place_id is not None:
        unit.place_id = place_id


def open_one(work: Work, case_id: int, version: int | None = None) -> Case:
    """A case that work can still be done in."""
    case = work.get(Case, case_id, version)
    if case.state not in OPEN_STAGES:
        raise Refused(N_("The case is already finished."))
    return case


def _open_unit_ids(work: Work, case_id: int) -> list[int]:
    """The pieces that are in the case now."""
    return [row.unit_id for row in case_queries.open_rows(work.session, case_id)]
