"""Registers in the window: find, open, correct, refuse, guard what is typed, delete, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import institutions, places, users
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.start import login
from moebelcirkel.services.users import UserForm
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.grants import GrantsField
from moebelcirkel.ui.pages.settings.institutions import InstitutionsSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.passwords import PasswordDialog
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.pages.settings.series import SeriesDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
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


def show(page: SettingsPage, word: str) -> Register[object]:
    """Choose a register in the list to the left."""
    QTest.mouseClick(page.entries[word], Qt.MouseButton.LeftButton)
    settle(page)
    section = page.section()
    assert isinstance(section, Register)
    return section


def names(section: Register[object]) -> list[str]:
    """What the first column says, row by row."""
    return [section.model.columns[0].text(row) for row in section.model.rows]


def choose(page: SettingsPage, section: Register[object], name: str) -> None:
    """Select the row with this name."""
    section.table.selectRow(names(section).index(name))
    settle(page)


def line(section: Register[object], name: str) -> QLineEdit:
    """The line of a field."""
    editor = section.form.field(name).editor
    assert isinstance(editor, QLineEdit)
    return editor


def type_in(section: Register[object], name: str, text: str) -> None:
    """Type over what stands in a field."""
    field = line(section, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def question(window: MainWindow) -> Question:
    """The question that is open."""
    found = [each for each in window.findChildren(Question) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def error(section: Register[object], name: str) -> str:
    """What is said by a field."""
    return section.form.field(name).error.text()


def test_return_in_the_search_opens_the_first_that_is_found(
    window: MainWindow, page: SettingsPage
) -> None:
    section = show(page, "institutions")
    window.header.field.setFocus()
    QTest.keyClicks(window.header.field, "sønder")
    QTest.keyClick(window.header.field, Qt.Key.Key_Return)
    settle(page)
    assert names(section) == ["Søndervangskolen"]
    assert section.editor.isVisible()
    assert line(section, "name").text() == "Søndervangskolen"
    assert section.table.hasFocus()
    window.header.field.setFocus()
    QTest.keyClicks(window.header.field, "x")
    QTest.keyClick(window.header.field, Qt.Key.Key_Return)
    settle(page)
    assert names(section) == []
    assert window.header.field.hasFocus()


def test_a_new_institution_by_keyboard_and_undone(
    window: MainWindow, page: SettingsPage, town: World
) -> None:
    section = show(page, "institutions")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert section.editor.isVisible()
    assert line(section, "name").hasFocus()
    type_in(section, "name", "Åhuset")
    type_in(section, "ean", "5799 9990 00034")
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert names(section) == ["Plejecenter Åbo", "Søndervangskolen", "Åhuset"]
    assert section.table.selected_rows()[0].ean == "5799999000034"
    assert not section.is_dirty()
    window.undo()
    settle(page)
    assert names(section) == ["Plejecenter Åbo", "Søndervangskolen"]
    assert not section.editor.isVisible()


def test_each_wrong_field_is_said_by_it(page: SettingsPage, town: World) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    type_in(section, "ean", "579999900001")
    type_in(section, "limit_ore", "-5")
    press(page, section.editor.save_button)
    assert error(section, "limit_ore").startswith("Skriv et beløb fra")
    assert error(section, "ean") == "EAN-nummeret skal have 13 cifre. Du har skrevet 12."
    assert section.is_dirty()
    detail = institutions.get(town.person("admin"), town.school)
    assert detail is not None
    assert detail.form.ean == "5799999000010"


def test_an_odd_cvr_is_warned_of_and_saved(page: SettingsPage, town: World) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    type_in(section, "cvr", "12345678")
    field = section.form.field("cvr")
    assert "ligner ikke" in field.helper.text()
    assert field.helper.property("tone") == "warning"
    press(page, section.editor.save_button)
    assert not section.is_dirty()


def test_accounts_are_added_and_a_wrong_one_is_marked(page: SettingsPage, town: World) -> None:
    section = show(page, "institutions")
    assert isinstance(section, InstitutionsSection)
    choose(page, section, "Søndervangskolen")  # type: ignore[arg-type]
    bearers = section._bearers
    press(page, bearers.add_button)
    QTest.keyClicks(bearers.rows()[1].code, "43 00;")
    press(page, section.editor.save_button)
    assert bearers.error.text().startswith("Et betalingssted")
    assert bearers.rows()[1].code.property("invalid")
    bearers.rows()[1].code.setText("XG-43.1")
    bearers.rows()[1].name.setText("x" * 81)
    press(page, section.editor.save_button)
    assert bearers.error.text() == "Teksten må fylde 80 tegn. Du har skrevet 81."
    assert bearers.rows()[1].name.property("invalid")
    assert bearers.rows()[1].name.text() == "x" * 81
    assert not bearers.rows()[1].code.property("invalid")
    bearers.rows()[1].name.clear()
    QTest.keyClicks(bearers.rows()[1].name, "Læsehjørne")
    press(page, section.editor.save_button)
    detail = institutions.get(town.person("admin"), town.school)
    assert detail is not None
    assert [(each.code, each.name) for each in detail.form.bearers] == [
        ("4300", "Inventar"),
        ("XG-43.1", "Læsehjørne"),
    ]


def test_what_is_typed_is_guarded(window: MainWindow, page: SettingsPage) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    type_in(section, "name", "Noget andet")
    assert page.entries["institutions"].text().endswith("•")
    choose(page, section, "Plejecenter Åbo")
    press(page, question(window).cancel)
    assert line(section, "name").text() == "Noget andet"
    assert section.table.selected_rows()[0].name == "Søndervangskolen"
    show(page, "places")
    show(page, "institutions")
    assert line(section, "name").text() == "Noget andet"
    choose(page, section, "Plejecenter Åbo")
    press(page, question(window).verb)
    assert line(section, "name").text() == "Plejecenter Åbo"
    assert not page.entries["institutions"].text().endswith("•")


def test_esc_asks_cancel_takes_back_and_esc_closes(page: SettingsPage, window: MainWindow) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    type_in(section, "name", "Noget andet")
    QTest.keyClick(line(section, "name"), Qt.Key.Key_Escape)
    question(window).cancel.click()
    assert line(section, "name").text() == "Noget andet"
    press(page, section.editor.cancel_button)
    assert line(section, "name").text() == "Søndervangskolen"
    window.activateWindow()  # offscreen nobody does so when a question over it is closed
    QTest.qWait(20)
    QTest.keyClick(line(section, "name"), Qt.Key.Key_Escape)
    settle(page)
    assert not section.editor.isVisible()


def test_someone_else_was_first(page: SettingsPage, town: World) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    admin = town.person("admin")
    detail = institutions.get(admin, town.school)
    assert detail is not None
    institutions.save(admin, InstitutionForm("Sønderskolen"), town.school, detail.version)
    type_in(section, "name", "Nordskolen")
    press(page, section.editor.save_button)
    assert "ændret af Admin kl. 09.05" in section.editor.notice.text()
    assert line(section, "name").text() == "Nordskolen"


def test_delete_asks_and_says_what_is_in_use(window: MainWindow, page: SettingsPage) -> None:
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    press(page, section.editor.delete_button)
    press(page, question(window).verb)
    assert section.editor.notice.text().startswith("Det er i brug")
    choose(page, section, "Plejecenter Åbo")
    press(page, section.editor.delete_button)
    press(page, question(window).verb)
    assert names(section) == ["Søndervangskolen"]


def test_search_narrows_the_list(window: MainWindow, page: SettingsPage) -> None:
    section = show(page, "institutions")
    page.search("plejec aabo")
    settle(page)
    assert names(section) == ["Plejecenter Åbo"]
    page.search("findes ikke")
    settle(page)
    assert section.empty.accessibleName() == "Der er ikke fundet noget. Prøv færre eller andre ord."
    show(page, "places")
    assert window.header.field.text() == ""


def test_a_series_of_places_is_seen_before_it_is_made(
    window: MainWindow, page: SettingsPage, town: World
) -> None:
    section = show(page, "places")
    press(page, page.extra_button)
    dialog = window.findChild(SeriesDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.line.line, "Hal 2, Reol 14-15, hylde D-A")
    QTest.qWait(250)
    settle(page)
    assert "Skriv den mindste først" in dialog.line.error.text()
    assert not dialog.create_button.isEnabled()
    dialog.line.line.clear()
    QTest.keyClicks(dialog.line.line, "Hal 2, Reol 14-15, hylde A-D")
    QTest.qWait(250)
    settle(page)
    assert dialog.create_button.text() == "Opret 7 placeringer"
    assert dialog.summary.text().startswith("1 af dem")
    press(page, dialog.create_button)
    assert len(names(section)) == 9
    assert len(places.choices(town.context)) == 9


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


def test_pills_are_taken_away(page: SettingsPage, town: World) -> None:
    admin = town.person("admin")
    both = frozenset({Grant(Role.APPROVER, town.school), Grant(Role.APPROVER, town.home)})
    users.save(admin, UserForm("gudrun", "Gudrun", grants=both))
    page.reload()
    section = show(page, "users")
    choose(page, section, "Gudrun")
    grants = section.form.field("grants")
    assert isinstance(grants, GrantsField)
    pills = grants.blocks[Role.APPROVER].pills
    assert sorted(pills.buttons) == sorted([town.school, town.home])
    QTest.mouseClick(pills.buttons[town.home], Qt.MouseButton.LeftButton)
    press(page, section.editor.save_button)
    row = next(row for row in users.find(admin) if row.login == "gudrun")
    assert [role.institution_id for role in row.roles] == [town.school]


def test_everything_has_a_name_for_those_who_hear_it(page: SettingsPage) -> None:
    nameless: list[str] = []
    for word in ("institutions", "places", "users", "tasks", "rates"):
        section = show(page, word)
        section.table.selectRow(0)
        settle(page)
        for kind in (QLineEdit, QPushButton, QCheckBox):
            found = section.editor.findChildren(kind)
            nameless += [f"{word}: {w}" for w in found if w.isVisible() and not _heard(w)]
    assert nameless == []


def _heard(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QPushButton | QCheckBox | QLabel) else ""
    return widget.accessibleName() or text
