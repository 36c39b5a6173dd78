"""A warehouse that works without pause until it is killed.

Before each step its request id is written to the log, and after it that it was done, so that
whoever kills it knows which step may have been cut off.
"""

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import deliveries, imports, intake, orders, shop
from moebelcirkel.services.context import SYSTEM, Context, Done
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from tests.clock import Clock

PIECES = 5
PRICE_LIST = "nummer;navn;kategori;pris\n" + "\n".join(
    f"K-{{run}}-{line};Skrivebord {{run}}-{line};Skrivebord;1000" for line in range(40)
)

Step = tuple[str, Callable[[Context], Done]]


def batch(context: Context) -> intake.Batch:
    """Five alike chairs, on sale at once."""
    with context.read() as session:
        giver = session.scalars(select(Institution.id).order_by(Institution.id)).first()
        shelf = session.scalars(select(Place.id).order_by(Place.id)).first()
    part = intake.Part("B", PIECES, "sale", shelf)
    return intake.Batch(giver_id=giver, article_id=1, parts=(part,))


def price_list(context: Context, run: int) -> tuple[imports.Source, imports.ImportChoices]:
    """A file of forty types nobody has imported before."""
    source = imports.read(PRICE_LIST.replace("{run}", str(run)).encode(), f"liste-{run}.csv")
    basis = imports.PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Prisliste")
    return source, dataclasses.replace(imports.suggest(context, source), basis=basis)


def steps(context: Context, run: int) -> Iterator[Step]:
    """One round: receive, order, approve where needed, pick, hand over, import."""
    yield "intake", lambda own: intake.register(own, batch(own))
    with context.read() as session:
        unit = session.scalars(select(Unit).where(Unit.state == "listed").limit(1)).one()
        place = session.scalars(select(Institution.id).order_by(Institution.id)).first() or 0
    key = shop.CardKey(unit.article_id, unit.condition, unit.price_ore or 0)
    yield "hold", lambda own: shop.hold(own, place, key, PIECES)
    yield "answer", lambda own: shop.set_answer(own, place, Answer.YES)
    yield "order", lambda own: orders.send(own, place)
    lines = _lines(context, "open")
    yield "pick", lambda own: deliveries.pick(own, lines)
    yield "hand_over", lambda own: deliveries.hand_over(own, line_ids=lines)
    source, choices = price_list(context, run)
    yield "import", lambda own: imports.run(own, source, choices)


def _lines(context: Context, state: str) -> list[int]:
    with context.read() as session:
        return list(session.scalars(select(OrderLine.id).where(OrderLine.state == state)))


def worker(context: Context) -> Context:
    """Acts for a real person with every right, as orders need an orderer."""
    from moebelcirkel.services.context import Actor

    with context.read() as session:
        user = session.scalars(select(User).where(User.login == "alt")).one()
    return context.as_actor(Actor(user.id, user.name, None, user.login))


def start(url: str, log: str, first: str) -> None:
    """Work until killed."""
    context = worker(Context(Database(url), SYSTEM, clock=Clock()))
    with Path(log).open("a", encoding="utf-8", buffering=1) as lines:
        for run in range(int(first), int(first) + 10_000):
            for number, (name, step) in enumerate(steps(context, run)):
                request = f"{run}-{number}-{name}"
                write(lines, {"begin": request, "run": run, "name": name})
                done = step(context.with_request(request))
                write(lines, {"end": request, "change": done.change_id})


def write(lines: Any, entry: dict[str, Any]) -> None:
    """One line, on disk before the next step begins."""
    lines.write(json.dumps(entry) + "\n")
    lines.flush()
    os.fsync(lines.fileno())
