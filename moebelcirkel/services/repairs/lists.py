"""Reading repairs: those within reach, one of them, and what its forms choose from."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.categories import ReferenceCategory
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.domain.repairs import FOR_OWNER, FOR_WORKSHOP, OPEN, RepairStage, stage_of
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairers as repairer_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.queries.cases import NotDone
from moebelcirkel.storage.queries.institutions import InstitutionChoice
from moebelcirkel.storage.queries.orders import Payer
from moebelcirkel.storage.queries.repairers import ErrandRow
from moebelcirkel.storage.queries.repairs import ListedRepair, RepairReach, Task
from moebelcirkel.storage.tables.tasks import HourRate
from moebelcirkel.storage.work import gone, not_allowed


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair in a list, and how far it is."""

    id: int
    listed: ListedRepair
    stage: RepairStage

    @property
    def total_ore(self) -> int:
        """What all its pieces cost."""
        return self.listed.each_ore * (self.listed.pieces - self.listed.in_vain)


@dataclass(frozen=True, slots=True)
class RepairDetail:
    """One repair with its tasks, pictures and labels, and what the asker can do with it."""

    row: RepairRow
    tasks: tuple[Task, ...]
    photos: tuple[str, ...]
    numbers: tuple[str, ...]
    may_offer: bool
    may_accept: bool
    may_withdraw: bool
    may_receive: bool
    warranty_until: dt.date | None
    errands: tuple[ErrandRow, ...] = ()
    not_done: tuple[NotDone, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairChoices:
    """What the form of a wish chooses from."""

    institutions: tuple[InstitutionChoice, ...]
    categories: tuple[ReferenceCategory, ...]
    payers: dict[int, tuple[Payer, ...]]


@dataclass(frozen=True, slots=True)
class Offerable:
    """A task type with what it costs a piece."""

    id: int
    name: str
    labour_ore: int
    parts_ore: int


def listed(context: Context, text: str = "", *, open_only: bool = True) -> list[RepairRow]:
    """Repairs within reach, newest first: the workshop's are all, others' their own."""
    with context.read() as session:
        found = repair_queries.listed(session, RepairReach(_reach(context), text.strip()))
    rows = [_row(each) for each in found]
    return [row for row in rows if row.stage in OPEN or not open_only]


def waiting_count(context: Context) -> int:
    """For the rail: those that wait for the workshop, or for the owner's yes."""
    if not context.allows(Action.CASE) and not context.allows(Action.HAND_IN):
        return 0
    waits = FOR_WORKSHOP if context.allows(Action.CASE) else FOR_OWNER
    return sum(row.stage in waits for row in listed(context))


def detail(context: Context, repair_id: int) -> RepairDetail:
    """One repair; gone where it is out of reach."""
    reach = _reach(context)
    with context.read() as session:
        found = repair_queries.one(session, repair_id)
        if found is None or (reach is not None and found.institution_id not in reach):
            raise gone()
        tasks = repair_queries.tasks(session, repair_id)
        photos = pickup_queries.photos(session, [found.line_id])
        numbers = [] if found.order_id is None else repair_queries.numbers(session, found.order_id)
        errands = repairer_queries.of_order(session, found.order_id)
        not_done = case_queries.not_done(session, found.order_id)
    row = _row(found)
    bench, place = context.allows(Action.CASE), found.institution_id
    undecided = row.stage in (RepairStage.ASKED, RepairStage.OFFERED)
    runs = found.warranty_until is not None and found.warranty_until >= context.today()
    return RepairDetail(
        row=row,
        tasks=tuple(tasks),
        photos=tuple(photos.get(found.line_id, ())),
        numbers=tuple(numbers),
        may_offer=undecided and bench,
        may_accept=row.stage is RepairStage.OFFERED and context.allows(Action.ORDER, place),
        may_withdraw=undecided and context.allows(Action.HAND_IN, place),
        may_receive=row.stage is RepairStage.AGREED and bench,
        warranty_until=found.warranty_until if runs else None,
        errands=tuple(errands),
        not_done=tuple(not_done),
    )


def choices(context: Context) -> RepairChoices:
    """The institutions one can ask for, the categories, and who can pay."""
    context.require(Action.HAND_IN)
    with context.read() as session:
        places = order_queries.institutions(session, context.reach(Action.HAND_IN))
        payers = {
            place.id: tuple(order_queries.cost_bearers(session, place.id)) for place in places
        }
    return RepairChoices(tuple(places), tuple(articles.categories(context)), payers)


def task_types(context: Context) -> list[Offerable]:
    """What can be offered, at the usual rate."""
    context.require(Action.CASE)
    with context.read() as session:
        rate_id = case_queries.default_rate(session)
        rate = session.get_one(HourRate, rate_id).rate_ore if rate_id is not None else 0
        kinds = task_queries.task_types(session, inactive=False)
        return [
            Offerable(kind.id, kind.name, labour_ore(kind.minutes, rate), kind.parts_ore)
            for kind in kinds
        ]


def _reach(context: Context) -> frozenset[int] | None:
    if context.allows(Action.CASE):
        return None
    if not context.allows(Action.HAND_IN):
        raise not_allowed()
    return context.reach(Action.HAND_IN)


def _row(found: ListedRepair) -> RepairRow:
    stage = stage_of(
        found.pickup_state,
        found.order_state,
        offered=found.offered_at is not None,
        at_work=found.at_work,
        in_vain=0 < found.in_vain == found.standing,
    )
    return RepairRow(found.id, found, stage)
