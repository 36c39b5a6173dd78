"""The register of users in the window: roles, passwords, the last administrator."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import institutions, users
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.start import login
from moebelcirkel.services.users import UserForm
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.grants import GrantsField
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.passwords import PasswordDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.settings_hands import choose, error, names, show, type_in
from tests.ui.pages.warehouse import press, settle
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]
PASSWORD = "blå stol i hallen"


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    found = window.page
    assert isinstance(found, SettingsPage)
    return found


def test_a_new_user_with_roles_can_log_in(page: SettingsPage, town: World) -> None:
    section = show(page, "users")
    press(page, page.new_button)
    type_in(section, "name", "Bodil Bentsen")
    type_in(section, "login", "Bodil")
    grants = section.form.field("grants")
    assert isinstance(grants, GrantsField)
    leader = grants.blocks[Role.LEADER]
    leader.box.click()
    press(page, section.editor.save_button)
    assert error(section, "grants") == "Vælg mindst én institution til rollen Leder."
    combo = leader.add_field.combo
    combo.setCurrentIndex(combo.findText("Søndervangskolen"))
    combo.activated.emit(combo.currentIndex())
    type_in(section, "password", "kort")
    press(page, section.editor.save_button)
    assert error(section, "password") == "Adgangskoden skal have mindst 10 tegn. Du har skrevet 4."
    type_in(section, "password", PASSWORD)
    press(page, section.editor.save_button)
    assert "Bodil Bentsen" in names(section)
    with pytest.raises(login.NewPasswordNeeded):
        login.log_in(town.context, "bodil", PASSWORD)
    actor = login.log_in(town.context, "bodil", PASSWORD, new_password="rød sofa i gangen")
    assert actor.grants == frozenset({Grant(Role.LEADER, town.school)})


def test_many_institutions_of_a_role_do_not_push_the_form_out_of_sight(
    window: MainWindow, page: SettingsPage, town: World
) -> None:
    admin = town.person("admin")
    made = [
        institutions.save(admin, InstitutionForm(name=f"Børnehus {n:02}", ean="")).id
        for n in range(25)
    ]
    grants = frozenset(Grant(Role.APPROVER, each) for each in made)
    users.save(admin, UserForm("gitte", "Gitte Gran", grants=grants, password=PASSWORD))
    section = show(page, "users")
    choose(page, section, "Gitte Gran")
    field = section.form.field("grants")
    assert isinstance(field, GrantsField)
    pills = field.blocks[Role.APPROVER].pills
    assert len(pills.buttons) == 8
    assert pills.every.text() == "Vis alle 25"
    QTest.mouseClick(pills.every, Qt.MouseButton.LeftButton)
    settle(page)
    assert len(pills.buttons) == 25
    assert not pills.every.isVisible()
    assert window.focusWidget() is pills.buttons[made[0]]
    assert field.value() == grants


def test_the_last_administrator_is_told(page: SettingsPage) -> None:
    section = show(page, "users")
    choose(page, section, "Admin")
    grants = section.form.field("grants")
    assert isinstance(grants, GrantsField)
    grants.blocks[Role.ADMINISTRATOR].box.click()
    press(page, section.editor.save_button)
    assert "mindst én aktiv administrator" in section.editor.notice.text()


def test_a_new_password_in_its_dialog(window: MainWindow, page: SettingsPage, town: World) -> None:
    section = show(page, "users")
    choose(page, section, "Lager")
    buttons = section.editor.findChildren(QPushButton)
    press(page, next(each for each in buttons if each.text() == "Ny adgangskode …"))
    dialog = window.findChild(PasswordDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.password.line, "1234567890")
    press(page, dialog.verb)
    assert "blandt de første" in dialog.password.error.text()
    dialog.password.line.clear()
    QTest.keyClicks(dialog.password.line, PASSWORD)
    press(page, dialog.verb)
    with pytest.raises(login.NewPasswordNeeded):
        login.log_in(town.context, "lager", PASSWORD)


def test_undo_reaches_past_a_new_password(
    window: MainWindow, page: SettingsPage, town: World
) -> None:
    section = show(page, "users")
    choose(page, section, "Lager")
    type_in(section, "name", "Lene Lager")
    press(page, section.editor.save_button)
    buttons = section.editor.findChildren(QPushButton)
    press(page, next(each for each in buttons if each.text() == "Ny adgangskode …"))
    dialog = window.findChild(PasswordDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.password.line, PASSWORD)
    press(page, dialog.verb)
    window.undo()
    settle(page)
    names = {row.login: row.name for row in users.find(town.person("admin"))}
    assert names["lager"] == "Lager"
    with pytest.raises(login.NewPasswordNeeded):
        login.log_in(town.context, "lager", PASSWORD)
