"""Hands at the running program: keys, mouse, hand scanner and file dialogs, and waiting for it.

Keys go to the widget that has the keyboard; nothing is called that a person could not reach.
"""

from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.forms.suggest import SuggestField
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.window.login import ChangeUser, LoginForm
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.new_password import NewPassword
from moebelcirkel.ui.window.program import Program

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LONG = 30_000

AnyPage = TypeVar("AnyPage", bound=Page)
AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class Hands:
    """One person after the other at one PC."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot

    @property
    def window(self) -> MainWindow:
        """The window of whoever is at work."""
        assert self.program.window is not None
        return self.program.window

    # --- waiting ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Everything asked is answered and shown; one answer may ask the next question."""
        for _turn in range(3):
            assert self.program.jobs.wait_idle(LONG)
            QApplication.processEvents()

    def begun(self, before: MainWindow | None = None) -> None:
        """Somebody is at work in a window of their own, and its first page is there."""
        self.qtbot.waitUntil(lambda: self.program.window not in (None, before), timeout=LONG)
        self.qtbot.waitUntil(lambda: self.window.page is not None, timeout=LONG)
        self.settle()

    def typed(self) -> None:
        """The scanner has let the keys through: it holds them until it knows they are typing."""
        self.qtbot.waitUntil(lambda: not self.program.scanner._held, timeout=LONG)

    # --- keyboard and mouse -------------------------------------------------------------------

    def target(self) -> QWidget:
        """Where the next key goes."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        if found is None:
            # Offscreen nobody makes a window active again when a dialog over it is closed.
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=LONG)
            found = QApplication.focusWidget()
        assert found is not None
        return found

    def write(self, text: str, into: QWidget | None = None) -> None:
        """Type as fast as a person: each letter goes where the one before has led."""
        if into is not None:
            into.setFocus()
        for letter in text:
            QTest.keyClicks(self.target(), letter)
            self.typed()
        self.settle()

    def retype(self, line: QLineEdit, text: str) -> None:
        """Write over what stands in a line."""
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(line, text)
        self.typed()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """One key where the keyboard is."""
        QTest.keyClick(self.target(), key, modifier)
        self.typed()
        self.settle()

    def click(self, widget: QWidget) -> None:
        """One click on something that can be clicked, once it could be read what it is for."""
        assert widget.isVisible()
        assert widget.isEnabled()
        for decision in widget.window().findChildren(Decision):
            if widget in decision._buttons:
                widget.setFocus()  # scrolled into sight
                # Offscreen nobody makes a window active again when a dialog over it is closed.
                widget.window().activateWindow()
                self.qtbot.waitUntil(partial(getattr, decision, "settled"), timeout=LONG)
        QTest.mouseClick(widget, LEFT)
        self.settle()

    def choose(self, combo: QComboBox, words: str) -> None:
        """Go down a list to these words."""
        combo.setFocus()
        for _step in range(combo.count()):
            if combo.currentText() == words:
                break
            QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText() == words
        self.settle()

    def suggested(self, field: SuggestField, words: str) -> None:
        """What was typed has found just this; it is taken by Down and Return."""

        def offered() -> bool:
            return [each.text for each in field.offered()] == [words]

        self.qtbot.waitUntil(offered, timeout=LONG)
        self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def scan(self, code: str) -> None:
        """The trigger of a hand scanner: its keys come at once, and Return after them.

        Without a time of their own: a busy machine that runs this is slower than any scanner.
        """
        where = QApplication.activeModalWidget() or self.window
        window = where.windowHandle()
        assert window is not None
        keys = [(Qt.Key(ord(letter.upper())), letter) for letter in code]
        for key, text in (*keys, (Qt.Key.Key_Return, "\r")):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(window, QKeyEvent(kind, key, PLAIN, text))
        assert not self.program.scanner._held
        self.settle()

    # --- pages and dialogs --------------------------------------------------------------------

    def page(self, kind: type[AnyPage], word: str = "") -> AnyPage:
        """The page shown, or the one whose entry in the rail is clicked first."""
        if word:
            self.click(self.window.rail.buttons[word])
        self.settle()
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, kind), timeout=LONG)
        return cast(AnyPage, self.window.page)

    def dialog(self, kind: type[AnyWidget]) -> AnyWidget:
        """The dialog that is open."""
        self.settle()
        self.qtbot.waitUntil(
            lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=LONG
        )
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def give_file(self, path: Path) -> None:
        """Answer the dialog of files by typing the path."""
        line = self.dialog(QFileDialog).findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        self.retype(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    # --- who is at work -----------------------------------------------------------------------

    def log_in(self, form: LoginForm, login: str, password: str) -> None:
        """Name, Tab, password, Return; then the window is there."""
        before = self.program.window
        self.retype(form.name, login)
        QTest.keyClick(form.name, Qt.Key.Key_Tab)
        self.qtbot.waitUntil(form.password.hasFocus, timeout=LONG)
        self.retype(form.password, password)
        QTest.keyClick(form.password, Qt.Key.Key_Return)
        self.settle()
        if self.program.window is before:
            self._choose_password(password)
        self.begun(before)

    def _choose_password(self, password: str) -> None:
        """The first one was given by the administrator, and is good for choosing one's own."""
        dialog = self.dialog(NewPassword)
        for line in (dialog.first, dialog.second):
            self.retype(line, f"{password} helt min egen")
        QTest.keyClick(dialog.second, Qt.Key.Key_Return)
        self.settle()

    def change_user(self, login: str, password: str) -> None:
        """By the menu at the foot of the rail."""
        self.click(self.window.rail.person)
        menu = QApplication.activePopupWidget()
        assert menu is self.window.menu
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            QTest.keyClick(menu, key)
        self.log_in(self.dialog(ChangeUser).form, login, password)


def without_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a PC without one, so that no dialog of the system opens."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
