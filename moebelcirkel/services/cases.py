"""Workshop cases: pieces come in, tasks are done, pieces leave in a better condition."""

from collections.abc import Sequence

from moebelcirkel.services.context import Work
from moebelcirkel.storage.cases import Case, CaseUnit


def open_case(work: Work, unit_ids: Sequence[int]) -> Case:
    """Open one case for pieces that already stand in the workshop, inside another change."""
    case = Case(state="assess", opened_at=work.now)
    work.session.add(case)
    work.session.flush()
    work.bulk_insert(CaseUnit, [{"case_id": case.id, "unit_id": unit_id} for unit_id in unit_ids])
    return case
