"""What is sent to a repairer: a task of a case, done elsewhere, paid by one invoice.

The task costs what was agreed until the invoice comes, and what the invoice says from then on, so
that it is shared over the pieces once like any other task. The case is finished when it is known.
"""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.fields import Fields, required_text
from moebelcirkel.domain.lifecycle import OPEN_STAGES, Stage
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.repairers import MAX_INVOICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.cases import outside
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import repairers as queries
from moebelcirkel.storage.tables.cases import Case, CaseTask
from moebelcirkel.storage.tables.repairs import Repairer, RepairErrand
from moebelcirkel.storage.tables.tasks import TaskTypeRow

#: How long ago something may have been sent that is written now.
MOST_AGE = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ErrandSaved(Done):
    """The errand, its case, and what it costs."""

    id: int
    case_id: int
    pieces: int
    ore: int


@writes("repairer.send", Action.CASE)
def send(
    work: Work,
    case_id: int,
    repairer_id: int,
    task_type_id: int,
    each_ore: int,
    sent_on: dt.date | None = None,
    version: int | None = None,
) -> ErrandSaved:
    """All pieces of the case go to the repairer for a task, at a price for each."""
    case = _open(work, case_id, version)
    repairer = work.choose(Repairer, repairer_id)
    kind = work.choose(TaskTypeRow, task_type_id)
    outside.refuse_unsettled(work, case.id)
    fields = Fields()
    day = sent_on if sent_on is not None else work.today
    with fields.field("day"):
        _check_day(day, work.today - MOST_AGE, work.today)
    if not 0 <= each_ore <= MAX_PRICE_ORE:
        fields.wrong("each_ore", Refused(N_("The price must be between 0 and 1,000,000 kr.")))
    fields.finish()
    pieces = len(case_queries.open_rows(work.session, case.id))
    task = _task(work, case, kind)
    task.minutes, task.parts_ore, task.done = 0, each_ore * pieces, False
    if task.parts_ore > limits.CASE_PARTS_ORE:
        raise Invalid({"each_ore": Refused(N_("Parts must cost between 0 and 1,000,000 kr."))})
    case.state = Stage.WAITING
    work.session.flush()
    errand = RepairErrand(
        case_id=case.id,
        case_task_id=task.id,
        repairer_id=repairer.id,
        pieces=pieces,
        price_ore=task.parts_ore,
        sent_on=day,
    )
    work.session.add(errand)
    work.session.flush()
    return _saved(errand)


def _task(work: Work, case: Case, kind: TaskTypeRow) -> CaseTask:
    """The task of the case that nobody has done yet, else one more."""
    tasks = case_queries.task_rows(work.session, case.id)
    for task in tasks:
        if task.task_type_id == kind.id and not task.done:
            return task
    rate = case_queries.default_rate(work.session)
    if rate is None:
        raise Refused(N_("There is no hour rate. An administrator must add one in the settings."))
    task = CaseTask(case_id=case.id, task_type_id=kind.id, hour_rate_id=rate, position=len(tasks))
    work.session.add(task)
    return task


@writes("repairer.return", Action.CASE)
def bring_back(
    work: Work, errand_id: int, returned_on: dt.date | None = None, version: int | None = None
) -> ErrandSaved:
    """The furniture is back, and the task is done."""
    errand = work.get(RepairErrand, errand_id, version)
    case = _open(work, errand.case_id)
    if errand.returned_on is not None:
        raise Refused(N_("The furniture is back already."))
    day = returned_on if returned_on is not None else work.today
    _check_day(day, errand.sent_on, work.today)
    errand.returned_on = day
    work.get(CaseTask, errand.case_task_id).done = True
    case.state = Stage.TESTING
    work.session.flush()
    return _saved(errand)


@writes("repairer.invoice", Action.CASE)
def invoice(
    work: Work,
    errand_id: int,
    number: str,
    ore: int,
    invoiced_on: dt.date | None = None,
    version: int | None = None,
) -> ErrandSaved:
    """What the repairer asks for is what the task costs; said again, the last word counts."""
    errand = work.get(RepairErrand, errand_id, version)
    _open(work, errand.case_id)
    if errand.returned_on is None:
        raise Refused(N_("Write first that the furniture is back."))
    fields = Fields()
    day = invoiced_on if invoiced_on is not None else work.today
    with fields.field("day"):
        _check_day(day, errand.sent_on, work.today)
    with fields.field("number"):
        errand.invoice_number = _number(work, errand, number)
    if not 0 <= ore <= MAX_INVOICE_ORE:
        fields.wrong("ore", Refused(N_("The amount must be between 0 and 1,000,000 kr.")))
    fields.finish()
    task = work.get(CaseTask, errand.case_task_id)
    if errand.invoice_ore not in (None, task.parts_ore):
        raise Refused(N_("A part of the invoice has gone with pieces to another case."))
    errand.invoice_ore, errand.invoiced_on = ore, day
    task.parts_ore = ore
    work.session.flush()
    case_costs.check_room(work, task)
    return _saved(errand)


def _number(work: Work, errand: RepairErrand, typed: str) -> str:
    """The number of an invoice that is written nowhere else, so that it is paid once."""
    number = required_text(typed, limits.INVOICE_NUMBER)
    if queries.has_invoice(work.session, errand, number):
        raise Refused(
            N_(
                "Invoice {number} is written on another case. Where it is of several, write"
                " its line too, such as {number}-2."
            ),
            number=number,
        )
    return number


def _check_day(day: dt.date, first: dt.date, today: dt.date) -> None:
    if not first <= day <= today:
        raise Refused(N_("Choose a day that is neither too long ago nor still to come."))


def _open(work: Work, case_id: int, version: int | None = None) -> Case:
    case = work.get(Case, case_id, version)
    if case.state not in OPEN_STAGES:
        raise Refused(N_("The case is already finished."))
    return case


def _saved(errand: RepairErrand) -> ErrandSaved:
    return ErrandSaved(
        id=errand.id,
        case_id=errand.case_id,
        pieces=errand.pieces,
        ore=errand.price_ore if errand.invoice_ore is None else errand.invoice_ore,
    )
