"""What the finished tasks of a case cost each of its pieces, also one that leaves before the rest.

Minutes and parts of a task are for all pieces of its case. Each piece carries the same share to
the øre, whenever it leaves: what is booked already is no longer shared, so that the shares of all
pieces always add up to the task. Pieces that got a part of other furniture need no new ones. CO2e
is per piece (db/reference/METODE.md, section 5).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from moebelcirkel.domain import facts
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import OPEN_STAGES, Stage
from moebelcirkel.domain.money import split_evenly
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.domain.tasks import TaskEffect, effect
from moebelcirkel.services.cases import outside
from moebelcirkel.services.context import Work
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries.cases import BookedTask
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit, UnitCost
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit

#: Shares of a minute are kept to four decimals.
_MINUTE_STEP = 4
NOTHING = BookedTask()


def book(work: Work, case_id: int, leaving: Sequence[Unit]) -> None:
    """Book on the pieces that leave an open case their share of the tasks that are done."""
    tasks = [task for task in case_queries.task_rows(work.session, case_id) if task.done]
    if not tasks:
        return
    among = [row.unit_id for row in case_queries.open_rows(work.session, case_id)]
    booked = case_queries.booked(work.session, case_id)
    with_parts = used.pieces_of_tasks(work.session, [task.id for task in tasks])
    rows: list[dict[str, Any]] = []
    renewed = False
    for task in tasks:
        with_part = with_parts.get(task.id, set())
        shares = _shares(work, task, booked.get(task.id, NOTHING), among, with_part)
        kind = work.get(TaskTypeRow, task.task_type_id)
        same = [_same(work, task, kind, reused=reused) for reused in (False, True)]
        rows += [
            {**shares[unit.id], **same[unit.id in with_part], "unit_id": unit.id, "loop": unit.loop}
            for unit in leaving
        ]
        renewed = renewed or kind.renews
    work.bulk_insert(UnitCost, rows)
    if renewed:
        # What renews an upholstered piece is a new cover, and nobody knows how that burns.
        for unit in leaving:
            category = work.session.get_one(Article, unit.article_id).category_key
            facts.forget(unit, "renewed", category)
    parts = used.parts_in(work.session, case_id, [unit.id for unit in leaving])
    figure_lines.book_late_costs(work, parts, work.today)


def reused(work: Work, task_id: int) -> set[int]:
    """The pieces that a task has put a part of other furniture into."""
    return {row.unit_id for row in used.rows_of_task(work.session, task_id)}


def _shares(
    work: Work, task: CaseTask, booked: BookedTask, among: Sequence[int], with_part: Collection[int]
) -> dict[int, dict[str, Any]]:
    """By piece the minutes, øre of time and øre of new parts that are not booked on others."""
    rate = work.get(HourRate, task.hour_rate_id)
    # A rate lowered since some pieces left may leave nothing to share, but never gives back.
    labour = max(0, labour_ore(task.minutes, rate.rate_ore) - booked.labour_ore)
    steps = int((task.minutes - booked.minutes).scaleb(_MINUTE_STEP))
    shares = zip(*(split_evenly(each, len(among)) for each in (steps, labour)), strict=True)
    need = [unit_id for unit_id in among if unit_id not in with_part] or among
    new_parts = split_evenly(task.parts_ore - booked.parts_ore, len(need))
    parts = dict(zip(need, new_parts, strict=True))
    return {
        unit_id: {
            "minutes": Decimal(minutes).scaleb(-_MINUTE_STEP),
            "labour_ore": time,
            "parts_ore": parts.get(unit_id, 0),
        }
        for unit_id, (minutes, time) in zip(among, shares, strict=True)
    }


def _same(work: Work, task: CaseTask, kind: TaskTypeRow, *, reused: bool) -> dict[str, Any]:
    """What is the same for all pieces of a task with new parts, or with reused ones."""
    return {
        "change_id": work.change_id,
        "case_id": task.case_id,
        "case_task_id": task.id,
        "task_type_id": kind.id,
        "count": 1,
        **asdict(effect_of(kind, reused=reused)),
        "booked_on": work.today,
    }


def effect_of(kind: TaskTypeRow, *, reused: bool) -> TaskEffect:
    """What a finished task of the type does to a piece, named as the columns of its cost."""
    return effect(
        kind.co2e_kg, kind.co2e_low_kg, kind.co2e_high_kg, renews=kind.renews, reused=reused
    )


def leave(work: Work, units: Sequence[Unit]) -> None:
    """Pieces that are gone for good leave their cases with their shares of what was done.

    A case without pieces is closed.
    """
    left = case_queries.open_rows_of(work.session, [unit.id for unit in units])
    known = {unit.id: unit for unit in units}
    for case_id in sorted({row.case_id for row in left}):
        outside.refuse_unsettled(work, case_id)
        rows = [row for row in left if row.case_id == case_id]
        book(work, case_id, [known[row.unit_id] for row in rows])
        for row in rows:
            row.is_open = False
        work.session.flush()
        if not case_queries.open_rows(work.session, case_id):
            work.get(Case, case_id).state = Stage.CLOSED


def check_room(work: Work, task: CaseTask) -> None:
    """Refuse a task that has less than what pieces took with them when they left its case."""
    booked = case_queries.booked(work.session, task.case_id).get(task.id)
    if booked is None:
        return
    enough = task.minutes >= booked.minutes and task.parts_ore >= booked.parts_ore
    if not (task.done and enough):
        raise _booked()


def move_parts(work: Work, task: CaseTask, new: CaseTask, unit_ids: Collection[int]) -> None:
    """What a task has put into these pieces is of the same task in the case they are in now."""
    for row in used.rows_of_task(work.session, task.id):
        if row.unit_id in unit_ids:
            row.case_task_id = new.id


def refuse_with_parts(work: Work, task: CaseTask) -> None:
    """Refuse what says that nothing was done while a part of other furniture was used in it."""
    rows = used.rows_of_task(work.session, task.id)
    if rows:
        raise Refused(
            N_("{number} is used in the task. Take the part out of it first."),
            number=work.session.get_one(Unit, rows[0].part_id).number,
        )


def refuse_booked(work: Work, task: CaseTask) -> None:
    """Refuse when a piece that left has taken its share of the task with it."""
    if task.id in case_queries.booked(work.session, task.case_id):
        raise _booked()


def _booked() -> Refused:
    return Refused(
        N_(
            "Part of the task is booked on a piece that has left the case. It must stay done,"
            " with at least the time and parts that are booked."
        )
    )


# --- after an undo -------------------------------------------------------------------------------


def _cases_keep_work(work: Work, events: Sequence[undo.Turned]) -> None:
    """A case that is undone must not take work with it that was done meanwhile."""
    for key in _keys(events):
        case = work.session.get(Case, key)
        if case is None or case.state != Stage.VOID:
            continue
        if any(task.done for task in case_queries.task_rows(work.session, case.id)):
            raise Refused(
                N_("It cannot be undone, because work on it is done. Finish the case instead.")
            )


def _pieces_are_in_open_cases(work: Work, events: Sequence[undo.Turned]) -> None:
    """A piece that is back in its case must find the case open."""
    for key in _keys(events):
        row = work.session.get(CaseUnit, key)
        if row is not None and row.is_open:
            _need_open(work, row.case_id)


def _tasks_are_as_booked(work: Work, events: Sequence[undo.Turned]) -> None:
    """What pieces took with them stays on a task that stays done; a finished case takes no work."""
    for key in _keys(events):
        task = work.session.get(CaseTask, key)
        if task is not None:
            _need_open(work, task.case_id)
            check_room(work, task)
            if not task.done:
                refuse_with_parts(work, task)
    for event in events:
        made = event.after if event.before is None else None
        if made and int(event.entity_id) in case_queries.booked(work.session, made["case_id"]):
            raise _booked()


def _need_open(work: Work, case_id: int) -> None:
    if work.session.get_one(Case, case_id).state not in OPEN_STAGES:
        raise Refused(N_("It cannot be undone, because the case has been finished since."))


def _keys(events: Iterable[undo.Turned]) -> list[int]:
    return sorted({int(event.entity_id) for event in events})


undo.AFTERWARDS["workshop_case"].append(_cases_keep_work)
undo.AFTERWARDS["case_unit"].append(_pieces_are_in_open_cases)
undo.AFTERWARDS["case_task"].append(_tasks_are_as_booked)
