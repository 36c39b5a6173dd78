"""`moebelcirkel shop export --out FILE`: what is on sale, for a system that shows it beside new."""

import argparse

from moebelcirkel.cli.files import refuse_taken
from moebelcirkel.language import _
from moebelcirkel.services import shop
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Write the file and its pictures, and say how much it is."""
    refuse_taken(options.out)
    done = shop.export(context, options.out)
    said = _("The shop was exported: {cards} kinds, {units} pieces and {pictures} pictures")
    print(said.format(cards=done.cards, units=done.units, pictures=done.pictures))
    return 0
