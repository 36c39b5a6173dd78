"""`moebelcirkel labels NUMBER… --out FILE.pdf`: labels for furniture by number."""

import argparse

from moebelcirkel.cli.files import write_new
from moebelcirkel.services import labels
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Write a sheet of labels."""
    write_new(options.out, labels.sheet_by_numbers(context, options.numbers, options.start))
    return 0
