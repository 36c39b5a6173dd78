"""Articles: what alike pieces share, from name and measures to new price and its source."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.storage.tables.base import CODE, DERIVED, SORT_KEY, Base, Versioned


class Ecolabel(Versioned, Base):
    """A label of the register; types have it by its name.

    ``also`` are parts of what others call it, and ``type_1`` is empty where nobody can tell.
    """

    __tablename__ = "ecolabel"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.ECOLABEL), unique=True)
    also: Mapped[str] = mapped_column(String(limits.ECOLABEL_ALSO), default="")
    type_1: Mapped[bool | None] = mapped_column()
    active: Mapped[bool] = mapped_column(default=True)


class Article(Versioned, Base):
    """A type of furniture. Measures in mm, weight in g, volume in litres, money in øre ex VAT.

    ``merged_into_id`` is the type that its pieces became.
    """

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(limits.ARTICLE_KEY), unique=True, info=CODE)
    name: Mapped[str] = mapped_column(String(limits.ARTICLE_NAME))
    maker: Mapped[str] = mapped_column(String(limits.MAKER), default="")
    model: Mapped[str] = mapped_column(String(limits.MODEL), default="", info=CODE)
    category_key: Mapped[str] = mapped_column(ForeignKey("category.key"), index=True)
    width_mm: Mapped[int | None] = mapped_column()
    depth_mm: Mapped[int | None] = mapped_column()
    height_min_mm: Mapped[int | None] = mapped_column()
    height_max_mm: Mapped[int | None] = mapped_column()
    weight_g: Mapped[int | None] = mapped_column()
    volume_l: Mapped[int | None] = mapped_column()
    size_mark: Mapped[str] = mapped_column(String(limits.SIZE_MARK), default="")
    colour: Mapped[str] = mapped_column(String(limits.COLOUR), default="")
    materials: Mapped[str] = mapped_column(String(limits.MATERIALS), default="")
    ecolabel: Mapped[str] = mapped_column(String(limits.ECOLABEL), default="", index=True)
    new_price_ore: Mapped[int | None] = mapped_column()
    new_price_on: Mapped[dt.date | None] = mapped_column()
    new_price_source: Mapped[str] = mapped_column(String(limits.SOURCE), default="")
    supplier: Mapped[str] = mapped_column(String(limits.SUPPLIER), default="")
    warranty_until: Mapped[dt.date | None] = mapped_column()
    spare_parts: Mapped[str] = mapped_column(String(limits.SPARE_PARTS), default="", info=CODE)
    epd_kg: Mapped[Decimal | None] = mapped_column()
    epd_source: Mapped[str] = mapped_column(String(limits.SOURCE), default="")
    link: Mapped[str] = mapped_column(Text, default="", info=CODE)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    search_text: Mapped[str] = mapped_column(Text, default="", info=DERIVED)
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="", index=True, info=DERIVED)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id"), index=True, sort_order=1
    )

    @property
    def active(self) -> bool:
        """Whether it can be chosen: a type merged into another one only tells what was."""
        return self.merged_into_id is None
