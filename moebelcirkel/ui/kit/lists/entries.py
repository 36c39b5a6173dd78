"""The model of a short list that is known whole: what its entries say, and what is heard."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Generic

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index, Row

_TOP = QModelIndex()


class EntryModel(QAbstractListModel, Generic[Row]):
    """Entries in the order they were given; the whole of one is under `ROW_ROLE`.

    ``spoken`` is heard instead of the title, where the title is not enough.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        title: Callable[[Row], str] = attrgetter("title"),
        detail: Callable[[Row], str] = attrgetter("detail"),
        spoken: Callable[[Row], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.entries: list[Row] = []
        self._told: dict[int, Callable[[Row], object]] = {
            ROW_ROLE: lambda entry: entry,
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.EditRole: title,
            Qt.ItemDataRole.AccessibleTextRole: spoken or title,
            Qt.ItemDataRole.AccessibleDescriptionRole: detail,
        }

    def set_entries(self, entries: Sequence[Row]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        told = self._told.get(role)
        return told(self.entries[index.row()]) if told and index.isValid() else None
