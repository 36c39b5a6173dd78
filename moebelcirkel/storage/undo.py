"""Undoing a change: its events are turned round, row by row, as a new change.

A change can be undone when nothing later rests on the rows it touched. Rows it created are
deleted, set to void, or answered by an opposite row, as each table says in ``__undo__``.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import case, delete, func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import kinds
from moebelcirkel.storage.events import recorded_columns, text_id, typed
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Change, Event, PersonText
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Work, chunks

#: From so many rows on, deleting them one by one would take longer than people wait.
_MANY = 50

Opposite = Callable[[Work, Any], Base]

#: How an append-only row is answered; each room that owns such a table registers its own.
OPPOSITES: dict[str, Opposite] = {}

#: What must hold when events of a table have been turned round: puts right what other changes
#: have moved meanwhile, refuses where it cannot.
AFTERWARDS: defaultdict[str, list[Callable[[Work, Sequence[Event]], None]]] = defaultdict(list)


def model_of(entity: str) -> type[Base]:
    """The mapped class of a table name."""
    for mapper in Base.registry.mappers:
        found: type[Base] = mapper.class_
        if found.__tablename__ == entity:
            return found
    raise KeyError(entity)


def undo(work: Work, change: Change) -> None:
    """Reverse the change inside ``work``; refuses with the reason when it cannot be."""
    query = select(Event).where(Event.change_id == change.id).order_by(Event.id.desc())
    events = list(work.session.scalars(query))
    _refuse_if_built_upon(work, change, events)
    rows = _load(work, events)
    try:
        _turn_all(work, events, rows)
        for entity in sorted({event.entity for event in events} & set(AFTERWARDS)):
            own = [event for event in events if event.entity == entity]
            for settle in AFTERWARDS[entity]:
                settle(work, own)
    except IntegrityError as error:
        raise Refused(N_("It cannot be undone, because something else uses it now.")) from error


def _turn_all(work: Work, events: Sequence[Event], rows: dict[tuple[str, str], Base]) -> None:
    times = Counter((event.entity, event.entity_id) for event in events)
    kept = _articles_of_void_units(work, events)
    kept |= _pictures_in_use(work, events, [int(key) for _article, key in kept])
    gone: list[Base] = []
    for _entity, group in itertools.groupby(events, key=lambda event: event.entity):
        for event in group:
            # A row written several times unwinds step by step, or a unique index would be in
            # the way: order lines that traded pieces, for one.
            stepwise = times[event.entity, event.entity_id] > 1
            if stepwise:
                _write(work, gone)
            row = rows.get((event.entity, event.entity_id))
            if event.before is not None:
                _turn(work, event, row)
            elif row is not None and (event.entity, event.entity_id) not in kept:
                _uncreate(work, row, gone)
            if stepwise:
                _write(work, gone)
        # Tables in the order they were written, or a foreign key would be in the way.
        _write(work, gone)


def _articles_of_void_units(work: Work, events: Sequence[Event]) -> set[tuple[str, str]]:
    """Articles that stay although their making is undone: void units keep what they are of.

    Those are units of this very change, or units whose own registration was undone before.
    """
    made = [event.entity_id for event in events if event.entity == "article" and not event.before]
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


def _pictures_in_use(
    work: Work, events: Sequence[Event], article_ids: Sequence[int]
) -> set[tuple[str, str]]:
    """Pictures of types that stay because other pieces are of them: they stay as well."""
    mine = {int(event.entity_id) for event in events if event.entity == "unit"}
    query = select(Unit.article_id).where(
        Unit.article_id.in_(article_ids), Unit.state != State.VOID, Unit.id.not_in(mine)
    )
    used = set(work.session.scalars(query)) if article_ids else set()
    return {
        ("photo", event.entity_id)
        for event in events
        if event.entity == "photo" and (event.after or {}).get("article_id") in used
    }


def _write(work: Work, gone: list[Base]) -> None:
    """Write what was turned; many rows of one table leave it by a few statements."""
    if len(gone) < _MANY or inspect(type(gone[0])).dispatch.after_delete:
        for row in gone:
            work.session.delete(row)
        work.session.flush()
    else:
        work.session.flush()
        _delete_many(work, gone)
    gone.clear()


def _delete_many(work: Work, gone: Sequence[Base]) -> None:
    mapper = inspect(type(gone[0]))
    column = mapper.primary_key[0]
    work.recorder.removed(gone)
    keys = [mapper.primary_key_from_instance(row)[0] for row in gone]
    for row in gone:
        work.session.expunge(row)
    deleted = 0
    for part in chunks(keys):
        query = delete(mapper.local_table).where(column.in_(part))  # type: ignore[arg-type]
        deleted += work.session.connection().execute(query).rowcount
    if deleted != len(gone):
        raise StaleDataError(f"{len(gone)} rows of {mapper.class_.__name__} were expected")


def _refuse_if_built_upon(work: Work, change: Change, events: Sequence[Event]) -> None:
    touched: dict[tuple[str, bool], set[str]] = {}
    untouched = _left_alone(work, events)
    made = {(event.entity, event.entity_id) for event in events if event.before is None}
    for event in events:
        row = event.entity, event.entity_id
        if event.entity != "hold" and row not in untouched:
            touched.setdefault((event.entity, row in made), set()).add(event.entity_id)
    for (entity, new), keys in touched.items():
        nothing = kinds.alone(with_ends=new)
        for part in chunks(sorted(keys)):
            _refuse_later(work, change, entity, part, nothing)


def _left_alone(work: Work, events: Sequence[Event]) -> set[tuple[str, str]]:
    """What undoing a registration leaves as it is: pieces taken out alone since, and the type."""
    made = [int(each.entity_id) for each in events if each.entity == "unit" and not each.before]
    found = _articles_of_void_units(work, events) if made else set()
    for part in chunks(made):
        query = select(Unit.id).where(Unit.id.in_(part), Unit.state == State.VOID)
        found |= {("unit", str(key)) for key in work.session.scalars(query)}
    return found


def _refuse_later(
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


def _load(work: Work, events: Iterable[Event]) -> dict[tuple[str, str], Base]:
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


def _turn(work: Work, event: Event, row: Base | None) -> None:
    """Give a row its values from before, or back its place in the table."""
    if event.after is None:
        if row is None:
            work.session.add(_rebuilt(work, event))
    elif row is not None:
        for name, value in _restorable(type(row), event).items():
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


def _rebuilt(work: Work, event: Event) -> Base:
    model = model_of(event.entity)
    values = {
        name: decoded(work, model, name, value) for name, value in _restorable(model, event).items()
    }
    return model(**values)


def _restorable(model: type[Base], event: Event) -> dict[str, Any]:
    """A row's values from before, without its secrets, which no event knows."""
    marks = recorded_columns(inspect(model))
    before = event.before or {}
    return {name: value for name, value in before.items() if marks.get(name) != "secret"}


def decoded(work: Work, model: type[Base], name: str, value: object) -> object:
    """A payload's value back as the column's own type."""
    key = text_id(value)
    if key is not None:
        text = work.session.get(PersonText, key)
        return (text.body if text else None) or ""
    return typed(model, name, value)
