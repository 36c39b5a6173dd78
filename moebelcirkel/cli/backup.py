"""`moebelcirkel backup [PATH]`: a proved copy of the database while it is in use."""

import argparse

from moebelcirkel.cli.files import refuse_taken
from moebelcirkel.cli.running import target_of
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import copies
from moebelcirkel.services.start import opening


def run(options: argparse.Namespace) -> int:
    """Copy into one file, or as the window does by itself; 1 when the books have faults."""
    if options.path is not None:
        refuse_taken(options.path)
    context = opening.open_unchecked(target_of(options))
    try:
        if options.path is None:
            copy = copies.take(context)
            path, flawed = copy.path, copy.facts.flawed
        else:
            path, flawed = options.path, copies.take_file(context, options.path) or 0
    finally:
        opening.close(context)
    print(_("The copy lies at {path}").format(path=path))
    if flawed:
        found = ngettext("{count} thing is wrong", "{count} things are wrong", flawed)
        print(found.format(count=number(flawed)))
    return 1 if flawed else 0
