"""What was done, said for a while with its way back, where it covers nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label

_TOAST_MILLISECONDS: Final = 7_000
_ONE_LINE: Final = 70


class Toast(QFrame):
    """A short message at the foot of the window that goes by itself, with "Fortryd" if it can."""

    def __init__(
        self, host: QWidget, text: str, undo: Callable[[], object] | None, about: int | None
    ) -> None:
        super().__init__(host)
        self.leaving = False
        self.about = about
        self.setProperty("says", True)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self._mark = Label()
        self._mark.setPixmap(icons.pixmap("check", "accent", theme.current().px(20)))
        self._label = Label(text)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(12)
        if undo is not None:
            button = undo_button()
            button.clicked.connect(lambda: self._take_back(undo))
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._foot.addWidget(close_button(self.go))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.addWidget(self._mark)
        self._parts.addWidget(self._label, 1)
        self._parts.addLayout(self._foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self._timer.start(_TOAST_MILLISECONDS)

    def stand(self, on: QWidget, width: int, *, narrow: bool) -> None:
        """Be this wide on this ground; narrow, the words stand over what can be pressed."""
        if self.parentWidget() is not on:
            self.setParent(on)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(below if narrow else beside)
        self._parts.setSpacing(4 if narrow else 12)
        self._parts.setContentsMargins(*((12, 8, 6, 4) if narrow else (16, 8, 8, 8)))
        self._mark.setVisible(not narrow)
        theme.mark(self, "narrow", narrow)
        self._label.setWordWrap(narrow or len(self._label.text()) > _ONE_LINE)
        self.ensurePolished()
        if narrow:
            self._label.ensurePolished()
            margins = self._parts.contentsMargins()
            self._label.fit(width - margins.left() - margins.right())
        wide = width if narrow else min(width, max(self.sizeHint().width(), _least_wide()))
        self._parts.invalidate()
        self.resize(wide, max(self.sizeHint().height(), self.heightForWidth(wide)))

    def _take_back(self, undo: Callable[[], object]) -> None:
        self.go()
        undo()

    def _leave(self) -> None:
        """Stay while someone is about to use it."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(1_000)
        else:
            self.go()

    def go(self) -> None:
        """It need not be read any more."""
        self.leaving = True
        self.hide()
        self.deleteLater()


def _least_wide() -> int:
    return theme.current().px(280)


def undo_button() -> QPushButton:
    """Takes back what is told."""
    button = QPushButton(_("Undo"))
    button.setProperty("role", "quiet")
    icons.put(button, "undo", "accent_text")
    keys.leads_back(button)
    return button


def close_button(close: Callable[[], object]) -> QToolButton:
    """The cross of a message."""
    button = QToolButton()
    icons.put(button, "close", "muted", 16)
    button.setAccessibleName(_("Close"))
    button.setToolTip(_("Close"))
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(close)
    return button
