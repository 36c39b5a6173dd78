"""Anonymising somebody in the window: it is asked first, and says what goes and what stays."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.services import parameters, persons, photos, users
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.persons import PicturesSection, RetentionSection
from moebelcirkel.ui.pages.settings.users import UsersSection
from moebelcirkel.ui.parts.paper_dialog import PaperDialog
from moebelcirkel.ui.parts.person_paper import NameDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests.services import reported, working_day
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


def opened(window: MainWindow, user_id: int) -> UsersSection:
    assert isinstance(window.page, SettingsPage)
    window.page.show_part("users")
    settle(window.page)
    section = window.page.section()
    assert isinstance(section, UsersSection)
    keys = [row.id for row in section.model.rows]
    section.table.selectRow(keys.index(user_id))
    settle(window.page)
    return section


def test_it_is_asked_about_and_then_done(window: MainWindow, town: World, qtbot: QtBot) -> None:
    leader = town.people["leader"].user_id or 0
    section = opened(window, leader)
    section._forget.click()
    (question,) = window.findChildren(Question)
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _name(town, leader) == f"Tidligere bruger {leader}")


def test_nobody_is_offered_to_anonymise_themselves(window: MainWindow, town: World) -> None:
    section = opened(window, town.people["admin"].user_id or 0)
    assert section._forget.isHidden()


def test_what_is_kept_about_somebody_is_shown_as_paper(
    window: MainWindow, town: World, qtbot: QtBot
) -> None:
    section = opened(window, town.people["leader"].user_id or 0)
    section._paper.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperDialog)))
    (paper,) = window.findChildren(PaperDialog)
    assert paper.windowTitle() == "Oplysninger om Leader"
    qtbot.waitUntil(lambda: paper.preview.document.pageCount() > 1)
    paper.close()


def test_what_is_kept_about_a_name_is_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_part("users")
    settle(page)
    page.extra_button.click()
    (dialog,) = window.findChildren(NameDialog)
    dialog.name.line.setText("Al")
    dialog.verb.click()
    qtbot.waitUntil(lambda: "Skriv mindst 3 bogstaver" in dialog.notice.text())
    dialog.name.line.setText("Ole Bendtsen")
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperDialog)))
    (paper,) = window.findChildren(PaperDialog)
    assert paper.windowTitle() == "Oplysninger om Ole Bendtsen"
    paper.close()


def _name(town: World, user_id: int) -> str:
    row = users.get(town.person("admin"), user_id)
    return "" if row is None else row.name


def test_what_is_too_old_is_shown_and_what_is_young_is_not(
    window: MainWindow, town: World, qtbot: QtBot
) -> None:
    parameters.save(town.person("admin"), {"keep_pictures_months": 1})
    added = photos.add(town.person("lager"), [working_day.picture("nogen")], article_id=town.chair)
    photos.remove(town.person("lager"), added.photo_ids[0])
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_part("people")
    settle(page)
    section = page.section()
    assert isinstance(section, RetentionSection)
    assert section.model.rows == []
    assert section.told.text() == "Intet er for gammelt."
    assert not section.erase.isEnabled()


def test_a_picture_of_a_report_is_found_and_erased_for_a_cause(
    window: MainWindow, town: World, qtbot: QtBot
) -> None:
    face = working_day.picture("ansigt")
    chairs = dataclasses.replace(reported.CHAIRS, pictures=(face,))
    reported.reported(town, lines=(chairs,))
    assert isinstance(window.page, SettingsPage)
    window.go("settings", "pictures")
    settle(window.page)
    section = window.page.section()
    assert isinstance(section, PicturesSection)
    assert window.page.entries["people"].isChecked()
    assert section.panel.isHidden()
    section.table.selectRow(0)
    settle(window.page)
    section.erase.click()
    (dialog,) = window.findChildren(ActionDialog)
    cause = dialog.form.field("cause")
    assert isinstance(cause, ChoiceField)
    cause.combo.setCurrentIndex(0)
    dialog.verb.click()
    qtbot.waitUntil(lambda: not section.model.rows)
    assert section.panel.isHidden()
    assert persons.sent_pictures(town.person("admin")) == []
