"""Urgent orders in the real window: chosen in the basket, where the sum and the day follow."""

from moebelcirkel.domain.orders import Pace
from moebelcirkel.services import orders, parameters, shop
from tests.ui.pages.customer import Customer
from tests.world import World


def test_urgent_is_chosen_in_the_basket_and_the_sum_and_the_day_follow(
    customer: Customer, stocked: World
) -> None:
    leader = stocked.person("leader")
    customer.search("3 stabelstol")
    customer.take()
    basket = customer.page.basket
    assert basket.pace.isHidden()
    parameters.save(stocked.person("admin"), {"urgent_days": 2})
    customer.page.reload()
    customer.answer()
    customer.settle()
    field = basket.pace.field
    assert field is not None
    assert field.value() == Pace.USUAL
    assert plain(field.button(1).text()) == "Haster · 150 kr."
    assert "Haster: inden 2 hverdage, gebyr 150 kr." in customer.texts()
    usual, urgent = shop.basket(leader, stocked.school).offers
    total, day = plain(basket.total.text()), basket.wishes.promise.text()
    assert basket.fee.isHidden() or not basket.fee.isVisible()
    field.button(1).click()
    assert plain(basket.fee.text()) == "150 kr."
    assert basket.fee.isVisible()
    assert basket.total.text() != total
    assert basket.wishes.promise.text() != day
    basket.send.click()
    customer.settle()
    found = orders.detail(leader, orders.listed(leader).rows[0].id)
    assert (found.row.urgent, found.promised_on) == (True, urgent.way.promised_on)
    assert urgent.way.promised_on < usual.way.promised_on


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
