"""Fifty who order at the same moment, beside one bare connection that sends the same statements."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import institutions, orders, shop
from moebelcirkel.services.context import SYSTEM, Context, Done
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from tests import postgres, trade
from tests.bench.table import Table, percentile, seconds
from tests.bench.tape import Tape
from tests.clock import Clock
from tests.services import shopping
from tests.world import World, build

CLIENTS, ORDERS = 50, 4
_PIECES = 2 * CLIENTS * ORDERS
_NO_LIMIT = 100_000_000

Change = Callable[[Context], Done]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A warehouse full of alike chairs, one leader, and an institution for each client."""

    world: World
    leader: Context
    places: list[int]

    def changes(self, client: int) -> Iterator[Change]:
        """What one client does: a hold of two pieces and an order, again and again."""
        place, key = self.places[client], shopping.key(self.world)
        for _order in range(ORDERS):
            yield lambda leader: shop.hold(leader, place, key, 2)
            yield lambda leader: shop.set_answer(leader, place, Answer.YES)
            yield lambda leader: orders.send(leader, place)


def orders_at_once(table: Table, cluster: postgres.Cluster) -> None:
    """All of it by fifty at once, and the same by one without anything between."""
    template = cluster.create()
    crowd = filled(cluster.url(template))
    urls = [cluster.url(cluster.create(template=template)) for _copy in range(3)]
    tapes = _recorded(urls[0], crowd)
    with opened(urls[1]) as database:
        bare = sum(tape.play(database.engine, keep=True) for tape in tapes)
    whole, waits = by_all(urls[2], crowd)
    table.times(f"PostgreSQL, {CLIENTS} at once: {len(tapes)} holds and orders", whole, bare, 10)
    table.note("the same: half of the clicks wait less than", 1000 * statistics.median(waits), "ms")
    table.note("the same: 95 % of the clicks wait less than", 1000 * percentile(waits, 0.95), "ms")


def filled(url: str) -> Crowd:
    """The warehouse before the first comes."""
    with opened(url) as database:
        migrate(database)
        world = build(Context(database, SYSTEM, clock=Clock()))
        trade.put_on_sale(world, _PIECES)
        leader = shopping.person(world, "ledere", (Role.LEADER, None))
        admin = world.person("admin")
        forms = [
            institutions.InstitutionForm(f"Skole {number}", limit_ore=_NO_LIMIT)
            for number in range(CLIENTS)
        ]
        places = [int(institutions.save(admin, form).id) for form in forms]
    return Crowd(world, leader, places)


def _recorded(url: str, crowd: Crowd) -> list[Tape]:
    """What each change sends when they come one after the other."""
    tapes = []
    with opened(url) as database:
        leader = replace(crowd.leader, database=database)
        for change in chain.from_iterable(crowd.changes(client) for client in range(CLIENTS)):
            tapes.append(Tape())
            tapes[-1].record(database.engine, lambda change=change: change(leader))  # type: ignore[misc]
    return tapes


def by_all(url: str, crowd: Crowd) -> tuple[float, list[float]]:
    """How long all take together, and how long each change does; each client has its connection."""
    start = threading.Barrier(CLIENTS + 1)

    def work(client: int) -> list[float]:
        with opened(url) as database:
            leader = replace(crowd.leader, database=database)
            shop.basket(leader, crowd.places[client])
            start.wait()
            return [
                seconds(lambda change=change: change(leader))  # type: ignore[misc]
                for change in crowd.changes(client)
            ]

    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = [pool.submit(work, client) for client in range(CLIENTS)]
        start.wait()
        begun = time.perf_counter()
        found = list(chain.from_iterable(each.result() for each in waits))
        return time.perf_counter() - begun, found


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database that is closed again."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
