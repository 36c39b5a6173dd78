"""Pieces on sale and orders for tests, written as the services write them, with their events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from tests.answers import Made
from tests.world import World

PRICE = 134_000


def put_on_sale(
    world: World, count: int, *, condition: str = "B", price_ore: int = PRICE, **more: Any
) -> list[int]:
    """So many alike chairs on the shelf, on sale; returns their ids."""

    def fill(work: Work) -> Made:
        first = work.next_number("unit", count)
        values = {
            "article_id": world.chair,
            "state": "listed",
            "condition": condition,
            "place_id": world.shelf,
            "price_ore": price_ore,
            "received_on": work.today,
            "listed_at": work.now,
            **more,
        }
        units = [
            Unit(serial=serial, number=label_number("MC", serial), **values)
            for serial in range(first, first + count)
        ]
        work.session.add_all(units)
        work.session.flush()
        return Made(ids=tuple(unit.id for unit in units))

    return list(world.context.write("unit.list", None, fill).ids)


def order(
    world: World,
    unit_ids: Sequence[int],
    *,
    institution: int | None = None,
    state: str = "approved",
    exact: bool = False,
    answer: str = "yes",
    loan_until: dt.date | None = None,
) -> list[int]:
    """An order for these pieces; returns the ids of its lines."""

    def fill(work: Work) -> Made:
        units = work.rows(Unit, unit_ids)
        made = Order(
            number=f"B-{work.next_number('order'):05d}",
            state=state,
            answer=answer,
            institution_id=institution or world.school,
            sent_at=work.now,
            orderer_id=world.people["leader"].user_id,
            total_ore=sum(unit.price_ore or 0 for unit in units),
            loan_until=loan_until,
        )
        work.session.add(made)
        work.session.flush()
        lines = []
        for unit in units:
            unit.state = State.ORDERED
            lines.append(
                OrderLine(
                    order_id=made.id,
                    unit_id=unit.id,
                    article_id=unit.article_id,
                    condition=unit.condition,
                    price_ore=unit.price_ore or 0,
                    new_price_ore=335_000,
                    exact=exact,
                    state="open",
                )
            )
        work.session.add_all(lines)
        work.session.flush()
        return Made(ids=tuple(line.id for line in lines))

    return list(world.context.write("order.send", None, fill).ids)


def hold(world: World, unit_id: int, institution: int, minutes: int = 30) -> None:
    """Put a piece into an institution's basket."""

    def fill(work: Work) -> None:
        basket = work.session.scalar(select(Basket).where(Basket.institution_id == institution))
        if basket is None:
            basket = Basket(institution_id=institution)
            work.session.add(basket)
            work.session.flush()
        until = work.now + dt.timedelta(minutes=minutes)
        work.session.add(Hold(unit_id=unit_id, basket_id=basket.id, expires_at=until))

    world.context.write("shop.hold", None, fill)


def row(context: Context, model: type[Base], key: object) -> Any:
    """A row as it stands, for looking at."""
    with context.database.read() as session:
        return session.get_one(model, key)


def rows(context: Context, query: Any) -> list[Any]:
    """All rows of a query."""
    with context.database.read() as session:
        return list(session.scalars(query))


def unit(world: World, unit_id: int) -> Unit:
    """A piece as it stands now."""
    found: Unit = row(world.context, Unit, unit_id)
    return found


def number(context: Context, unit_id: int) -> str:
    """A piece's label number."""
    return str(row(context, Unit, unit_id).number)


def state(context: Context, unit_id: int) -> str:
    """Where a piece is in its life."""
    return str(row(context, Unit, unit_id).state)
