"""The files that were imported, each with its undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from moebelcirkel.domain.changes.codes import code_word
from moebelcirkel.language import _, moment, number
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, figure_column, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import push_button

if TYPE_CHECKING:
    from moebelcirkel.services.imports import ImportRow


class EarlierImports(CardFrame):
    """Newest first; the marked one can be undone as a whole."""

    undo_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Earlier imports"))
        self.model = TableModel["ImportRow"](_columns(), lambda row: row.id)
        self.table = TableView(_("Earlier imports"))
        self.table.show_model(self.model)
        self.undo = push_button(_("Undo"), self._undo)
        self.decision = Decision(self._marked, self.undo)
        self.table.selection_changed.connect(self._enable)
        self.beside_title(self.undo)
        empty = EmptyState(
            _("Nothing has been imported yet"),
            _("Choose a price list above. It is tried out before anything is saved."),
            icon="import",
        )
        self.add(ListOrEmpty(self.table, empty), 1)
        self._enable()

    def show_imports(self, rows: Sequence[ImportRow]) -> None:
        """Show the imports there were."""
        self.model.set_rows(rows)
        self._enable()

    def _enable(self) -> None:
        row = self._marked()
        self.undo.setEnabled(row is not None and row.active)
        self.decision.shown()

    def _marked(self) -> ImportRow | None:
        rows: list[ImportRow] = self.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def _undo(self) -> None:
        row = self._marked()
        if row is not None and row.active:
            self.undo_asked.emit(row)


def _columns() -> list[Column[ImportRow]]:
    return [
        Column("at", _("When"), lambda row: moment(row.at), lambda row: row.at, width=150),
        Column(
            "file",
            _("File"),
            lambda row: row.file_name,
            lambda row: row.file_name,
            strong=True,
            keeps_end=True,
        ),
        text_column("kind", _("Kind"), _kind, width=150),
        text_column("by", _("Who"), lambda row: row.by, width=160),
        figure_column("taken", _("Imported"), lambda row: row.taken, number, width=100),
        figure_column("refused", _("Refused"), lambda row: row.refused, number, width=100),
        Column(
            "state",
            _("State"),
            lambda row: _("In use") if row.active else _("Undone"),
            lambda row: row.active,
            width=110,
            chip=_state,
        ),
    ]


def _kind(row: ImportRow) -> str:
    return _(code_word("import_batch", "kind", row.kind))


def _state(row: ImportRow) -> Chip:
    return Chip(_("In use"), "accent") if row.active else Chip(_("Undone"), "neutral")
