"""Keys of the window: shortcuts, Ctrl+Z in fields, and the way from the header into the page."""

from __future__ import annotations

from collections.abc import Callable

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


def add(
    owner: QWidget,
    name: str,
    act: Callable[..., object],
    *sequences: str | Qt.Key | QKeySequence.StandardKey,
    within: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """A shortcut under its name, so that the help can list it; a second key does the same.

    None has AltGr's letters, none is a single letter.
    """
    for sequence in sequences:
        shortcut = QShortcut(QKeySequence(sequence), owner)
        shortcut.setObjectName(name)
        shortcut.setContext(within)
        shortcut.setAutoRepeat(False)  # a key held down too long undoes or saves once
        shortcut.activated.connect(act)


def named(owner: QWidget, *, own: bool = False) -> dict[str, list[str]]:
    """The shortcuts of a widget and all in it by their names, with the keys as they are written.

    With ``own`` only those of the widget itself.
    """
    found: dict[str, list[str]] = {}
    options = Qt.FindChildOption
    depth = options.FindDirectChildrenOnly if own else options.FindChildrenRecursively
    for shortcut in owner.findChildren(QShortcut, options=depth):
        written = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
        keys = found.setdefault(shortcut.objectName(), [])
        if shortcut.isEnabled() and written not in keys:
            keys.append(written)
    return found


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


_UNDO = QKeySequence("Ctrl+Z")
_REDO = (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))


class UndoKey(QObject):
    """Lets Ctrl+Z and Ctrl+Y through to the window when a field has nothing typed to answer them.

    It listens to the field that has the focus only, as nobody else is asked about them.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field claims the keys by accepting the override; here it is not even asked."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        pressed = QKeySequence(event.keyCombination())
        if pressed != _UNDO and pressed not in _REDO:
            return False
        if isinstance(watched, QLineEdit):
            typed = watched.isUndoAvailable() if pressed == _UNDO else watched.isRedoAvailable()
        else:
            assert isinstance(watched, _TEXTS)
            text = watched.document()
            typed = text.isUndoAvailable() if pressed == _UNDO else text.isRedoAvailable()
        if not typed:
            event.ignore()
        return not typed

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, (QLineEdit, *_TEXTS)):
            now.installEventFilter(self)
