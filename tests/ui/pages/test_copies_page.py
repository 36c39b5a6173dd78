"""Kopier in the window: the age of the last good copy, one taken by hand, and one put back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from moebelcirkel.services import copies, parameters, places
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.copies import CopiesSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window.copying import Copying
from moebelcirkel.ui.window.main_window import MainWindow
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]

STOCK = [RailItem("stock", "Stock", "box", "hall", StockPage)]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


@pytest.fixture
def section(window: MainWindow) -> CopiesSection:
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_part("copies")
    settle(page)
    found = page.section()
    assert isinstance(found, CopiesSection)
    return found


def press(button: QPushButton, window: MainWindow) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.jobs.wait_idle(60_000)


def extra(window: MainWindow) -> QPushButton:
    assert isinstance(window.page, SettingsPage)
    return window.page.extra_button


def test_a_copy_is_taken_by_hand_and_shown(window: MainWindow, section: CopiesSection) -> None:
    assert section.state.text() == "Ingen kopi endnu"
    assert "samme drev" in section.place.text()
    press(extra(window), window)
    (copy,) = section.model.rows
    assert copy.facts.checked
    assert section.state.text() == "Kopi i dag 09.05"
    assert section.reason.text() == ""


def test_a_folder_is_chosen_and_why_it_fails_is_said(
    window: MainWindow, section: CopiesSection, tmp_path: Path
) -> None:
    place = tmp_path / "drev"
    place.mkdir()
    press(section.folder_button, window)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(place))
    dialog.close()
    press(section.save_button, window)
    line = section.form.field("copies_folder").editor
    assert isinstance(line, QLineEdit)
    assert line.text() == str(place)
    place.rmdir()
    press(extra(window), window)
    assert f"Mappen {place} findes ikke" in section.reason.text()
    assert f"Mappen {place} findes ikke" in window.messages.notice.text()
    assert section.model.rows == []


def test_what_would_be_lost_is_said_before_a_copy_is_put_back(
    window: MainWindow, section: CopiesSection, town: World
) -> None:
    press(extra(window), window)
    places.save(town.person("admin"), places.PlaceForm("9-9-9"))
    asked: list[str] = []
    window.restoring.connect(asked.append)
    section.table.selectRow(0)
    press(section.restore_button, window)
    (question,) = [each for each in window.findChildren(Question) if each.isVisible()]
    said = "\n".join(label.text() for label in question.findChildren(type(section.place)))
    assert "1 ændring siden da går tabt" in said
    assert "af Admin" in said
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    assert asked == [str(section.model.rows[0].path)]


def test_the_age_is_on_every_page_for_the_administrator_only(
    open_window: OpenWindow, town: World, clock: Clock
) -> None:
    copies.take(town.person("admin"))
    clock.advance(days=3)
    for login, shown in (("admin", True), ("lager", False)):
        window = open_window(login, ITEMS if login == "admin" else STOCK)
        Copying(window)
        assert window.jobs.wait_idle()
        assert window.rail.copies.isVisibleTo(window.rail) is shown
        if shown:
            assert window.rail.copies.text() == "Kopi 3 dage gammel"
            assert window.rail.copies.property("tone") == "warning"


def test_the_daily_copy_is_taken_beside_the_work(
    window: MainWindow, section: CopiesSection, clock: Clock
) -> None:
    copying = Copying(window)
    copying.look()
    assert window.jobs.wait_idle(60_000)
    assert window.rail.copies.text() == "Kopi i dag 09.05"
    assert len(section.model.rows) == 1
    copying.look()
    assert window.jobs.wait_idle(60_000)
    assert len(section.model.rows) == 1
    clock.advance(days=1)
    copying.look()
    assert window.jobs.wait_idle(60_000)
    assert len(section.model.rows) == 2


def test_why_the_daily_copy_failed_waits_for_the_administrator(
    window: MainWindow, town: World, tmp_path: Path
) -> None:
    parameters.save(town.person("admin"), {"copies_folder": str(tmp_path / "nix")})
    Copying(window).look()
    assert window.jobs.wait_idle(60_000)
    assert not window.messages.banner.isVisibleTo(window)
    assert "findes ikke" in window.rail.copies.toolTip()
    assert window.rail.copies.property("tone") == "warning"


def test_damage_met_at_work_leads_to_the_copies(
    window: MainWindow, section: CopiesSection, town: World
) -> None:
    copying = Copying(window)
    file = Path(str(town.context.database.url.database))
    town.context.database.engine.dispose()
    data = bytearray(file.read_bytes())
    for page in range(4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 12] = b"\xff" * 12
    file.write_bytes(data)
    asked: list[str] = []
    window.restoring.connect(asked.append)
    copying.look()
    assert window.jobs.wait_idle(60_000)
    assert copying.question is not None
    assert town.context.database.damaged
    QTest.mouseClick(copying.question.verb, Qt.MouseButton.LeftButton)
    assert asked == [""]
