"""Running a state machine on either engine, every run on a fresh copy of a migrated database."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import ColumnElement, event, select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes
from moebelcirkel.services.context import SYSTEM, Context, Done
from moebelcirkel.storage.engine import Database
from tests import templates, trade
from tests.clock import Clock
from tests.world import World, build


def _told(value: Any) -> Any:
    """What tells whether something of a machine has changed: a list of it only grows or shrinks."""
    if isinstance(value, dict | set):
        return value.copy()
    return len(value) if isinstance(value, list) else value


#: How the machine that runs now opens and closes its database.
SOURCE: dict[str, Any] = {}


class Machine(RuleBasedStateMachine):
    """A small municipality of its own for each run, and what was done there and may be undone."""

    @initialize()
    def open(self) -> None:
        """Nothing has happened yet."""
        self.clock = Clock()
        self.database: Database = SOURCE["open"]()
        self.kept = 0
        event.listen(self.database.engine, "commit", self._count)
        self.world: World = build(Context(self.database, SYSTEM, clock=self.clock))
        self.context = self.world.context
        self.done: list[tuple[Context, int]] = []

    def _count(self, _connection: Any) -> None:
        self.kept += 1

    def check_invariants(self, *given: Any, **more: Any) -> None:
        """Asked again when something can be otherwise: in the database, in time or counted here.

        A step that was refused has kept nothing, so what held before it holds after it.
        """
        seen = self._seen()
        if seen != getattr(self, "seen", None):
            super().check_invariants(*given, **more)
            if not self._initialize_rules_to_run:
                self.seen = seen

    def _seen(self) -> dict[str, Any] | None:
        """How often something was kept, when it is, and what the machine itself has counted."""
        if not hasattr(self, "context"):
            return None
        known = {name: _told(value) for name, value in vars(self).items() if name != "seen"}
        return known | {"now": self.clock()}

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "database"):
            SOURCE["close"](self.database)

    def attempt(self, who: Context, call: Any, *args: Any, **more: Any) -> Done | None:
        """Do it, unless a rule says no; what was done may be undone later."""
        with contextlib.suppress(Refused):
            done: Done = call(who, *args, **more)
            assert done.change_id is not None
            self.done.append((who, done.change_id))
            return done
        return None

    def some(self, number: int, model: type[Any], condition: ColumnElement[bool]) -> Any | None:
        """One of the rows, if there are any."""
        found = trade.rows(self.context, select(model).where(condition).order_by(model.id))
        return found[number % len(found)] if found else None

    @rule(number=st.integers(0, 9))
    def undo(self, number: int) -> None:
        """Take one of the latest changes back, where nothing rests on it."""
        if not self.done:
            return
        who, change_id = self.done[-1 - number % min(4, len(self.done))]
        with contextlib.suppress(Refused):
            changes.undo(who, change_id)
            self.done.remove((who, change_id))


def on_sqlite(machine: type[Machine], folder: Path, *, steps: int) -> None:
    """As many runs as the profile allows, each on a file of its own in the folder."""

    def open_copy() -> Database:
        own = Path(tempfile.mkdtemp(dir=folder))
        return Database(shutil.copy(templates.in_file("world"), own / "run.sqlite"), durable=False)

    SOURCE.update(open=open_copy, close=Database.close)
    _run(machine, examples=settings().max_examples // 5, steps=steps)


def on_postgresql(machine: type[Machine], cluster: Any, *, steps: int) -> None:
    """A few runs, each on a database of its own."""
    names: list[str] = []

    def open_copy() -> Database:
        names.append(cluster.create(template=templates.in_cluster(cluster, "world")))
        return Database(cluster.url(names[-1]))

    def close(database: Database) -> None:
        database.close()
        cluster.drop(names.pop())

    SOURCE.update(open=open_copy, close=close)
    _run(machine, examples=3, steps=steps)


def _run(machine: type[Machine], *, examples: int, steps: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=checks,
    )
    run_state_machine_as_test(machine, settings=chosen)
