"""Where the first key goes after the log-in."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.demo.logins import PASSWORD
from moebelcirkel.ui.window.desk import Desk
from tests.ui.desk_hands import log_in, windowed


def test_a_leader_writes_what_is_wanted_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.start()
    log_in(desk, qtbot, "leder", PASSWORD)
    windowed(desk, qtbot)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(lambda: window.page is not None and desk.jobs.idle())
    assert window.page is not None
    assert window.page.word == "shop"
    qtbot.waitUntil(window.header.field.hasFocus)
    assert QApplication.focusWidget() is window.header.field
