"""The card of delivery notes that wait for their hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.cell import ROW
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.deliveries import words

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import Note

_MOST_ROWS = 3


class NotesCard(CardFrame):
    """Hidden while there are none; `show_asked(ids)` and `hand_asked(note)`."""

    show_asked = Signal(list)
    hand_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Delivery notes not handed over yet"), parent)
        self.model = TableModel(words.note_columns(), lambda note: note.id)
        self.table = TableView(_("Delivery notes not handed over yet"))
        self.table.show_model(self.model)
        self.table.opened.connect(self.hand_asked)
        self.table.selection_changed.connect(self._enable)
        theme.watch().changed.connect(self._fit)
        self.show_button = push_button(_("Show"), self._ask_show, icon="eye")
        self.hand_button = push_button(_("Hand over the note…"), self._ask_hand, icon="truck")
        self.decision = Decision(self._subject, self.hand_button)
        self.table.picked.connect(self.decision.chosen)
        self.add(self.table)
        self.body.addLayout(row(None, self.show_button, self.hand_button))
        self.show_notes(())

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these."""
        self.model.set_rows(notes)
        self._fit()
        self._enable()
        self.setVisible(bool(notes))

    def _fit(self) -> None:
        """As tall as its notes, up to three: the pick list needs the room."""
        rows = min(max(len(self.model.rows), 1), _MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + rows * paint.px(ROW) + 4)

    def _enable(self) -> None:
        chosen = len(self.table.selected_rows())
        self.show_button.setEnabled(chosen > 0)
        self.hand_button.setEnabled(chosen == 1)
        self.decision.shown()

    def _subject(self) -> tuple[int, ...]:
        return tuple(note.id for note in self.table.selected_rows())

    def _ask_show(self) -> None:
        self.show_asked.emit([note.id for note in self.table.selected_rows()])

    def _ask_hand(self) -> None:
        for note in self.table.selected_rows()[:1]:
            self.hand_asked.emit(note)
