"""History and undo: what was done, by whom, and taking it back."""

from moebelcirkel.services.changes.history import (
    NOT_UNDOABLE,
    REDO,
    actors,
    count,
    may_undo,
    page,
    redo,
    undo,
)
from moebelcirkel.storage.queries.changes import ChangeFilter, ChangeRow

__all__ = [
    "NOT_UNDOABLE",
    "REDO",
    "ChangeFilter",
    "ChangeRow",
    "actors",
    "count",
    "may_undo",
    "page",
    "redo",
    "undo",
]
