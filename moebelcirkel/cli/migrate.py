"""`moebelcirkel migrate`: bring the database up to date, or set an empty shared one up."""

import argparse

from moebelcirkel.cli.running import target_of
from moebelcirkel.language import _
from moebelcirkel.services.start import opening


def run(options: argparse.Namespace) -> int:
    """Update the schema; a SQLite file is copied first."""
    context = opening.open_unchecked(target_of(options))
    try:
        copy = opening.update(context)
        indexed = opening.renew_search(context)
    finally:
        opening.close(context)
    if copy is not None:
        print(_("A copy from before the update lies at {path}").format(path=copy))
    if not indexed:
        print(_("Searching reads every text: the database may not have pg_trgm or FTS5."))
    print(_("The database is up to date."))
    return 0
