"""The workshop's answer: a price by the task types, or no with the reason."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import long_text
from moebelcirkel.domain.pickups import MOST_DAYS_AHEAD, PickupState
from moebelcirkel.domain.prices import MAX_PRICE_ORE, labour_ore
from moebelcirkel.domain.repairs import MOST_TASKS
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.repairs import Repair, Repairer, RepairTask
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """A task for each piece, by the workshop or, at its price, by another repairer."""

    task_type_id: int
    outside_ore: int | None = None
    repairer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offered(Done):
    """The repair, and what each piece would cost."""

    id: int
    pickup_id: int
    number: str
    each_ore: int


@writes("repair.offer", Action.CASE)
def offer(
    work: Work,
    repair_id: int,
    tasks: Sequence[TaskOffer],
    expected_on: dt.date | None = None,
    note: str = "",
    version: int | None = None,
) -> Offered:
    """Say what is done for which price; said again, the last word counts."""
    repair, pickup = undecided(work, repair_id, version)
    if not tasks:
        raise Refused(N_("Choose at least one task."), field="task0")
    if len(tasks) > MOST_TASKS:
        raise Refused(N_("At most {most} tasks in one offer."), most=MOST_TASKS)
    if expected_on is not None and not (
        work.today <= expected_on <= work.today + dt.timedelta(days=MOST_DAYS_AHEAD)
    ):
        raise Refused(N_("Choose a day from today on."), field="expected_on")
    for row in repair_queries.task_rows(work.session, repair.id):
        work.session.delete(row)
    work.session.flush()
    rows = [_row(work, repair.id, at, each) for at, each in enumerate(tasks)]
    work.session.add_all(rows)
    repair.offered_at, repair.expected_on = work.now, expected_on
    repair.note = long_text(note, limits.NOTE)
    work.session.flush()
    total = sum(row.labour_ore + row.parts_ore + (row.outside_ore or 0) for row in rows)
    return Offered(id=repair.id, pickup_id=pickup.id, number=pickup.number, each_ore=total)


def _row(work: Work, repair_id: int, position: int, task: TaskOffer) -> RepairTask:
    kind = work.choose(TaskTypeRow, task.task_type_id)
    row = RepairTask(repair_id=repair_id, task_type_id=kind.id, position=position)
    if task.outside_ore is not None:
        if not 0 <= task.outside_ore <= MAX_PRICE_ORE:
            raise Refused(
                N_("The price must be between 0 and 1,000,000 kr."), field=f"outside{position}"
            )
        row.minutes, row.labour_ore, row.parts_ore = 0, 0, 0
        row.outside_ore = task.outside_ore
        if task.repairer_id is not None:
            row.repairer_id = work.choose(Repairer, task.repairer_id).id
        return row
    rate_id = case_queries.default_rate(work.session)
    rate = work.session.get_one(HourRate, rate_id).rate_ore if rate_id is not None else 0
    row.minutes, row.labour_ore = kind.minutes, labour_ore(kind.minutes, rate)
    row.parts_ore, row.outside_ore = kind.parts_ore, None
    return row


@writes("repair.refuse", Action.CASE)
def refuse(work: Work, repair_id: int, reason: str, version: int | None = None) -> Offered:
    """Say no, with the reason, which the owner reads."""
    repair, pickup = undecided(work, repair_id, version)
    text = long_text(reason, limits.NOTE)
    if not text:
        raise Refused(N_("Write why, so that the owner knows what to do."), field="reason")
    pickup.state, pickup.reason = PickupState.REFUSED, text
    return Offered(id=repair.id, pickup_id=pickup.id, number=pickup.number, each_ore=0)


def undecided(work: Work, repair_id: int, version: int | None) -> tuple[Repair, Pickup]:
    """The repair with its report; refused once it is agreed to, turned down or taken back."""
    repair = work.get(Repair, repair_id)
    pickup = work.get(Pickup, repair.pickup_id)
    if repair.order_id is not None:
        raise Refused(N_("{number} is agreed to already."), number=pickup.number)
    if pickup.state != PickupState.REPORTED:
        raise Refused(N_("{number} is turned down or taken back."), number=pickup.number)
    work.get(Repair, repair_id, version)
    return repair, pickup
