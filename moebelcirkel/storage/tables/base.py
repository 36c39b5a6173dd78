"""Declarative base, column types that refuse wrong values, and how a class is tracked by events."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Connection,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TextClause,
    event,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

_Words = TypeVar("_Words", bound=StrEnum)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC on both engines; a naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Store as UTC; SQLite keeps no zone, so there it is stripped after conversion."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Hand out aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Word(TypeDecorator[_Words], Generic[_Words]):
    """One of the words of an enum, kept as its text; longer ones are met by its CHECK alone.

    A word that only a damaged file can hold is handed out as it stands, so that ``check`` names it.
    """

    impl = String
    cache_ok = True

    def __init__(self, words: type[_Words], length: int) -> None:
        super().__init__(length)
        self.words = words
        self._known: dict[str, _Words] = {word.value: word for word in words}

    def process_bind_param(self, value: _Words | str | None, dialect: Dialect) -> str | None:
        """Plain text, which every driver takes."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> _Words | None:
        """The word that the text is."""
        return None if value is None else self._known.get(value, cast(_Words, value))


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text, so that no digit is lost on either engine."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Plain digits, never an exponent."""
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError("an exact decimal is needed")
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Back to a decimal with the same digits."""
        return None if value is None else Decimal(value)


#: What a column of JSON holds: as much as was written, which only its reader knows.
Json = dict[str, Any]


class Base(DeclarativeBase):
    """What all tables have in common.

    ``__track__`` says what an event keeps: ``"full"`` values before and after, ``"reference"``
    a SHA-256 of the row (append-only tables keep their own values), or ``None``.
    ``__undo__`` says what undoing its creation does: delete the row, set its state to void,
    append the opposite row, or refuse.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UtcDateTime,
        Decimal: ExactDecimal,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
    __track__: ClassVar[Literal["full", "reference"] | None] = "full"
    __undo__: ClassVar[Literal["delete", "void", "append", "refuse"]] = "delete"


class Versioned:
    """A mutable row carries a counter, so that two writers never overwrite each other."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def index_of_some(
    name: str, *columns: str, where: ColumnElement[bool] | TextClause, unique: bool = False
) -> Index:
    """An index of the rows alone that fulfil ``where``, on both engines."""
    return Index(name, *columns, unique=unique, sqlite_where=where)


@event.listens_for(Index, "before_create")
def _on_a_server_too(index: Index, connection: Connection, **_options: object) -> None:
    """Said only where there is one: what names a server's words has all of them read.

    Of every index, as a copy of one, by which the check asks a server for its words, is heard of by
    no listener of its own.
    """
    where = index.dialect_options["sqlite"]["where"]
    if connection.dialect.name != "sqlite" and where is not None:
        index.dialect_options[connection.dialect.name]["where"] = where


#: Øre or grams that are added up or multiplied by numbers of pieces; on SQLite every whole number
#: is as large anyway.
AMOUNT = BigInteger().with_variant(Integer(), "sqlite")

#: A Danish sort key is compared byte by byte; a PostgreSQL that sorts the Danish way itself would
#: otherwise weigh it as if it were words.
SORT_KEY = Text().with_variant(Text(collation="C"), "postgresql")

#: Marks for ``mapped_column(info=…)``. PERSON texts are referenced from events, never copied
#: into them; of SECRET columns events keep a SHA-256; DERIVED ones are computed from others.
PERSON = {"event": "person"}
SECRET = {"event": "secret"}
DERIVED = {"event": "derived"}
#: What a text column holds where it is not people's words (see ``texts``): CODE is typed or scanned
#: and may be any ten digits, IDENTIFIER is what a person is told from others by, PROGRAM is made by
#: the program itself.
CODE = {"text": "code"}
IDENTIFIER = {"text": "identifier"}
PROGRAM = {"text": "program"}


def one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    """A check that a text column holds one of the given codes."""
    codes = [str(getattr(value, "value", value)) for value in values]
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
