"""Running a state machine on either engine, every run on a fresh copy of a migrated database."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from moebelcirkel.storage.engine import Database

#: How the machine that runs now opens and closes its database.
SOURCE: dict[str, Any] = {}


def on_sqlite(machine: type[RuleBasedStateMachine], file: Path, *, steps: int) -> None:
    """As many runs as the profile allows, each on a copy of the file."""

    def open_copy() -> Database:
        folder = Path(tempfile.mkdtemp(dir=file.parent))
        return Database(shutil.copy(file, folder / "run.sqlite"))

    SOURCE.update(open=open_copy, close=Database.close)
    _run(machine, examples=settings().max_examples // 5, steps=steps)


def on_postgresql(machine: type[RuleBasedStateMachine], cluster: Any, *, steps: int) -> None:
    """A few runs, each on a database of its own."""
    from tests.conftest import _migrate

    names: list[str] = []

    def open_copy() -> Database:
        names.append(cluster.create(template=cluster.template("migrated", _migrate)))
        return Database(cluster.url(names[-1]))

    def close(database: Database) -> None:
        database.close()
        cluster.drop(names.pop())

    SOURCE.update(open=open_copy, close=close)
    _run(machine, examples=3, steps=steps)


def _run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None,
        suppress_health_check=checks,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)
