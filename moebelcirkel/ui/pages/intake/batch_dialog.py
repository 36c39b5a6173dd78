"""A batch registered today: its pieces, their labels once more, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame, open_at, row
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, push_button, window_title

if TYPE_CHECKING:
    from moebelcirkel.services.intake import IntakeBatchDetail, PieceRow


class BatchDialog(QDialog):
    """Numbers, conditions and places of one batch; `print_asked(ids)` and `undo_asked(change)`.

    `removal_asked(piece)` takes the marked piece out alone; `piece_opened(id)` shows it.
    """

    print_asked = Signal(object)
    undo_asked = Signal(object)
    removal_asked = Signal(object)
    piece_opened = Signal(object)

    def __init__(self, batch: IntakeBatchDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.batch = batch
        self.left = [piece for piece in batch.pieces if piece.state != State.VOID]
        count = len(self.left)
        many = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
        if count < len(batch.pieces):
            many = _("{left} of {all} pieces of furniture")
        self.setWindowTitle(window_title(batch.article))
        heading = Label(batch.article, tone="heading", wrap=True)
        at = language.time_of_day(batch.at)
        words = many.format(count=count, left=count, all=len(batch.pieces))
        parts = (words, batch.giver, _("at {time}").format(time=at))
        line = Label(" · ".join(part for part in parts if part), tone="small")
        self.table = TableView("intake-batch")
        self.table.setAccessibleName(_("The batch's furniture"))
        model: TableModel[PieceRow] = TableModel(_columns(), lambda piece: piece.id, parent=self)
        model.set_rows(batch.pieces)
        self.table.show_model(model)
        self.table.opened.connect(self._open)
        self.table.selection_changed.connect(self._fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(line)
        layout.addSpacing(4)
        card = CardFrame(padded=False)
        card.add(self.table, 1)
        layout.addWidget(card, 1)
        layout.addSpacing(4)
        layout.addLayout(self._buttons(count))
        open_at(self, 600, 480)

    def _buttons(self, count: int) -> QLayout:
        many = ngettext("Print {count} label", "Print {count} labels", count)
        self.print_button = QPushButton(many.format(count=language.number(count)))
        self.print_button.setProperty("role", "primary")
        self.print_button.setDefault(True)
        self.undo_button = QPushButton(_("Undo the batch"))
        self.undo_button.setProperty("role", "danger")
        self.undo_button.setEnabled(self.batch.change_id is not None)
        icons.put(self.undo_button, "undo", "error")
        close = push_button(_("Close"), self.reject)
        self.remove_button = push_button(_("Undo this piece only"), self._remove)
        self._fit()
        self.print_button.clicked.connect(self._print)
        self.undo_button.clicked.connect(self._undo)
        return row(self.undo_button, self.remove_button, None, close, self.print_button)

    def _marked(self) -> PieceRow | None:
        """The one piece that is marked and was not taken out yet."""
        marked = self.table.selected_rows()
        return marked[0] if len(marked) == 1 and marked[0] in self.left else None

    def _fit(self) -> None:
        self.remove_button.setEnabled(self._marked() is not None)

    def _remove(self) -> None:
        piece = self._marked()
        if piece is not None:
            self.accept()
            self.removal_asked.emit(piece)

    def _print(self) -> None:
        self.accept()
        self.print_asked.emit([piece.id for piece in self.left])

    def _undo(self) -> None:
        self.accept()
        self.undo_asked.emit(self.batch.change_id)

    def _open(self, piece: PieceRow) -> None:
        self.accept()
        self.piece_opened.emit(piece.id)


def _columns() -> list[Column[PieceRow]]:
    return [
        Column("number", _("Number"), lambda p: p.number, lambda p: p.id, width=120, strong=True),
        Column(
            "condition",
            _("Condition"),
            lambda p: p.condition,
            lambda p: p.condition,
            width=90,
            chip=lambda p: Chip(p.condition, condition_tone(p.condition)),
        ),
        Column("state", _("State"), lambda p: _(State(p.state).label), width=120),
        text_column("place", _("Place"), lambda p: p.place),
    ]
