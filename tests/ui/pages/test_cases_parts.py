"""A spare part is used in a task in the real window: from the list, by scan, taken out again."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import cases
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.cases.part_dialogs import UsePartDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services import mending, repairing
from tests.services.test_cases_parts import TASK
from tests.services.test_parts import ARM, apart
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(
    town: World, open_window: OpenWindow, qtbot: QtBot, case: int
) -> tuple[CasesPage, CaseDialog]:
    window = open_window("bench", entries.items_for(town.person("bench")))
    window.go("cases", case)
    page = window.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.panel.current() is not None)
    dialog = page.panel.current()
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.tasks.kinds()))
    return page, dialog


def asking(page: CasesPage, qtbot: QtBot) -> UsePartDialog:
    qtbot.waitUntil(lambda: isinstance(page.asking, UsePartDialog))
    found = page.asking
    assert isinstance(found, UsePartDialog)
    assert left_english([label.text() for label in found.findChildren(QLabel)]) == []
    return found


def test_a_part_of_the_same_type_is_proposed_used_and_taken_out(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    bench = town.person("bench")
    part = trade.unit(town, apart(town).part_ids[0])
    case, _pieces = mending.case(town, 1)
    cases.add_task(bench, case, repairing.task(town, TASK))
    page, dialog = opened(town, open_window, qtbot, case)
    [line] = dialog.tasks.lines
    line.use.click()
    asked = asking(page, qtbot)
    words = asked.part.combo.currentText()
    assert words.startswith(f"{ARM} · {part.number} · B · ")  # before what may be long
    assert words.endswith(" · fra samme type")
    assert asked.code.isHidden()
    asked.verb.click()
    qtbot.waitUntil(lambda: len(dialog.tasks.used) == 1)
    [line] = dialog.tasks.lines
    assert (line.box.isChecked(), line.parts.value()) == (True, 0)
    [shown] = dialog.tasks.used
    assert shown.part.number == part.number
    shown.away.click()
    qtbot.waitUntil(lambda: not dialog.tasks.used)
    assert trade.state(town.context, part.id) == "ready"
    dialog.undo_asked.emit()
    qtbot.waitUntil(lambda: len(dialog.tasks.used) == 1)


def test_a_scanned_part_asks_which_task_and_piece_it_is_for(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    bench = town.person("bench")
    [_first, second] = apart(town).part_ids
    number = trade.unit(town, second).number
    case, pieces = mending.case(town, 2)
    for name in ("Rengøring", TASK):
        cases.add_task(bench, case, repairing.task(town, name), done=name != TASK)
    page, dialog = opened(town, open_window, qtbot, case)
    assert dialog.scanned(number)
    asked = asking(page, qtbot)
    assert asked.part.value() == second
    assert asked.task.combo.currentText() == TASK
    asked.verb.click()
    qtbot.waitUntil(lambda: asked.piece.error.text() != "")
    asked.piece.set_value(pieces[1])
    asked.verb.click()
    qtbot.waitUntil(lambda: len(dialog.tasks.used) == 1)
    assert dialog.tasks.used[0].part.unit_id == pieces[1]


def test_where_nothing_lies_in_stock_its_number_is_asked_and_what_is_wrong_said(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    case, _pieces = mending.case(town, 1)
    cases.add_task(town.person("bench"), case, repairing.task(town, TASK))
    page, dialog = opened(town, open_window, qtbot, case)
    dialog.tasks.lines[0].use.click()
    asked = asking(page, qtbot)
    assert asked.part.isHidden()
    asked.code.set_value("MC-999999")
    asked.verb.click()
    qtbot.waitUntil(lambda: "MC-999999" in asked.code.error.text())
    assert not cases.detail(town.person("bench"), case).used
    asked.reject()
    qtbot.waitUntil(lambda: page.asking is None)
