"""`moebelcirkel doctor FILE.zip`: a file for whoever helps from afar, without personal data."""

import argparse

from moebelcirkel import settings
from moebelcirkel.cli.files import new_file
from moebelcirkel.language import _
from moebelcirkel.services.start import doctor


def run(options: argparse.Namespace) -> int:
    """Write it; also where the database cannot be opened, and where none is known."""
    target = options.database or settings.Settings().get(settings.DATABASE)
    with new_file(options.path) as keep:
        keep(doctor.support_file(str(target) if target else None))
    print(
        _("The support file lies at {path}. It holds nothing about people.").format(
            path=options.path
        )
    )
    return 0
