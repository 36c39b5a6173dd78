"""A field of rows that can be added and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.pictures import icons


class FieldRow(QWidget):
    """One row: its widgets side by side, and a button to take it away."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remove = QToolButton()
        icons.put(self.remove, "trash", "muted", 16)
        self.remove.setToolTip(_("Remove"))
        self.remove.setAccessibleName(_("Remove"))

    def line(self, text: str, name: str) -> QLineEdit:
        """A line of this row, named within it."""
        line = QLineEdit(text)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.textEdited.connect(self.edited)
        return line

    def plain(self) -> object:
        """What the row says as plain data, as it was typed; None where nothing is filled in."""
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """Where something is ``wrong`` in the field, mark what cannot be read in this row."""

    def lay(self, *widgets: tuple[QWidget, int]) -> None:
        """Place widgets with their share of the width, and the button behind them."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget, share in (*widgets, (self.remove, 0)):
            layout.addWidget(widget, share)


def can_be(read: Callable[[str], object], typed: str) -> bool:
    """Whether a text is what the reader reads."""
    try:
        read(typed)
    except Refused:
        return False
    return True


T = TypeVar("T")
R = TypeVar("R", bound=FieldRow)


class RowsField(Field[T], Generic[T, R]):
    """Base of such fields: a row is made of plain data, and an empty one gets the keyboard."""

    def __init__(self, label: str, add_text: str, *, helper: str = "") -> None:
        super().__init__(label, helper=helper)
        self._rows: list[R] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.add_button = QPushButton(add_text)
        self.add_button.setProperty("role", "quiet")
        icons.put(self.add_button, "plus", "accent_text")
        self.add_button.clicked.connect(self._add_empty)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._list)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self._put(holder)
        self.setFocusProxy(self.add_button)

    def rows(self) -> list[R]:
        """The rows on screen."""
        return self._rows

    def draft(self) -> object:
        """Return the rows in which something is filled in."""
        return [plain for row in self._rows if (plain := row.plain()) is not None]

    def restore(self, draft: object) -> None:
        self._clear()
        for plain in draft if isinstance(draft, list) else []:
            self._add(self._row_of(plain))

    def show_error(self, message: str) -> None:
        """Mark the row that is wrong too."""
        super().show_error(message)
        for row in self._rows:
            row.mark(wrong=bool(message))

    def _row_of(self, plain: Any) -> R:
        raise NotImplementedError

    def _begin_row(self) -> None:
        raise NotImplementedError

    def _add(self, row: R) -> R:
        row.edited.connect(self._edited)
        row.remove.clicked.connect(lambda: self._take_away(row))
        self._rows.append(row)
        self._list.addWidget(row)
        return row

    def _clear(self) -> None:
        for row in list(self._rows):
            self._drop(row)

    def _add_empty(self) -> None:
        self._begin_row()
        self._edited()

    def _take_away(self, row: R) -> None:
        self._drop(row)
        self.add_button.setFocus()
        self._edited()

    def _drop(self, row: R) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
