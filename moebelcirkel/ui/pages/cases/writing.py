"""The workshop's writes as plain functions of a context, for the writer's thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseSaved, CaseTaskRow
    from moebelcirkel.services.context import Context, Done


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


def send(unit_id: int, context: Context) -> CaseSaved:
    """Take a piece into the workshop."""
    return services.cases.send(context, [unit_id])


def put_on_sale(unit_ids: tuple[int, ...], context: Context) -> Done:
    """Put finished pieces on sale."""
    return services.stock.put_on_sale(context, unit_ids)
