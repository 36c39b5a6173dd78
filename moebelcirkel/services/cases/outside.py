"""What an outside repairer does of a case, and what must wait until that is paid."""

from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import OPEN_STAGES, Stage
from moebelcirkel.services.context import Work
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import repairers as queries
from moebelcirkel.storage.tables.cases import Case, CaseTask
from moebelcirkel.storage.tables.repairs import RepairErrand


def refuse_unsettled(work: Work, case_id: int) -> None:
    """Refuse what takes pieces out of a case while they are out, or cost nobody knows what."""
    found = queries.unsettled(work.session, case_id)
    if found is None:
        return
    if found.returned_on is None:
        raise Refused(
            N_("The furniture is at {repairer}. Write first that it is back."),
            repairer=found.repairer,
        )
    raise Refused(
        N_("The invoice of {repairer} is missing. Write it first, so that its cost is counted."),
        repairer=found.repairer,
    )


def refuse_sent(work: Work, task: CaseTask) -> None:
    """Refuse to change by hand a task that a repairer does."""
    if queries.of_task(work.session, task.id) is not None:
        raise Refused(
            N_(
                "A repairer does this task. It is done when the furniture is back, and costs what"
                " the invoice says."
            )
        )


def _errands_are_of_open_cases(work: Work, events: Sequence[undo.Turned]) -> None:
    for key in sorted({int(event.entity_id) for event in events}):
        errand = work.session.get(RepairErrand, key)
        if errand is not None and work.get(Case, errand.case_id).state not in OPEN_STAGES:
            raise Refused(N_("It cannot be undone, because the case has been finished since."))


def _cases_keep_errands(work: Work, events: Sequence[undo.Turned]) -> None:
    for key in sorted({int(event.entity_id) for event in events}):
        case = work.session.get(Case, key)
        if case is not None and case.state == Stage.VOID:
            refuse_unsettled(work, case.id)


undo.AFTERWARDS["errand"].append(_errands_are_of_open_cases)
undo.AFTERWARDS["workshop_case"].append(_cases_keep_errands)
