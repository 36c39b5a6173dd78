"""The basket in the real window where small orders have a fee: wait, or pay and go now."""

from moebelcirkel.services import orders, parameters
from tests.ui.pages.customer import Customer
from tests.world import World


def test_a_small_order_waits_unless_the_fee_is_chosen(customer: Customer, stocked: World) -> None:
    values = {"small_order_ore": 50_000, "small_fee_ore": 7_500, "small_weekday": 4}
    parameters.save(stocked.person("admin"), values)
    leader = stocked.person("leader")
    for number, fee in ((0, 0), (1, 7_500)):
        customer.search("3 stabelstol")
        customer.take()
        customer.answer()
        field = customer.page.basket.pace.field
        assert field is not None
        assert field.value() == "usual"
        shown = [field.button(each).text().replace("\u00a0", " ") for each in (0, 1)]
        assert shown == ["Vent til torsdag · gratis", "Nu · 75 kr."]
        field.button(number).click()
        customer.page.basket.send.click()
        customer.settle()
        assert orders.detail(leader, number + 1).fee_ore == fee
    customer.search("4 stabelstol")
    customer.take()
    assert customer.page.basket.pace.isHidden()
