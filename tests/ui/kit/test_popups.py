"""What opens over other things: nothing of it is left out, and it stays on the screen."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.calendar import Calendar
from moebelcirkel.ui.kit.forms.choices import LONG_LIST, Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.forms.picker import PickChip
from moebelcirkel.ui.kit.forms.suggest import SuggestField, Suggestion
from moebelcirkel.ui.kit.popups import placed

#: Popups are raised and grab the keyboard, which only real screens can do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SCREEN = QRect(0, 0, 1000, 800)


def seen_through(popup: QWidget) -> list[tuple[int, int]]:
    """The places where a window does not cover what lies behind it."""
    picture = popup.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() < 255
    ]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> QWidget:
    theme.apply(qapp, "light")
    made = QWidget()
    theme.dress(made)
    QVBoxLayout(made)
    made.resize(360, 240)
    qtbot.addWidget(made)
    return made


def show(window: QWidget, *fields: QWidget, qtbot: QtBot) -> None:
    layout = window.layout()
    assert layout is not None
    for field in fields:
        layout.addWidget(field)
    with qtbot.waitExposed(window):
        window.show()


def test_what_is_offered_while_typing_has_a_ground(window: QWidget, qtbot: QtBot) -> None:
    field = SuggestField("Møbeltype")
    show(window, field, qtbot=qtbot)
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    QTest.keyClicks(field.line, "sof")
    field.offer("sof", [Suggestion(4, "HÅG SoFi 7200, sort", "24 på lager")])
    qtbot.waitUntil(field._popup.isVisible)
    assert seen_through(field._popup) == []
    middle = field._popup.grab().toImage().pixelColor(field._popup.width() // 2, 12)
    assert middle == QColor(theme.current().colours.surface)


def test_a_long_list_searched_by_typing_has_square_corners(window: QWidget, qtbot: QtBot) -> None:
    field = ChoiceField("Placering", [Choice(n, f"Reol {n}") for n in range(LONG_LIST)])
    show(window, field, qtbot=qtbot)
    completer, line = field.combo.completer(), field.combo.lineEdit()
    assert completer is not None
    assert line is not None
    popup = completer.popup()
    assert popup is not None
    line.setFocus()
    QTest.keyClicks(line, "reol")
    qtbot.waitUntil(popup.isVisible)
    assert seen_through(popup) == []


def test_the_list_of_a_pill_has_square_corners(window: QWidget, qtbot: QtBot) -> None:
    chip = PickChip("Institution", "Alle")
    chip.set_choices([Choice(1, "Nordskolen")])
    show(window, chip, qtbot=qtbot)
    chip.open()
    assert seen_through(chip.popup) == []


def test_the_calendar_shows_its_days_in_full(window: QWidget, qtbot: QtBot) -> None:
    field = DateField("Ventes den")
    field.set_value(dt.date(2026, 11, 20))
    show(window, field, qtbot=qtbot)
    for button in field.findChildren(QToolButton):
        button.click()
    calendar = field.findChild(Calendar)
    assert isinstance(calendar, Calendar)
    assert seen_through(calendar) == []
    assert calendar.rect().contains(calendar.month.geometry())
    with qtbot.waitSignal(field.changed):
        QTest.keyClick(calendar.month.focusWidget(), Qt.Key.Key_Return)
    assert field.value() == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("opener", "corner"),
    [
        (QRect(100, 100, 200, 38), QPoint(100, 138)),
        (QRect(100, 700, 200, 38), QPoint(100, 450)),
        (QRect(900, 100, 90, 38), QPoint(680, 138)),
        (QRect(-50, 100, 90, 38), QPoint(0, 138)),
    ],
)
def test_it_opens_where_there_is_room(opener: QRect, corner: QPoint) -> None:
    assert placed(opener, QSize(320, 250), SCREEN) == corner


def test_the_list_of_a_narrow_field_is_wide_enough_to_be_read(qtbot: QtBot) -> None:
    long = "1-2-A · Hal 1 · Reol 2 · A"
    for count in (3, LONG_LIST):
        field = ChoiceField("Placering", [Choice(n, f"{long} {n}") for n in range(count)])
        qtbot.addWidget(field)
        field.setFixedWidth(110)
        field.show()
        wanted = field.combo.fontMetrics().horizontalAdvance(f"{long} 0")
        line = field.combo.lineEdit()
        if line is None:
            field.combo.showPopup()
            assert field.combo.view().viewport().width() >= wanted
            field.combo.hidePopup()
        else:
            QTest.keyClicks(line, "hal")
            completer = field.combo.completer()
            assert completer is not None
            rows = completer.popup()
            assert rows is not None
            assert rows.viewport().width() >= wanted
