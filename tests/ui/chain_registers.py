"""The first hour with an empty program: the first start, registers, people, and a price list."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from moebelcirkel.domain.roles import Role
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.steps import COLUMNS, RESULT
from moebelcirkel.ui.pages.settings.bearers import BearersField
from moebelcirkel.ui.pages.settings.grants import GrantsField
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.rates import RatesSection
from moebelcirkel.ui.pages.settings.register import Register
from tests.ui.chain_hands import CTRL, Hands

DATA = Path(__file__).parents[1] / "data"
MUNICIPALITY = "Randers Kommune"
SCHOOL, HOME = "Bøgeskolen", "Plejecenter Åbo"
SHELF, BENCH = "Hal 2 · Reol 14 · C", "Værksted"
SECRET = "tre grønne stole"

#: Login and role; leader and approver are tied to the school.
PEOPLE = {
    "lager": Role.WAREHOUSE,
    "leder": Role.LEADER,
    "godkender": Role.APPROVER,
    "økonomi": Role.CONTROLLER,
}


def start_empty(hands: Hands) -> None:
    """ "Start tom": the municipality and its first administrator, who is then at work."""
    assert hands.program.login_flow.welcome is not None
    page = hands.program.login_flow.welcome.page
    ways = page.ways[0].findChildren(QPushButton)
    hands.click(next(way for way in ways if way.accessibleName() == "Start tom"))
    values = {
        "municipality": MUNICIPALITY,
        "cvr": "29189668",
        "name": "Eva Holm",
        "login": "eva",
        "password": SECRET,
        "again": SECRET,
    }
    for name, text in values.items():
        hands.retype(page.empty.fields[name], text)
    QTest.keyClick(page.empty.receives, Qt.Key.Key_Space)  # others receive
    hands.click(page.empty.go)
    hands.begun()
    assert hands.window.page is not None
    assert hands.window.page.word == "getting_started"


# --- Indstillinger -----------------------------------------------------------------------------


def fill_registers(hands: Hands) -> None:
    """Two institutions, two places, four people; the hour rates are the municipality's own."""
    page = hands.page(SettingsPage, "settings")
    section = _part(hands, page, "institutions")
    accounts = section.form.field("bearers")
    assert isinstance(accounts, BearersField)
    _new(hands, {"name": HOME, "department": "Omsorg", "ean": "5799999000027"}, section)
    _save(hands, section, HOME)
    school = {
        "name": SCHOOL,
        "department": "Børn og Skole",
        "ean": "5799999000010",
        "limit_ore": "1000",
    }
    _new(hands, school, section)
    hands.click(accounts.add_button)
    (bearer,) = accounts.rows()
    hands.retype(bearer.code, "4300")
    hands.retype(bearer.name, "Inventar")
    _save(hands, section, SCHOOL)
    section = _part(hands, page, "places")
    _new(hands, {"code": "2-14-C", "name": SHELF}, section)
    _save(hands, section, "2-14-C")
    _new(hands, {"code": "V-1", "name": BENCH}, section)
    kind = section.form.field("kind")
    assert isinstance(kind, ChoiceField)
    hands.choose(kind.combo, "Værksted")
    _save(hands, section, "V-1")
    section = _part(hands, page, "users")
    for login, role in PEOPLE.items():
        _new_person(hands, section, login, role)
    rates = _part(hands, page, "rates")
    assert isinstance(rates, RatesSection)
    hands.click(rates.confirm_button)
    assert not rates.box.isVisible()


def _new_person(hands: Hands, section: Register[Any], login: str, role: Role) -> None:
    """With one role; only who works in the hall must choose a password of the own."""
    _new(hands, {"name": login.capitalize(), "login": login, "password": SECRET}, section)
    grants = section.form.field("grants")
    assert isinstance(grants, GrantsField)
    block = grants.blocks[role]
    QTest.keyClick(block.box, Qt.Key.Key_Space)
    hands.typed()
    if role in (Role.LEADER, Role.APPROVER):
        # The first of the list is chosen by going down to it.
        assert block.add_field.combo.itemText(1) == SCHOOL
        QTest.keyClick(block.add_field.combo, Qt.Key.Key_Down)
        assert len(block.pills.buttons) == 1
    if role is not Role.WAREHOUSE:
        once = section.form.field("password_once")
        assert isinstance(once, CheckField)
        QTest.keyClick(once.box, Qt.Key.Key_Space)
        hands.typed()
    _save(hands, section, login.capitalize())


def _part(hands: Hands, page: SettingsPage, word: str) -> Register[Any]:
    hands.click(page.entries[word])
    section = page.section()
    assert isinstance(section, Register)
    return section


def _new(hands: Hands, values: dict[str, str], section: Register[Any]) -> None:
    """Ctrl+N and the lines of the form."""
    QTest.keyClick(hands.window, Qt.Key.Key_N, CTRL)
    hands.settle()
    for name, text in values.items():
        line = section.form.field(name).editor
        assert isinstance(line, QLineEdit)
        hands.retype(line, text)


def _save(hands: Hands, section: Register[Any], name: str) -> None:
    """Ctrl+S; the row is in the list, and nothing is left to save."""
    QTest.keyClick(hands.window, Qt.Key.Key_S, CTRL)
    hands.settle()
    assert name in [section.model.columns[0].text(row) for row in section.model.rows]
    assert not section.is_dirty()


# --- Importér ----------------------------------------------------------------------------------


def take_in_prices(hands: Hands) -> None:
    """The real price list, with the choices that were made for it before."""
    page = hands.page(ImportsPage, "imports")
    hands.click(page.choose)
    hands.give_file(DATA / "ikea_sa_2020.csv")
    assert page.steps.source.said.text().startswith("3.694 linjer")
    buttons = page.steps.source.findChildren(QPushButton)
    hands.click(next(each for each in buttons if each.text() == "Hent valg …"))
    hands.give_file(DATA / "ikea_mapping.toml")
    for step in range(COLUMNS, RESULT + 1):
        hands.click(page.steps.next)
        assert page.steps.stack.currentIndex() == step
    trial = page.steps.result.trial
    assert trial is not None
    assert (len(trial.records), len(trial.errors)) == (2295, 1399)
    lines = [each.line for each in trial.records] + [each.line for each in trial.errors]
    assert sorted(lines) == list(range(2, 3696))
    assert all(each.text for each in page.steps.result._all)
    assert page.go.text() == "Importér 2.295 møbeltyper"
    hands.click(page.go)
    (row,) = page.earlier.model.rows
    assert (row.taken, row.active) == (2295, True)
