"""History and undo: what was done, by whom, and taking it back."""

from moebelcirkel.services.changes.history import (
    REDO,
    actors,
    count,
    elsewhere,
    may_undo,
    page,
    redo,
    undo,
    undoable,
)
from moebelcirkel.storage.queries.changes import ChangeFilter, ChangeRow, OthersChanges
