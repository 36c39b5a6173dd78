"""`moebelcirkel prove`: what a window asks of a process of its own; nobody types it."""

import argparse
import contextlib
import datetime as dt
from pathlib import Path

from moebelcirkel.domain.errors import Interrupted
from moebelcirkel.language import set_language
from moebelcirkel.services.copies import proving


def run(options: argparse.Namespace) -> int:
    """Look into the books of a copy, and write down what was found, while somebody waits for it."""
    set_language(options.language)
    with contextlib.suppress(Interrupted):
        proving.tell(
            Path(options.copy), Path(options.answer), dt.datetime.fromisoformat(options.now)
        )
    return 0
