"""The books of a copy, checked as `moebelcirkel check` does."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

from moebelcirkel import language, services
from moebelcirkel.domain.errors import Interrupted
from moebelcirkel.services import apart
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage import migrate
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import DatabaseState


class Prover:
    """Tells how much is wrong in a file, and remembers what was wrong first.

    One of another version of the program is not looked into: ``None``. ``apart`` it is done by a
    process of its own, as all that is read once would stay in the memory of a window.
    """

    def __init__(
        self, now: Callable[[], dt.datetime], step: Callable[[], object], *, apart: bool = False
    ) -> None:
        self._now = now
        self._step = step
        self._apart = apart
        self.first = ""

    def __call__(self, target: Path | str) -> int | None:
        told = self._ask(Path(target)) if self._apart else None
        if told is None:
            return self._look(target)
        self.first = told["first"]
        flawed: int | None = told["flawed"]
        return flawed

    def _ask(self, target: Path) -> dict[str, Any] | None:
        """What a process of its own found; none where it could not answer."""
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "answer.json"
            asked = [target, answer, self._now().isoformat(), language.current_language()]
            try:
                self._await(apart.start("prove", *map(str, asked)))
                told: dict[str, Any] = json.loads(answer.read_text("utf-8"))
            except (OSError, ValueError):
                return None
        return told

    def _await(self, child: Popen[bytes]) -> None:
        with child:
            try:
                apart.attend(child, self._step)
            except BaseException:
                child.kill()
                raise

    def _look(self, target: Path | str) -> int | None:
        database = Database(target)
        try:
            if migrate.condition(database) is not DatabaseState.CURRENT:
                return None
            own = Context(database, SYSTEM, clock=self._now)
            report = services.check.run(own, lambda _done, _parts: self._step())
        finally:
            database.close()
        if report.findings:
            self.first = services.check.text(report.findings[0])
        return len(report.findings) + report.more


def tell(target: Path, answer: Path, now: dt.datetime) -> None:
    """What the process of its own does: look into the file, and write down what it found."""
    parent = os.getppid()

    def step() -> None:
        if os.getppid() != parent:  # nobody waits for the answer any more
            raise Interrupted

    prover = Prover(lambda: now, step)
    flawed = prover(target)
    answer.write_text(json.dumps({"flawed": flawed, "first": prover.first}), "utf-8")
