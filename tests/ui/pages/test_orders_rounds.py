"""The basket in the real window between two rounds: it says when the next one is."""

import datetime as dt

from moebelcirkel.services import orders, parameters
from tests.ui.pages.customer import Customer
from tests.world import World


def test_the_basket_names_the_next_round_and_is_sent_for_it(
    customer: Customer, stocked: World
) -> None:
    opens = (stocked.context.today() + dt.timedelta(weeks=4)).isocalendar().week
    parameters.save(stocked.person("admin"), {"order_rounds": f"Andre stole: {opens}"})
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    assert f"Andre stole: næste runde uge {opens}, fra " in customer.texts()
    assert "Bestillingen kommer med i den runde" in customer.texts()
    customer.page.basket.send.click()
    customer.settle()
    [row] = orders.listed(stocked.person("leader")).rows
    assert row.state == "approved"


def test_the_basket_waits_for_a_round_that_is_far_off(customer: Customer, stocked: World) -> None:
    opens = (stocked.context.today() + dt.timedelta(weeks=20)).isocalendar().week
    parameters.save(stocked.person("admin"), {"order_rounds": f"Andre stole: {opens}"})
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    assert not customer.page.basket.send.isEnabled()
    parameters.save(stocked.person("admin"), {"order_rounds": ""})
    customer.page.reload()
    customer.settle()
    assert customer.page.basket.send.isEnabled()
