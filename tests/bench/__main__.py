"""``python3 dev.py bench``: measure, print the table, write build/bench.json.

``--small`` takes a small example for a quick look, ``--units`` and ``--articles`` one of any size,
``--database`` a file that is there already, ``--only`` one part of the bench, and ``--cpu``
measures work instead of waiting.
"""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import moving
from moebelcirkel.storage.engine import Database
from tests import postgres
from tests.bench import (
    copying,
    databases,
    leading_bench,
    running_bench,
    rush,
    searching,
    services_bench,
    settling_bench,
)
from tests.bench.table import Table, bare_python, by_cpu_time, seconds

BUILD = databases.ROOT / "build"
_LARGE, _SMALL = (100_000, 10_000), (3_000, 120)
#: How many times as many pieces are searched as well, and in what time both should answer.
_TIMES_MORE, _SEARCHED, _SEARCHED_MORE = 3, 0.030, 0.060
_PARTS = (
    "search",
    "sqlite",
    "copies",
    "postgres",
    "clients",
    "starts",
    "window",
    "memory",
    "example",
)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--units", type=int)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--only", choices=_PARTS, action="append")
    parser.add_argument("--cpu", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Run the parts asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = _options()
    if options.cpu:
        by_cpu_time()
    parts = options.only or _PARTS
    path, units, articles = _example(options, print)
    table = Table(f"{units} pieces, {articles} types")
    print(f"{table.title}\n{'':58}{'ours':>11} {'':7}{'bare':>10}{'ratio':>9}  wanted")
    table.note("ten million additions by Python itself", 1000 * bare_python(), "ms")
    if "search" in parts:
        _search(table, path)
    if "sqlite" in parts:
        _sqlite(table, path, units)
    if "copies" in parts:
        copying.copies(table, path)
    if "postgres" in parts:
        _postgres(table, path, units)
    if "clients" in parts:
        _clients(table, rush.LASTS / 4 if options.small else rush.LASTS)
    _program(table, path, parts, units)
    table.note("ten million additions, at the end", 1000 * bare_python(), "ms")
    table.write(BUILD / "bench.json")
    return 0


def _example(options: argparse.Namespace, say: Callable[[str], object]) -> tuple[Path, int, int]:
    """The file that is measured on, with its pieces and types."""
    if options.database is not None:
        return databases.taken(BUILD, options.database)
    usual = _SMALL if options.small else _LARGE
    units, articles = options.units or usual[0], options.articles or usual[1]
    return databases.sqlite_file(BUILD, units, articles, say), units, articles


def _program(table: Table, path: Path, parts: Sequence[str], units: int) -> None:
    """What needs Qt, which is imported for it alone."""
    if "starts" in parts:
        from tests.bench import starts

        starts.starts(table, path)
    if "window" in parts:
        from tests.bench import window

        window.run(table, path, databases.copy_of(path))
    if "memory" in parts:
        from tests.bench import memory

        memory.run(table, path, databases.copy_of(path), most=10 * units)
    if "example" in parts:
        databases.made(table, BUILD, min(3_000, units))


def _search(table: Table, path: Path) -> None:
    """On both engines, with as many pieces as the rest and with more."""
    gc.collect()
    gc.freeze()  # as the window does once its pages are loaded
    larger = databases.grown(path, _TIMES_MORE)
    for name, file, limit in (
        ("", path, _SEARCHED),
        (f", {_TIMES_MORE} ×", larger, _SEARCHED_MORE),
    ):
        context = services_bench.opened(file)
        try:
            searching.searches(table, f"SQLite{name}", context, limit)
        finally:
            context.database.close()
        with _cluster() as cluster:
            if cluster is None:
                continue
            context = services_bench.opened(databases.to_postgres(file, cluster))
            try:
                searching.searches(table, f"PostgreSQL{name}", context, limit)
            finally:
                context.database.close()


@contextlib.contextmanager
def _cluster() -> Iterator[postgres.Cluster | None]:
    """A server of the run's own, or none where its programs are not installed."""
    try:
        cluster = postgres.start()
    except postgres.NoPostgres as missing:
        print(missing)
        yield None
        return
    try:
        yield cluster
    finally:
        cluster.stop()


def _sqlite(table: Table, path: Path, units: int) -> None:
    context = services_bench.opened(path)
    written = services_bench.opened(databases.copy_of(path))
    untouched = services_bench.opened(databases.copy_of(path, "untouched"))
    fast = Database(databases.copy_of(path, "fast"), durable=False)
    try:
        services_bench.figures(table, "SQLite", context)
        leading_bench.read(table, "SQLite", context)
        services_bench.batches(table, "SQLite", written, untouched.database)
        # Last, as what the batches write is played again on the same database as it was.
        services_bench.small_writes(table, written.database, fast)
        services_bench.one_piece(table, "SQLite", Context(fast, SYSTEM))
        services_bench.opening_stock(table, "SQLite", written, units)
        settling_bench.settled(table, "SQLite", written)
        leading_bench.write(table, "SQLite", written)
        running_bench.planned(table, "SQLite", written)
    finally:
        for each in (context.database, written.database, untouched.database, fast):
            each.close()


def _postgres(table: Table, path: Path, units: int) -> None:
    with _cluster() as cluster:
        if cluster is None:
            return
        url = _moved(table, path, cluster)
        template = url.rsplit("/", 1)[1]
        copy = cluster.url(cluster.create(template=template))
        context, written = services_bench.opened(url), services_bench.opened(copy)
        try:
            services_bench.figures(table, "PostgreSQL", context)
            leading_bench.read(table, "PostgreSQL", context)
            services_bench.batches(table, "PostgreSQL", written, context.database)
            services_bench.one_piece(table, "PostgreSQL", written)
            services_bench.opening_stock(table, "PostgreSQL", written, units)
            settling_bench.settled(table, "PostgreSQL", written)
            leading_bench.write(table, "PostgreSQL", written)
            running_bench.planned(table, "PostgreSQL", written)
        finally:
            context.database.close()
            written.database.close()


def _moved(table: Table, path: Path, cluster: postgres.Cluster) -> str:
    """The example on the server, beside moving it there proved; answers where it is."""
    urls: list[str] = []
    bare = seconds(lambda: urls.append(databases.to_postgres(path, cluster)))
    target, rows = cluster.url(cluster.create()), 0

    def act() -> None:
        nonlocal rows
        rows = moving.move(str(path), target, lambda *_step: None).rows

    taken = seconds(act)
    table.rate("a file moved to PostgreSQL and compared", rows, taken, 20_000, bare)
    return urls[0]


def _clients(table: Table, lasts: float) -> None:
    try:
        cluster = postgres.start(durable=True)
    except postgres.NoPostgres as missing:
        print(missing)
        return
    try:
        rush.run(table, cluster, lasts)
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
