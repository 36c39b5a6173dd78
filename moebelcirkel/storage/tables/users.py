"""People who log in, and the roles they have."""

import datetime as dt
from typing import ClassVar, Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.roles import Role
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    DERIVED,
    IDENTIFIER,
    PERSON,
    SECRET,
    SORT_KEY,
    Base,
    Versioned,
    Word,
    one_of,
)


class User(Versioned, Base):
    """One person; the password is kept as an argon2 hash and never reaches an event.

    ``limit_ore`` is the most that the person may decide, or send without an approver; none where
    only the institution's counts. ``password_once`` marks a password that only lets its owner
    choose a new one.
    """

    __tablename__ = "app_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True, info=PERSON | IDENTIFIER)
    name: Mapped[str] = mapped_column(String(limits.NAME), info=PERSON)
    email: Mapped[str] = mapped_column(String(160), default="", info=PERSON | IDENTIFIER)
    password_hash: Mapped[str | None] = mapped_column(Text, info=SECRET)
    password_once: Mapped[bool] = mapped_column(default=False)
    os_login: Mapped[str | None] = mapped_column(String(120), unique=True, info=PERSON | IDENTIFIER)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column()
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="", info=DERIVED)
    search_text: Mapped[str] = mapped_column(Text, default="", info=DERIVED)
    limit_ore: Mapped[int | None] = mapped_column(AMOUNT, sort_order=1)


class UserRole(Base):
    """A role of a person, for one institution or (null) for all."""

    __tablename__ = "user_role"
    __table_args__ = (one_of("role", Role), UniqueConstraint("user_id", "role", "institution_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role, 20))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))


class Deputy(Versioned, Base):
    """Who decides orders in somebody's stead: from day to day, or (without any day) always."""

    __tablename__ = "deputy"
    __table_args__ = (
        UniqueConstraint("user_id", "deputy_id"),
        CheckConstraint("user_id <> deputy_id", name="another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    first_on: Mapped[dt.date | None] = mapped_column()
    last_on: Mapped[dt.date | None] = mapped_column()


class LoginTry(Base):
    """Wrong passwords in a row for one login; the key is a hash, as people mistype into it."""

    __tablename__ = "login_try"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column()
    last_at: Mapped[dt.datetime] = mapped_column(index=True)
