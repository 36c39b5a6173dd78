"""`moebelcirkel move --to URL`: the database file to a PostgreSQL server."""

import argparse
import sys

from moebelcirkel.cli.running import target_of
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services.start import moving


def run(options: argparse.Namespace) -> int:
    """Move the file named, or the one this PC remembers; says that both sides are equal."""
    moved = moving.move(str(options.source or target_of(options)), options.to, _step)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    said = ngettext(
        "{count} row is on the server and equal on both sides.",
        "{count} rows are on the server and equal on both sides.",
        moved.rows,
    )
    print(said.format(count=number(moved.rows)))
    print(_("The file is as it was. Keep it as a copy, and let nobody work in it any more."))
    return 0


def _step(done: int, total: int) -> None:
    """One line that counts, where somebody looks on."""
    if sys.stderr.isatty():
        percent = 100 * done // max(total, 1)
        print(f"\r{percent:3d} %", end="", file=sys.stderr, flush=True)
