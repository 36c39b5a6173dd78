"""Two people at once on two connections: the last piece goes to exactly one of them."""

import functools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import shop
from moebelcirkel.services.context import Done
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.shop import Hold
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.world import World

Call = Callable[[], Done]


def together(*calls: Call) -> list[Done | Refused]:
    """All calls at the same moment, each on a thread and a connection of its own."""
    start = threading.Barrier(len(calls))

    def run(call: Call) -> Done | Refused:
        start.wait()
        try:
            return call()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_baskets_reach_for_the_last_piece(world: World) -> None:
    leader, other = world.person("leader"), shopping.neighbour(world)
    for price in range(10):
        trade.put_on_sale(world, 1, price_ore=price)
        key = shopping.key(world, price_ore=price)
        answers = together(
            functools.partial(shop.hold, leader, world.school, key, 1),
            functools.partial(shop.hold, other, world.home, key, 1),
        )
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert len(refused) == 1
        assert "no more of these" in str(refused[0])
    assert len(trade.rows(world.context, select(Hold))) == 10


def test_many_baskets_share_what_there_is(world: World) -> None:
    trade.put_on_sale(world, 20)
    leader, other = world.person("leader"), shopping.neighbour(world)
    key = shopping.key(world)
    answers = together(
        *[
            functools.partial(shop.hold, who, place, key, 3)
            for who, place in ((leader, world.school), (other, world.home)) * 4
        ]
    )
    taken = [unit for done in answers if isinstance(done, shop.Taken) for unit in done.unit_ids]
    assert len(taken) == len(set(taken)) == 20


def test_the_last_piece_is_ordered_by_exactly_one_and_the_other_is_told(
    world: World, clock: Clock
) -> None:
    """The first basket's hold has run out; its owner sends just as another takes and sends."""
    leader, other = world.person("leader"), shopping.neighbour(world)
    for price in range(8):
        units = trade.put_on_sale(world, 1, price_ore=price)
        key = shopping.key(world, price_ore=price)
        shop.hold(leader, world.school, key, 1)
        clock.advance(minutes=31)

        def take_and_send(key: shop.CardKey = key) -> Done:
            shop.hold(other, world.home, key, 1)
            return shopping.send(other, world.home)

        answers = together(lambda: shopping.send(leader, world.school), take_and_send)
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert len(refused) == 1
        if refused[0] is answers[0]:
            assert trade.number(world.context, units[0]) in str(refused[0])
            shop.forget_gone(leader, world.school)
        open_lines = select(OrderLine).where(OrderLine.unit_id == units[0])
        assert len(trade.rows(world.context, open_lines)) == 1
        assert trade.state(world.context, units[0]) == "ordered"
