"""Toys in the window: asked of toys alone, corrected, and filters of the stock."""

import pytest

from moebelcirkel.language import N_
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.form import IntakeForm
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.pages.units.edit_dialog import EditDialog
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import Keyboard
from tests.world import World

ITEMS = [
    RailItem("intake", N_("Intake"), "box", "hall", IntakePage),
    RailItem("stock", N_("Stock"), "wardrobe", "hall", StockPage),
    RailItem("units", N_("Product pass"), "", "hall", UnitPage, under="stock"),
]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("lager", ITEMS)


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def intake_of(window: MainWindow) -> IntakePage:
    page = window.page
    assert isinstance(page, IntakePage)
    return page


def facts(page: UnitPage) -> dict[str, str]:
    told = dict(page.facts.facts())
    return {name: told[name] for name in ("Aldersgruppe", "Komplet", "Renset") if name in told}


def box_of_toys(window: MainWindow, keys: Keyboard) -> IntakeForm:
    """Somebody writes what came, and the form takes it for toys."""
    form = intake_of(window).form
    form.type.setFocus()
    keys.type("Legetøjskasse")
    assert form.category.value() == "toys_box"
    return form


def test_it_is_asked_of_toys_only_and_forgotten_with_another_category(
    window: MainWindow, keys: Keyboard
) -> None:
    form = intake_of(window).form
    assert not any(field.isVisible() for field in form.toy.values())
    box_of_toys(window, keys)
    assert all(field.isVisible() for field in form.toy.values())
    form.toy["toy_age"].set_value("3-5")
    form.type.line.clear()
    keys.type("Skrivebord")
    assert not any(field.isVisible() for field in form.toy.values())
    assert {field.value() for field in form.toy.values()} == {"unknown"}


def test_the_answers_survive_a_crash(window: MainWindow, keys: Keyboard) -> None:
    form = box_of_toys(window, keys)
    form.toy["toy_age"].set_value("10+")
    other = IntakeForm(may_sell=False)
    other.offer_choices(form._categories, [], [], [])
    other.restore(form.form.draft())
    assert other.toy["toy_age"].value() == "10+"


def test_from_intake_to_the_filter_and_corrected(
    window: MainWindow, keys: Keyboard, town: World
) -> None:
    page = intake_of(window)
    page.footer.later.trigger()
    page.form.place.set_value(town.shelf)
    form = box_of_toys(window, keys)
    form.counts.setFocus()
    keys.type("b1")
    for column, key in (("toy_age", "3-5"), ("toy_complete", "yes"), ("toy_cleaned", "no")):
        form.toy[column].set_value(key)
    page.footer.button.click()
    keys.settle()
    kept = trade.unit(town, 1)
    assert (kept.toy_age, kept.toy_complete, kept.toy_cleaned) == ("3-5", True, False)
    assert form.toy["toy_age"].value() == "unknown"
    window.go("stock")
    keys.settle()
    stock = window.page
    assert isinstance(stock, StockPage)
    box = stock.filters.boxes["toy_age"].box("3-5")
    assert box.accessibleName() == "Aldersgruppe: 3–5 år, 1 møbel"
    box.click()
    keys.settle()
    assert stock.model.rowCount() == 1
    window.go("units", 1)
    keys.settle()
    passport = window.page
    assert isinstance(passport, UnitPage)
    assert facts(passport) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Nej"}
    passport.edit_button.click()
    dialog = passport.findChild(EditDialog)
    assert dialog is not None
    assert dialog.height() < 640
    assert dialog.toy["toy_age"].value() == "3-5"
    dialog.toy["toy_cleaned"].set_value("yes")
    dialog.verb.click()
    keys.settle()
    assert facts(passport) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Ja"}
    window.undo()
    keys.settle()
    assert facts(passport)["Renset"] == "Nej"
