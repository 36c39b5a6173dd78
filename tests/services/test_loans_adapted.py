"""What is adapted is made for whoever orders it: it is not lent, and it is said what to do."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import check, orders, shop
from tests import trade
from tests.services import adapting
from tests.world import World


def test_a_basket_that_is_a_loan_is_no_adaptation_for_good(world: World) -> None:
    trade.put_on_sale(world, 2)
    leader = world.person("leader")
    shop.set_loan(leader, world.school, leader.today() + dt.timedelta(days=30))
    wish = adapting.wish(leader, world, 1)
    with pytest.raises(Refused) as lent:
        orders.adapt(leader, wish)
    assert refusal(lent.value).startswith("Jeres kurv er et lån, og det, der tilpasses, lånes ikke")
    shop.set_loan(leader, world.school, None)
    order = orders.adapt(leader, wish).order_id
    assert orders.detail(leader, order).loan_until is None
    assert check.run(world.context).findings == ()
