"""What a check of the books finds, bounded so that a ruined database does not fill memory."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

MOST = 500
#: What a value that cannot be right may end in, wherever it is met.
IMPOSSIBLE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: an English msgid with its values."""

    message: str
    values: dict[str, Any]


class Findings:
    """Collects findings, and counts what was looked at."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.found: list[Finding] = []
        self.more = 0
        self.counts: Counter[str] = Counter()

    def add(self, message: str, **values: object) -> None:
        """Note one; after the first 500 they are only counted."""
        if len(self.found) < MOST:
            self.found.append(Finding(message, values))
        else:
            self.more += 1
