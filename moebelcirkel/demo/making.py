"""Example data: a made-up municipality with three years behind it, the same every time."""

import contextlib
import datetime as dt
import functools
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.demo.plan import DemoPlan, months_later
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import first_start, opening, setup
from moebelcirkel.storage import migrate, remembered
from moebelcirkel.storage.engine import OneTransaction, as_url
from moebelcirkel.storage.location import make_private, refuse_unsafe, sweep

Progress = Callable[[int, int], object]

UNITS = 3_000
YEARS = 3
_FEWEST_ARTICLES, _MOST_ARTICLES = 5, 10_000


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be made."""

    units: int
    articles: int
    today: dt.date | None
    seed: int
    progress: Progress | None


def create(
    target: str | Path,
    *,
    units: int = UNITS,
    articles: int | None = None,
    today: dt.date | None = None,
    seed: int = 1,
    progress: Progress | None = None,
) -> None:
    """Make a database of example data; a file is there whole or not at all.

    ``progress`` hears how many working days of how many have passed: none while people and
    furniture types are made. What it raises ends the work, and nothing is left of it.
    """
    order = _Order(units, articles or _usual_articles(units), today, seed, progress)
    url = as_url(target)
    if url.get_backend_name() != "sqlite":
        _fill(target, order)
        return
    path = Path(str(url.database))
    refuse_unsafe(path)
    if path.exists():
        raise _taken(path)
    sweep(path)
    # Of its own name: another window may be at work on the same example.
    part = path.with_name(f"{path.name}.part-{uuid.uuid4().hex}")
    try:
        make_private(part)
        _fill(part, order)
        if path.exists():
            raise _taken(path)
        part.rename(path)
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for path in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
        path.unlink(missing_ok=True)


def _fill(target: str | Path, order: _Order) -> None:
    database = OneTransaction(target)
    try:
        _make_ready(database)
        with database.read() as session:
            remembered.keep_alone(session)
        last = order.today or Context(database, SYSTEM).today()
        first_day = months_later(last, -12 * YEARS)
        stage = DemoStage(database, first_day, last, order.units, random.Random(order.seed))
        _play(stage, order)
        database.keep()
    finally:
        database.close()


def _make_ready(database: OneTransaction) -> None:
    """Make the tables; where they are there already, nobody may have used them yet."""
    if migrate.condition(database) is migrate.DatabaseState.EMPTY:
        migrate.migrate(database)
    elif migrate.condition(database) is not migrate.DatabaseState.CURRENT or (
        not first_start.is_needed(Context(database, SYSTEM))
    ):
        raise _taken(opening.identity(Context(database, SYSTEM)))


def _taken(path: str | Path) -> Unavailable:
    return Unavailable(
        N_("There is already a database at {path}. Choose another place."), path=str(path)
    )


def _play(stage: DemoStage, order: _Order) -> None:
    # Only who makes an example needs its story; who logs in to one only asks for the hint.
    from moebelcirkel.demo import favourites as demo_favourites
    from moebelcirkel.demo import life as demo_life
    from moebelcirkel.demo import people as demo_people
    from moebelcirkel.demo import stock as demo_stock
    from moebelcirkel.demo import today as demo_today
    from moebelcirkel.demo.pictures import Easel

    plan = DemoPlan(stage.first_day, stage.today, stage.size)
    if order.progress is not None:
        stage.pulse = functools.partial(order.progress, 0, len(list(plan.days())))
    stage.act("", setup.begin_as_first_version)
    drafts = demo_stock.drawn_up(stage, order.articles)
    with contextlib.closing(Easel(demo_stock.looks(drafts))) as easel:
        people = demo_people.settle(stage)
        kinds = demo_stock.stock_up(stage, drafts, easel)
    demo_favourites.keep(stage, kinds)
    stage.pulse = lambda: None  # from here the days are counted
    warehouse, trade = demo_life.live(stage, plan, people, kinds, order.progress)
    demo_today.happen(stage, warehouse, trade)
    demo_people.close_for_holidays(stage)


def _usual_articles(units: int) -> int:
    return min(_MOST_ARTICLES, max(_FEWEST_ARTICLES, units // 25))
