"""``python3 dev.py bench``: measure, print the table, write build/bench.json.

``--small`` takes a small example for a quick look, ``--only`` one part of it.
"""

import argparse
import os
import sys
from pathlib import Path

from moebelcirkel.storage.engine import Database
from tests import postgres
from tests.bench import at_once, databases, services_bench
from tests.bench.table import Table

BUILD = databases.ROOT / "build"
_LARGE, _SMALL = (100_000, 10_000), (3_000, 120)
_PARTS = ("sqlite", "postgres", "clients", "starts", "window")


def main() -> int:
    """Run the parts asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", choices=_PARTS, action="append")
    options = parser.parse_args()
    units, articles = _SMALL if options.small else _LARGE
    parts = options.only or _PARTS
    path = databases.sqlite_file(BUILD, units, articles, print)
    table = Table(f"{units} pieces, {articles} types")
    print(f"{table.title}\n{'':58}{'ours':>11} {'':7}{'bare':>10}{'ratio':>9}  wanted")
    if "sqlite" in parts:
        _sqlite(table, path)
    if "postgres" in parts:
        _postgres(table, path)
    if "clients" in parts:
        _clients(table)
    if "starts" in parts:
        from tests.bench import starts

        starts.starts(table, path)
    if "window" in parts:
        from tests.bench import window

        window.run(table, path, databases.copy_of(path))
    table.write(BUILD / "bench.json")
    return 0


def _sqlite(table: Table, path: Path) -> None:
    context = services_bench.opened(path)
    written = services_bench.opened(databases.copy_of(path))
    untouched = services_bench.opened(databases.copy_of(path, "untouched"))
    fast = Database(databases.copy_of(path, "fast"), durable=False)
    try:
        services_bench.searches(table, "SQLite", context)
        services_bench.figures(table, "SQLite", context)
        services_bench.small_writes(table, written.database, fast)
        services_bench.batches(table, "SQLite", written, untouched.database)
    finally:
        for each in (context.database, written.database, untouched.database, fast):
            each.close()


def _postgres(table: Table, path: Path) -> None:
    try:
        cluster = postgres.start()
    except postgres.NoPostgres as missing:
        print(missing)
        return
    try:
        url = databases.to_postgres(path, cluster)
        template = url.rsplit("/", 1)[1]
        copy = cluster.url(cluster.create(template=template))
        context, written = services_bench.opened(url), services_bench.opened(copy)
        try:
            services_bench.searches(table, "PostgreSQL", context)
            services_bench.figures(table, "PostgreSQL", context)
            services_bench.batches(table, "PostgreSQL", written, context.database)
        finally:
            context.database.close()
            written.database.close()
    finally:
        cluster.stop()


def _clients(table: Table) -> None:
    try:
        cluster = postgres.start(durable=True)
    except postgres.NoPostgres as missing:
        print(missing)
        return
    try:
        at_once.orders_at_once(table, cluster)
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
