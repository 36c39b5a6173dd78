"""`moebelcirkel backup PATH`: copy the database while it is in use."""

import argparse

from moebelcirkel.cli.files import refuse_taken
from moebelcirkel.cli.running import target_of
from moebelcirkel.language import _
from moebelcirkel.services.start import opening


def run(options: argparse.Namespace) -> int:
    """Copy a SQLite database; a shared one is backed up by its server."""
    refuse_taken(options.path)
    context = opening.open_unchecked(target_of(options))
    try:
        print(_("The copy lies at {path}").format(path=opening.backup(context, options.path)))
    finally:
        opening.close(context)
    return 0
