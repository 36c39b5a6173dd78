"""One change in words: which rows it touched, and what each of them was before and is after."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from moebelcirkel.domain.changes.codes import code_word
from moebelcirkel.domain.changes.words import COLUMN_NAMES, ENTITY_NAMES, SILENT_COLUMNS
from moebelcirkel.domain.conditions import BETTER_REASONS
from moebelcirkel.domain.days import WEEKDAYS
from moebelcirkel.domain.facts import FACTS
from moebelcirkel.domain.parameters import PARAMETERS, Parameter, Value
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import NBSP, _, day, decimal, kroner, moment
from moebelcirkel.services.context import Context
from moebelcirkel.services.stock.handling import SCRAP_REASONS
from moebelcirkel.storage.events import text_id
from moebelcirkel.storage.queries import change_texts
from moebelcirkel.storage.queries.change_texts import EventLine, Key
from moebelcirkel.storage.work import Session

MOST_ROWS = 40
_OWN_NAMES = ("name", "number")
#: Their key is the program's own word, which people never see.
_KEYED = frozenset({"category", "parameter"})
#: Where a setting's event keeps what it is.
_SET = "value"
_DAYS = frozenset({"warranty_until", "valid_from", "loan_until", "use_by"})
_DECIMALS = frozenset({"life_left", "lifetime_years"})
_DEGREES = frozenset({"latitude", "longitude"})


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One value: its name, and before and after as they are read ("" where there was none)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row: what it is, what became of it (created, changed, removed), and its values."""

    title: str
    what: str
    fields: tuple[FieldWords, ...]
    created: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks up what payloads only refer to."""

    names: dict[Key, str]
    texts: dict[int, str]

    def name(self, table: str, key: object) -> str:
        """What a row is called; "" where nobody knows any more."""
        return self.names.get((table, str(key)), "")

    def value(self, entity: str, column: str, value: Any) -> str:
        """A payload's value as people read it."""
        key = text_id(value)
        if key is not None:
            return self.texts.get(key, "")
        if column in FACTS:
            return _(FACTS[column].label(value))
        if value is None or value == "":
            return ""
        target = change_texts.targets(entity).get(column)
        if target is not None:
            return self.name(target, value) or _("(deleted)")
        return _plain(entity, column, value)


def of(context: Context, change_id: int, limit: int = MOST_ROWS) -> list[RowWords]:
    """The first rows of a change, in the order they were written."""
    context.require(Action.HISTORY)
    with context.read() as session:
        return words(session, change_texts.events(session, change_id, limit))


def words(session: Session, lines: Sequence[EventLine]) -> list[RowWords]:
    """Events in words, one by one."""
    reader = _reader(session, lines)
    return [_row(reader, line) for line in lines]


def named(session: Session, lines: Sequence[EventLine]) -> list[str]:
    """What the rows of events are called, one by one; "" where one has no name."""
    reader = _reader(session, lines)
    return [_name(reader, line) for line in lines]


def _reader(session: Session, lines: Iterable[EventLine]) -> _Reader:
    lines = list(lines)
    names: dict[Key, str] = {}
    asked: set[Key] = set()
    texts: set[int] = set()
    found = lines
    while found:  # what is gone leads to others that may be gone too
        wanted, more = _refers(found)
        texts |= more
        names |= change_texts.names(session, wanted)
        gone = {(table, key) for table, keys in wanted.items() for key in keys}
        gone -= names.keys() | asked
        asked |= gone
        found = change_texts.former(session, gone)
        lines += found
    reader = _Reader(names, change_texts.person_texts(session, texts))
    for line in reversed(lines):
        # A row that is gone is called what it was called when it was written.
        if own := _own_name(reader, line):
            names.setdefault((line.entity, line.entity_id), own)
    return reader


def _refers(lines: Iterable[EventLine]) -> tuple[dict[str, set[str]], set[int]]:
    """The rows by table, and the texts, that are needed to read events."""
    wanted: dict[str, set[str]] = {}
    texts: set[int] = set()
    for line in lines:
        wanted.setdefault(line.entity, set()).add(line.entity_id)
        targets = change_texts.targets(line.entity)
        for column, value in _values(line):
            key = text_id(value)
            if key is not None:
                texts.add(key)
            elif value is not None and column in targets:
                wanted.setdefault(targets[column], set()).add(str(value))
    return wanted, texts


def _own_name(reader: _Reader, line: EventLine) -> str:
    """What a row says of itself, or is called after."""
    kept = {**(line.before or {}), **(line.after or {})}
    own = (reader.value(line.entity, column, kept.get(column)) for column in _OWN_NAMES)
    to = change_texts.targets(line.entity)
    leads = (each for each in change_texts.LEADS if each in to and kept.get(each) is not None)
    led = (reader.name(to[each], kept[each]) for each in leads)
    return next(filter(None, (*own, *led)), "")


def _values(line: EventLine) -> Iterable[tuple[str, Any]]:
    for payload in (line.before, line.after):
        yield from (payload or {}).items()


def _row(reader: _Reader, line: EventLine) -> RowWords:
    if line.entity == "parameter" and line.entity_id in PARAMETERS:
        return _setting(PARAMETERS[line.entity_id], line)
    kind = _(ENTITY_NAMES.get(line.entity, line.entity))
    name = _name(reader, line)
    what = _("created") if line.before is None else _("changed")
    if line.after is None:
        what = _("removed")
    fields = [_field(reader, line, column) for column in _columns(line)]
    return RowWords(
        f"{kind} {name}".strip(),
        what,
        tuple(field for field in fields if field is not None and field.before != field.after),
        created=line.before is None,
    )


def _setting(declared: Parameter, line: EventLine) -> RowWords:
    """A setting that is not stored is as the program has it: it is changed, and never made."""
    own = declared.default
    usual = _(own) if isinstance(own, str) and own else own
    before, after = (
        _setting_value(declared, usual if payload is None else declared.read(payload[_SET]))
        for payload in (line.before, line.after)
    )
    return RowWords(
        f"{_(ENTITY_NAMES[line.entity])} {_(declared.label)}",
        _("changed"),
        (FieldWords(_(COLUMN_NAMES[_SET]), before, after),) if before != after else (),
    )


def _setting_value(declared: Parameter, value: Value) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int) and declared.kind == "money":
        return kroner(value)
    return decimal(value) if isinstance(value, Decimal) else str(value)


def _name(reader: _Reader, line: EventLine) -> str:
    """What people call the row; never its number in the database."""
    if line.entity == "parameter" and line.entity_id in PARAMETERS:
        return _(PARAMETERS[line.entity_id].label)
    return reader.name(line.entity, line.entity_id)


def _columns(line: EventLine) -> list[str]:
    found = dict.fromkeys([*(line.before or {}), *(line.after or {})])
    silent = SILENT_COLUMNS | ({"key"} if line.entity in _KEYED else set())
    return [column for column in found if column in COLUMN_NAMES and column not in silent]


def _field(reader: _Reader, line: EventLine, column: str) -> FieldWords | None:
    before, after = (line.before or {}).get(column), (line.after or {}).get(column)
    if line.before is None and after in (None, "", False):
        return None
    return FieldWords(
        _(COLUMN_NAMES[column]),
        reader.value(line.entity, column, before),
        reader.value(line.entity, column, after),
    )


def _plain(entity: str, column: str, value: Any) -> str:
    # Filters are kept as codes; the want itself says which they are.
    if isinstance(value, bool) or column == "within":
        return _("Yes") if value else _("No")
    if column == "condition_reason":
        return _(BETTER_REASONS.get(str(value), str(value)))
    if column == "scrap_reason":
        return _(SCRAP_REASONS.get(str(value), str(value)))
    if column == "weekday":
        return _(WEEKDAYS.get(value, str(value)))
    if isinstance(value, int):
        return _whole(column, value)
    return _text(entity, column, str(value))


def _whole(column: str, value: int) -> str:
    if column.endswith("_ore"):
        return kroner(value)
    if column.endswith("_g"):
        return f"{decimal(Decimal(value) / 1000)}{NBSP}kg"
    if column.endswith("_mm"):
        return f"{decimal(Decimal(value) / 10)}{NBSP}cm"
    return str(value)


def _text(entity: str, column: str, value: str) -> str:
    if column.endswith("_on") or column in _DAYS:
        return day(dt.date.fromisoformat(value))
    if column.endswith("_at"):
        return moment(dt.datetime.fromisoformat(value))
    if column.endswith("_kg"):
        return f"{decimal(Decimal(value))}{NBSP}kg"
    if column in _DEGREES:
        return value
    if column in _DECIMALS:
        return decimal(round(Decimal(value), 3))
    return _(code_word(entity, column, value)) if value else ""
