"""Budget ceilings in the real window: set on the institution, seen in the basket and held."""

from PySide6.QtTest import QTest

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.services import institutions, orders
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.ceilings import CeilingsField
from moebelcirkel.ui.pages.settings.page import SettingsPage
from tests.services.test_ceilings import set_ceilings
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.customer import Customer
from tests.ui.pages.settings_hands import choose, error, show
from tests.ui.pages.warehouse import press
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


def test_a_ceiling_is_typed_refused_put_right_and_shows_what_is_used(
    open_window: OpenWindow, town: World
) -> None:
    page = open_window("admin", ITEMS).page
    assert isinstance(page, SettingsPage)
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    field = section.form.field("ceilings")
    assert isinstance(field, CeilingsField)
    field.add_button.click()
    row = field.rows()[0]
    assert row.year.text() == str(town.context.today().year)
    QTest.keyClicks(row.amount, "mange")
    press(page, section.editor.save_button)
    assert "mange" in error(section, "ceilings")
    row.amount.clear()
    QTest.keyClicks(row.amount, "50.000")
    row.group.combo.setCurrentIndex(row.group.combo.findText("Kontorstole"))
    press(page, section.editor.save_button)
    found = institutions.get(town.person("admin"), town.school)
    assert found is not None
    assert found.form.ceilings == (Ceiling(town.context.today().year, "office_chairs", 5_000_000),)
    assert not section.is_dirty()
    assert [each.name for each in found.used] == ["Kontorstole"]


def test_a_basket_above_the_ceiling_says_so_and_goes_to_an_approver(
    customer: Customer, stocked: World
) -> None:
    year = stocked.context.today().year
    set_ceilings(stocked, stocked.school, Ceiling(year, "", 50_000))
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    assert f"Budgetloft {year}: 420 kr. af 500 kr." in customer.texts()
    assert customer.page.basket.send.isEnabled()
    customer.search("1 stabelstol")
    customer.take()
    said = customer.texts()
    assert f"Budgetloft {year}: 60 kr. for meget." in said
    assert "60 kr. over budgetloftet: Approver godkender." in said
    assert customer.page.basket.send.text() == "Send til godkendelse"
    customer.page.basket.send.click()
    customer.settle()
    [row] = orders.listed(stocked.person("approver")).rows
    assert (row.state, row.over_ore) == (OrderState.AWAITING, 6_000)
