"""Orders with one line per unit; an open line is unique per unit by a partial index."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    case,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.orders import LineState, Needs, OrderState, Rating, Why
from moebelcirkel.domain.pickups import Access
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    PERSON,
    PROGRAM,
    Base,
    Versioned,
    Word,
    index_of_some,
    one_of,
)

OPEN_LINE = text("state IN ('open', 'picked')")


class Order(Versioned, Base):
    """What an institution asks for; prices, limit and promised day are frozen when it is sent.

    ``way_in`` is how it gets into the building, as ``Access`` has it; ``decided_for_id`` is in
    whose stead a deputy decided. ``loan_until`` is the day its pieces are to be returned, where it
    is a loan, and ``loan_rate_ore`` what each of them costs a day. ``total_ore`` is the sum of its
    lines; ``fee_ore`` comes on top. Nothing said of ``urgent`` is that it is not. ``over_ore`` is
    by how much it passed a budget ceiling when it was sent.
    """

    __tablename__ = "shop_order"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", OrderState),
        one_of("answer", CHOICES),
        Index("ix_shop_order_state", "state", "institution_id"),
        Index("ix_shop_order_loan_until", "loan_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    orderer_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    state: Mapped[OrderState] = mapped_column(Word(OrderState, 12))
    answer: Mapped[Answer] = mapped_column(Word(Answer, 10))
    needs: Mapped[Needs] = mapped_column(Word(Needs, 20), default=Needs.NOTHING)
    limit_ore: Mapped[int | None] = mapped_column(AMOUNT)
    total_ore: Mapped[int] = mapped_column(AMOUNT)
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    sent_at: Mapped[dt.datetime] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column()
    reason: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    needed_on: Mapped[dt.date | None] = mapped_column(sort_order=1)
    promised_on: Mapped[dt.date | None] = mapped_column(sort_order=2)
    building: Mapped[str | None] = mapped_column(String(limits.NAME), sort_order=3, info=PERSON)
    floor: Mapped[str | None] = mapped_column(String(limits.FLOOR), sort_order=4, info=PERSON)
    way_in: Mapped[Access | None] = mapped_column(Word(Access, 12), sort_order=5)
    decided_for_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), sort_order=6)
    loan_until: Mapped[dt.date | None] = mapped_column(sort_order=7)
    loan_rate_ore: Mapped[int | None] = mapped_column(AMOUNT, sort_order=8)
    rating: Mapped[Rating | None] = mapped_column(Word(Rating, 8), sort_order=9)
    fee_ore: Mapped[int | None] = mapped_column(AMOUNT, sort_order=11)
    feedback: Mapped[str | None] = mapped_column(Text, sort_order=10, info=PERSON)
    urgent: Mapped[bool | None] = mapped_column(sort_order=12)
    over_ore: Mapped[int | None] = mapped_column(AMOUNT, sort_order=13)

    @hybrid_property
    def cost_ore(self) -> int:
        """What it costs in all: its pieces and its fee, which goes where nothing of it comes."""
        return self.total_ore + (0 if self.state == OrderState.CANCELLED else self.fee_ore or 0)

    @cost_ore.inplace.expression
    @classmethod
    def _cost_ore(cls) -> ColumnElement[int]:
        fee = case((cls.state == OrderState.CANCELLED, 0), else_=func.coalesce(cls.fee_ore, 0))
        return cls.total_ore + fee


#: Whether an order is urgent and still on its way, as 1 or 0.
HURRY: ColumnElement[int] = case(
    (and_(Order.urgent.is_(True), Order.state.in_((OrderState.AWAITING, OrderState.APPROVED))), 1),
    else_=0,
)


class OrderLine(Versioned, Base):
    """One unit of an order, with the price, new price and estimate it was sent with."""

    __tablename__ = "order_line"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", LineState),
        CheckConstraint("price_ore >= 0", name="price"),
        index_of_some("uq_order_line_open_unit", "unit_id", unique=True, where=OPEN_LINE),
        Index("ix_order_line_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    condition: Mapped[Condition] = mapped_column(Word(Condition, 1))
    price_ore: Mapped[int] = mapped_column(AMOUNT)
    new_price_ore: Mapped[int] = mapped_column(AMOUNT)
    net_g: Mapped[int | None] = mapped_column(AMOUNT)
    answer: Mapped[Answer | None] = mapped_column(Word(Answer, 10))
    exact: Mapped[bool] = mapped_column(default=False)
    state: Mapped[LineState] = mapped_column(Word(LineState, 12), default=LineState.OPEN)
    picked_at: Mapped[dt.datetime | None] = mapped_column()
    delivered_on: Mapped[dt.date | None] = mapped_column()
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    want_id: Mapped[int | None] = mapped_column(ForeignKey("want.id"), index=True, sort_order=1)
    ended_why: Mapped[Why | None] = mapped_column(Word(Why, 12), sort_order=2)


class OrderTask(Base):
    """What the workshop does to each piece of an order before it comes, at the price agreed to.

    The price of each line has it in it; ``weeks`` is what the task added to the promised day.
    """

    __tablename__ = "order_task"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("labour_ore >= 0", name="labour"),
        CheckConstraint("parts_ore >= 0", name="parts"),
        CheckConstraint("weeks >= 0", name="weeks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    task_type_id: Mapped[int] = mapped_column(ForeignKey("task_type.id"))
    position: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    labour_ore: Mapped[int] = mapped_column(AMOUNT, default=0)
    parts_ore: Mapped[int] = mapped_column(AMOUNT, default=0)
    weeks: Mapped[int] = mapped_column(default=0)
