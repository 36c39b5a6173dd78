"""People's text is text: what someone has typed is shown as it was typed, everywhere.

Qt guesses: a label or a tooltip whose text looks like HTML is drawn as such, with pictures from
wherever it names, and an ampersand in a button underlines the next letter. So labels are made here,
and buttons, menus, tooltips and titles get people's text through these functions. A test looks
that nobody makes a label or a tooltip of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import _

#: As many signs as a button beside others has room for.
_BRIEF = 28
#: A label breaks lines at spaces only; no word of any language needs a line of its own.
_LONG: Final = 24
#: So much of a long text is shown at first, where more than some signs would be left out.
_FOLDED: Final = 220
_FEW_LINES: Final = 5
_SPARED: Final = 40
_NO_WORD: Final = re.compile(r"\S{60}")

#: ``Qt.TextFormat.PlainText``, by its number: see ``window/start_window.py``.
_PLAIN: Final = 0


class Label(QLabel):
    """A label that never takes its text for markup, and that a very long word does not widen.

    Its tone is one of those that `theme` knows; with `wrap` it goes over several lines. Where
    there is little room, a word may break after fewer signs than the ``long`` ones of elsewhere.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "",
        wrap: bool = False,
        long: int = _LONG,
    ) -> None:
        super().__init__(parent)
        self._long = long
        self.setProperty("textFormat", _PLAIN)
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        self._typed = ""
        if text:
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show this; a very long word, as of a search, may go on in the next line."""
        self._typed = text
        if len(text) > self._long:
            if _NO_WORD.search(text):
                self.setWordWrap(True)
            text = _breakable(text, self._long)
        # Beside its editor a single one would be taken for the sign of a key.
        super().setText(text if self.buddy() is None else text.replace("&", "&&"))

    def fit(self, wide: int) -> None:
        """Let a word break, too, that is wider than all the room there is."""
        face, words = self.fontMetrics(), self._typed.split()
        while self._long > 1 and any(
            face.horizontalAdvance(word[: self._long]) > wide for word in words
        ):
            self._long -= 1
        self.setText(self._typed)

    def setBuddy(self, buddy: QWidget) -> None:
        """The editor it names."""
        super().setBuddy(buddy)
        self.setText(self._typed)

    def text(self) -> str:
        """The text as it was given."""
        return self._typed


class FoldedText(QWidget):
    """A text that can be copied; of a long one the beginning, until the rest is asked for."""

    def __init__(self, *, tone: str = "") -> None:
        super().__init__()
        self.label = copyable("", tone)
        self.more = push_button("", self._turn, role="quiet")
        self.more.setProperty("flush", True)
        self._text, self._open = "", False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addWidget(self.more, 0, QtCore.Qt.AlignmentFlag.AlignLeft)

    def setText(self, text: str) -> None:
        """Show this; the same as before stays as open as it is."""
        if text != self._text:
            self._text, self._open = text, False
        self._show()

    def text(self) -> str:
        """The whole text, as it was given."""
        return self._text

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        few = "\n".join(self._text.splitlines()[:_FEW_LINES])
        cut = few if len(few) <= _FOLDED else few[: _FOLDED + 1].rsplit(None, 1)[0]
        long = len(self._text) - len(cut) > _SPARED
        self.label.setText(f"{cut} …" if long and not self._open else self._text)
        self.more.setText(_("Show less") if self._open else _("Show all of it"))
        self.more.setVisible(long)


def copyable(text: str, tone: str = "") -> Label:
    """A text over several lines that can be marked and copied."""
    label = Label(text, tone=tone, wrap=True)
    label.setTextInteractionFlags(QtCore.Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def push_button(
    text: str,
    act: Callable[..., object] | SignalInstance,
    *,
    role: str = "",
    icon: str = "",
    tint: str = "text",
    default: bool | None = None,
) -> QPushButton:
    """A button that calls ``act``; ``role`` is one of those that `theme` knows.

    In a dialog Return presses the one that is ``default``, and never one that is False.
    """
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    if icon:
        from moebelcirkel.ui.kit.pictures import icons  # the log-in has none

        icons.put(made, icon, tint)
    if default:
        made.setDefault(True)
    elif default is False:
        made.setAutoDefault(False)
    made.clicked.connect(act)
    return made


def _breakable(text: str, long: int = _LONG) -> str:
    """With places in very long words where a line may end.

    Where lines are short these are words of our language, which end in a hyphen there, and in their
    own where they have one.
    """
    if long < _LONG:
        text = re.sub(rf"[^\W\d_]{{{long}}}(?=[^\W\d_])", "\\g<0>\N{SOFT HYPHEN}", text)
    sign = "[^\\s\N{SOFT HYPHEN}-]" if long < _LONG else "\\S"
    return re.sub(f"{sign}{{{long}}}(?={sign})", "\\g<0>\N{ZERO WIDTH SPACE}", text)


def caption(text: str) -> str:
    """People's text for a button, a box to tick or a menu."""
    return text.replace("&", "&&")


def brief(text: str) -> str:
    """As `caption`, cut where a long name would push what stands beside it out of sight."""
    return caption(text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1].rstrip()}…")


def tip(text: str) -> str:
    """People's text for a tooltip."""
    from html import escape  # its table of signs is long, and few texts hold any

    if "<" not in text and not _NO_WORD.search(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(_breakable(text))}</p>'


def window_title(text: str) -> str:
    """People's text for the title of a window, where ``[*]`` would stand for "changed"."""
    return text.replace("[*]", "[*][*]")
