"""Taking a change back and looking whether every row is as it was."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from moebelcirkel.services import changes
from moebelcirkel.services.context import Context, Done
from moebelcirkel.storage.schema import METADATA

#: The memory itself, what only grows, and what people were told, which is marked, not taken back.
_LEFT_OUT = {"change", "change_link", "change_result", "event", "person_text", "counter", "message"}


def rows(context: Context) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables without their version counters."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with context.read() as session:
        for table in METADATA.sorted_tables:
            if table.name not in _LEFT_OUT:
                columns = [column for column in table.columns if column.name != "version"]
                found[table.name] = sorted(map(tuple, session.execute(select(*columns))), key=repr)
    return found


def undo(context: Context, done: Done) -> None:
    """Take back what was done."""
    assert done.change_id is not None
    changes.undo(context, done.change_id)


def assert_undone(context: Context, call: Callable[[], Done]) -> None:
    """The call changes something, and its undo changes it back."""
    before = rows(context)
    done = call()
    assert rows(context) != before
    undo(context, done)
    assert rows(context) == before
