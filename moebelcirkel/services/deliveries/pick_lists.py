"""What is to be picked and delivered: receivers, the list by place, and delivery notes."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries.deliveries import Going, Note, PickLine, Receiver
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class PickRow:
    """Alike pieces on one place for one receiver, and how many of them are picked."""

    place: str
    place_name: str
    article_id: int
    name: str
    condition: str
    institution_id: int
    institution: str
    count: int
    picked: int
    open_ids: tuple[int, ...]
    picked_ids: tuple[int, ...]
    orders: tuple[str, ...]
    numbers: tuple[str, ...]
    """Label numbers where exactly these pieces are ordered, else empty."""
    urgent: bool = False


def receivers(context: Context, *, later: bool = False) -> list[Receiver]:
    """The institutions something is to be delivered to; those with urgent orders first.

    ``later`` are also those whose delivery day is far off.
    """
    context.require(Action.PICK)
    with context.read() as session:
        return delivery_queries.receivers(session, None if later else _until(context, session))


def held_back(context: Context) -> int:
    """How many orders wait for their delivery day to come near before they are picked."""
    context.require(Action.PICK)
    with context.read() as session:
        until = _until(context, session)
        return 0 if until is None else delivery_queries.held_back(session, until)


def _until(context: Context, session: Session) -> dt.date | None:
    """Orders promised by this day are picked now; None where all of them are."""
    ahead = int(load_parameter(session, "pick_days"))
    return working_day_after(context.today(), ahead) if ahead else None


def waiting_count(context: Context) -> int:
    """How many institutions wait for something: the number beside the page's name."""
    context.require(Action.PICK)
    with context.read() as session:
        return delivery_queries.count_receivers(session, _until(context, session))


def pick_list(
    context: Context,
    institution_id: int | None = None,
    run_id: int | None = None,
    *,
    later: bool = False,
) -> list[PickRow]:
    """What is ordered and approved, by place; picked pieces stay until they are handed over.

    A run's list has all that is on it; else what is to come ``later`` is left out unless asked.
    """
    context.require(Action.PICK)
    groups: dict[tuple[object, ...], list[PickLine]] = {}
    with context.read() as session:
        every = later or run_id is not None
        until = None if every else _until(context, session)
        for row in delivery_queries.lines_by_place(session, institution_id, run_id, until):
            alike = (row.place, row.article_id, row.condition, row.institution_id)
            key = (*alike, row.exact, row.urgent)
            groups.setdefault(key, []).append(row)
    return [_grouped(rows) for rows in groups.values()]


def _grouped(rows: list[PickLine]) -> PickRow:
    first = rows[0]
    picked = tuple(row.id for row in rows if row.state == LineState.PICKED)
    return like(
        PickRow,
        first,
        name=first.article,
        count=len(rows),
        picked=len(picked),
        picked_ids=picked,
        open_ids=tuple(row.id for row in rows if row.state == LineState.OPEN),
        orders=tuple(sorted({row.order for row in rows})),
        numbers=tuple(row.number for row in rows) if first.exact else (),
    )


def line_ids(context: Context, institution_id: int, *, picked: bool) -> list[int]:
    """An institution's lines that are picked, or that still are not."""
    context.require(Action.PICK)
    with context.read() as session:
        state = LineState.PICKED if picked else LineState.OPEN
        return delivery_queries.line_ids(session, institution_id, state)


def notes(context: Context, institution_id: int | None = None) -> list[Note]:
    """Delivery notes that wait to be handed over, newest first."""
    context.require(Action.PICK)
    with context.read() as session:
        return delivery_queries.waiting_notes(session, institution_id)


def find_note(context: Context, number: str) -> Note | None:
    """The delivery note with this number, as scanned from its paper."""
    context.require(Action.PICK)
    with context.read() as session:
        # A scanner set to another keyboard layout types + for the dash.
        return delivery_queries.note_by_number(session, number.strip().upper().replace("+", "-"))


def going(
    context: Context, *, delivery_id: int | None = None, line_ids: Collection[int] = ()
) -> list[Going]:
    """The pieces that are handed over: those of a delivery note, or these picked lines."""
    context.require(Action.HAND_OVER)
    with context.read() as session:
        return delivery_queries.going(session, delivery_id, line_ids)
