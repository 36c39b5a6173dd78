"""Fifty who order from the same 2,000 pieces for a minute, and how soon others see a change.

Run by itself: ``python -m tests.bench.rush [seconds]``. It needs PostgreSQL's programs.
"""

import itertools
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, institutions, orders, shop, stock
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.shop import CardKey
from moebelcirkel.storage.migrate import migrate
from tests import postgres, trade
from tests.bench.at_once import Crowd, opened
from tests.bench.table import percentile, seconds
from tests.bench.tape import Tape
from tests.clock import Clock
from tests.services import shopping
from tests.world import build

CLIENTS, PIECES = 50, 2_000
_NO_LIMIT = 100_000_000
#: How often a window asks what others have done.
_ASKS_EACH = 1.0
_SEEN = 40


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
    return Crowd(world, leader, places)


def rush(url: str, crowd: Crowd, lasts: float) -> tuple[list[Client], float]:
    """All at once for so long, each with a connection of its own; and how long it was."""
    start = threading.Barrier(CLIENTS + 1)

    def work(number: int) -> Client:
        with opened(url) as database:
            own = replace(crowd.leader, database=database)
            client = Client(own, crowd.places[number], shopping.key(crowd.world))
            shop.basket(own, client.place)
            start.wait()
            until = time.monotonic() + lasts
            for _click in client.clicks():
                if time.monotonic() > until:
                    break
            return client

    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = [pool.submit(work, number) for number in range(CLIENTS)]
        start.wait()
        begun = time.perf_counter()
        return [each.result() for each in waits], time.perf_counter() - begun


def bare(urls: list[str], crowd: Crowd) -> float:
    """What a click's statements take by one connection with nothing between, on average."""
    tapes: list[Tape] = []
    with opened(urls[0]) as database:
        own = replace(crowd.leader, database=database)
        clicks = Client(own, crowd.places[0], shopping.key(crowd.world)).clicks()
        shop.basket(own, crowd.places[0])
        for _click in range(60):
            tapes.append(Tape())
            tapes[-1].record(database.engine, lambda: next(clicks))
    with opened(urls[1]) as database:
        return sum(tape.play(database.engine, keep=True) for tape in tapes) / len(tapes)


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


def main(lasts: float) -> None:
    """Both, with their verdicts."""
    cluster = postgres.start(durable=True)
    try:
        template = cluster.create()
        crowd = filled(cluster.url(template))
        urls = [cluster.url(cluster.create(template=template)) for _copy in range(4)]
        own = bare(urls[:2], crowd)
        clients, taken = rush(urls[2], crowd, lasts)
        waits = list(itertools.chain.from_iterable(client.waits for client in clients))
        with opened(urls[2]) as database:
            wrong = check.run(Context(database, SYSTEM, clock=Clock())).findings
        orders_sent = sum(len(client.sent) + client.cancelled for client in clients)
        print(f"{CLIENTS} at once for {taken:.0f} s: {len(waits)} clicks, {orders_sent} orders")
        print(f"median {statistics.median(waits):.2f} s, 95 % {percentile(waits, 0.95):.2f} s,")
        print(f"the longest {max(waits):.2f} s; findings of the check: {len(wrong)}")
        print(f"{len(waits) / taken * own:.2f} x the same statements bare (goal: 0.5)")
        times = seen(urls[3], crowd)
        print(f"a change is told elsewhere: 95 % within {percentile(times, 0.95):.2f} s (goal: 2)")
        if wrong or min(len(client.waits) for client in clients) == 0:
            raise SystemExit(1)
    finally:
        cluster.stop()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
