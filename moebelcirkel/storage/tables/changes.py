"""Changes and their events: the append-only memory of everything that was written."""

import datetime as dt
from typing import Any, ClassVar, Literal

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import PROGRAM, Base


class Change(Base):
    """One service call that wrote: who, when, what kind, and which change it reverses."""

    __tablename__ = "change"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(String(64), unique=True, info=PROGRAM)
    kind: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(index=True)
    session: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), unique=True)


class ChangeResult(Base):
    """What a change answered, so that the same request asked again gets the same answer."""

    __tablename__ = "change_result"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    kinds: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]]


class ChangeLink(Base):
    """What binds a change to all before it; see ``chain``."""

    __tablename__ = "change_link"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    link: Mapped[str] = mapped_column(String(64), info=PROGRAM)


class Event(Base):
    """What a change did to one row: codes and ids before and after, see ``events``."""

    __tablename__ = "event"
    __track__: ClassVar[Literal["full", "reference"] | None] = None
    __table_args__ = (Index("ix_event_entity", "entity", "entity_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(64))
    payload_version: Mapped[int] = mapped_column(default=1)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class PersonText(Base):
    """A name or note that an event refers to; it can be erased while the events stay whole.

    The event has the SHA-256 of salt and body, which tells nobody the body once both are erased.
    """

    __tablename__ = "person_text"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32), info=PROGRAM)
