"""The stage of the example data: one clock that moves on, people who act, one transaction.

Everything that happens is a call of the services themselves, in somebody's name.
"""

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec

from moebelcirkel import paths
from moebelcirkel.domain.roles import Grant
from moebelcirkel.services import changes
from moebelcirkel.services.context import SYSTEM, Actor, Context, Done, DoneT
from moebelcirkel.storage.engine import OneTransaction
from moebelcirkel.storage.work import ZONE

P = ParamSpec("P")

#: So often what has been written so far is put down, where a half-filled file is harmless.
_KEEP_EVERY = 2_000
_PAUSE = dt.timedelta(seconds=7)


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the lists that ship with the program."""
    path = paths.database_files("demo", f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@dataclass
class DemoStage:
    """Who acts when; every change has a request id of its own that is the same in every run."""

    database: OneTransaction
    first_day: dt.date
    today: dt.date
    units: int
    chance: random.Random
    people: dict[str, Actor] = field(default_factory=dict)
    pulse: Callable[[], object] = lambda: None
    """Called before each act; what it raises ends the play."""
    _moment: dt.datetime = field(init=False)
    _calls: int = 0

    def __post_init__(self) -> None:
        self._moment = _at(self.first_day, 7, 0)

    @property
    def size(self) -> float:
        """How many times as large as the usual example."""
        return self.units / 3_000

    @property
    def batch_factor(self) -> float:
        """Larger houses have larger batches and orders rather than only more of them."""
        return float(min(8.0, max(1.0, self.size**0.75)))

    @property
    def day(self) -> dt.date:
        """The day it is on stage."""
        return self._moment.astimezone(ZONE).date()

    def move_to(self, day: dt.date, hour: int, minute: int = 0) -> None:
        """Move the clock on; it never goes back."""
        self._moment = max(self._moment, _at(day, hour, minute))

    def engage(self, login: str, user_id: int, name: str, grants: Iterable[Grant]) -> None:
        """Let a person act under the login."""
        self.people[login] = Actor(user_id, name, frozenset(grants), login)

    def context(self, login: str = "") -> Context:
        """What a service is called with; without a login the program itself asks."""
        actor = self.people[login] if login else SYSTEM
        self._calls += 1
        moment = self._moment
        return Context(
            self.database,
            actor,
            session=f"demo-{login}",
            clock=lambda: moment,
            request_id=f"demo-{self._calls:08d}",
        )

    def act(
        self,
        login: str,
        service: Callable[Concatenate[Context, P], DoneT],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> DoneT:
        """Let somebody do something, and the clock go on a little."""
        self.pulse()
        done = service(self.context(login), *args, **kwargs)
        self._moment += _PAUSE
        if self.database.is_sqlite and self._calls % _KEEP_EVERY == 0:
            self.database.keep()
        return done

    def undo(self, login: str, done: Done) -> None:
        """Let somebody take back what was done."""
        assert done.change_id is not None
        self.act(login, changes.undo, done.change_id)


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    local = dt.datetime.combine(day, dt.time(hour, minute), ZONE)
    return local.astimezone(dt.UTC)
