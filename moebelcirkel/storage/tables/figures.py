"""Figure lines: frozen money and CO2e of one unit at one hand-over, return or reversal."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.storage.tables.base import Base, Word, index_of_some, one_of

#: As many as an index of PostgreSQL may have.
_ADDED_UP = (
    *("effective_on", "kind", "institution_id", "booked_at", "change_id", "corrects_id"),
    *("unit_id", "loop", "category_key", "factor_set_id", "own_epd", "documented"),
    *("count", "new_value_ore", "cash_ore", "lifetime_ore", "price_paid_ore"),
    *("net_g", "low_g", "high_g", "gross_g", "bound_low_g", "bound_high_g"),
    *("cash_d27_ore", "cash_d50_ore", "cash_d70_ore", "cash_d100_ore"),
    *("net_d27_g", "net_d50_g", "net_d70_g", "net_d100_g", "id"),
)


_LEVIED = text("levy_ore IS NOT NULL")

#: In the inputs of a return: its piece was kept or lost, so that nothing came back.
NOT_BACK = "not_back"


class FigureLine(Base):
    """Append-only. Sums of money are øre, of CO2e grams (null where no factor is known).

    ``inputs`` holds every value used with its source, so that the line can be computed again.
    ``levy_ore`` is the climate levy on the new piece that was not bought: null where none is paid.
    ``days_in_house`` is what a hand-over took from the day the piece was received.
    """

    __tablename__ = "figure_line"
    __track__ = "reference"
    __undo__ = "append"
    __table_args__ = (
        one_of("kind", LineKind),
        # Everything that a report adds up, in the order of its days: it never reads ``inputs``.
        Index("ix_figure_line_period", *_ADDED_UP),
        index_of_some(
            "ix_figure_line_levy",
            *("effective_on", "booked_at", "institution_id", "levy_ore"),
            where=_LEVIED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(Word(LineKind, 12))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("figure_line.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    loop: Mapped[int] = mapped_column()
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    category_key: Mapped[str] = mapped_column(ForeignKey("category.key"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"), index=True)
    factor_set_id: Mapped[int | None] = mapped_column(ForeignKey("factor_set.id"))
    effective_on: Mapped[dt.date] = mapped_column()
    booked_at: Mapped[dt.datetime] = mapped_column(index=True)
    price_paid_ore: Mapped[int] = mapped_column(BigInteger, default=0)
    days_in_house: Mapped[int | None] = mapped_column()
    own_factor: Mapped[bool] = mapped_column(default=False)
    own_epd: Mapped[bool] = mapped_column(default=False)
    documented: Mapped[bool] = mapped_column(default=False)
    answered: Mapped[bool] = mapped_column(default=False)
    count: Mapped[int] = mapped_column()
    new_value_ore: Mapped[int] = mapped_column(BigInteger)
    cash_ore: Mapped[int] = mapped_column(BigInteger)
    lifetime_ore: Mapped[int] = mapped_column(BigInteger)
    net_g: Mapped[int | None] = mapped_column(BigInteger)
    low_g: Mapped[int | None] = mapped_column(BigInteger)
    high_g: Mapped[int | None] = mapped_column(BigInteger)
    gross_g: Mapped[int | None] = mapped_column(BigInteger)
    bound_low_g: Mapped[int | None] = mapped_column(BigInteger)
    bound_high_g: Mapped[int | None] = mapped_column(BigInteger)
    cash_d27_ore: Mapped[int] = mapped_column(BigInteger)
    cash_d50_ore: Mapped[int] = mapped_column(BigInteger)
    cash_d70_ore: Mapped[int] = mapped_column(BigInteger)
    cash_d100_ore: Mapped[int] = mapped_column(BigInteger)
    net_d27_g: Mapped[int | None] = mapped_column(BigInteger)
    net_d50_g: Mapped[int | None] = mapped_column(BigInteger)
    net_d70_g: Mapped[int | None] = mapped_column(BigInteger)
    net_d100_g: Mapped[int | None] = mapped_column(BigInteger)
    inputs: Mapped[dict[str, Any]] = mapped_column()
    levy_ore: Mapped[int | None] = mapped_column(BigInteger)
