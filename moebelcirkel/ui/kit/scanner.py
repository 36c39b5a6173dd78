"""A hand scanner is a very fast keyboard: its codes are heard on every page, in any field.

Keys are held back for 35 ms. If they turn out to be a code and Return, or look like one of ours
without (a scanner that sends no Return), nobody else sees them; else they are sent on unchanged.
Delaying, not retracting, keeps fields and buttons untouched.
A slow scanner's Return comes after that: if it follows at once on what no hand can have typed, it
belongs to it, and neither sends a form nor presses a button.
Whoever has no use for a code lets it be typed out where the keyboard is, so that nothing is lost.

Keys come to the window that has the focus before they come to its fields, so they are heard there:
a filter on the application would be called for every event of every widget, each time waiting for
whatever Python is doing on another thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6 import QtCore, QtGui
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

GAP_MILLISECONDS: Final = 35
#: A Return that comes later after the last character is a person's.
RETURN_MILLISECONDS: Final = 150
REPEAT_SECONDS: Final = 1.0
#: What begins as a secret is held so long after its last key, however slow the scanner is.
SECRET_MILLISECONDS: Final = 400
#: ``Qt.TimerType.PreciseTimer``.
_PRECISE: Final = 0
_LEAST: Final = 3  # keys; nobody types so many within the gap where nothing is to be typed
#: Whatever needs a key is imported when there is one, after the first picture.
_KINDS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


@dataclass(frozen=True, slots=True)
class _Burst:
    """What came so fast that the Return after it is a scanner's, too."""

    text: str
    at: int
    heard: bool


class Scanner(QObject):
    """Filter on the focused window that tells typing from scanning."""

    scanned = Signal(str)
    repeated = Signal(str)
    """The same code again within a second: the trigger was held, nothing more is done."""
    strange = Signal(str)
    """No code of ours, but it looks like one or no field has the focus: a label read wrong."""

    def __init__(
        self,
        app: QGuiApplication,
        is_code: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
        looks_like: Callable[[str], bool] = lambda _text: False,
        is_secret: Callable[[str], bool] = lambda _text: False,
    ) -> None:
        super().__init__(app)
        self._is_code = is_code
        self._looks_like = looks_like
        self._is_secret = is_secret
        self._clock = clock
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._taken: list[tuple[QObject, QKeyEvent]] = []
        self._burst: _Burst | None = None
        self._sending = False
        self._last = ("", -REPEAT_SECONDS)
        self._since, self._waited = QElapsedTimer(), False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setProperty("timerType", _PRECISE)
        self._timer.setInterval(GAP_MILLISECONDS)
        self._timer.timeout.connect(self._rested)
        self._app = app
        app.focusWindowChanged.connect(self._listen)
        self._listen(app.focusWindow())

    def stop(self) -> None:
        """Hear no more keys."""
        self._app.focusWindowChanged.disconnect(self._listen)
        for window in self._app.allWindows():
            window.removeEventFilter(self)

    def type_out(self) -> bool:
        """Type the code that was just heard into the field with the keyboard; False without one.

        Its Return is left out: it would send a form that nobody has looked at.
        """
        taken, self._taken = self._taken, []
        if not taken or not _takes_text():
            return False
        self._last = ("", -REPEAT_SECONDS)
        self._send(taken)
        return True

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Hold, swallow or let pass."""
        kind = event.type()
        if self._sending or kind not in _KINDS or not isinstance(event, QtGui.QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            self._before_shortcut(event)
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._release(target, event)
        return self._press(target, event)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing

    def _press(self, target: QObject, event: QKeyEvent) -> bool:
        if event.key() in _modifier_keys():
            return False
        secret = self._is_secret(self._text())
        if self._held and not secret and _apart(self._held[-1][1], event):
            self._decide()  # the timer comes late where there is much to do
        if self._ends_burst(event):
            return True
        if _printable(event):
            self._hold(target, event)
            self._waited = False
            self._since.start()
            secret = self._is_secret(self._text())
            self._timer.start(SECRET_MILLISECONDS if secret else GAP_MILLISECONDS)
            return True
        if event.key() in _ends() and self._held and self._is_code(self._text()):
            self._swallow(self._text())
            return True
        if event.key() in _ends() and self._held and self._is_misread(self._text()):
            self._misread()
            return True
        self._send_on()
        return False

    def _rested(self) -> None:
        """No Return came: a label or shelf is heard all the same, and nothing is typed by it."""
        if self._since.elapsed() > 2 * GAP_MILLISECONDS and not self._waited:
            self._waited = True  # the window was busy: the next key may lie in the queue
            self._timer.start(GAP_MILLISECONDS)
            return
        self._decide()

    def _decide(self) -> None:
        text = self._text()
        ours, known = self._is_misread(text), self._is_code(text)
        heard = ours and (known or self._looks_like(text))
        fast = ours or (known and len(text) >= _LEAST)
        self._burst = _Burst(text, self._held[-1][1].timestamp(), heard) if fast else None
        if not heard:
            self._send_on()
        elif known:
            self._swallow(text)
        else:
            self._misread()

    def _ends_burst(self, event: QKeyEvent) -> bool:
        """Whether it is the Return of what came so fast just before."""
        burst, self._burst = self._burst, None
        if burst is None or event.key() not in _ends() or event.modifiers() & _commands():
            return False
        timed = burst.at and event.timestamp()
        since = event.timestamp() - burst.at if timed else self._since.elapsed()
        if since >= RETURN_MILLISECONDS:
            return False
        if not burst.heard and not _takes_text():
            self.strange.emit(burst.text)
        return True

    def _is_misread(self, text: str) -> bool:
        return len(text) >= _LEAST and (self._looks_like(text) or not _takes_text())

    def _misread(self) -> None:
        self._timer.stop()
        text = self._text()
        self._taken, self._held = self._held, []
        self.strange.emit(text)

    def _before_shortcut(self, event: QKeyEvent) -> None:
        """What was typed comes before the command that follows it: Ctrl+S saves all of it.

        Qt looks for shortcuts before it sends a key to the window.
        """
        alone = event.key() in (*_modifier_keys(), *_ends()) and not event.modifiers() & _commands()
        if not alone and not _printable(event):
            self._send_on()

    def _release(self, target: QObject, event: QKeyEvent) -> bool:
        """A release may not overtake its held press, else a button stays down."""
        if not self._held or event.key() in _modifier_keys():
            return False
        self._hold(target, event)
        return True

    def _hold(self, target: QObject, event: QKeyEvent) -> None:
        copy = QtGui.QKeyEvent(
            event.type(),
            event.key(),
            event.modifiers(),
            event.text(),
            event.isAutoRepeat(),
            event.count(),
        )
        copy.setTimestamp(event.timestamp())
        self._held.append((target, copy))

    def _text(self) -> str:
        return "".join(e.text() for _, e in self._held if e.type() == QEvent.Type.KeyPress)

    def _swallow(self, code: str) -> None:
        self._timer.stop()
        self._taken, self._held = self._held, []
        now = self._clock()
        previous, at = self._last
        self._last = (code, now)
        if code == previous and now - at < REPEAT_SECONDS:
            self.repeated.emit(code)
        else:
            self.scanned.emit(code)

    def _send_on(self) -> None:
        self._timer.stop()
        held, self._held = self._held, []
        self._send(held)

    def _send(self, keys: list[tuple[QObject, QKeyEvent]]) -> None:
        self._sending = True
        try:
            for target, event in keys:
                if shiboken6.isValid(target):
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._sending = False


def sound(*, good: bool) -> None:
    """One beep for a code that was taken, two for one that was not."""
    QApplication.beep()
    if not good:
        QTimer.singleShot(180, QApplication.beep)


def _apart(before: QKeyEvent, now: QKeyEvent) -> bool:
    """Whether so much time lay between two keys as between those of a hand, by the system's clock.

    A key without a time is made by a program.
    """
    first, then = before.timestamp(), now.timestamp()
    return bool(first and then) and then - first >= GAP_MILLISECONDS


def _takes_text() -> bool:
    """The widget with the focus is one to type in."""
    focus = QApplication.focusWidget()
    return focus is not None and focus.testAttribute(
        QtCore.Qt.WidgetAttribute.WA_InputMethodEnabled
    )


def _printable(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _commands()


@cache
def _ends() -> tuple[QtCore.Qt.Key, ...]:
    """What a scanner may send after its code."""
    keys = QtCore.Qt.Key
    return keys.Key_Return, keys.Key_Enter, keys.Key_Tab


@cache
def _modifier_keys() -> tuple[QtCore.Qt.Key, ...]:
    keys = QtCore.Qt.Key
    held = (keys.Key_Shift, keys.Key_Control, keys.Key_Alt, keys.Key_AltGr, keys.Key_Meta)
    return *held, keys.Key_CapsLock, keys.Key_NumLock


@cache
def _commands() -> QtCore.Qt.KeyboardModifier:
    held = QtCore.Qt.KeyboardModifier
    return held.ControlModifier | held.AltModifier | held.MetaModifier
