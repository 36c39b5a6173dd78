"""Start: what an institution has going on, and nothing of what others have."""

from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import deliveries, orders, pickups, repairs, shop
from moebelcirkel.services.context import Context
from moebelcirkel.services.home import home
from moebelcirkel.storage.queries.pickups import Given
from tests import trade
from tests.services import delivering, ordering, repairing, shopping
from tests.services.reported import report
from tests.services.wanting import want
from tests.world import World


def test_an_empty_house_has_nothing_under_way(leader: Context) -> None:
    found = home(leader)
    assert (found.orders.total, found.waiting, found.wants, found.gifts) == (0, 0, (), ())
    assert (found.given, found.sums.pieces, found.many) == (Given(), 0, False)


def test_a_leader_sees_orders_wants_and_reports_of_the_own_institution(
    world: World, leader: Context, lager: Context
) -> None:
    trade.put_on_sale(world, 5)
    order_id = ordering.send(leader, world, 2)
    want_id = want(leader, world.school, pieces=2)
    made = pickups.report(leader, report(world))
    pickups.ask(lager, made.pickup_id, "Hvor?")
    found = home(leader)
    assert [row.id for row in found.orders.rows] == [order_id]
    assert found.orders.rows[0].promised_on == orders.detail(leader, order_id).promised_on
    assert [(row.id, row.held) for row in found.wants] == [(want_id, 2)]
    assert [gift.row.id for gift in found.gifts] == [made.pickup_id]
    assert [row.state for row in found.asked.rows] == [PickupState.QUESTION]
    assert found.names.orders == {order_id: ("Kontorstol HÅG SoFi 7200",)}
    assert found.names.reports == {made.pickup_id: ("Kontorstole, blå",)}
    assert found.waiting == 1
    other = home(shopping.neighbour(world))
    assert (other.orders.total, other.wants, other.gifts, other.waiting) == (0, (), (), 0)


def test_a_price_of_a_repair_waits_for_who_can_agree_to_it(world: World) -> None:
    key = repairing.offered(world)
    found = home(world.person("leader"))
    assert ([row.id for row in found.priced], found.waiting) == ([key], 1)
    assert home(world.person("approver")).priced == ()
    assert home(shopping.neighbour(world)).priced == ()
    repairs.accept(world.person("leader"), key)
    assert home(world.person("leader")).priced == ()


def test_what_was_given_is_told_by_where_it_is_now(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3, giver_id=world.school)
    trade.put_on_sale(world, 2, giver_id=world.school, state="scrapped")
    trade.put_on_sale(world, 1, giver_id=world.school, state="delivered", holder_id=world.home)
    trade.put_on_sale(world, 4, giver_id=world.home)
    trade.put_on_sale(world, 1, giver_id=world.school, state="void")
    assert home(leader).given == Given(pieces=6, homes=1, here=3, gone=2)


def test_this_year_is_summed_over_the_institutions_of_one_person(world: World) -> None:
    lager = world.person("lager")
    for institution in (world.school, world.home):
        _units, lines = delivering.picked(world, 2, institution=institution)
        deliveries.hand_over(lager, line_ids=lines[:1])
    both = shopping.person(
        world, "both", (Role.APPROVER, world.school), (Role.APPROVER, world.home)
    )
    found = home(both)
    assert found.many
    assert found.sums.pieces == 2
    assert found.sums.cash_ore > 0
    assert home(world.person("leader")).sums.pieces == 1
    assert {row.institution for row in found.orders.rows} == {"Søndervangskolen", "Plejecenter Åbo"}
    assert found.orders.total == orders.listed(both).total


def test_an_approver_is_told_what_waits_and_not_of_wants(
    world: World, leader: Context, approver: Context
) -> None:
    trade.put_on_sale(world, 12)
    ordering.send(leader, world, 12)
    assert home(approver).to_approve.total == 1
    assert home(leader).to_approve.total == 0
    want(leader, world.school)
    assert home(approver).wants == ()


def test_what_lies_in_a_basket_is_no_order(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    shop.hold(leader, world.school, shopping.key(world), 1)
    assert home(leader).orders.total == 0
