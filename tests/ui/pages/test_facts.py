"""What is asked of single pieces, in the window: of what it is asked, corrected, and a filter."""

from collections.abc import Mapping

import pytest

from moebelcirkel.language import N_
from moebelcirkel.ui.kit.forms.choices import SegmentedField
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.form import IntakeForm
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.pages.units.edit_dialog import EditDialog
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.parts.fact_fields import FactField
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
    return form.facts["fire_tested"].isVisible()


def answer(fields: Mapping[str, FactField], number: int) -> None:
    """Press yes, no or unknown."""
    field = fields["fire_tested"]
    assert isinstance(field, SegmentedField)
    field.button(number).click()


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
    answer(page.form.facts, 0)
    page.footer.button.click()
    keys.settle()


def find_by(window: MainWindow, keys: Keyboard, column: str, key: str, said: str) -> None:
    """Narrow the stock to the one piece with this answer."""
    window.go("stock")
    keys.settle()
    page = window.page
    assert isinstance(page, StockPage)
    box = page.filters.boxes[column].box(key)
    assert box.accessibleName() == said
    box.click()
    keys.settle()
    assert page.model.rowCount() == 1


def corrected(window: MainWindow, keys: Keyboard) -> tuple[UnitPage, EditDialog]:
    """The first piece's pass, and the form opened on it."""
    window.go("units", 1)
    keys.settle()
    page = window.page
    assert isinstance(page, UnitPage)
    page.edit_button.click()
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    return page, dialog


def test_it_is_asked_of_upholstered_furniture_only(window: MainWindow, keys: Keyboard) -> None:
    form = intake_of(window).form
    assert not shown(form)
    form.type.setFocus()
    keys.type("Kontorstol, grå")
    assert shown(form)
    answer(form.facts, 0)
    form.type.line.clear()
    keys.type("Skrivebord")
    assert not shown(form)
    assert form.facts["fire_tested"].value() == "unknown"


def test_the_answer_survives_a_crash(window: MainWindow, keys: Keyboard) -> None:
    form = intake_of(window).form
    form.type.setFocus()
    keys.type("Kontorstol, grå")
    answer(form.facts, 1)
    draft = form.form.draft()
    other = IntakeForm(may_sell=False)
    other.offer_choices(form._categories, [], [], [])
    other.restore(draft)
    assert other.facts["fire_tested"].value() == "no"
    assert other.facts["fire_tested"].isVisibleTo(other)


def test_from_intake_to_the_filter_and_corrected(
    window: MainWindow, keys: Keyboard, town: World
) -> None:
    register(window, keys, town)
    assert trade.unit(town, 1).fire_tested is True
    find_by(window, keys, "fire_tested", "yes", "Brandtest: Ja, 1 møbel")
    passport, dialog = corrected(window, keys)
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ja"
    answer(dialog.facts, 2)
    dialog.verb.click()
    keys.settle()
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ukendt"
    window.undo()
    keys.settle()
    assert dict(passport.facts.facts())["Brandtest (EN 1021-1/-2)"] == "Ja"


def facts(page: UnitPage) -> dict[str, str]:
    told = dict(page.facts.facts())
    return {name: told[name] for name in ("Aldersgruppe", "Komplet", "Renset") if name in told}


def toy_fields(form: IntakeForm) -> list[FactField]:
    return [form.facts[column] for column in ("toy_age", "toy_complete", "toy_cleaned")]


def box_of_toys(window: MainWindow, keys: Keyboard) -> IntakeForm:
    """Somebody writes what came, and the form takes it for toys."""
    form = intake_of(window).form
    form.type.setFocus()
    keys.type("Legetøjskasse")
    assert form.category.value() == "toys_box"
    return form


def test_of_toys_it_is_asked_and_forgotten_with_another_category(
    window: MainWindow, keys: Keyboard
) -> None:
    form = intake_of(window).form
    assert not any(field.isVisible() for field in toy_fields(form))
    box_of_toys(window, keys)
    assert all(field.isVisible() for field in toy_fields(form))
    form.facts["toy_age"].set_value("3-5")
    form.type.line.clear()
    keys.type("Skrivebord")
    assert not any(field.isVisible() for field in toy_fields(form))
    assert {field.value() for field in toy_fields(form)} == {"unknown"}


def test_what_is_said_of_toys_survives_a_crash(window: MainWindow, keys: Keyboard) -> None:
    form = box_of_toys(window, keys)
    form.facts["toy_age"].set_value("10+")
    other = IntakeForm(may_sell=False)
    other.offer_choices(form._categories, [], [], [])
    other.restore(form.form.draft())
    assert other.facts["toy_age"].value() == "10+"


def test_toys_from_intake_to_the_filter_and_corrected(
    window: MainWindow, keys: Keyboard, town: World
) -> None:
    page = intake_of(window)
    page.footer.later.trigger()
    page.form.place.set_value(town.shelf)
    form = box_of_toys(window, keys)
    form.counts.setFocus()
    keys.type("b1")
    for column, key in (("toy_age", "3-5"), ("toy_complete", "yes"), ("toy_cleaned", "no")):
        form.facts[column].set_value(key)
    page.footer.button.click()
    keys.settle()
    kept = trade.unit(town, 1)
    assert (kept.toy_age, kept.toy_complete, kept.toy_cleaned) == ("3-5", True, False)
    assert form.facts["toy_age"].value() == "unknown"
    find_by(window, keys, "toy_age", "3-5", "Aldersgruppe: 3–5 år, 1 møbel")
    passport, dialog = corrected(window, keys)
    assert facts(passport) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Nej"}
    assert dialog.height() < 640
    assert dialog.facts["toy_age"].value() == "3-5"
    dialog.facts["toy_cleaned"].set_value("yes")
    dialog.verb.click()
    keys.settle()
    assert facts(passport) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Ja"}
    window.undo()
    keys.settle()
    assert facts(passport)["Renset"] == "Nej"
