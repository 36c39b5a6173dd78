"""Fifty who order from the same 2,000 pieces for a minute, and how soon others see a change.

Each is a workstation: a process with a connection of its own, where the system can split one. The
bare statements, the writers' lock with them, are what the fifty sent once, sent again by as many
with nothing between, before and after. All have ordered some times before it counts.

Run by itself: ``python -m tests.bench.rush [seconds]``. It needs PostgreSQL's programs.
"""

import contextlib
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, institutions, orders, shop, stock
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.shop import CardKey
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from tests import postgres, trade
from tests.bench.table import Table, percentile, seconds
from tests.bench.tape import Tape
from tests.clock import Clock
from tests.services import shopping
from tests.world import World, build

CLIENTS, PIECES, LASTS = 50, 2_000, 60.0
_NO_LIMIT = 100_000_000
#: What numbers new rows, by how its statement begins: the clients come in another order each time.
_GIVEN = {"WITH made AS \n(": "change_id", "INSERT INTO shop_order (": "order_id"}
#: How often a window asks what others have done.
_ASKS_EACH = 1.0
_SEEN = 40
#: Clicks that find nothing prepared, on either side, and those of each client that are sent again.
_WARM, _RECORDED = 15, 12


@dataclass(frozen=True, slots=True)
class Crowd:
    """A warehouse full of alike chairs, one leader, and an institution for each client."""

    world: World
    leader: Context
    places: list[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What a client says at the end: how long each click took, and how many orders it sent."""

    waits: list[float]
    sent: int


@dataclass
class Client:
    """One institution's leader: holds, orders, and cancels when nothing is left."""

    leader: Context
    place: int
    key: CardKey
    waits: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    cancelled: int = 0

    def clicks(self) -> Iterator[None]:
        """One click after another, each timed."""
        while True:
            try:
                yield from self._order()
            except Refused:
                if self.sent:
                    self.waits.append(seconds(partial(orders.cancel, self.leader, self.sent.pop())))
                    self.cancelled += 1
                yield

    def _order(self) -> Iterator[None]:
        own, place = self.leader, self.place
        self.waits.append(seconds(lambda: shop.hold(own, place, self.key, 2)))
        yield
        self.waits.append(seconds(lambda: shop.set_answer(own, place, Answer.YES)))
        yield
        self.waits.append(seconds(lambda: self.sent.append(orders.send(own, place).order_id)))
        yield


def filled(url: str) -> Crowd:
    """The warehouse with its 2,000 alike chairs, and an institution for each client."""
    with opened(url) as database:
        migrate(database)
        world = build(Context(database, SYSTEM, clock=Clock()))
        trade.put_on_sale(world, PIECES)
        leader = shopping.person(world, "ledere", (Role.LEADER, None))
        admin = world.person("admin")
        forms = [
            institutions.InstitutionForm(f"Skole {number}", limit_ore=_NO_LIMIT)
            for number in range(CLIENTS)
        ]
        places = [int(institutions.save(admin, form).id) for form in forms]
        for place in places:
            shop.set_answer(leader, place, None)  # makes its basket
    return Crowd(world, leader, places)


def rush(url: str, crowd: Crowd, lasts: float) -> tuple[list[Told], float]:
    """All at once for so long; and how long it was."""
    return _at_work(partial(_work, url, crowd, lasts))


def _at_work(client: Callable[[int, Any], Told]) -> tuple[list[Told], float]:
    """Each client in a process of its own, which begins when all are ready; how long it took."""
    split = multiprocessing.get_context("fork")
    start, told = split.Barrier(CLIENTS + 1), split.SimpleQueue()
    clients = [
        split.Process(target=lambda number=number: told.put(client(number, start)), daemon=True)
        for number in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    start.wait()
    begun = time.perf_counter()
    found = [told.get() for _client in clients]
    taken = time.perf_counter() - begun
    for each in clients:
        each.join()
    return found, taken


def _work(url: str, crowd: Crowd, lasts: float, number: int, start: Any) -> Told:
    with opened(url) as database:
        client = _client(database, crowd, number)
        clicks = client.clicks()
        for _click in range(_WARM):
            next(clicks)
        client.waits.clear()
        client.cancelled = -len(client.sent)
        start.wait()
        until = time.monotonic() + lasts
        while time.monotonic() < until:
            next(clicks)
    return Told(client.waits, len(client.sent) + client.cancelled)


def _client(database: Database, crowd: Crowd, number: int) -> Client:
    own = replace(crowd.leader, database=database)
    shop.basket(own, crowd.places[number])
    return Client(own, crowd.places[number], shopping.key(crowd.world))


def recorded(url: str, crowd: Crowd) -> list[list[Tape]]:
    """What the clicks of each client send, in turns; to be sent on a like database."""
    tapes: list[list[Tape]] = [[] for _client in range(CLIENTS)]
    with opened(url) as database:
        clicks = [_client(database, crowd, number).clicks() for number in range(CLIENTS)]
        for _click in range(_WARM + _RECORDED):
            for own, clicked in zip(tapes, clicks, strict=True):
                own.append(Tape())
                own[-1].record(database.engine, partial(next, clicked))
    return tapes


def bare(url: str, tapes: list[list[Tape]]) -> float:
    """What a click's statements take, sent by as many connections with nothing between."""
    clients, taken = _at_work(partial(_send, url, tapes))
    return taken / sum(len(client.waits) for client in clients)


def _send(url: str, tapes: list[list[Tape]], number: int, start: Any) -> Told:
    with opened(url) as database:
        for tape in tapes[number][:_WARM]:
            tape.play(database.engine, keep=True, given=_GIVEN)
        start.wait()
        again = partial(Tape.play, engine=database.engine, keep=True, given=_GIVEN)
        return Told([again(tape) for tape in tapes[number][_WARM:]], 0)


def seen(url: str, crowd: Crowd) -> list[float]:
    """How long after it was kept a change is told by a question that is asked each second.

    The window itself is not in it: what it reads then is measured with its pages.
    """
    told: list[float] = []
    with opened(url) as mine, opened(url) as other:
        here = replace(crowd.leader, database=mine)
        lager = replace(crowd.world.person("lager"), database=other, session="another")
        units = trade.rows(replace(crowd.world.context, database=other), _ON_SALE)
        newest = changes.elsewhere(here, None).newest
        for number in range(_SEEN):
            # Each change falls at another moment between two questions.
            time.sleep(_ASKS_EACH * number / _SEEN)
            asks = time.perf_counter() + _ASKS_EACH * (1 - number / _SEEN)
            stock.set_price(lager, units[:1], 10_000 + number)
            kept = time.perf_counter()
            while (found := changes.elsewhere(here, newest)).newest == newest or not found.kinds:
                asks += _ASKS_EACH
                time.sleep(max(0.0, asks - time.perf_counter()))
            time.sleep(max(0.0, asks - time.perf_counter()))
            newest = found.newest
            told.append(time.perf_counter() - kept)
    return told


_ON_SALE = trade.select(trade.Unit.id).where(trade.Unit.state == "listed").limit(1)


def run(table: Table, cluster: postgres.Cluster, lasts: float = LASTS) -> None:
    """All of it with its verdicts; ends with an error where something was sold twice or stuck."""
    template = cluster.create()
    crowd = filled(cluster.url(template))
    if hasattr(os, "fork"):
        _at_once(table, cluster, template, crowd, lasts)
    times = seen(cluster.url(cluster.create(template=template)), crowd)
    table.most("PostgreSQL: a change is told elsewhere, 95 % within", percentile(times, 0.95), 2.0)


def _at_once(
    table: Table, cluster: postgres.Cluster, template: str, crowd: Crowd, lasts: float
) -> None:
    urls = [cluster.url(cluster.create(template=template)) for _copy in range(4)]
    tapes = recorded(urls[0], crowd)
    before = bare(urls[1], tapes)
    clients, taken = rush(urls[2], crowd, lasts)
    own = statistics.mean((before, bare(urls[3], tapes)))
    waits = [wait for client in clients for wait in client.waits]
    with opened(urls[2]) as database:
        wrong = check.run(Context(database, SYSTEM, clock=Clock())).findings
    sent = sum(client.sent for client in clients)
    # At most twice as long is half as many.
    table.times(f"PostgreSQL: {CLIENTS} at once, a click", taken / len(waits), own, 2)
    name = f"the same: {len(waits)} clicks, {sent} orders in {taken:.0f} s;"
    table.note(f"{name} half wait", 1000 * statistics.median(waits), "ms")
    table.note("the same: 95 % of the clicks wait less than", 1000 * percentile(waits, 0.95), "ms")
    table.note("the same: the longest wait", 1000 * max(waits), "ms")
    if wrong or not all(client.waits for client in clients):
        raise SystemExit(f"the check found {wrong}, or somebody was stuck")


@contextlib.contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database that is closed again."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def main(lasts: float) -> None:
    """By itself."""
    cluster = postgres.start(durable=True)
    try:
        run(Table("rush"), cluster, lasts)
    finally:
        cluster.stop()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else LASTS)
