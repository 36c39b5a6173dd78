"""The chain of changes: each has a link, a SHA-256 over itself and over the link of the one before.

So nothing of an old change can be exchanged without all later links, and the newest link of the day
is printed on every report. Writers queue on both engines, so the link before is the newest one.

The form is UTF-8 text, each part ended by a line feed: the link before (nothing for the first
change); the change's columns as a JSON list (id, request, kind, actor, session, moment in UTC,
change it reverses); the SHA-256 of its events; the kinds of rows it touched; its answer. An event
is table, key, payload format, before and after, parted by the sign U+001F, nothing for null.
Answers and payloads count as they are stored, letter by letter.
"""

import datetime as dt
import hashlib
import json
import json.encoder
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import JSON, Connection, Integer, Table, bindparam, literal_column, select, text
from sqlalchemy.orm import Session

from moebelcirkel.storage.rows import Ready, put_in
from moebelcirkel.storage.tables.changes import Change, ChangeLink, ChangeResult


def quick(encoder: json.JSONEncoder) -> Callable[[object], str]:
    """What encodes as this does; it makes its own encoder anew for every value, at twice the cost.

    What refers to itself, which no payload does, ends in a ``RecursionError``.
    """
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return encoder.encode
    signs = getattr(json.encoder, f"encode_basestring{'_ascii' if encoder.ensure_ascii else ''}")
    parts = (encoder.key_separator, encoder.item_separator)
    kinds = (encoder.sort_keys, encoder.skipkeys, encoder.allow_nan)
    encode = make(None, encoder.default, signs, None, *parts, *kinds)
    return lambda value: "".join(encode(value, 0))


#: As ``json.dumps`` does it, which looks at all its arguments each time.
_AS_STORED = quick(json.JSONEncoder())
_SORTED = quick(json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False))


class Encoded(str):
    """JSON that has been encoded already, so that it is stored and linked alike."""

    __slots__ = ()


def encoded(value: object) -> Encoded:
    """A payload or an answer as it is stored."""
    return Encoded(_AS_STORED(value))


def serialize(value: object) -> str:
    """What the databases encode JSON with."""
    return value if isinstance(value, Encoded) else json.dumps(value)


@dataclass(frozen=True, slots=True)
class ChangeColumns:
    """The columns of a change, in the order in which they are linked."""

    id: int
    request_id: str
    kind: str
    actor_id: int | None
    session: str
    at: dt.datetime
    reverses_id: int | None

    def text(self) -> str:
        """One line of JSON."""
        at = self.at.astimezone(dt.UTC).isoformat()
        return json.dumps(
            [self.id, self.request_id, self.kind, self.actor_id, self.session, at, self.reverses_id]
        )


class EventsDigest:
    """The SHA-256 of a change's events, in the order they were written."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Each row: table, key, payload format, and before and after as they are stored."""
        text = "".join(
            f"{entity}\x1f{key}\x1f{version}\x1f{before or ''}\x1f{after or ''}\n"
            for entity, key, version, before, after in rows
        )
        self._digest.update(text.encode())

    def text(self) -> str:
        """64 hexadecimal digits."""
        return self._digest.hexdigest()


def link(before: str, head: ChangeColumns, events: str, kinds: str, answer: str) -> str:
    """The link of a change, as 64 hexadecimal digits."""
    text = "".join(f"{part}\n" for part in (before, head.text(), events, kinds, answer))
    return hashlib.sha256(text.encode()).hexdigest()


def newest(session: Session) -> str:
    """The link of the newest change; nothing before the first."""
    return _ALONE.scalar(session.connection()) or ""


#: One row; given as a value, PostgreSQL would plan the statement anew each time.
ONE = literal_column("1", Integer)
#: The query for it. A link whose change does not exist binds nothing to anything.
NEWEST = (
    select(ChangeLink.link)
    .join(Change, Change.id == ChangeLink.change_id)
    .order_by(ChangeLink.change_id.desc())
    .limit(ONE)
)
_ALONE = Ready(NEWEST)


def end(connection: Connection, change_id: int, kinds: str, answer: Encoded, link: str) -> None:
    """Write what a change answered, and its link; on a server in one statement."""
    if connection.dialect.name == "postgresql":
        values = {"change_id": change_id, "kinds": kinds, "data": answer, "link": link}
        _BOTH.ahead(connection, values)
        return
    put_in(connection, _RESULTS, ("change_id", "kinds", "data"), [(change_id, kinds, answer)])
    put_in(connection, _LINKS, ("change_id", "link"), [(change_id, link)])


_RESULTS, _LINKS = cast(Table, ChangeResult.__table__), cast(Table, ChangeLink.__table__)
_BOTH = Ready(
    text(
        "WITH answered AS (INSERT INTO change_result (change_id, kinds, data)"
        " VALUES (:change_id, :kinds, :data))"
        " INSERT INTO change_link (change_id, link) VALUES (:change_id, :link)"
    ).bindparams(bindparam("data", type_=JSON))
)


def sealed_line(*values: object) -> str:
    """A line of what the seal of a report or a batch covers."""
    return "|".join(map(_plain, values)) + "\n"


def _plain(value: object) -> str:
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return _SORTED(value)
    return str(value)
