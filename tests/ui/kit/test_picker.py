"""Chips that choose: searching the list by keyboard, periods in words, the dialog of two days."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain import periods
from moebelcirkel.domain.periods import Period
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice
from moebelcirkel.ui.kit.forms.period import PeriodChip, PeriodDialog, words
from moebelcirkel.ui.kit.forms.picker import PickChip

TODAY = dt.date(2026, 11, 20)
NAMES = ("Børnehuset", "Jobcentret", "Nordskolen", "Rådhuset", "Sydskolen")


@pytest.fixture
def chip(qapp: QApplication, qtbot: QtBot) -> PickChip:
    theme.apply(qapp, "light")
    made = PickChip("Institution", "Alle institutioner")
    qtbot.addWidget(made)
    made.set_choices([Choice(number, name) for number, name in enumerate(NAMES * 3, start=1)])
    return made


def test_it_says_what_is_chosen(chip: PickChip) -> None:
    assert (chip.text(), chip.key) == ("Alle institutioner", None)
    chip.show_key(3)
    assert chip.text() == "Nordskolen"
    assert chip.accessibleName() == "Institution: Nordskolen"
    chip.set_choices([Choice(1, "Børnehuset")])
    assert (chip.text(), chip.key) == ("Alle institutioner", None)


def test_typing_narrows_and_return_takes(chip: PickChip, qtbot: QtBot) -> None:
    popup = chip.popup
    popup.offer([Choice("", "Alle"), *[Choice(n, name) for n, name in enumerate(NAMES * 3)]], "")
    QTest.keyClicks(popup.search, "SKOLEN")
    shown = [n for n in range(popup.list.count()) if not popup.list.item(n).isHidden()]
    assert [popup.list.item(n).text() for n in shown[:2]] == ["Nordskolen", "Sydskolen"]
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.picked) as taken:
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert taken.args == [4]


def test_all_can_be_chosen_again(chip: PickChip, qtbot: QtBot) -> None:
    chip.show_key(2)
    with qtbot.waitSignal(chip.chosen) as chosen:
        chip.popup.picked.emit("")
    assert chosen.args == [None]
    assert chip.text() == "Alle institutioner"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (periods.last_year(TODAY), "2025"),
        (periods.this_year(TODAY), "1. jan. – 20. nov. 2026"),
        (periods.last_twelve_months(TODAY), "21. nov. 2025 – 20. nov. 2026"),
        (periods.month(2026, 11), "november 2026"),
        (periods.quarter(2026, 3), "3. kvartal 2026"),
        (Period(TODAY, TODAY), "20. nov. 2026"),
    ],
)
def test_periods_in_words(period: Period, said: str) -> None:
    assert words(period) == said


def test_the_menu_offers_periods_and_tells_of_the_chosen_one(qtbot: QtBot) -> None:
    chip = PeriodChip(TODAY)
    qtbot.addWidget(chip)
    menu = chip.menu_of_periods()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:3] == ["I år", "Sidste år", "Seneste 12 måneder"]
    with qtbot.waitSignal(chip.changed):
        menu.actions()[1].trigger()
    assert chip.text() == "2025"
    with qtbot.assertNotEmitted(chip.changed):
        chip.choose(periods.last_year(TODAY))


def test_two_days_are_checked_before_they_are_taken(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = PeriodDialog(host, Period(dt.date(2026, 1, 1), TODAY))
    taken: list[Period] = []
    dialog.chosen.connect(taken.append)
    assert dialog.focusWidget() is dialog.start.line
    dialog.end.line.setText("31.12.2025")
    dialog.verb.click()
    assert taken == []
    assert dialog.end.error.text() == "Perioden slutter, før den begynder."
    dialog.end.line.setText("")
    dialog.verb.click()
    assert taken == []
    dialog.end.line.setText("30. juni 2026")
    dialog.verb.click()
    assert taken == [Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))]
