"""A case with the tasks that somebody has ordered and agreed to pay for."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.services.cases.work import default_rate, open_case
from moebelcirkel.services.context import Work
from moebelcirkel.storage.tables.cases import Case, CaseTask


@dataclass(frozen=True, slots=True)
class AgreedTask:
    """What is done to each piece, and what its parts or another repairer cost."""

    task_type_id: int
    minutes: int
    parts_ore: int


def open_agreed(
    work: Work, order_id: int, unit_ids: Sequence[int], tasks: Sequence[AgreedTask]
) -> Case:
    """Open the case of an order for pieces that are in the workshop, inside another change."""
    case = open_case(work, unit_ids, order_id)
    rate, pieces = default_rate(work), len(unit_ids)
    for position, task in enumerate(tasks):
        work.session.add(
            CaseTask(
                case_id=case.id,
                task_type_id=task.task_type_id,
                hour_rate_id=rate,
                minutes=task.minutes * pieces,
                parts_ore=task.parts_ore * pieces,
                position=position,
            )
        )
    work.session.flush()
    return case
