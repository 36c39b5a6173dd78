"""Fire test in the window: asked of what is upholstered, corrected, and a filter of the stock."""

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


def shown(form: IntakeForm) -> bool:
    return form.fire_test.isVisible()


def intake_of(window: MainWindow) -> IntakePage:
    page = window.page
    assert isinstance(page, IntakePage)
    return page


def register(window: MainWindow, keys: Keyboard, town: World) -> None:
    """One office chair whose papers were seen."""
    page = intake_of(window)
    page.footer.later.trigger()
    page.form.place.set_value(town.shelf)
    page.form.type.setFocus()
    keys.type("Kontorstol, grå")
    page.form.counts.setFocus()
    keys.type("b1")
    page.form.fire_test.button(0).click()
    page.footer.button.click()
    keys.settle()


def test_it_is_asked_of_upholstered_furniture_only(window: MainWindow, keys: Keyboard) -> None:
    form = intake_of(window).form
    assert not shown(form)
    form.type.setFocus()
    keys.type("Kontorstol, grå")
    assert shown(form)
    form.fire_test.button(0).click()
    form.type.line.clear()
    keys.type("Skrivebord")
    assert not shown(form)
    assert form.fire_test.value() == "unknown"


def test_the_answer_survives_a_crash(window: MainWindow, keys: Keyboard) -> None:
    form = intake_of(window).form
    form.type.setFocus()
    keys.type("Kontorstol, grå")
    form.fire_test.button(1).click()
    draft = form.form.draft()
    other = IntakeForm(may_sell=False)
    other.offer_choices(form._categories, [], [], [])
    other.restore(draft)
    assert other.fire_test.value() == "no"
    assert other.fire_test.isVisibleTo(other)


def test_from_intake_to_the_filter_and_corrected(
    window: MainWindow, keys: Keyboard, town: World
) -> None:
    register(window, keys, town)
    assert trade.unit(town, 1).fire_tested is True
    window.go("stock")
    keys.settle()
    page = window.page
    assert isinstance(page, StockPage)
    box = page.filters.fire_tests.box("yes")
    assert box.accessibleName() == "Brandtest: Ja, 1 møbel"
    box.click()
    keys.settle()
    assert page.model.rowCount() == 1
    window.go("units", 1)
    keys.settle()
    passport = window.page
    assert isinstance(passport, UnitPage)
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ja"
    passport.edit_button.click()
    dialog = passport.findChild(EditDialog)
    assert dialog is not None
    assert dialog.fire_test is not None
    dialog.fire_test.button(2).click()
    dialog.verb.click()
    keys.settle()
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ukendt"
    window.undo()
    keys.settle()
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ja"
