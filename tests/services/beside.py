"""Calls at the same moment on one database, and the proof that they came one after the other.

Whatever ran at once is run again on a copy of the database from before, one call after the other
in the order of its changes: every answer that was given then is given again, and every row is the
same. So nothing acknowledged was lost, and nobody saw half of another's work.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.dialects import sqlite

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes
from moebelcirkel.services.context import Done
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.changes import Change
from tests.world import World

Answer = Any
"""What a call gave: usually ``Done``, or the ``Refused`` it ended in."""

#: The memory itself, and what only grows.
_LEFT_OUT = {
    "change",
    "change_link",
    "change_result",
    "event",
    "person_text",
    "counter",
    "demand",
    "login_try",
    "message",
    "routine_run",
}
#: Made with chance or from the memory: they differ although the same was done.
_BY_CHANCE = {"password_hash", "document", "short_document", "seal", "parameters", "totals"}
#: How long a call may be held back for another; reached only when they wait for each other.
_LONGEST = 20.0


@dataclass(frozen=True, slots=True)
class Call:
    """A service as one person calls it in a world."""

    function: Callable[..., Any]
    who: str
    arguments: Callable[[Any], Sequence[Any]] = lambda _world: ()
    named: Callable[[Any], dict[str, Any]] = lambda _world: {}

    @property
    def name(self) -> str:
        """The service by its word and name."""
        word = self.function.__module__.removeprefix("moebelcirkel.services.")
        return f"{word}.{self.function.__name__}"

    def __call__(self, world: World) -> Answer:
        """Do it; a refusal is an answer."""
        try:
            return self.function(
                world.person(self.who), *self.arguments(world), **self.named(world)
            )
        except Refused as refused:
            return refused


def together(world: World, calls: Sequence[Callable[[World], Answer]]) -> list[Answer]:
    """All calls at the same moment, each on a thread and a connection of its own."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[World], Answer]) -> Answer:
        start.wait(_LONGEST)
        return call(world)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def overlapping(world: World, first: Call, second: Call) -> tuple[Answer, Answer]:
    """The second begins when the first has written all, and has not kept it yet.

    The first is held open until the second knocks at the database as a writer (or has ended
    without, which no writer does).
    """
    written, knocked = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool, _watched(world.context.database, written, knocked):
        early = pool.submit(_as, "first", first, world)
        # A call that is refused writes no answer.
        early.add_done_callback(lambda _future: written.set())
        assert written.wait(_LONGEST)
        late = pool.submit(_as, "second", second, world)
        late.add_done_callback(lambda _future: knocked.set())
        return early.result(_LONGEST), late.result(_LONGEST)


def _as(name: str, call: Call, world: World) -> Answer:
    threading.current_thread().name = name
    return call(world)


@contextmanager
def _watched(
    database: Database, written: threading.Event, knocked: threading.Event
) -> Iterator[None]:
    def before(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        thread = threading.current_thread().name
        if thread == "first" and "INSERT INTO change_result" in statement:
            written.set()
            assert knocked.wait(_LONGEST)
        elif thread == "second" and "advisory" in statement:
            knocked.set()

    def begins(connection: Connection) -> None:
        writes = database.is_sqlite and connection.get_execution_options().get("writes")
        if writes and threading.current_thread().name == "second":
            knocked.set()

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "begin", begins)
    try:
        yield
    finally:
        event.remove(database.engine, "begin", begins)
        event.remove(database.engine, "before_cursor_execute", before)


def in_order(calls: Sequence[Call], answers: Sequence[Answer]) -> list[tuple[Call, Done]]:
    """The calls that changed something, in the order of their changes."""
    made = [
        (call, answer)
        for call, answer in zip(calls, answers, strict=True)
        if isinstance(answer, Done)
    ]
    return sorted(made, key=lambda pair: pair[1].change_id or 0)


def assert_one_after_the_other(
    days: Callable[[], World], day: World, calls: Sequence[Call], answers: Sequence[Answer]
) -> None:
    """The same calls on a fresh copy of the day, one by one, answer and leave the same."""
    seen = _read(day)
    again = days()
    for call, _answer in in_order(calls, answers):
        repeated = call(again)
        assert isinstance(repeated, Done), f"{call.name}: {repeated}"
    left = _read(again)
    # What is the same as it stands needs no counting of ids.
    differing = [name for name in seen if seen[name] != left[name] and name not in _LEFT_OUT]
    if differing:
        assert _rows(left, differing) == _rows(seen, differing)


def assert_kept(world: World, answers: Sequence[Answer]) -> None:
    """What was acknowledged is there, each as a change of its own."""
    made = {answer.change_id for answer in answers if isinstance(answer, Done)}
    with world.context.read() as session:
        kept = set(session.scalars(select(Change.id).where(Change.id.in_(made))))
    assert kept == made
    assert len(made) == len([answer for answer in answers if isinstance(answer, Done)])


def _read(world: World) -> dict[str, Sequence[Any]]:
    """The rows of all tables that are compared, their values as the engine has them."""
    with world.context.read() as session:
        cursor = session.connection().connection.cursor()
        return {name: cursor.execute(query).fetchall() for name, query in _QUERIES.items()}


def _queries() -> Iterator[tuple[str, str]]:
    """By table what is read of it, as text; of what is left out the ids that others refer to."""
    tables = METADATA.sorted_tables
    referred = {key.column.table.name for table in tables for key in table.foreign_keys}
    for table in tables:
        if table.name not in _LEFT_OUT:
            yield table.name, str(table.select().compile(dialect=sqlite.dialect()))
        elif table.name in referred and "id" in table.columns:
            yield table.name, str(select(table.c.id).compile(dialect=sqlite.dialect()))


_QUERIES = dict(_queries())


def _rows(read: dict[str, Sequence[Any]], names: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of some tables, with ids counted from 1: a refused write leaves a gap in them."""
    ranks = {
        name: {key: rank for rank, key in enumerate(sorted(map(_ID[name], found)), 1)}
        for name, found in read.items()
        if name in _ID
    }
    return {
        name: sorted((_told(METADATA.tables[name], row, ranks) for row in read[name]), key=repr)
        for name in names
    }


#: By table where the id stands in what is read of it.
_ID = {
    name: itemgetter(0 if name in _LEFT_OUT else list(table.columns.keys()).index("id"))
    for name in _QUERIES
    if "id" in (table := METADATA.tables[name]).columns
}


def _told(table: Any, row: Any, ranks: dict[str, dict[Any, int]]) -> tuple[Any, ...]:
    return tuple(
        _plain(column, value, ranks)
        for column, value in zip(table.columns, row, strict=True)
        if column.name not in _BY_CHANCE
    )


def _plain(column: Any, value: Any, ranks: dict[str, dict[Any, int]]) -> Any:
    """The value, or the rank of the row it is the id of."""
    if column.name == "id":
        return ranks[column.table.name][value]
    for key in column.foreign_keys:
        if key.column.name == "id":
            return None if value is None else ranks[key.column.table.name][value]
    return value


def undo(change: str, who: str = "lager") -> Call:
    return Call(changes.undo, who, lambda day: (day[change],))
