"""The workshop's writes as plain functions of a context, for the writer's thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail, CaseSaved, CaseTaskRow
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.repairers import ErrandRow


def move(case_id: int, version: int, stage: str, context: Context) -> Done:
    """Put the card in another column."""
    return services.cases.move(context, case_id, stage, version)


def set_note(case_id: int, note: str, day: dt.date | None, version: int, context: Context) -> Done:
    """Write what it waits for."""
    return services.cases.set_note(context, case_id, note, day, version)


def add_task(case_id: int, type_id: int, context: Context) -> Done:
    """Add a task with its usual time and parts."""
    return services.cases.add_task(context, case_id, type_id)


def set_task(task: CaseTaskRow, changes: Mapping[str, Any], context: Context) -> Done:
    """Correct a task, or tick it."""
    return services.cases.set_task(context, task.id, version=task.version, **changes)


def remove_task(task_id: int, context: Context) -> Done:
    """Take a task away."""
    return services.cases.remove_task(context, task_id)


def use_part(said: Mapping[str, Any], context: Context) -> Done:
    """Say that a spare part was used in a task."""
    return services.cases.use_part(
        context, said["task_id"], said["part_id"], code=said["code"], unit_id=said["unit_id"]
    )


def take_part_out(part_id: int, context: Context) -> Done:
    """Say that it was not used after all."""
    return services.cases.take_part_out(context, part_id)


def send_out(case: CaseDetail, said: Mapping[str, Any], context: Context) -> Done:
    """Send the case's furniture to a repairer."""
    return services.repairers.send(
        context,
        case.id,
        said["repairer_id"],
        said["task_type_id"],
        said["each_ore"],
        said["day"],
        version=case.version,
    )


def bring_back(errand: ErrandRow, day: dt.date | None, context: Context) -> Done:
    """It is back."""
    return services.repairers.bring_back(context, errand.id, day, errand.version)


def invoice(errand: ErrandRow, said: Mapping[str, Any], context: Context) -> Done:
    """What the repairer asks for."""
    return services.repairers.invoice(
        context, errand.id, said["number"], said["ore"], said["day"], errand.version
    )


def split(case_id: int, unit_ids: tuple[int, ...], context: Context) -> Done:
    """Move pieces to a case of their own."""
    return services.cases.split(context, case_id, unit_ids)


def finish(
    case_id: int,
    conditions: Mapping[int, str] | str,
    place: int,
    version: int,
    reason: str | None,
    only: Collection[int],
    context: Context,
) -> Done:
    """Make the pieces ready, or only some of them."""
    return services.cases.finish(
        context, case_id, conditions, place_id=place, version=version, reason=reason, only=only
    )


def give_up(case: CaseDetail, reason: str, context: Context) -> Done:
    """Say why what was ordered cannot be done."""
    return services.cases.give_up(context, case.id, reason, case.version)


def send(unit_id: int, context: Context) -> CaseSaved:
    """Take a piece into the workshop."""
    return services.cases.send(context, [unit_id])


def put_on_sale(unit_ids: tuple[int, ...], context: Context) -> Done:
    """Put finished pieces on sale."""
    return services.stock.put_on_sale(context, unit_ids)
