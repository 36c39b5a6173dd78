"""What the program holds in memory: after a day in the window, and after many changes."""

import gc
import random
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import articles, cases, changes, intake, places, shop, stock
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.kit.garbage import Collector
from moebelcirkel.ui.window.desk import Desk
from tests.bench.services_bench import person
from tests.bench.table import Table

_SWITCHES, _ACTIONS, _WARM = 400, 30_000, 5_000
_PATIENCE_MS = 60_000


def held_mb() -> float:
    """What this process holds in memory that is in use now; Linux tells it."""
    told = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    assert found is not None
    return int(found[1]) / 1024


def run(table: Table, database: Path, scratch: Path) -> None:
    """A window first, as what many changes leave would count as its own."""
    if sys.platform == "linux":
        _in_window(table, database)
        _after_changes(table, scratch)


def _in_window(table: Table, database: Path) -> None:
    """Everything is opened once, and then page after page as in a long day."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(app, Settings(Path(home) / "settings.json"), str(database))
        collector = Collector(desk)
        try:
            desk.start()
            _settled(desk)
            desk.entrance.log_in("lager", demo_logins.PASSWORD)
            _settled(desk)
            assert desk.window is not None
            words = tuple(desk.window.help_pages())
            for word in (*words, *chance.choices(words, k=_SWITCHES)):
                desk.window.go(word)
                _settled(desk)
            table.size(f"window: all pages and {_SWITCHES} switches", held_mb(), 200)
        finally:
            collector.stop()
            desk.end()


def _settled(desk: Desk) -> None:
    loop = QEventLoop()
    QTimer.singleShot(20, loop.quit)
    loop.exec()
    desk.jobs.wait_idle(_PATIENCE_MS)


def _after_changes(table: Table, scratch: Path) -> None:
    database = Database(scratch)
    try:
        acts = _acts(Context(database, SYSTEM))
        chance = random.Random(7)
        before = 0.0
        for number in range(_ACTIONS):
            if number == _WARM:
                gc.collect()
                before = held_mb()
            try:
                chance.choice(acts)()
            except Refused:  # as often in a day, and it must leave nothing either
                continue
        gc.collect()
        table.size(f"services: {_ACTIONS} random actions leave", held_mb() - before, 5)
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
        receive, receive, sell, sell, take_back, hold, search, refused,
        lambda: shop.basket(leader, home), lambda: cases.board(bench),
    ]  # fmt: skip
