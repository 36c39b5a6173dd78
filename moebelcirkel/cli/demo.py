"""`moebelcirkel demo --create PATH`: a database of example data, the same every time."""

import argparse

from moebelcirkel.demo import logins
from moebelcirkel.demo import making as demo
from moebelcirkel.language import _
from moebelcirkel.services.start import opening


def run(options: argparse.Namespace) -> int:
    """Make the database and say how to log in."""
    demo.create(
        options.create,
        units=options.units,
        articles=options.articles,
        today=options.today,
        seed=options.seed,
    )
    print(
        _("The example data lies at {path}").format(path=opening.without_password(options.create))
    )
    print(logins.hint())
    return 0
