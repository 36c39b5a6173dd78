"""Where the first key goes after the log-in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.demo.logins import PASSWORD
from moebelcirkel.ui.pages.home.page import HomePage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import log_in, windowed


def test_a_leader_writes_what_is_wanted_at_once(program: Program, qtbot: QtBot) -> None:
    program.start()
    log_in(program, qtbot, "leder", PASSWORD)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.page is not None and program.jobs.idle())
    assert window.page is not None
    page = window.page
    assert isinstance(page, HomePage)
    qtbot.waitUntil(page.line.hasFocus)
    QTest.keyClicks(page.line, "kontorstol")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.page, ShopPage) and program.jobs.idle())
    assert window.header.field.text() == "kontorstol"
