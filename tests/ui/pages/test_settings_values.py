"""Settings, labels, rates, factor sets and rights in the window; look, language and room."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from moebelcirkel.domain.roles import MATRIX, Action, Role, Scope
from moebelcirkel.services import factors, parameters, repairers
from moebelcirkel.services.repairers import RepairerForm
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.differences import DifferencesDialog
from moebelcirkel.ui.pages.settings.factor_sets import SetDialog
from moebelcirkel.ui.pages.settings.factors import FactorsSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.parameters import ParametersSection, PricesSection
from moebelcirkel.ui.pages.settings.rates import RatesSection
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.pages.settings.roles import RolesSection
from moebelcirkel.ui.pages.settings.settlement import SettlementSection
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import running
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import press, settle
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    found = window.page
    assert isinstance(found, SettingsPage)
    return found


def show(page: SettingsPage, word: str) -> QWidget:
    """Choose a part in the list to the left."""
    QTest.mouseClick(page.entries[word], Qt.MouseButton.LeftButton)
    settle(page)
    return page.section()


def form_of(page: SettingsPage, word: str) -> ParametersSection:
    """A part that is a form of settings."""
    section = show(page, word)
    assert isinstance(section, ParametersSection)
    return section


def put(section: ParametersSection | FactorsSection, name: str, text: str) -> None:
    """Type over what stands in a field."""
    editor = section.form.field(name).editor
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
        return
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)


def answer(page: SettingsPage, window: MainWindow) -> None:
    """Say yes to the question that is open."""
    found = [each for each in window.findChildren(Question) if each.isVisible()]
    assert len(found) == 1
    press(page, found[0].verb)


def test_prices_show_what_they_lead_to(page: SettingsPage, town: World) -> None:
    section = form_of(page, "prices")
    assert isinstance(section, PricesSection)
    assert section.facts.facts()[1] == ("B · god", "1.340\u00a0kr.")
    put(section, "price_percent_b", "0")
    assert section.facts.facts()[1][1] == "gratis"
    press(page, section.save_button)
    error = section.form.field("price_percent_c").error.text()
    assert error == "En dårligere stand kan ikke koste mere end en bedre."
    put(section, "price_percent_b", "45")
    QTest.keyClick(page.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert town.context.parameter("price_percent_b") == 45
    assert not section.is_dirty()


def test_the_municipality_is_saved_and_undone(
    window: MainWindow, page: SettingsPage, town: World
) -> None:
    section = form_of(page, "municipality")
    put(section, "municipality", "Åby Kommune")
    assert section.unsaved.text() == "Ikke gemt"
    press(page, section.save_button)
    assert town.context.parameter("municipality") == "Åby Kommune"
    window.undo()
    settle(page)
    assert town.context.parameter("municipality") == ""
    assert section.form.field("municipality").draft() == ""


def test_a_sheet_that_is_too_wide_is_refused(page: SettingsPage, town: World) -> None:
    section = form_of(page, "labels")
    put(section, "label_columns", "4")
    press(page, section.save_button)
    error = section.form.field("label_width_mm").error.text()
    assert error == "Mærkaterne fylder 280 mm på tværs, men arket er 210 mm."
    press(page, section.cancel_button)
    assert section.form.field("label_columns").draft() == "3"


def test_someone_else_changed_the_same_setting(page: SettingsPage, town: World) -> None:
    section = form_of(page, "shop")
    parameters.save(town.person("admin"), {"hold_minutes": 45})
    put(section, "hold_minutes", "60")
    press(page, section.save_button)
    assert "ændret af Admin" in section.notice.text()
    assert town.context.parameter("hold_minutes") == 45


def test_rates_are_confirmed_once(page: SettingsPage, town: World) -> None:
    section = show(page, "rates")
    assert isinstance(section, RatesSection)
    assert section.box.isVisible()
    press(page, section.confirm_button)
    assert not section.box.isVisible()
    assert town.context.parameter("rates_confirmed") is True


@pytest.fixture
def sets(page: SettingsPage) -> FactorsSection:
    section = show(page, "factors")
    assert isinstance(section, FactorsSection)
    return section


def _open_chair(page: SettingsPage, section: FactorsSection) -> None:
    rows = [row.category_key for row in section.model.rows]
    section.table.selectRow(rows.index("office_task_chair"))
    settle(page)


def _copy(page: SettingsPage, window: MainWindow, section: FactorsSection) -> None:
    press(page, page.new_button)
    dialog = window.findChild(SetDialog)
    assert dialog is not None
    for name, text in (("name", "2027.1"), ("valid_from", "1.1.2027")):
        editor = dialog.form.field(name).editor
        assert isinstance(editor, QLineEdit)
        QTest.keyClicks(editor, text)
    press(page, dialog.verb)
    assert section.bar.current is not None
    assert section.bar.current.name == "2027.1"


def test_a_released_set_is_read_in_full(page: SettingsPage, sets: FactorsSection) -> None:
    _open_chair(page, sets)
    assert sets.form.isHidden()
    assert sets.editor.save_button.isHidden()
    texts = {label.text() for label in sets.detail.findChildren(QLabel)}
    assert "FIRA 2011, gengivet af officeresale.co.uk; HÅG (es.hag-global.com)" in texts
    assert {"Set", "Skøn", "36 kg – 120 kg", "15 år"} <= texts
    assert "kun læses" in sets.editor.read_only.text()


def test_copy_correct_compare_and_release(
    window: MainWindow, page: SettingsPage, sets: FactorsSection, town: World
) -> None:
    _copy(page, window, sets)
    _open_chair(page, sets)
    put(sets, "co2e_mid_kg", "65")
    put(sets, "source", "")
    press(page, sets.editor.save_button)
    assert sets.form.field("source").error.text() == "Feltet skal udfyldes."
    put(sets, "source", "EPD 2026")
    press(page, sets.editor.save_button)
    assert not sets.is_dirty()
    press(page, page.extra_button)
    compared = window.findChild(DifferencesDialog)
    assert compared is not None
    assert [row.figure for row in compared.model.rows] == ["co2e_mid_kg", "source"]
    compared.accept()
    press(page, sets.bar.release_button)
    answer(page, window)
    rows = factors.sets(town.person("admin"))
    assert [row.name for row in rows if row.released] == ["2027.1", "2026.2", "2026.1"]
    assert sets.bar.draft_row.isHidden()
    assert sets.form.isHidden()


def test_two_sets_are_compared_and_a_past_period_is_simulated(
    window: MainWindow, page: SettingsPage, sets: FactorsSection
) -> None:
    press(page, page.extra_button)
    compared = window.findChild(DifferencesDialog)
    assert compared is not None
    assert compared.other.combo.currentText() == "2026.1"
    assert len({row.category for row in compared.model.rows}) == 14
    assert all(row.reason for row in compared.model.rows)
    card = compared.simulation
    card.form.set_values({"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31)})
    press(page, card.button)
    assert card.told.text().startswith("Simulering, ikke bogført: ")
    assert [row.name for row in card.model.rows] == [
        "Undgået CO₂e, netto (skøn)",
        "Lav–høj",
        "Sparet indkøb (skøn), før drift",
        "Levetidskorrigeret",
        "Nyværdi genbrugt",
    ]
    card.form.set_values({"first": dt.date(2026, 12, 31), "last": dt.date(2026, 1, 1)})
    press(page, card.button)
    assert card.notice.text() == "Perioden slutter, før den begynder."
    compared.accept()


def test_a_draft_is_thrown_away_and_brought_back(
    window: MainWindow, page: SettingsPage, sets: FactorsSection, town: World
) -> None:
    _copy(page, window, sets)
    press(page, sets.bar.delete_button)
    answer(page, window)
    assert sets.bar.current is not None
    assert sets.bar.current.name == "2026.2"
    window.undo()
    settle(page)
    assert factors.sets(town.person("admin"))[0].name == "2027.1"


def test_search_looks_in_the_sources_too(page: SettingsPage, sets: FactorsSection) -> None:
    page.search("fira")
    settle(page)
    found = [row.figures.source for row in sets.model.rows]
    assert found
    assert all("FIRA" in source for source in found)


def test_the_printed_rights_are_the_programs_own(page: SettingsPage) -> None:
    section = show(page, "roles")
    assert isinstance(section, RolesSection)
    words = {Scope.OWN: "Egne", Scope.ALL: "Alle"}
    shown = {
        (role, action): section.model.columns[1 + number].text(action)
        for number, role in enumerate(Role)
        for action in section.model.rows
    }
    assert len(shown) == len(Role) * len(Action)
    assert shown == {
        (role, action): words[MATRIX[role][action]] if action in MATRIX[role] else ""
        for role in Role
        for action in Action
    }


def _texts(widget: QWidget) -> Iterator[str]:
    for label in widget.findChildren(QLabel):
        yield label.text()
    for button in widget.findChildren(QAbstractButton):
        yield button.text()
        yield button.toolTip()
    for editor in widget.findChildren(QLineEdit):
        yield editor.placeholderText()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_has_room_on_a_small_window_and_no_text_in_english(
    qapp: QApplication, open_window: OpenWindow, town: World, scheme: theme.Scheme
) -> None:
    running.van(town)
    repairers.save(town.person("admin"), RepairerForm("Polstrer Hansen"))
    window = open_window("admin", ITEMS, size=(1280, 720))
    theme.apply(qapp, scheme)
    page = window.page
    assert isinstance(page, SettingsPage)
    shipped = factors.sets(town.person("admin"))[0]
    factors.copy(town.person("admin"), shipped.id, "2027.1", dt.date(2026, 1, 1), "Egne tal")
    cut: list[str] = []
    shown: list[str] = []
    for word in page.entries:
        section = show(page, word)
        if isinstance(section, FactorsSection):
            section.bar.wanted = shipped.id + 1
            section.reload()
            settle(page)
            assert section.bar.draft_row.isVisible()
        if isinstance(section, Register):
            section.table.selectRow(0)
            settle(page)
            assert section.editor.isVisible()
            shown += [column.title for column in section.model.columns]
            if section.table.horizontalScrollBar().isVisible():
                cut.append(f"{word}: the table is wider than its card")
        shown += _texts(window)
        if page.width() > 1280 - 208 - 48 or page.height() > 720 - 64:
            cut.append(f"{word}: the page is {page.size().toTuple()}")
    assert cut == []
    assert left_english(shown) == []
    theme.apply(qapp, "light")


def test_the_example_of_the_file_follows_what_is_typed_of_kinds_of_charges(
    page: SettingsPage,
) -> None:
    section = form_of(page, "settlement")
    assert isinstance(section, SettlementSection)
    put(section, "settlement_kinds", "gebyr = 22901020; 97001020; Gebyr {ordre}")
    shown = section.sample.toPlainText().splitlines()
    assert [line.count('"22901020"') for line in shown] == [0, 0, 0, 1, 0]
    assert [line.count('"97001020"') for line in shown] == [0, 0, 0, 0, 1]
    assert '"Gebyr B-00041"' in shown[3]
    put(section, "settlement_kinds", "porto = 1")
    assert section.sample.toPlainText().startswith(
        "Der er ingen opkrævning, der hedder ”porto”. Vælg mellem levering, lån, gebyr"
    )
