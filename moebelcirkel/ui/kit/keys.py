"""Keys of the window: shortcuts, Ctrl+Z in fields, and the way from the header into the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_TEXTS = (QPlainTextEdit, QTextEdit)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def bind(window: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Shortcuts of a window; none with AltGr's letters, none of a single letter."""
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setAutoRepeat(False)  # a key held down too long undoes or saves once
        shortcut.activated.connect(act)


def press_by_return(event: QKeyEvent) -> bool:
    """Let Return press the button or choice that has the keyboard, as Space does.

    For the ``keyPressEvent`` of a window, where what no widget took arrives.
    """
    focus = QApplication.focusWidget()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
        return False
    if not isinstance(focus, QAbstractButton) or event.modifiers() & ~_KEYPAD:
        return False
    focus.click()
    return True


def focus_first(page: QWidget) -> None:
    """Give the keyboard to the page, or to the first of its widgets that takes it."""
    if page.focusPolicy() != Qt.FocusPolicy.NoFocus:
        page.setFocus()
        return
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return


class UndoKey(QObject):
    """Lets Ctrl+Z through to the window when a field has nothing typed to take back.

    It listens to the field that has the focus only, as nobody else is asked about Ctrl+Z.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field claims Ctrl+Z by accepting the override; here it is not even asked."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        if isinstance(watched, QLineEdit):
            typed = watched.isUndoAvailable()
        else:
            assert isinstance(watched, _TEXTS)
            typed = watched.document().isUndoAvailable()
        if not typed:
            event.ignore()
        return not typed

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, (QLineEdit, *_TEXTS)):
            now.installEventFilter(self)
