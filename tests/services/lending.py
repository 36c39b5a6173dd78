"""A loan from the basket to the institution, for tests of loans."""

import datetime as dt

from sqlalchemy import select

from moebelcirkel.services import changes, deliveries, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import shopping
from tests.world import World


def sent(world: World, count: int, days: int = 60) -> tuple[int, list[int]]:
    """An order of so many pieces as a loan: its id and its pieces."""
    leader = world.person("leader")
    trade.put_on_sale(world, count)
    taken = shop.hold(leader, world.school, shopping.key(world), count)
    until = world.context.today() + dt.timedelta(days=days)
    shop.set_loan(leader, world.school, until)
    return shopping.send(leader, world.school).order_id, list(taken.unit_ids)


def lines(world: World, order_id: int) -> list[int]:
    query = select(OrderLine.id).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return trade.rows(world.context, query)


def lent(world: World, count: int, days: int = 60) -> list[int]:
    """So many pieces handed over as a loan."""
    order_id, units = sent(world, count, days)
    hall, wanted = world.person("lager"), lines(world, order_id)
    deliveries.pick(hall, wanted)
    deliveries.hand_over(hall, line_ids=wanted)
    return units


def undo_last(context: Context, kind: str) -> None:
    """Take the newest change of a kind back."""
    query = select(Change.id).where(Change.kind == kind).order_by(Change.id.desc()).limit(1)
    [newest] = trade.rows(context, query)
    changes.undo(context, newest)


def charges(world: World) -> list[tuple[str, int]]:
    query = select(Charge).order_by(Charge.id)
    return [(row.kind, row.amount_ore) for row in trade.rows(world.context, query)]
