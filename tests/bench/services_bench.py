"""The services on the large example, each beside the bare driver doing the same statements."""

import datetime as dt
import statistics
from collections.abc import Callable
from dataclasses import replace

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.domain.answers import Answer
from moebelcirkel.language import set_language
from moebelcirkel.services import (
    articles,
    changes,
    imports,
    intake,
    overview,
    places,
    reports,
    shop,
    stock,
    wants,
)
from moebelcirkel.services.context import SYSTEM, Actor, Context
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.services.start import login
from moebelcirkel.storage.engine import Database
from tests.bench.table import Table, median, seconds
from tests.bench.tape import Tape

_BATCH = 5_000
_IMPORTED = 10_000
_OPENING = 100_000
_SMALL_WRITES = 50
#: As many as a municipality had open at a time.
_WANTS = 300


def person(context: Context, name: str) -> Actor:
    """Somebody of the example, logged in."""
    return login.log_in(replace(context, actor=SYSTEM), name, demo_logins.PASSWORD)


def opened(target: object) -> Context:
    """The program itself on a database, in its usual language."""
    set_language("da")
    return Context(Database(str(target)), SYSTEM)


def figures(table: Table, engine: str, context: Context) -> None:
    """A year's key figures, report data and paper."""
    controller = context.as_actor(person(context, "oekonomi"))
    end = context.today()
    start = end.replace(year=end.year - 1) + dt.timedelta(days=1)
    _beside(
        table.most,
        f"{engine}: key figures of a year",
        1.0,
        context,
        lambda: overview.key_figures(controller, start, end),
    )
    _beside(
        table.most,
        f"{engine}: a year report's data",
        0.5,
        context,
        lambda: reports.preview(controller, start, end),
    )
    whole = median(lambda: reports.draft(controller, start, end), 3)
    table.most(f"{engine}: a year report's PDF, its data and all", whole, 3.0)
    _beside(
        table.most,
        f"{engine}: Excel of a year's lines",
        5.0,
        context,
        lambda: report_sheets.workbook(controller, start, end),
    )


def _beside(
    add: Callable[..., None], name: str, limit: float, context: Context, act: Callable[[], object]
) -> None:
    ours = median(act, 3)
    tape = Tape()
    tape.record(context.database.engine, act)
    bare = statistics.median(tape.play(context.database.engine) for _time in range(3))
    add(name, ours, limit, bare)


def batches(table: Table, engine: str, context: Context, untouched: Database) -> None:
    """One batch of 5,000 pieces, then 10,000 types from a file.

    The bare driver writes the same rows into ``untouched``, which is the same database before.
    """
    warehouse = context.as_actor(person(context, "lager"))
    article = articles.suggest(warehouse, "kontorstol")[0].id
    place = places.choices(warehouse)[0].id
    batch = intake.Batch(
        parts=[intake.Part("B", _BATCH, "shelf", place)],
        article_id=article,
        giver_id=intake.givers(warehouse)[0].id,
    )
    tape = Tape()
    taken = _recorded(tape, context, lambda: intake.register(warehouse, batch))
    table.rate(
        f"{engine}: intake of {_BATCH} pieces",
        _BATCH,
        taken,
        5_000,
        tape.play(untouched.engine, keep=True),
    )
    admin = context.as_actor(person(context, "admin"))
    source = imports.read(catalogue(_IMPORTED), "katalog.csv")
    choices = import_choices(admin, source)
    tape = Tape()
    taken = _recorded(tape, context, lambda: imports.run(admin, source, choices))
    table.rate(
        f"{engine}: import of {_IMPORTED} types",
        _IMPORTED,
        taken,
        9_600,
        tape.play(untouched.engine, keep=True),
    )


def opening_stock(table: Table, engine: str, context: Context, units: int) -> None:
    """A list of as many pieces as there are, with old numbers, read, checked and taken in."""
    count = min(_OPENING, units)
    limit = 60.0 * count / _OPENING
    admin = context.as_actor(person(context, "admin"))
    place = places.choices(admin)[0].code

    done: list[int] = []

    def act() -> None:
        source = imports.read(pieces(count, place), "lager.csv")
        found = imports.suggest_records(admin, imports.PIECES, source)
        done.append(imports.run_records(admin, imports.PIECES, source, found).change_id or 0)

    table.most(f"{engine}: import of {count} pieces", seconds(act), limit)
    undone = seconds(lambda: changes.undo(admin, done[0]))
    table.most(f"{engine}: that import undone", undone, limit)


def pieces(lines: int, place: str) -> bytes:
    """A list of furniture as a file."""
    kinds = ("Kontorstol", "Hæve-sænkebord", "Bogreol", "Lænestol", "Jalousiskab")
    rows = [
        f"INV{number:06d};{kinds[number % 5]} {number % 2_000};{'ABCD'[number % 4]};{place}"
        for number in range(lines)
    ]
    return "\r\n".join(["Inventarnr;Møbel;Stand;Placering", *rows]).encode("cp1252")


def import_choices(context: Context, source: imports.Source) -> imports.ImportChoices:
    """What is suggested, and where the prices are from."""
    found = imports.suggest(context, source)
    return replace(found, basis=replace(found.basis, price_source="Katalog 2026"))


def small_writes(table: Table, durable: Database, fast: Database) -> None:
    """What a click waits for: one change that is on the drive, beside one that may be lost."""
    taken = [_small_write(database) for database in (durable, fast)]
    table.most("SQLite: one small write, kept through a power cut", taken[0], 0.100, taken[1])


def one_piece(table: Table, engine: str, context: Context) -> None:
    """One piece received and put on sale by two services, and again beside many open wants."""
    warehouse = context.as_actor(person(context, "lager"))
    batch = intake.Batch(
        parts=[intake.Part("B", 1, "shelf", places.choices(warehouse)[0].id)],
        article_id=articles.suggest(warehouse, "kontorstol")[0].id,
        giver_id=intake.givers(warehouse)[0].id,
    )

    def act() -> None:
        stock.put_on_sale(warehouse, intake.register(warehouse, batch).unit_ids)

    taken = median(act, _SMALL_WRITES)
    name = f"{engine}: one piece received and put on sale"
    table.most(name, taken, 0.0045)
    other = articles.suggest(warehouse, "bord")[0].id
    _ask_for_much(context.as_actor(person(context, "leder")), other)
    table.most(f"{name}, {_WANTS} wants open", median(act, _SMALL_WRITES), 0.0055)


def _ask_for_much(leader: Context, article_id: int) -> None:
    """Open wants that nothing answers: by words alone, of a category, and of a type."""
    home = shop.institutions(leader)[0].id
    form = wants.WantForm(leader.today() + dt.timedelta(days=90), Answer.YES)
    asked = (form, replace(form, category_key="whiteboard"), replace(form, article_id=article_id))
    for number in range(_WANTS):
        words = f"trampolin {number % 50} cm"
        wants.create(leader, home, replace(asked[number % len(asked)], words=words))


def _small_write(database: Database) -> float:
    context = Context(database, SYSTEM)
    codes = iter(range(10_000))

    def write() -> None:
        places.save(context, places.PlaceForm(f"9-{next(codes):04d}-B"))

    return median(write, _SMALL_WRITES)


def _recorded(tape: Tape, context: Context, act: Callable[[], object]) -> float:
    taken = 0.0

    def timed() -> None:
        nonlocal taken
        taken = seconds(act)

    tape.record(context.database.engine, timed)
    return taken


def catalogue(lines: int) -> bytes:
    """A supplier's list as a file."""
    head = "Varenummer;Navn;Kategori;Bredde cm;Dybde cm;Højde cm;Farve;Nypris;Prisdato"
    kinds = ("Kontorstol", "Hæve-sænkebord", "Bogreol", "Lænestol", "Jalousiskab")
    rows = [
        f"B{number:06d};{kinds[number % 5]} Bench {number};{kinds[number % 5]};"
        f"{60 + number % 100};{40 + number % 40};{70 + number % 90};Grå;{1500 + number % 900},50;"
        f"01-02-2026"
        for number in range(lines)
    ]
    return "\r\n".join([head, *rows]).encode("cp1252")
