"""Who sent an order is told what others did to it, until it was seen."""

from moebelcirkel.services import changes, orders
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import news as order_news
from moebelcirkel.services.orders.news import News
from tests.clock import Clock
from tests.services import shopping
from tests.services.ordering import fill
from tests.world import World


def _sent(employee: Context, world: World) -> int:
    fill(employee, world, 1)
    return int(shopping.send(employee, world.school).order_id)


def test_a_refusal_and_a_cancelling_by_others_are_news_for_the_sender(
    world: World, employee: Context, leader: Context
) -> None:
    first, second = _sent(employee, world), _sent(employee, world)
    refused = orders.refuse(leader, first, "For dyrt, <b>vent</b>")
    cancelled = orders.cancel(leader, second)
    assert order_news.news(employee) == (
        News(
            refused.change_id or 0,
            first,
            "B-000001",
            True,
            "For dyrt, <b>vent</b>",
            "Leader",
            whole=False,
        ),
        News(cancelled.change_id or 0, second, "B-000002", False, "", "Leader", whole=True),
    )
    assert [each.order_id for each in order_news.news(employee, refused.change_id or 0)] == [second]
    assert order_news.news(leader) == order_news.news(world.person("lager")) == ()


def test_what_one_did_oneself_was_undone_or_is_long_ago_is_no_news(
    world: World, employee: Context, leader: Context, clock: Clock
) -> None:
    own, back, old = (_sent(employee, world) for _ in range(3))
    orders.cancel(employee, own)
    undone = orders.refuse(leader, back, "Nej")
    changes.undo(leader, undone.change_id or 0)
    assert order_news.news(employee) == ()
    orders.refuse(leader, old, "Nej")
    assert len(order_news.news(employee)) == 1
    clock.advance(days=31)
    assert order_news.news(employee) == ()
