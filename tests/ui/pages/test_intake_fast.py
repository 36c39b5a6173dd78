"""Typing at intake faster than the list of types comes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import Keyboard
from tests.ui.pages.test_intake import ITEMS, page_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_return_before_the_list_has_come_takes_what_it_brings(open_window: OpenWindow) -> None:
    window = open_window("lager", ITEMS)
    keys, page = Keyboard(window), page_of(window)
    keys.type("åbo")
    keys.press(Qt.Key.Key_Return)
    line = page.form.type.line
    QTest.keyClicks(line, "sofi")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClicks(line, "3")
    keys.settle()
    assert page.form.known() is not None
    assert page.form.counts.total() == 3
    assert not line.text().endswith("3")
