"""The unit of work: one change, its events and its rows kept together or not at all."""

import datetime as dt
import functools
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Exists, Text, bindparam, cast, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper, object_session
from sqlalchemy.orm import Session as Session

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.parameters import PARAMETERS, Value
from moebelcirkel.domain.roles import Action, Grant, allows
from moebelcirkel.storage import (
    beginning,
    chain,
    collisions,
    derived,
    numbering,
    search_index,
    session_rows,
    texts,
)
from moebelcirkel.storage.beginning import Request as Request
from moebelcirkel.storage.beginning import load_grants as load_grants
from moebelcirkel.storage.done import Done, DoneT, again, answer_of, told
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import Recorder, Touched
from moebelcirkel.storage.rows import Ready, Rows, put_in
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.parameters import ParameterRow
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.repairs import Repairer
from moebelcirkel.storage.tables.runs import Vehicle
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.touched import ZONE as ZONE
from moebelcirkel.storage.touched import gone as gone
from moebelcirkel.storage.touched import not_allowed as not_allowed
from moebelcirkel.storage.touched import stale as stale

#: Below SQLite's limit of bound values and small enough for a plan to be reused.
CHUNK = 500
#: Where a session keeps the settings it has read.
_PARAMETERS = "parameters"

RowT = TypeVar("RowT", bound=Base)
#: What is chosen from a list and may be made inactive.
ChosenT = TypeVar("ChosenT", Place, TaskTypeRow, HourRate, Institution, Article, Vehicle, Repairer)
KeyT = TypeVar("KeyT", int, str)


@dataclass(frozen=True, slots=True)
class Follower:
    """A change that follows others by itself, in the same transaction and the same name.

    After a change of rows of the kinds in ``after``, ``plan`` is asked with the moment and what
    that change touched what to do; it answers ``None`` where there is nothing. It is not asked
    unless something ``waits``, or the change was one of rows ``of`` which that is told.
    """

    kind: str
    after: frozenset[str]
    waits: Exists
    of: str
    plan: "Callable[[Session, dt.datetime, Touched], Callable[[Work], Done] | None]"


@dataclass
class Work:
    """One write in progress. Rows come from ``session``; their events are noted by themselves."""

    session: Session
    change_id: int
    actor_id: int | None
    now: dt.datetime
    grants: frozenset[Grant] | None
    recorder: Recorder
    _parameters: dict[str, Value] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The date in the municipality's zone."""
        return self.now.astimezone(ZONE).date()

    def allows(self, action: Action, institution_id: int | None = None) -> bool:
        """Tell whether the actor may; the system itself (no grants) may everything."""
        return self.grants is None or allows(self.grants, action, institution_id)

    def require(self, action: Action, institution_id: int | None = None) -> None:
        """Refuse unless the actor may."""
        if not self.allows(action, institution_id):
            raise not_allowed()

    def refuse_unchanged(self) -> None:
        """Refuse where everything is as it was: an empty change tells nobody anything."""
        self.session.flush()
        if not self.recorder.kinds:
            raise Refused(N_("There is nothing to correct: it is so already."))

    def parameter(self, key: str) -> Value:
        """A setting of the municipality, or its declared default."""
        if key not in self._parameters:
            self._parameters[key] = load_parameter(self.session, key)
        return self._parameters[key]

    def get(self, model: type[RowT], key: object, version: int | None = None) -> RowT:
        """One row; ``Stale`` when it is gone or newer than the version shown."""
        row = session_rows.one(self.session, model, key)
        if row is None:
            raise gone()
        if version is not None and getattr(row, "version", version) != version:
            raise stale(self.session, model.__tablename__, key)
        return row

    def stands(self, model: type[ChosenT], key: int, *, active: bool = False) -> bool:
        """Whether there is such a row, and whether it is in use where it must be."""
        self.session.flush()
        found = session_rows.asked_before(self.session, _in_use(model), {"id": key})
        return bool(found) and (not active or bool(found[0][0]))

    def expect(
        self, chosen: Iterable[tuple[type[Base], int]], read: Mapping[type[Base], int]
    ) -> None:
        """Ask together what is asked next: what stands, rows that are read, and the settings."""
        for model, key in chosen:
            session_rows.ask_before(self.session, _in_use(model), {"id": key})
        for each, key in read.items():
            session_rows.expect(self.session, each, key)
        expect_parameters(self.session)

    def choose(self, model: type[ChosenT], key: int) -> ChosenT:
        """A row that somebody chose; one that was made inactive since it was shown is refused."""
        row = self.get(model, key)
        if not row.active:
            raise Refused(
                N_("“{name}” is no longer in use. Choose another."),
                name=getattr(row, "code", row.name),
            )
        return row

    def rows(self, model: type[RowT], keys: Iterable[int]) -> list[RowT]:
        """Rows by id, in the order of their ids; ``Stale`` when one is gone."""
        wanted = sorted(set(keys))
        found: list[RowT] = []
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            found.extend(session_rows.some(self.session, model, part))
        if len(found) != len(wanted):
            raise gone()
        return found

    def next_number(self, name: str, count: int = 1) -> int:
        """Take ``count`` numbers of a series and return the first; they are never used again."""
        self.session.flush()
        return numbering.take(self.session.connection(), name, count)

    def bulk_insert(self, model: type[Base], rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Insert many alike rows fast, with their events; returns their ids in order."""
        if not rows:
            return []
        connection = self.session.connection()
        defaults = derived.defaults_of(model)
        ids = numbering.reserve_ids(self.session, model, len(rows))
        full = [
            derived.complete(model, {**defaults, **row, "id": key}, connection)
            for row, key in zip(rows, ids, strict=True)
        ]
        texts.check_values(model, full)
        self.session.flush()
        table: Any = model.__table__
        names = tuple(name for name in table.columns.keys() if name in full[0])  # noqa: SIM118
        values = map(itemgetter(*names), full)
        if model.__track__ is not None and len(full) == 1:
            self.recorder.created(model, full, Rows(table, names, tuple(values)))
            return ids
        put_in(connection, table, names, values)
        if model.__track__ is not None:
            self.recorder.created(model, full)
        return ids


#: What is told of a change while it is written: the work, the change it reverses, and its answer.
TELLING: list[Callable[[Work, str, int | None, Done], None]] = []


def _tell(work: Work, kind: str, reverses_id: int | None, done: Done) -> None:
    for tell in TELLING:
        tell(work, kind, reverses_id, done)


@functools.cache
def _in_use(model: type[Base]) -> Ready:
    """Whether a row is in use, without reading all of it."""
    table: Any = model.__table__
    return Ready(select(table.c.active).where(table.c.id == bindparam("id")))


def load_parameter(session: Session, key: str) -> Value:
    """A setting by key; unknown keys are a bug. All are read at once, as one seldom comes alone."""
    declared = PARAMETERS[key]
    stored: dict[str, str] | None = session.info.get(_PARAMETERS)
    if stored is None:
        session.flush()
        found = session_rows.asked_before(session, _ALL_PARAMETERS, {})
        stored = session.info[_PARAMETERS] = dict(found)
    return declared.read(json.loads(stored[key])) if key in stored else declared.default


def expect_parameters(session: Session) -> None:
    """Ask for the settings together with what else is asked."""
    if _PARAMETERS not in session.info:
        session_rows.ask_before(session, _ALL_PARAMETERS, {})


#: As they are stored: of them all only a few are asked for.
_ALL_PARAMETERS = Ready(select(ParameterRow.key, cast(ParameterRow.value, Text)))


def forget_when_written(model: type[Base], key: str) -> None:
    """What a session keeps under the key is read anew after a row of the model was written."""

    def forget(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
        session = object_session(row)
        if session is not None:
            session.info.pop(key, None)

    for written in ("after_insert", "after_update", "after_delete"):
        event.listen(model, written, forget)


forget_when_written(ParameterRow, _PARAMETERS)


def perform(
    database: Database,
    request: Request,
    kind: str,
    action: Action | None,
    body: Callable[[Work], DoneT | None],
    *,
    reverses_id: int | None = None,
    followers: Sequence[Follower] = (),
) -> DoneT | Done:
    """Run one write: once per request id, with its events and what follows, all or nothing."""
    try:
        waiting = tuple(each.waits for each in followers)
        opening = beginning.Opening(request.request_id, waiting)
        with database.write(opening) as session:
            first = opening.found
            if first.answer is not None:
                known = again(answer_of(body), *first.answer)
                assert known is not None, "one request id for two kinds of writes"
                return functools.reduce(
                    functools.partial(_followed, session, request), followers, known
                )
            now = _moment(session, database, first, request.now, kind)
            asked = replace(request, now=now)
            touched: Touched = {}
            done = _perform(session, asked, first.link, kind, action, body, reverses_id, touched)
            for each, waits in zip(followers, first.holds, strict=True):
                if waits or each.of in done.kinds:
                    done = _follow(session, asked, done, each, touched)
            return done
    except IntegrityError as error:
        refusal = collisions.refusal(error)
        if refusal is None:
            raise
        raise refusal from error


def moment(session: Session, database: Database, given: dt.datetime | None) -> dt.datetime:
    """When a write is made that is no change; ``given`` by a caller with a clock of its own.

    Refused for a program that is too old, and for a clock that cannot be right, as a change is.
    """
    return _moment(session, database, beginning.look(session, ""), given)


def _moment(
    session: Session,
    database: Database,
    first: beginning.First,
    given: dt.datetime | None,
    kind: str = "",
) -> dt.datetime:
    if first.server is not None:
        database.learn_clock(first.server)
    return given or beginning.moment(
        first,
        database.clock(),
        demo=lambda: bool(load_parameter(session, "demo")),
        confirmed=kind == beginning.CLOCK_KIND,
    )


def _follow(
    session: Session, request: Request, done: DoneT | Done, follower: Follower, touched: Touched
) -> DoneT | Done:
    """The change that follows, if any; the first answers for it too what kinds of rows it wrote."""
    if request.now is None or done.change_id is None or not follower.after & done.kinds:
        return done
    body = follower.plan(session, request.now, touched)
    if body is None:
        return done
    asked = replace(request, request_id=_key(request, follower))
    own = _perform(session, asked, chain.newest(session), follower.kind, None, body, None, {})
    return replace(done, kinds=done.kinds | own.kinds)


def _followed(
    session: Session, request: Request, done: DoneT | Done, follower: Follower
) -> DoneT | Done:
    """What is answered again, with the kinds of rows of what followed then."""
    own = beginning.look(session, _key(request, follower)).answer
    return done if own is None else replace(done, kinds=done.kinds.union(own[1].split()))


def _key(request: Request, follower: Follower) -> str:
    """The same id for the same request, and never one that somebody asks with."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{follower.kind} {request.request_id}").hex


class AlreadyReversed(Exception):  # noqa: N818 - an answer to who wants to undo
    """Another change already reverses the same change."""


def _perform(
    session: Session,
    request: Request,
    before: str,
    kind: str,
    action: Action | None,
    body: Callable[[Work], DoneT | None],
    reverses_id: int | None,
    touched: Touched,
) -> DoneT | Done:
    assert request.now is not None
    connection = session.connection()
    values: dict[str, Any] = {
        "request_id": request.request_id,
        "kind": kind,
        "actor_id": request.actor_id,
        "session": request.session,
        "at": request.now,
        "reverses_id": reverses_id,
    }
    try:
        # Plain statements: the frame of a change is paid by every change, also the smallest.
        today = request.now.astimezone(ZONE).date()
        change_id, grants = beginning.begin(session, request, today, values)
    except IntegrityError as error:
        if reverses_id is None:
            raise
        raise AlreadyReversed(kind) from error
    recorder = Recorder(session, change_id, touched)
    work = Work(session, change_id, request.actor_id, request.now, grants, recorder)
    if action is not None:
        work.require(action)
    try:
        said = body(work)
        session.flush()
        search_index.read_changed(session, recorder.kinds)
        _tell(work, kind, reverses_id, said or Done())
    finally:
        recorder.close()
    done = said or Done()
    kinds, answer = " ".join(sorted(recorder.kinds)), chain.encoded(told(done))
    head = chain.ChangeColumns(id=change_id, **values)
    link = chain.link(before, head, recorder.digest.text(), kinds, answer)
    chain.end(connection, change_id, kinds, answer, link)
    return replace(done, change_id=change_id, kinds=frozenset(recorder.kinds))


def chunks(keys: Sequence[KeyT]) -> Iterator[Sequence[KeyT]]:
    """Slices small enough for one statement on either engine."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
