"""`moebelcirkel prove`: what a window asks of a process of its own; nobody types it."""

import argparse
import datetime as dt
from pathlib import Path

from moebelcirkel.language import set_language
from moebelcirkel.services.copies import proving


def run(options: argparse.Namespace) -> int:
    """Look into the books of a copy, and write down what was found."""
    set_language(options.language)
    proving.tell(Path(options.copy), Path(options.answer), dt.datetime.fromisoformat(options.now))
    return 0
