"""Filling a basket, sending it, and looking at the order, for tests of orders."""

from sqlalchemy import select

from moebelcirkel.domain.roles import Grant
from moebelcirkel.services import shop, users
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import Order, OrderLine
from tests import trade
from tests.services import shopping
from tests.world import World


def fill(context: Context, world: World, count: int, institution: int | None = None) -> list[int]:
    trade.put_on_sale(world, count)
    done = shop.hold(context, institution or world.school, shopping.key(world), count)
    return list(done.unit_ids)


def send(context: Context, world: World, count: int = 2) -> int:
    fill(context, world, count)
    return int(shopping.send(context, world.school).order_id)


def states(world: World, unit_ids: list[int]) -> set[str]:
    return {trade.state(world.context, unit_id) for unit_id in unit_ids}


def order_of(world: World, order_id: int) -> Order:
    found: Order = trade.row(world.context, Order, order_id)
    return found


def lines_of(world: World, order_id: int) -> list[OrderLine]:
    query = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return trade.rows(world.context, query)


def person_limit(world: World, whose: Context, limit_ore: int | None) -> None:
    admin = world.person("admin")
    row = users.get(admin, whose.actor.user_id or 0)
    assert row is not None
    grants = frozenset(Grant(role.role, role.institution_id) for role in row.roles)
    form = users.UserForm(row.login, row.name, grants=grants, limit_ore=limit_ore)
    users.save(admin, form, row.id, row.version)
