"""The header over the page: title, chips, one search and scan field, at most three actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.fold import MOST_QUERY
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.find_line import FindLine
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label

_DELAY_MILLISECONDS: Final = 80
_FIELD_WIDTH: Final = 455
_FIELD_LEAST: Final = 220
_HEIGHT: Final = 64
_FLASH_MILLISECONDS: Final = 700


class SearchField(FindLine):
    """The search field; says its shortcut while it is empty."""

    searched = Signal(str)
    entered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        keycap = Label(QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText))
        keycap.setText(keycap.text().replace("+", " "))
        keycap.setProperty("keycap", True)
        super().__init__(beside=keycap)
        self.setMaxLength(MOST_QUERY)  # what is pasted beyond it would not be looked for
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MILLISECONDS)
        self._delay.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda _text: self._delay.start())

    def put_text(self, text: str) -> None:
        """Show the text of another page without searching for it again."""
        self.setText(text)
        self._delay.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return asks at once, Esc empties, Esc again goes back to the page."""
        leaves = (Qt.Key.Key_Down,) if self.text() else (Qt.Key.Key_Down, Qt.Key.Key_Escape)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._delay.stop()
            self.entered.emit(self.text().strip())
        elif event.key() in leaves:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a label number."""
        return QSize(_FIELD_LEAST, super().minimumSizeHint().height())

    def empty(self) -> None:
        """Show all at once."""
        super().empty()
        self._delay.stop()
        self.searched.emit("")


class Header(QWidget):
    """Lays its parts in one row, in two or three when the window is narrow or the text large."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = QToolButton()
        icons.put(self.back, "arrow-left", "muted", 20)
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Back (Esc)"))
        self.back.hide()
        self.title = Label(tone="title")
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.field = SearchField()
        self.field.setMaximumWidth(theme.current().px(_FIELD_WIDTH))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chips, self._actions = self.strip(()), self.strip(())
        self._lines = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        for line in self._lines:
            line.setSpacing(14)
            column.addLayout(line)
        self._rows = 0
        self.setMinimumHeight(_HEIGHT)
        self._arrange()
        theme.watch().changed.connect(self._fit_text)

    def fill(
        self,
        title: str,
        hint: str,
        text: str,
        chips: QWidget,
        actions: QWidget,
        *,
        back: bool = False,
    ) -> None:
        """Show the parts of one page; ``chips`` and ``actions`` were made by ``strip``.

        ``back`` shows the way to the page before.
        """
        self.back.setVisible(back)
        self.title.setText(title)
        self.field.setVisible(bool(hint))
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.put_text(text)
        for strip in (self._chips, self._actions):
            strip.hide()
        self._chips, self._actions = chips, actions
        for strip in (chips, actions):
            layout = strip.layout()
            strip.setVisible(layout is not None and layout.count() > 0)
        self._arrange(anew=True)

    def flash(self, *, good: bool) -> None:
        """Colour the field for a moment: what a scan came to is seen from afar, too."""
        theme.mark(self.field, "flash", "good" if good else "bad")
        QTimer.singleShot(_FLASH_MILLISECONDS, self, lambda: theme.mark(self.field, "flash", ""))

    def strip(self, widgets: Sequence[QWidget]) -> QWidget:
        """One page's chips or buttons side by side; what the page hides in it stays hidden."""
        strip = QWidget(self)
        strip.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for widget in widgets:
            row.addWidget(widget)
        strip.hide()
        return strip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between one row and more."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A part has become wider or narrower (large text, a chip shown): look again."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """What cannot be narrower even in three rows."""
        parts = (
            self._need(self.back, self.title),
            self._need(self.field),
            self._need(self._actions),
        )
        return QSize(max(parts), _HEIGHT)

    def _need(self, *parts: QWidget) -> int:
        shown = [part for part in parts if not part.isHidden()]
        widths = [
            part.minimumSizeHint().width() if part is self.field else part.sizeHint().width()
            for part in shown
        ]
        return sum(widths) + 14 * max(0, len(shown) - 1) + 48

    def _arrange(self, *, anew: bool = False) -> None:
        rows = self._rows_needed()
        if rows == self._rows and not anew:
            return
        self._rows = rows
        for line in self._lines:
            while line.count():
                line.takeAt(0)
        first, second, third = self._lines
        first.addWidget(self.back)
        first.addWidget(self.title)
        first.addWidget(self._chips)
        (first if rows == 1 else second).addWidget(self.field, 100)
        for line in self._lines[: min(rows, 2)]:
            line.addStretch(1)
        if rows == 3:
            third.addStretch(1)
        self._lines[rows - 1].addWidget(self._actions)

    def _rows_needed(self) -> int:
        """One while all fits; then field and actions go down, then the actions alone."""
        room = self.width()
        if self._need(self.back, self.title, self._chips, self.field, self._actions) <= room:
            return 1
        return 2 if self._need(self.field, self._actions) <= room else 3

    def _fit_text(self) -> None:
        self.field.setMaximumWidth(theme.current().px(_FIELD_WIDTH))
        self._arrange(anew=True)
