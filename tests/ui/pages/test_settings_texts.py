"""Texts of messages in the window: one at a time, how it reads, and what is wrong with it."""

import pytest
from PySide6.QtWidgets import QLabel

from moebelcirkel.domain.messages import TEXTS, Cause
from moebelcirkel.services import parameters
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.mail.sections import TextsSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from tests.catalogues import left_english
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import press, settle

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


@pytest.fixture
def page(open_window: OpenWindow) -> SettingsPage:
    window = open_window("admin", ITEMS, size=(1280, 720))
    assert isinstance(window.page, SettingsPage)
    window.page.show_part("mail")
    settle(window.page)
    window.page.activate("texts")
    settle(window.page)
    return window.page


@pytest.fixture
def section(page: SettingsPage) -> TextsSection:
    found = page.section()
    assert isinstance(found, TextsSection)
    return found


def write(section: TextsSection, name: str, words: str) -> None:
    field = section.form.field(name)
    field.set_value(words)
    field.changed.emit()


def shown(section: TextsSection) -> list[str]:
    return [name for name in section.form.names() if section.form.field(name).isVisible()]


def test_a_text_is_previewed_and_saved(page: SettingsPage, section: TextsSection) -> None:
    assert left_english(label.text() for label in page.findChildren(QLabel)) == []
    assert page.entries["mail"].isChecked()
    assert shown(section) == ["subject_order_sent", "text_order_sent"]
    section.which.set_value("order_refused")
    section.which.changed.emit()
    assert shown(section) == ["subject_order_refused", "text_order_refused"]
    write(section, "text_order_refused", "Desværre: {grund}")
    assert section.text.text() == "Desværre: Vi bruger resten af budgettet næste år."
    assert page.entries["mail"].text() == "Mail •"
    press(page, section.save_button)
    settle(page)
    assert page.entries["mail"].text() == "Mail"
    assert page.shell.context.parameter("text_order_refused") == "Desværre: {grund}"
    press(page, section.original)
    assert section.form.field("text_order_refused").draft() == TEXTS[Cause.ORDER_REFUSED].text
    assert not section.original.isEnabled()


def test_a_wrong_text_is_turned_to_and_named(page: SettingsPage, section: TextsSection) -> None:
    write(section, "text_order_sent", "Kære {hvem}")
    section.which.set_value("loan_due")
    section.which.changed.emit()
    press(page, section.save_button)
    settle(page)
    assert shown(section) == ["subject_order_sent", "text_order_sent"]
    assert "{hvem}" in section.form.field("text_order_sent").error.text()
    assert parameters.grouped(page.shell.context)
    section.discard()
    settle(page)
    assert not page.is_unsaved()
