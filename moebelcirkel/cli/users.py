"""`moebelcirkel user reset-password NAME`: a one-time password for someone who lost theirs."""

import argparse
import sys

from moebelcirkel.language import _
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import login


def run(options: argparse.Namespace, context: Context) -> int:
    """Print the one-time password; nothing else goes to stdout, so a script can take it."""
    print(login.reset_password(context, options.name))
    note = _("This password works once: whoever logs in with it chooses a new one at once.")
    print(note, file=sys.stderr)
    return 0
