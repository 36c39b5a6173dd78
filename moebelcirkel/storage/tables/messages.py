"""Messages to people: in the program always, and by mail where that is set up."""

import datetime as dt
from typing import ClassVar, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.messages import MOST_SUBJECT, Cause, Mail
from moebelcirkel.storage.tables.base import PROGRAM, Base, Word, index_of_some, one_of

_WAITING = text("mail = 'waiting'")


class Message(Base):
    """What one person is told, as it was written with the change that caused it.

    It is no change of anybody's, so it stands outside the history. ``entity`` and ``entity_id``
    are what it opens. ``once`` keeps a reminder from being written twice. A mail under way is
    claimed; ``error`` is an English msgid of why the last try failed.
    """

    __tablename__ = "message"
    __track__: ClassVar[Literal["full", "reference"] | None] = None
    __table_args__ = (
        one_of("cause", Cause),
        one_of("mail", Mail),
        CheckConstraint("tries >= 0", name="tries"),
        Index("ix_message_recipient", "recipient_id", "id"),
        index_of_some("ix_message_waiting", "next_at", where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    cause: Mapped[Cause] = mapped_column(Word(Cause, 20), info=PROGRAM)
    subject: Mapped[str] = mapped_column(String(MOST_SUBJECT), info=PROGRAM)
    body: Mapped[str] = mapped_column(Text, info=PROGRAM)
    entity: Mapped[str] = mapped_column(String(20), default="", info=PROGRAM)
    entity_id: Mapped[int | None] = mapped_column()
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)
    once: Mapped[str | None] = mapped_column(String(80), unique=True, info=PROGRAM)
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    read_at: Mapped[dt.datetime | None] = mapped_column()
    undone: Mapped[bool] = mapped_column(default=False)
    mail: Mapped[Mail] = mapped_column(Word(Mail, 10), default=Mail.KEPT)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[dt.datetime | None] = mapped_column()
    claimed_at: Mapped[dt.datetime | None] = mapped_column()
    claimed_by: Mapped[str] = mapped_column(String(40), default="", info=PROGRAM)
    sent_at: Mapped[dt.datetime | None] = mapped_column()
    error: Mapped[str] = mapped_column(Text, default="", info=PROGRAM)
