"""The badge of a person, by which somebody takes over at a shared PC; one at a time."""

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import SECRET, Base


class UserBadge(Base):
    """What is kept of a badge: a SHA-256 of its secret, which is too long to be guessed.

    The PIN is short, so it is hashed as a password is.
    """

    __tablename__ = "user_badge"

    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    pin_hash: Mapped[str | None] = mapped_column(Text, info=SECRET)
    made_at: Mapped[dt.datetime] = mapped_column()
