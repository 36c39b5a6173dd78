"""What is read again and again and seldom changes, kept by the program until a change touches it.

Every change says which kinds of rows it touched, and its link proves all that was before it (see
``chain``). So a session that reads asks once what has been changed since: what was made of rows of
those kinds is made anew, whoever changed them, on whatever workstation. A session that writes reads
the rows themselves, as it may have changed them.
"""

import threading
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from moebelcirkel.storage.rows import Ready
from moebelcirkel.storage.tables.changes import ChangeLink, ChangeResult

ValueT = TypeVar("ValueT")
#: Where a session keeps what is known as of its snapshot; and one that writes alone what it knows.
_KNOWN, _OWN = "remembered", "remembered alone"
#: Where a session keeps the recorder of the change it is in.
RECORDER = "recorder"
#: After more changes than this nothing is known any more.
_MOST_CHANGES = 200
_GUARD = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value, the kinds of rows it is made of, and the change it was right after."""

    kinds: frozenset[str]
    value: Any
    change_id: int
    #: Changes since have touched it, and it can be renewed.
    old: bool = False


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known as of one change, by name."""

    change_id: int = 0
    link: str = ""
    values: dict[Hashable, _Value] = field(default_factory=dict)


#: The newest memory of each database, as long as its engine lives.
_MEMORIES: WeakKeyDictionary[Dialect, _Memory] = WeakKeyDictionary()
#: What one that writes alone knows: by the kinds of rows it is made of, and by name.
_Own = dict[frozenset[str], dict[Hashable, Any]]


def of(
    session: Session,
    name: Hashable,
    kinds: Collection[str],
    make: Callable[[], ValueT],
    renew: Callable[[ValueT, int], ValueT | None] | None = None,
) -> ValueT:
    """The value of this name, which is made of nothing but rows of these tables.

    It is shared: nobody may change it. One that changes have touched is made anew, or where
    ``renew`` is given made from the old one and the change that was right after; it answers
    ``None`` where it cannot.
    """
    if writes(session):
        own: _Own | None = session.info.get(_OWN)
        return make() if own is None else _by_itself(session, own, name, frozenset(kinds), make)
    connection = session.connection()
    memory: _Memory | None = session.info.get(_KNOWN)
    if memory is None:
        memory = session.info[_KNOWN] = _known(connection)
    known = memory.values.get(name)
    if known is not None and not known.old:
        found: ValueT = known.value
        return found
    renewed = None if known is None or renew is None else renew(known.value, known.change_id)
    made = make() if renewed is None else renewed
    memory.values[name] = _Value(frozenset(kinds), made, memory.change_id)
    return made


def keep_alone(session: Session) -> None:
    """Let a session that writes remember too: nobody else has the database, as while it is made."""
    session.info[_OWN] = {}


def reads_anew(session: Session) -> bool:
    """Whether nothing is remembered for the session."""
    return writes(session) and _OWN not in session.info


def _by_itself(
    session: Session, own: _Own, name: Hashable, kinds: frozenset[str], make: Callable[[], ValueT]
) -> ValueT:
    session.flush()
    recorder = session.info.get(RECORDER)
    if recorder is not None and not recorder.kinds.isdisjoint(kinds):
        return make()  # touched by the very change that asks
    known = own.setdefault(kinds, {})
    if name not in known:
        known[name] = make()
    found: ValueT = known[name]
    return found


def forget(session: Session, touched: Collection[str]) -> None:
    """What a session remembers by itself of rows of these tables holds no more."""
    own: _Own = session.info.get(_OWN, {})
    for kinds in [kinds for kinds in own if not kinds.isdisjoint(touched)]:
        del own[kinds]


def writes(session: Session) -> bool:
    """Whether the session reads for a write, and so the rows themselves."""
    return bool(session.connection().get_execution_options().get("writes"))


def _known(connection: Connection) -> _Memory:
    newest = _NEWEST.first(connection)
    if newest is None:
        return _Memory()
    with _GUARD:
        memory = _MEMORIES.get(connection.dialect)
    if memory is None or memory.link != newest.link:
        memory = _Memory(newest.change_id, newest.link, _left(connection, memory, newest.change_id))
        with _GUARD:
            _MEMORIES[connection.dialect] = memory
    return memory


def _left(connection: Connection, memory: _Memory | None, newest: int) -> dict[Hashable, _Value]:
    """What is known still; nothing where the memory is of another history."""
    if memory is None or not memory.change_id < newest <= memory.change_id + _MOST_CHANGES:
        return {}
    since = _SINCE.all(connection, {"known": memory.change_id})
    if not since or since[0].link != memory.link:
        return {}
    touched = {kind for row in since[1:] for kind in row.kinds.split()}
    # Others may add to what is known at this moment.
    known = list(memory.values.items())
    return {
        name: value if touched.isdisjoint(value.kinds) else replace(value, old=True)
        for name, value in known
    }


_NEWEST = Ready(
    select(ChangeLink.change_id, ChangeLink.link).order_by(ChangeLink.change_id.desc()).limit(1)
)
_SINCE = Ready(
    select(ChangeLink.link, ChangeResult.kinds)
    .join(ChangeResult, ChangeResult.change_id == ChangeLink.change_id)
    .where(ChangeLink.change_id >= bindparam("known"))
    .order_by(ChangeLink.change_id)
)
