"""Opening stock in the window: a list is understood, tried, taken in and undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.language import N_
from moebelcirkel.services import articles
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.step_frame import COLUMNS, RESULT
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.catalogues import left_english
from tests.ui.falling import fall

ITEM = RailItem("imports", N_("Import"), "import", "office", ImportsPage)
LIST = """Inventarnr;Møbel;Antal;Stand;Placering
A-1;Kontorstol HÅG SoFi 7200;1;God;Hal 2 / Reol 14 / C
;Skrivebord Holmris 160;30;C;2-14-C
A-2;Reol Montana;1;B;Hal 9
"""


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window("admin", [ITEM], size=(1280, 720))


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> ImportsPage:
    assert isinstance(window.page, ImportsPage)
    window.page.start.kind.set_value("pieces")
    window.page.start.kind.changed.emit()
    file = tmp_path / "lager.csv"
    file.write_text(LIST, "utf-8")
    window.page.open_file(str(file))
    rest(window.page)
    return window.page


def rest(page: ImportsPage) -> None:
    assert page.shell.jobs.wait_idle(30_000)


def test_a_list_of_furniture_comes_in_and_is_undone(
    page: ImportsPage, town: world.World, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_step(COLUMNS)
    assert page.steps.columns.form.field("place").value() == "Placering"
    page.show_step(RESULT)
    rest(page)
    assert left_english([label.text() for label in page.findChildren(QLabel)]) == []
    assert [record.count for record in page.steps.result.trial.records] == [1, 30]
    (refused,) = page.steps.result.errors.rows
    assert (refused.line, refused.column) == (4, "Placering")
    assert refused.text.startswith("Der er ingen placering ”Hal 9”")
    assert page.go.text() == "Importér 2 linjer"

    page.run()
    rest(page)
    assert articles.suggest(town.person("lager"), "holmris")[0].in_stock == 30
    (row,) = page.earlier.model.rows
    assert (row.kind, row.taken, row.refused) == ("pieces", 2, 1)

    assert page.earlier.table.select_key(row.id)
    qtbot.waitUntil(lambda: page.earlier.decision.settled)
    QTest.mouseClick(page.earlier.undo, Qt.MouseButton.LeftButton)
    question = window.findChild(Question)
    assert question is not None
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.earlier.model.rows[0].active)
    assert articles.suggest(town.person("lager"), "holmris") == []


def test_what_is_missing_is_said_by_its_field(page: ImportsPage) -> None:
    page.steps.columns.form.set_values({"place": None})
    page.show_step(RESULT)
    rest(page)
    assert page.steps.current() == COLUMNS
    assert page.steps.columns.form.field("place").error.text() == "Vælg kolonnen med dette."
    page.steps.columns.fixed.set_values({"fixed_place": "2-14-C"})
    page.show_step(RESULT)
    rest(page)
    assert page.steps.current() == RESULT
    assert len(page.steps.result.trial.records) == 3


def test_an_import_that_was_begun_is_gone_on_with_as_what_it_was(
    page: ImportsPage, open_window: Callable[..., MainWindow]
) -> None:
    page.steps.columns.fixed.set_values({"fixed_maker": "Holmris"})
    page.show_step(COLUMNS)
    fall(page.shell.drafts)
    again = open_window("admin", [ITEM], size=(1280, 720)).page
    assert isinstance(again, ImportsPage)
    again.unfinished.resume.click()
    rest(again)
    assert again.flow.key == "pieces"
    assert again.steps.columns.fixed.field("fixed_maker").value() == "Holmris"
