"""What the program holds in memory: after a day in the window, and after many changes."""

import gc
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import articles, cases, changes, intake, places, shop, stock
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.storage.engine import Database
from tests.bench.day import SWITCHES, held_mb
from tests.bench.services_bench import person
from tests.bench.table import Table

#: After the first sixth everything is known that is kept for good.
_ACTIONS, _WARM = 30_000, 6


def run(table: Table, database: Path, scratch: Path, *, most: int) -> None:
    """Only Linux tells what a process holds; there are at ``most`` so many actions."""
    if sys.platform == "linux":
        _in_window(table, database)
        _after_changes(table, scratch, min(_ACTIONS, most))


def _in_window(table: Table, database: Path) -> None:
    """In a process of its own: what the rest of the bench has left here is not the window's."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.day", str(database)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    table.size(f"window: all pages and {SWITCHES} switches", float(told), 200)


def _after_changes(table: Table, scratch: Path, count: int) -> None:
    database = Database(scratch)
    try:
        acts = _acts(Context(database, SYSTEM))
        chance = random.Random(7)
        before = 0.0
        for number in range(count):
            if number == count // _WARM:
                gc.collect()
                before = held_mb()
            try:
                chance.choice(acts)()
            except Refused:  # as often in a day, and it must leave nothing either
                continue
        gc.collect()
        table.size(f"services: {count} random actions leave", held_mb() - before, 5)
    finally:
        database.close()


def _acts(context: Context) -> list[Callable[[], object]]:
    """What people do all day, each with something new in it; some of it is refused."""
    chance = random.Random(3)
    hall, leader = (context.as_actor(person(context, name)) for name in ("lager", "leder"))
    bench = context.as_actor(person(context, "vaerksted"))
    home = shop.institutions(leader)[0].id
    kinds = [found.id for found in articles.suggest(hall, "stol")]
    shelf = places.choices(hall)[0].id
    fresh: list[int] = []
    done: list[int] = []

    def receive() -> None:
        part = intake.Part(chance.choice("ABC"), 1, "shelf", shelf)
        made = intake.register(hall, intake.Batch(parts=[part], article_id=chance.choice(kinds)))
        fresh.extend(made.unit_ids)

    def sell() -> None:
        if fresh:
            sold = stock.put_on_sale(hall, [fresh.pop(0)])
            done.append(int(sold.change_id or 0))

    def take_back() -> None:
        if done:
            changes.undo(hall, done.pop())

    def hold() -> None:
        cards = shop.search(leader, Query("stol"), home, limit=3).cards
        if cards:
            shop.hold(leader, home, chance.choice(cards).key, 1)

    def search() -> None:
        text = chance.choice(("stol", "bord", "eg", "reol 7", "hæve"))
        shop.search(leader, Query(text), home)
        stock_list.find(hall, StockFilter(text=text))

    def refused() -> None:
        places.save(leader, places.PlaceForm("X-1"))

    return [
        receive,
        receive,
        sell,
        sell,
        take_back,
        hold,
        search,
        refused,
        lambda: shop.basket(leader, home),
        lambda: cases.board(bench),
    ]
