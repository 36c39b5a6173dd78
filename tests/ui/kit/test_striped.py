"""Cards with a stripe: what has no room on one is told in full."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.striped import Striped, StripedList

LONG = "Bygning B, 2. sal · Pedel ved den gamle hal, 12 34 56 01 · <b>Teknisk service</b>"


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_card_that_is_cut_off_is_told_in_full(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    cards = StripedList("Stop")
    qtbot.addWidget(cards)
    cards.show_entries(
        [Striped(1, "1. Skolen", "1 møbel"), Striped(2, "2. Skolen", "1 møbel", LONG)], 1
    )
    cards.resize(240, 300)
    cards.show()
    told = []
    for row in range(2):
        where = cards.visualRect(cards.rows.index(row, 0)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, where, cards.viewport().mapToGlobal(where))
        QApplication.sendEvent(cards.viewport(), event)
        told.append(QToolTip.text())
    QToolTip.hideText()
    assert told[0] == ""
    assert "12 34 56 01" in told[1]
    assert "&lt;b&gt;Teknisk service" in told[1]
