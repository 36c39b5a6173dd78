"""Baskets and the holds that keep a unit for one of them; lists of types, for all or one's own."""

import datetime as dt
from typing import ClassVar, Literal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import Answer
from moebelcirkel.storage.tables.base import PERSON, Base, Versioned, Word


class Basket(Versioned, Base):
    """What an institution has put aside; one per institution. ``loan_until`` makes it a loan."""

    __tablename__ = "basket"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), unique=True)
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    answer: Mapped[Answer | None] = mapped_column(Word(Answer, 10))
    loan_until: Mapped[dt.date | None] = mapped_column(sort_order=1)


class Hold(Base):
    """A unit kept for one basket until a moment; the primary key lets only one hold it."""

    __tablename__ = "hold"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), index=True)
    exact: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[Answer | None] = mapped_column(Word(Answer, 10))
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    want_id: Mapped[int | None] = mapped_column(ForeignKey("want.id"), index=True)


class BasketLoss(Base):
    """A unit that another basket took after this one's hold ran out; told once, then forgotten.

    It is no event of anybody's doing: it only keeps the sender from missing it.
    """

    __tablename__ = "basket_loss"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    lost_at: Mapped[dt.datetime] = mapped_column()


class ShopList(Versioned, Base):
    """A short list of types that the shop shows before one's own.

    ``kind`` is the kind of institution it is for, empty for all of them; the shop of those opens
    with it where it is ``first``.
    """

    __tablename__ = "shop_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME), unique=True)
    kind: Mapped[str] = mapped_column(String(limits.INSTITUTION_KIND), default="")
    first: Mapped[bool] = mapped_column(default=False)


class ShopListType(Base):
    """One type of a list, which may stand there twice where two became one."""

    __tablename__ = "shop_list_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("shop_list.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)


class OwnList(Versioned, Base):
    """A list of types that one person keeps in the shop, by a name of the person's own.

    With ``search`` it holds no types, and its name is what is searched for.
    """

    __tablename__ = "own_list"
    __table_args__ = (UniqueConstraint("user_id", "search", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    name: Mapped[str] = mapped_column(String(limits.NAME), info=PERSON)
    search: Mapped[bool] = mapped_column(default=False)


class OwnListType(Base):
    """One type of a person's own list, which may stand there twice where two became one."""

    __tablename__ = "own_list_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("own_list.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)


class ShopSeen(Base):
    """A type that a person looked at lately, the newest at 0; few are kept, and it is no event."""

    __tablename__ = "shop_seen"
    __track__: ClassVar[Literal["full", "reference"] | None] = None

    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column()
