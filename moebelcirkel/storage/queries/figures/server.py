"""How a server reads the lines of a long period quickly; a file needs none of it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ARRAY, ColumnElement, Integer, all_, any_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moebelcirkel.storage.work import chunks

#: What one sort or one group of a report may keep in memory; a year of 100,000 pieces needs half.
_ROOM = "32MB"


def is_file(session: Session) -> bool:
    """Whether there is no server at all."""
    return session.get_bind().dialect.name == "sqlite"


def give_room(session: Session) -> None:
    """Let this snapshot group its lines in memory, where the server would use its disk."""
    if is_file(session):
        return
    wanted, own = func.pg_size_bytes(_ROOM), func.pg_size_bytes(func.current_setting("work_mem"))
    session.execute(select(func.set_config("work_mem", _ROOM, True)).where(own < wanted))


def among(
    session: Session, key: InstrumentedAttribute[int], ids: Sequence[int]
) -> Iterator[ColumnElement[bool]]:
    """Conditions that pick these together: a server takes all of them at once, as one value."""
    if is_file(session):
        yield from (key.in_(part) for part in chunks(ids))
    elif ids:
        yield key == any_(literal(ids, ARRAY(Integer)))


def none_of(
    session: Session, key: InstrumentedAttribute[int], ids: Sequence[int]
) -> ColumnElement[bool]:
    """Whether a row is none of these."""
    return key.not_in(ids) if is_file(session) else key != all_(literal(ids, ARRAY(Integer)))


def within(
    session: Session, key: InstrumentedAttribute[int], ends: tuple[int, int] | None
) -> list[ColumnElement[bool]]:
    """Between the first and the last of what is asked for, where these are known.

    Lines stand in the order they were written in, so that a server reads their part of the table
    instead of all of it.
    """
    return [] if ends is None or is_file(session) else [key.between(*ends)]
