"""What people write is looked at where it is written down, whichever service it came through.

No column gets a text with signs that a database cannot keep or that hide what it says, one longer
than it has room for, or one with a CPR number. A service that checks a form's fields itself only
says it earlier.
"""

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, String, inspect
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.sql.type_api import TypeEngine

from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fields import storable, too_long
from moebelcirkel.storage.tables.base import Base

_NOT_WRITTEN = frozenset({"secret", "derived"})


@dataclass(frozen=True, slots=True)
class TextRule:
    """What a column takes: so many characters, whether its numbers are codes, and whether it tells
    one thing from another.
    """

    most: int | None
    code: bool
    people: bool
    identifies: bool

    def check(self, text: str, field: str) -> None:
        """Refuse what the column cannot or may not hold."""
        try:
            storable(text, code=self.identifies)
            if self.most is not None and len(text) > self.most:
                raise too_long(self.most, len(text))
            if self.people:
                without_cpr(text, code=self.code)
        except Refused as error:
            raise Refused(error.message, field=field, **error.values) from None


@functools.cache
def rules(model: type[Base]) -> Mapping[str, TextRule]:
    """The columns of a table that hold texts, each with its rule."""
    found = {}
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if _holds_text(column.type) and column.info.get("event") not in _NOT_WRITTEN:
            kind = column.info.get("text")
            people = kind != "program" and not column.foreign_keys
            most = getattr(column.type, "length", None)
            code, identifies = kind == "code", kind in {"code", "identifier"}
            found[attribute.key] = TextRule(most, code, people, identifies)
    return found


def _holds_text(kind: TypeEngine[Any]) -> bool:
    # A setting keeps its text as JSON; decimals are no texts, whatever they are kept as.
    return isinstance(kind, String | JSON)


def check_rows(rows: Iterable[Base], *, new: bool) -> None:
    """Refuse what rows are about to be written with; of old rows only what has changed counts."""
    for row in rows:
        held = row.__dict__
        was = {} if new else instance_state(row).committed_state
        for name, rule in rules(type(row)).items():
            value = held.get(name)
            if isinstance(value, str) and value and (new or was.get(name, value) != value):
                rule.check(value, name)


def check_values(model: type[Base], rows: Collection[Mapping[str, object]]) -> None:
    """Refuse what alike rows are about to be inserted with; what they share is checked once."""
    for name, rule in rules(model).items():
        for text in _texts(rows, name):
            if text and isinstance(text, str):
                rule.check(text, name)


def _texts(rows: Collection[Mapping[str, object]], name: str) -> Collection[object]:
    """What rows have in a column, each once where that can be told."""
    try:
        return {row.get(name) for row in rows}
    except TypeError:  # a list of something
        return {value for row in rows if isinstance(value := row.get(name), str)}
