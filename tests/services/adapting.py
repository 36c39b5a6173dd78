"""Orders with an adaptation for tests: wished, sent, begun, finished, handed over."""

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import ShownPrice
from moebelcirkel.services import cases, deliveries, orders
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import AdaptWish, OrderSent
from tests import trade
from tests.services import ordering, shopping
from tests.world import World

HIGHER, PAINTED = "Ny højde på ben eller stel", "Maling"
#: 30 minutes at 300 kr. an hour and 150 kr.; 60 minutes and 60 kr.
HIGHER_ORE, PAINTED_ORE = 30_000, 36_000


def wish(context: Context, world: World, count: int, *names: str) -> AdaptWish:
    """What somebody is shown who chooses these tasks."""
    known = orders.adapt_choices(context, world.school, world.chair).tasks
    tasks = [each for each in known if each.name in (names or (HIGHER,))]
    return AdaptWish(
        institution_id=world.school,
        key=shopping.key(world),
        count=count,
        agreed=ShownPrice(
            tuple(each.id for each in tasks),
            sum(each.each_ore for each in tasks),
            max(each.weeks for each in tasks),
        ),
        answer=Answer.YES,
    )


def sent(world: World, count: int = 2, *names: str) -> OrderSent:
    """Ordered by the leader, who needs nobody's approval."""
    trade.put_on_sale(world, count)
    leader = world.person("leader")
    return orders.adapt(leader, wish(leader, world, count, *names))


def case_of(world: World, order_id: int) -> int:
    """The workshop's case of an order."""
    [case_id] = orders.detail(world.person("lager"), order_id).case_ids
    return case_id


def finish(world: World, order_id: int) -> int:
    """All is done, and the pieces wait to be picked."""
    bench, case_id = world.person("bench"), case_of(world, order_id)
    for task in cases.detail(bench, case_id).tasks:
        cases.set_task(bench, task.id, done=True)
    cases.finish(bench, case_id, "B")
    return case_id


def hand_over(world: World, order_id: int) -> None:
    """Picked and delivered."""
    lines = [line.id for line in ordering.lines_of(world, order_id) if line.state == "open"]
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
