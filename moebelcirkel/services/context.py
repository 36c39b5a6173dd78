"""What every service is called with: the database, who asks, the clock, and the request's id."""

import contextlib
import datetime as dt
import functools
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, ParamSpec, overload

from moebelcirkel.domain.check import IMPOSSIBLE, Findings
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.roles import Action, Grant, allows, institutions
from moebelcirkel.storage import messages as messages  # tells people of every change
from moebelcirkel.storage import want_serving
from moebelcirkel.storage import work as storage_work
from moebelcirkel.storage.done import Done, DoneT
from moebelcirkel.storage.done import Pieces as Pieces
from moebelcirkel.storage.done import Saved as Saved
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.faults import StatementEnded, ended_by_the_server
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.work import ZONE, Request, Session, Work

#: What comes of a write by itself.
_FOLLOWERS = (want_serving.FOLLOWER,)
P = ParamSpec("P")
Body = Callable[Concatenate[Work, P], DoneT]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. ``grants`` of ``None`` is the system itself: start-up, migration, repair."""

    user_id: int | None
    name: str
    grants: frozenset[Grant] | None
    login: str = ""
    #: The person's version and the last change when logging in, to tell what has changed since.
    version: int | None = field(default=None, compare=False)
    since: int | None = field(default=None, compare=False)


SYSTEM = Actor(None, "Møbelcirklen", None)


class Lane:
    """Where a reader runs, so that its statement can be stopped from another thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._running: Any = None
        self.stopped = False

    @contextlib.contextmanager
    def runs(self, session: Session) -> Iterator[None]:
        """Remember the driver's connection while a read lasts."""
        driver = session.connection().connection.dbapi_connection
        with self._guard:
            self._running = driver
        try:
            yield
        finally:
            with self._guard:
                self._running = None

    def interrupt(self) -> None:
        """Stop the statement that runs now, if any; the connection stays usable."""
        with self._guard:
            self.stopped = True
            if isinstance(self._running, sqlite3.Connection):
                self._running.interrupt()
            elif self._running is not None:
                self._running.cancel_safe(timeout=1.0)


@dataclass(frozen=True)
class Context:
    """One asker on one database. Cheap to derive: a page's job gets its own.

    ``clock`` is given by the example data and by tests; else the database's own decides.
    """

    database: Database
    actor: Actor
    session: str = field(default_factory=lambda: uuid.uuid4().hex)
    clock: Callable[[], dt.datetime] | None = None
    request_id: str | None = None
    lane: Lane = field(default_factory=Lane)

    def now(self) -> dt.datetime:
        """The moment, aware, in UTC."""
        return self.clock() if self.clock else self.database.now()

    def today(self) -> dt.date:
        """The date in the municipality's zone."""
        return self.now().astimezone(ZONE).date()

    def as_actor(self, actor: Actor) -> "Context":
        """The same database for someone else."""
        return replace(self, actor=actor)

    def with_request(self, request_id: str) -> "Context":
        """The same asker with a fixed request id, so that a retry never acts twice."""
        return replace(self, request_id=request_id)

    def interrupt(self) -> None:
        """Stop what this context reads right now."""
        self.lane.interrupt()

    def allows(self, action: Action, institution_id: int | None = None) -> bool:
        """Tell whether the actor may, by the roles loaded at log-in."""
        grants = self.actor.grants
        return grants is None or allows(grants, action, institution_id)

    def require(self, action: Action, institution_id: int | None = None) -> None:
        """Refuse unless the actor may."""
        if not self.allows(action, institution_id):
            raise storage_work.not_allowed()

    def require_role(self) -> None:
        """Refuse somebody without any role: what is open to all is open to those at work here."""
        if self.actor.grants is not None and not self.actor.grants:
            raise storage_work.not_allowed()

    def reach(self, action: Action) -> frozenset[int] | None:
        """The institutions the action reaches; ``None`` means all."""
        grants = self.actor.grants
        return None if grants is None else institutions(grants, action)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot that can be interrupted."""
        with self._ended(), self.database.read() as session, self.lane.runs(session):
            yield session

    @contextlib.contextmanager
    def _ended(self) -> Iterator[None]:
        """What a server ended by itself is tried again by hand; what cannot be read is named."""
        try:
            yield
        except StatementEnded as error:
            if self.lane.stopped:
                raise
            raise ended_by_the_server() from error
        except IMPOSSIBLE as error:
            # Rows that no service can use are no fault of the program, and are said as they are.
            if (refused := self.spoiled()) is not None:
                raise refused from error
            raise

    def spoiled(self) -> Refused | None:
        """What to say of rows that were changed past the program; None where all can be used."""
        from moebelcirkel.services.check import spoiled  # it reads by a context itself

        with self.database.read() as session:
            return spoiled.refusal(session, Findings(self.now()))

    def parameter(self, key: str) -> Value:
        """A setting of the municipality."""
        with self.read() as session:
            return storage_work.load_parameter(session, key)

    @overload
    def write(
        self,
        kind: str,
        action: Action | None,
        body: Callable[[Work], DoneT],
        *,
        reverses_id: int | None = None,
    ) -> DoneT: ...

    @overload
    def write(
        self,
        kind: str,
        action: Action | None,
        body: Callable[[Work], None],
        *,
        reverses_id: int | None = None,
    ) -> Done: ...

    def write(
        self,
        kind: str,
        action: Action | None,
        body: Callable[[Work], Done | None],
        *,
        reverses_id: int | None = None,
    ) -> Done:
        """Run one change; see ``storage.work.perform``."""
        request = Request(
            self.request_id or uuid.uuid4().hex,
            self.actor.user_id,
            self.session,
            now=self.clock() if self.clock else None,
            version=self.actor.version,
            since=self.actor.since,
        )
        if self.actor.grants is not None and self.actor.user_id is None:
            raise storage_work.not_allowed()
        with self._ended():
            return storage_work.perform(
                self.database,
                request,
                kind,
                action,
                body,
                reverses_id=reverses_id,
                followers=_FOLLOWERS,
            )


def writes(
    kind: str, action: Action | None, way: Kind | None = None
) -> Callable[[Body[P, DoneT]], Callable[Concatenate[Context, P], DoneT]]:
    """Make a function over a unit of work into a service: role, change and events around it.

    ``way`` is said of a kind that is not undone by its events with the same right.
    """
    declare(kind, replace(way or Kind(), right=action, others=(way and way.others) or action))

    def decorate(body: Body[P, DoneT]) -> Callable[Concatenate[Context, P], DoneT]:
        @functools.wraps(body)
        def call(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> DoneT:
            # Wrapped, so that it still says what it answers.
            run = functools.wraps(body)(lambda work: body(work, *args, **kwargs))
            return context.write(kind, action, run)

        return call

    return decorate
