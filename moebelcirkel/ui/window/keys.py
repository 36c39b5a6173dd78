"""The keys of the window by their names, and F1 for it and for the dialogs over it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.dialog import belongs_to
from moebelcirkel.ui.kit.page import Page

if TYPE_CHECKING:
    from moebelcirkel.ui.window.help import HelpDialog, Keys
    from moebelcirkel.ui.window.main_window import MainWindow

#: Keys that do something only on a page that has the method.
_HOOKS = {"create_new": "Ctrl+N", "save": "Ctrl+S", "print_out": "Ctrl+P"}


class Helped(Protocol):
    """What the help asks of a window."""

    def help_word(self) -> str:
        """The topic of what is shown now."""

    def help_pages(self) -> dict[str, str]:
        """The pages whoever is at work can open, and what they are called there."""

    def help_keys(self) -> dict[str, Keys]:
        """The shortcuts that do something now, by the word of the topic they are listed under."""


class Help(QObject):
    """F1 for a window and the dialogs over it, whose keys do not reach into one another."""

    def __init__(self, window: QWidget, helped: Helped) -> None:
        super().__init__(window)
        self._window = window
        self._helped = helped
        self.dialog: HelpDialog | None = None
        keys.add(window, _("Help for this page"), self.open, "F1")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        window.installEventFilter(self)

    def open(self) -> None:
        """Help for what is shown; one that is open already is turned to it."""
        from moebelcirkel.ui.window.help import HelpDialog

        self._close()
        over = QApplication.activeModalWidget()
        word, found = self._helped.help_word(), self._helped.help_keys()
        if over is not None:
            found = {**found, word: keys.named(over)}
        self.dialog = HelpDialog(over or self._window, word, self._helped.help_pages(), found)
        self.dialog.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The help goes with its window."""
        if event.type() == QEvent.Type.Hide:
            self._close()
        return False

    def _close(self) -> None:
        if self.dialog is not None and shiboken6.isValid(self.dialog):
            self.dialog.close()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A dialog of this window has the key from when it first has the keyboard."""
        over = None if now is None else now.window()
        name = _("Help for this page")
        if over is None or over is self._window or over is self.dialog:
            return
        if belongs_to(over, self._window) and name not in keys.named(over, own=True):
            keys.add(over, name, self.open, "F1")


def bind(window: MainWindow) -> None:
    """Give the window its keys."""
    header = window.header

    def search() -> None:
        if not header.field.isHidden():
            header.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            header.field.selectAll()

    def on_page(hook: str) -> None:
        if window.page is not None:
            getattr(window.page, hook)()

    acts: tuple[tuple[str, Callable[[], object], tuple[str, ...]], ...] = (
        (_("Search"), search, ("Ctrl+F", "Ctrl+B")),
        (_("Refresh"), window.reload, ("F5",)),
        (_("Undo my latest change"), window.undo, ("Ctrl+Z",)),
        (_("Do again what was undone"), window.redo, ("Ctrl+Y", "Ctrl+Shift+Z")),
        (_("Back to the page before"), window.back, ("Alt+Left",)),
        (_("New"), functools.partial(on_page, "create_new"), ("Ctrl+N",)),
        (_("Save"), functools.partial(on_page, "save"), ("Ctrl+S",)),
        (_("Print"), functools.partial(on_page, "print_out"), ("Ctrl+P",)),
        (_("Close the program"), window.close, ("Ctrl+Q",)),
    )
    for name, act, pressed in acts:
        keys.add(window, name, act, *pressed)
    for digit, (word, button) in enumerate(list(window.rail.buttons.items())[:9], start=1):
        keys.add(
            window, _(button.item.title), functools.partial(window.choose, word), f"Ctrl+{digit}"
        )


def listed(window: MainWindow) -> dict[str, Keys]:
    """The window's keys under the program, and the page's own, with those it has a use for."""
    page = window.page
    own = {} if page is None else keys.named(page)
    common = keys.named(window, own=True)
    for hook, key in _HOOKS.items():
        name = next((name for name, pressed in common.items() if pressed == [key]), None)
        used = page is not None and getattr(type(page), hook) is not getattr(Page, hook)
        if name is not None:
            pressed = common.pop(name)
            if used:
                own = {**own, name: pressed}
    return {window.help_word(): own, "program": common}
