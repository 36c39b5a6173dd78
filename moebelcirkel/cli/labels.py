"""`moebelcirkel labels NUMBER… --out FILE.pdf`: labels for furniture by number."""

import argparse

from moebelcirkel.cli.files import new_file
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services import labels
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Write a sheet of labels."""
    if options.out.suffix.lower() != ".pdf":
        raise Refused(N_("{name} must end in .pdf."), name=options.out.name)
    with new_file(options.out) as keep:
        keep(labels.sheet_by_numbers(context, options.numbers, options.start))
    return 0
