"""The books of a copy, checked as `moebelcirkel check` does."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from moebelcirkel import services
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage import migrate
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import Condition


class Prover:
    """Tells how much is wrong in a file, and remembers what was wrong first.

    One of another version of the program is not looked into: ``None``.
    """

    def __init__(self, now: Callable[[], dt.datetime], step: Callable[[], object]) -> None:
        self._now = now
        self._step = step
        self.first = ""

    def __call__(self, target: Path | str) -> int | None:
        database = Database(target)
        try:
            if migrate.condition(database) is not Condition.CURRENT:
                return None
            own = Context(database, SYSTEM, clock=self._now)
            report = services.check.run(own, lambda _done, _parts: self._step())
        finally:
            database.close()
        if report.findings:
            self.first = services.check.text(report.findings[0])
        return len(report.findings) + report.more
