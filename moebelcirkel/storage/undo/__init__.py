"""Undoing a change: its events are turned round, row by row, as a new change.

A change can be undone when nothing later rests on the rows it touched. Rows it created are
deleted, set to void, or answered by an opposite row, as each table says in ``__undo__``.
"""

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, case, cast, delete, func, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import kinds
from moebelcirkel.storage.events import encode, recorded_columns, text_id, typed
from moebelcirkel.storage.rows import await_all
from moebelcirkel.storage.tables.base import Base, Json
from moebelcirkel.storage.tables.changes import Change, Event, PersonText
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.undo import many
from moebelcirkel.storage.undo.turned import Turned, decoded, model_of, restorable
from moebelcirkel.storage.work import Work, chunks

Opposite = Callable[[Work, Any], Base]


#: How an append-only row is answered; each room that owns such a table registers its own.
OPPOSITES: dict[str, Opposite] = {}

#: What must hold when events of a table have been turned round: puts right what other changes
#: have moved meanwhile, refuses where it cannot.
AFTERWARDS: defaultdict[str, list[Callable[[Work, Sequence[Turned]], None]]] = defaultdict(list)


def undo(work: Work, change: Change) -> None:
    """Reverse the change inside ``work``; refuses with the reason when it cannot be."""
    events = _events(work, change)
    _refuse_if_built_upon(work, change, events)
    try:
        _turn_all(work, events)
        for entity in sorted({event.entity for event in events} & set(AFTERWARDS)):
            own = [event for event in events if event.entity == entity]
            for settle in AFTERWARDS[entity]:
                settle(work, own)
        await_all(work.session.connection())
    except IntegrityError as error:
        raise Refused(N_("It cannot be undone, because something else uses it now.")) from error


def _events(work: Work, change: Change) -> list[Turned]:
    work.session.flush()
    query = (
        select(Event.entity, Event.entity_id, cast(Event.before, Text), cast(Event.after, Text))
        .where(Event.change_id == change.id)
        .order_by(Event.id.desc())
    )
    found = work.session.connection().execute(query)
    return [Turned(entity, key, old is None, old, new) for entity, key, old, new in found]


def _turn_all(work: Work, events: Sequence[Turned]) -> None:
    times = Counter((event.entity, event.entity_id) for event in events)
    kept = _articles_of_void_units(work, events)
    kept |= _places_of_pieces(events)
    kept |= _pictures_in_use(work, events, [int(key) for of, key in kept if of == "article"])
    together = many.made_in_numbers(events, times)
    back = many.come_back(events, times)
    single = (event for event in events if event.entity not in together | back.keys())
    rows = _load(work, single)
    gone: list[Base] = []
    for entity, some in itertools.groupby(events, key=lambda event: event.entity):
        group = list(some)
        if entity in together:
            keys = [each.entity_id for each in group if (entity, each.entity_id) not in kept]
            many.uncreate(work, model_of(entity), list(map(int, keys)))
            continue
        if entity in back:
            back[entity](work, model_of(entity), group)
            continue
        for later, event in zip([group[0], *group], group, strict=False):
            # A row written several times unwinds step by step, or a unique index would be in
            # the way: order lines that traded pieces, for one, or that gave way to new ones.
            gave_way = later.made and not event.made
            stepwise = gave_way or times[event.entity, event.entity_id] > 1
            if stepwise:
                _write(work, gone)
            row = rows.get((event.entity, event.entity_id))
            if not event.made:
                _turn(work, event, row)
            elif row is not None and (event.entity, event.entity_id) not in kept:
                _uncreate(work, row, gone)
            if stepwise:
                _write(work, gone)
        # Tables in the order they were written, or a foreign key would be in the way.
        _write(work, gone)


def _articles_of_void_units(work: Work, events: Sequence[Turned]) -> set[tuple[str, str]]:
    """Articles that stay although their making is undone: void units keep what they are of.

    Those are units of this very change, or units whose own registration was undone before.
    """
    made = [event.entity_id for event in events if event.entity == "article" and event.made]
    if any(event.entity == "unit" for event in events):
        return {("article", key) for key in made}
    kept: set[tuple[str, str]] = set()
    for part in chunks(sorted(map(int, made))):
        query = (
            select(Unit.article_id)
            .where(Unit.article_id.in_(part))
            .group_by(Unit.article_id)
            .having(func.max(case((Unit.state == State.VOID, 0), else_=1)) == 0)
        )
        kept |= {("article", str(key)) for key in work.session.scalars(query)}
    return kept


def _places_of_pieces(events: Sequence[Turned]) -> set[tuple[str, str]]:
    """Places that were made with pieces stay: void pieces keep where they stood."""
    if not any(event.entity == "unit" for event in events):
        return set()
    return {(each.entity, each.entity_id) for each in events if each.entity == "place"}


def _pictures_in_use(
    work: Work, events: Sequence[Turned], article_ids: Sequence[int]
) -> set[tuple[str, str]]:
    """Pictures of types that stay because other pieces are of them: they stay as well."""
    if not article_ids or not any(event.entity == "photo" for event in events):
        return set()
    mine = {int(event.entity_id) for event in events if event.entity == "unit"}
    used: set[int] = set()
    for part in chunks(article_ids):
        query = select(Unit.id, Unit.article_id).where(
            Unit.article_id.in_(part), Unit.state != State.VOID
        )
        used |= {article_id for key, article_id in work.session.execute(query) if key not in mine}
    return {
        ("photo", event.entity_id)
        for event in events
        if event.entity == "photo" and (event.after or {}).get("article_id") in used
    }


def _write(work: Work, gone: list[Base]) -> None:
    for row in gone:
        work.session.delete(row)
    work.session.flush()
    gone.clear()


def _refuse_if_built_upon(work: Work, change: Change, events: Sequence[Turned]) -> None:
    touched: dict[tuple[str, bool], set[str]] = {}
    untouched = _left_alone(work, events)
    made = {(event.entity, event.entity_id) for event in events if event.made}
    for event in events:
        row = event.entity, event.entity_id
        if event.entity != "hold" and row not in untouched:
            touched.setdefault((event.entity, row in made), set()).add(event.entity_id)
    for (entity, new), keys in touched.items():
        nothing = kinds.alone(with_ends=new)
        for part in chunks(sorted(keys)):
            refuse_later(work, change, entity, part, nothing)


def _left_alone(work: Work, events: Sequence[Turned]) -> set[tuple[str, str]]:
    """What undoing a registration leaves as it is: pieces taken out alone since, and the type."""
    made = [int(each.entity_id) for each in events if each.entity == "unit" and each.made]
    found = _articles_of_void_units(work, events) if made else set()
    for part in chunks(made):
        query = select(Unit.id).where(Unit.id.in_(part), Unit.state == State.VOID)
        found |= {("unit", str(key)) for key in work.session.scalars(query)}
    return found


def refuse_later(
    work: Work, change: Change, entity: str, keys: Iterable[str], nothing: Collection[str]
) -> None:
    """Refuse when a later change of these rows, of another kind than ``nothing``, is in force.

    What was undone is not, unless it was done again: so each change and its answer cancel each
    other out, from the newest on. Where an undoing itself is taken back, one that came after it
    and undid something earlier is in the way as well.
    """
    query = (
        select(Change.id, Change.reverses_id, Event.entity_id)
        .join(Event, Event.change_id == Change.id)
        .where(Event.entity == entity, Event.entity_id.in_(keys), Change.id > change.id)
        .where(Change.kind.not_in(nothing))
        .order_by(Change.id.desc())
    )
    answered: set[int] = set()
    for row in work.session.execute(query):
        if row.id in answered:
            continue
        first = row.reverses_id
        if first is None or (first < change.id and change.reverses_id is not None):
            raise _built_upon(work, entity, row.entity_id)
        answered.add(first)


def _built_upon(work: Work, entity: str, key: str) -> Refused:
    if entity == "unit":
        unit = work.session.get(Unit, int(key))
        return Refused(
            N_("It cannot be undone, because {number} has been changed since."),
            number=unit.number if unit else key,
        )
    return Refused(N_("It cannot be undone, because it has been changed since."))


def _load(work: Work, events: Iterable[Turned]) -> dict[tuple[str, str], Base]:
    """All rows of the events, one query per table and slice, in key order."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.entity, set()).add(event.entity_id)
    found: dict[tuple[str, str], Base] = {}
    for entity in sorted(wanted):
        model = model_of(entity)
        mapper = inspect(model)
        column = mapper.primary_key[0]
        keys = sorted(_key(mapper, text) for text in wanted[entity])
        for part in chunks(keys):
            query = select(model).where(column.in_(part)).order_by(column)
            for row in work.session.scalars(query):
                text = str(mapper.primary_key_from_instance(row)[0])
                found[entity, text] = row
    return found


def _key(mapper: Mapper[Any], text: str) -> Any:
    return int(text) if mapper.primary_key[0].type.python_type is int else text


def _turn(work: Work, event: Turned, row: Base | None) -> None:
    """Give a row its values from before, or back its place in the table."""
    if event.after is None:
        if row is None:
            work.session.add(_rebuilt(work, event))
    elif row is not None:
        for name, value in restorable(type(row), event).items():
            setattr(row, name, decoded(work, type(row), name, value))


def _uncreate(work: Work, row: Base, gone: list[Base]) -> None:
    rule = row.__undo__
    if rule == "refuse":
        raise Refused(N_("A recorded report cannot be undone. Print a new one instead."))
    if rule == "append":
        work.session.add(OPPOSITES[row.__tablename__](work, row))
    elif rule == "void":
        row.state = "void"  # type: ignore[attr-defined]
    else:
        gone.append(row)


def _rebuilt(work: Work, event: Turned) -> Base:
    model = model_of(event.entity)
    values = {
        name: decoded(work, model, name, value) for name, value in restorable(model, event).items()
    }
    return model(**values)
