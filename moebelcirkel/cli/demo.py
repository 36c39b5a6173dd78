"""`moebelcirkel demo --create PATH`: a database of example data, the same every time."""

import argparse
from pathlib import Path

from moebelcirkel.language import _
from moebelcirkel.services import demo


def run(options: argparse.Namespace) -> int:
    """Make the database and say how to log in."""
    demo.create(
        options.create,
        units=options.units,
        articles=options.articles,
        today=options.today,
        seed=options.seed,
    )
    print(_("The example data lies at {path}").format(path=Path(options.create)))
    print(demo.hint())
    return 0
