"""Keys of the window: shortcuts, Ctrl+Z in fields, and the way from the header into the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast

import shiboken6
from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QLineEdit,
    QScrollArea,
    QWidget,
)

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK = "leads_back"
_BEGINS = "begins_in_sight"
#: Between what is scrolled into sight and the edge.
_AIR = 8
#: Keys of printed signs; letters and figures are typed.
_SIGNS = (Qt.Key.Key_Plus.value, Qt.Key.Key_Minus.value)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def add(
    owner: QWidget,
    name: str,
    act: Callable[..., object],
    *sequences: str | Qt.Key | QKeySequence.StandardKey,
    within: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """A shortcut under its name, so that the help can list it; a second key does the same.

    None has AltGr's letters, none is a single letter. One that is a single sign, as +, is for the
    widget itself.
    """
    for sequence in sequences:
        if isinstance(sequence, Qt.Key) and sequence.value in _SIGNS:
            SignKey(owner, name, act, sequence)
            continue
        shortcut = QShortcut(QKeySequence(sequence), owner)
        shortcut.setObjectName(name)
        shortcut.setContext(within)
        shortcut.setAutoRepeat(False)  # a key held down too long undoes or saves once
        shortcut.activated.connect(act)


class SignKey(QObject):
    """What a sign does on the widget that has the keyboard.

    As a shortcut Qt would take it before the scanner hears it: out of the middle of a code.
    """

    def __init__(self, owner: QWidget, name: str, act: Callable[..., object], key: Qt.Key) -> None:
        super().__init__(owner)
        self.setObjectName(name)
        self.written = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._key, self._act = key, act
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key held down too long acts once."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QtGui.QKeyEvent):
            return False
        if event.key() != self._key or event.modifiers() & ~(
            _KEYPAD | Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        if not event.isAutoRepeat():
            self._act()
        return True


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
    for sign in owner.findChildren(SignKey, options=depth):
        found.setdefault(sign.objectName(), []).append(sign.written)
    return found


@cache
def let_return_press() -> ReturnKey:
    """Let Return press the button or choice that has the keyboard, in windows and dialogs."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return ReturnKey(app)


class ReturnKey(QObject):
    """Makes Return what Space is on a button, where a dialog would press its default instead.

    It listens to the button that has the focus only; what has it is scrolled into sight.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send Space instead, so that whatever guards the button sees a press."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() not in kinds or not isinstance(event, QtGui.QKeyEvent):
            return False
        if event.key() not in _RETURNS or event.modifiers() & ~_KEYPAD:
            return False
        if not event.isAutoRepeat():
            if isinstance(watched, QAbstractButton) and _is_answer(watched):
                return False
            none = Qt.KeyboardModifier.NoModifier
            space = QtGui.QKeyEvent(event.type(), Qt.Key.Key_Space, none, " ")
            QApplication.sendEvent(watched, space)
        return True

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton):
            now.installEventFilter(self)
        if now is not None and not QApplication.mouseButtons() and not now.property(_BEGINS):
            bring_into_sight(now)  # what is clicked is seen, and stays under the pointer


def _is_answer(button: QAbstractButton) -> bool:
    """Whether it is chosen already, where pressing it does nothing, and Return sends the form."""
    group = cast("QButtonGroup | None", button.group())
    alone = button.autoExclusive() if group is None else group.exclusive()
    if not alone or not button.isChecked():
        return False
    verbs = button.window().findChildren(QtWidgets.QPushButton)
    return any(v.isDefault() and v.isVisible() and v.property("role") == "primary" for v in verbs)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll until the whole of a widget is seen; Qt is content with its cursor."""
    seen = widget.visibleRegion().boundingRect()
    if seen == widget.rect():
        return
    parent = widget.parentWidget()
    while parent is not None:
        inside = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inside is not None:
            high, wide = widget.height() // 2, widget.width() // 2
            if seen.isEmpty() or 2 * (high + _AIR) <= parent.viewport().height():
                middle = widget.mapTo(inside, widget.rect().center())
                parent.ensureVisible(middle.x(), middle.y(), wide + _AIR, high + _AIR)
        parent = parent.parentWidget()


def leads_back(button: QAbstractButton) -> None:
    """Mark a button that undoes or leaves: the keyboard is never put on it by itself."""
    button.setProperty(_BACK, True)


def focus_first(page: QWidget) -> bool:
    """Give the keyboard to what stands for the page, or to the first of its widgets in sight.

    What stands for it is its focus proxy. A page begins at its top: what is seen in part is not
    scrolled for. False where there is nothing to give it to.
    """
    takers = _takers(page)
    proxy = page.focusProxy()
    if proxy is not None and proxy.isVisible() and proxy.isEnabled():
        takers.insert(0, proxy)
    seen = [each for each in takers if not each.visibleRegion().isEmpty()]
    for widget in [*seen, *takers][:1]:
        widget.setProperty(_BEGINS, bool(seen))
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        widget.setProperty(_BEGINS, False)
    return bool(takers)


def pass_on(lost: QWidget, page: QWidget) -> bool:
    """Give the keyboard on from what was hidden or disabled: to the nearest list or field.

    Never to the button that happens to stand next, which may do the reverse.
    """
    each = lost.parentWidget()
    while each is not None and page.isAncestorOf(each):
        for widget in _takers(each):
            if not isinstance(widget, QAbstractButton):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        each = each.parentWidget()
    return focus_first(page)


def _takers(part: QWidget) -> list[QWidget]:
    """What may be given the keyboard without being asked for."""
    return [
        widget
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.property(_BACK)
        and widget.property("role") != "danger"
    ]


def step_on(window: QWidget, before: QWidget | None, *, forward: bool) -> None:
    """Go on where Tab got stuck: Qt stops at what stands for something hidden (an empty list)."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    start = before or window
    each: QWidget | None = start
    while each is not None:
        each = each.nextInFocusChain() if forward else each.previousInFocusChain()
        if each is None or each is start:
            return
        takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
        if takes and each.isVisibleTo(window) and each.isEnabled():
            each.setFocus(reason)
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
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QtGui.QKeyEvent):
            return False
        pressed = QKeySequence(event.keyCombination())
        if pressed != _UNDO and pressed not in _REDO:
            return False
        watched = _line_in(watched) or watched
        if isinstance(watched, QLineEdit):
            typed = watched.isUndoAvailable() if pressed == _UNDO else watched.isRedoAvailable()
        else:
            assert isinstance(watched, QtWidgets.QPlainTextEdit | QtWidgets.QTextEdit)
            text = watched.document()
            typed = text.isUndoAvailable() if pressed == _UNDO else text.isRedoAvailable()
        if not typed:
            event.ignore()
        return not typed

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        texts = QLineEdit | QtWidgets.QPlainTextEdit | QtWidgets.QTextEdit
        if now is not None and (isinstance(now, texts) or _line_in(now) is not None):
            now.installEventFilter(self)


def _line_in(widget: QObject | None) -> QLineEdit | None:
    """The line of a choice that is searched by typing.

    Qt gives the keyboard to the whole of it and lets the line claim the keys unseen.
    """
    return widget.lineEdit() if isinstance(widget, QtWidgets.QComboBox) else None
