"""Chains of undo across picking, note and hand-over, and forward again, step by step."""

from sqlalchemy import select

from moebelcirkel.services import changes, deliveries, orders, shop
from moebelcirkel.services.context import Context, Done
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import shopping
from tests.services.sound import assert_whole
from tests.world import World


def open_lines(world: World) -> list[int]:
    """Lines nobody has picked."""
    query = select(OrderLine.id).where(OrderLine.state == "open").order_by(OrderLine.id)
    return trade.rows(world.context, query)


def test_a_free_piece_scanned_first_is_taken_back_and_the_chosen_ones_go_instead(
    world: World, lager: Context, leader: Context
) -> None:
    pieces = trade.put_on_sale(world, 13)
    shop.hold(leader, world.school, shopping.key(world), 12)
    order = shopping.send(leader, world.school).order_id
    orders.approve(world.person("approver"), order)
    lines = open_lines(world)
    done: list[Done] = []

    def step(made: Done) -> None:
        done.append(made)
        assert_whole(world)

    scanned = deliveries.pick_by_scan(lager, trade.number(lager, pieces[12]))
    assert scanned.swap == "free"
    step(scanned)
    step(deliveries.pick(lager, open_lines(world)))
    note = deliveries.prepare_note(lager, world.school)
    step(note)
    step(deliveries.hand_over(lager, delivery_id=note.delivery_ids[0]))
    for made in reversed(done.copy()):
        changes.undo(lager, made.change_id or 0)
        assert_whole(world)
    step(deliveries.pick(lager, lines))
    step(deliveries.hand_over(lager, line_ids=lines))
    assert {trade.state(lager, piece) for piece in pieces[:12]} == {"delivered"}
    assert trade.state(lager, pieces[12]) == "listed"
    figures = trade.rows(world.context, select(FigureLine))
    assert sum(line.count for line in figures) == 12
