"""Names and notes that are erased while the chain of changes stays whole.

An event never has a name or a note: it has a number of a text and the SHA-256 of its salt and body.
Text and salt go, and an event of the same change says so; then nobody can tell from the SHA-256
what stood there, and all links of the chain are as they were.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from moebelcirkel.storage.events import recorded_columns, text_id
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Change, Event, PersonText
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import Work, chunks

ERASED = {"erased": True}
_AT_ONCE = 1_000


def for_good(session: Session) -> None:
    """SQLite writes zeros over what is erased from now on; else it would stay in free pages."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds whole words, whatever their capitals; without any there is nothing to find."""
    longest_first = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


@functools.cache
def person_columns() -> tuple[tuple[type[Base], str], ...]:
    """Every column of names and notes but those of the users themselves."""
    return tuple(
        (mapper.class_, name)
        for mapper in sorted(Base.registry.mappers, key=lambda each: str(each.class_.__name__))
        if mapper.class_.__track__ == "full" and mapper.class_ is not User
        for name, mark in recorded_columns(mapper).items()
        if mark == "person"
    )


def found_in_rows(session: Session, found: re.Pattern[str]) -> list[tuple[type[Base], str, int]]:
    """Where a name stands in what others wrote: table, column and row."""
    places: list[tuple[type[Base], str, int]] = []
    for model, name in person_columns():
        column: InstrumentedAttribute[Any] = getattr(model, name)
        key: InstrumentedAttribute[Any] = inspect(model).primary_key[0]  # type: ignore[assignment]
        written = session.execute(select(key, column).where(column != "")).yield_per(_AT_ONCE)
        places += [(model, name, row[0]) for row in written if found.search(row[1])]
    return places


def replace_in_rows(work: Work, found: re.Pattern[str], by: str) -> int:
    """Put other words in the place of a name in what others wrote; tells in how many rows."""
    places = found_in_rows(work.session, found)
    for model, name, key in places:
        row = work.session.get_one(model, key)
        setattr(row, name, found.sub(by, getattr(row, name)))
    work.session.flush()
    return len({(model, key) for model, _name, key in places})


def texts_of(session: Session, entity: str, key: object) -> set[int]:
    """The names and notes that the events of one row refer to, but those it has now."""
    query = select(Event.before, Event.after).where(
        Event.entity == entity, Event.entity_id == str(key)
    )
    every: set[int] = set()
    latest: dict[str, int | None] = {}
    for before, after in session.execute(query.order_by(Event.id)):
        for payload in (before or {}, after or {}):
            every |= {number for value in payload.values() if (number := text_id(value))}
        latest |= {name: text_id(value) for name, value in (after or {}).items()}
    return every - {number for number in latest.values() if number}


def texts_kept_by(session: Session, entity: str, user_id: int) -> set[int]:
    """The names and notes of all rows of a table that somebody wrote, also of deleted ones."""
    written = (
        select(Event.entity_id)
        .join(Change, Change.id == Event.change_id)
        .where(Event.entity == entity, Change.actor_id == user_id)
    )
    query = select(Event.before, Event.after).where(
        Event.entity == entity, Event.entity_id.in_(written)
    )
    return {
        number
        for payloads in session.execute(query)
        for payload in payloads
        for value in (payload or {}).values()
        if (number := text_id(value))
    }


def texts_with(session: Session, found: re.Pattern[str]) -> set[int]:
    """The names and notes of all events in which a name stands."""
    query = select(PersonText.id, PersonText.body).where(PersonText.body.is_not(None))
    written = session.execute(query).yield_per(_AT_ONCE)
    return {row.id for row in written if found.search(row.body)}


def erase_texts(work: Work, ids: Iterable[int]) -> int:
    """Take text and salt away, and say so in the chain; tells how many there were."""
    for_good(work.session)
    gone = 0
    for part in chunks(sorted(ids)):
        there = PersonText.id.in_(part), PersonText.body.is_not(None)
        keys = list(work.session.scalars(select(PersonText.id).where(*there)))
        work.session.execute(update(PersonText).where(*there).values(body=None, salt=None))
        _say(work, PersonText.__tablename__, keys)
        gone += len(keys)
    return gone


def erase_picture(work: Work, blob: PhotoBlob, cause: str = "") -> None:
    """Take a picture's bytes away, and say so; with a code for why it may never come back."""
    for_good(work.session)
    blob.jpeg = blob.thumb = None
    work.session.flush()
    why = {"cause": cause} if cause else {}
    work.recorder.note(PhotoBlob.__tablename__, blob.sha256, {}, {**ERASED, **why})


def _say(work: Work, entity: str, keys: Sequence[object]) -> None:
    work.recorder.note_many((entity, str(key), {}, dict(ERASED)) for key in keys)
