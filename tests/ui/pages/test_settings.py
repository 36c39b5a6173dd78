"""Registers in the window: find, open, correct, refuse, guard what is typed, delete, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import institutions, places, users
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.users import UserForm
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.grants import GrantsField
from moebelcirkel.ui.pages.settings.institutions.section import InstitutionsSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.series import SeriesDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.settings_hands import choose, error, line, names, question, show, type_in
from tests.ui.pages.warehouse import press, settle, starting_with
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
    choose(page, section, "Søndervangskolen")
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


def test_who_stays_with_a_new_row_goes_on_typing_in_it(
    window: MainWindow, page: SettingsPage
) -> None:
    section = show(page, "places")
    page.create_new()
    type_in(section, "name", "Hal 9")
    page.create_new()
    question(window).reject()
    settle(page)
    assert window.focusWidget() is line(section, "code")
    assert line(section, "name").text() == "Hal 9"


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


def test_a_part_opened_from_elsewhere_has_the_keyboard_on_its_own_entry(
    open_window: OpenWindow,
) -> None:
    window = open_window("admin", starting_with("stock") + ITEMS)
    for word in ("copies", "places"):
        window.choose("stock")
        window.go("settings", word)
        assert isinstance(window.page, SettingsPage)
        settle(window.page)
        entry = window.page.entries[word]
        assert entry.isChecked()
        assert entry.hasFocus()
    assert isinstance(window.page, SettingsPage)
    window.page.entries["municipality"].setFocus()
    window.go("settings", "copies")
    assert window.page.entries["copies"].hasFocus()
