"""Photos: normalised pictures by fingerprint, linked to an article or to a unit that differs."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import PROGRAM, Base, Versioned


class PhotoBlob(Base):
    """The JPEG and its thumbnail; erasing them leaves the fingerprint and the events whole."""

    __tablename__ = "photo_blob"
    __track__ = None

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True, info=PROGRAM)
    jpeg: Mapped[bytes | None] = mapped_column(LargeBinary)
    thumb: Mapped[bytes | None] = mapped_column(LargeBinary)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    created_at: Mapped[dt.datetime] = mapped_column()


class Photo(Versioned, Base):
    """A picture of an article (most) or of one unit."""

    __tablename__ = "photo"
    __table_args__ = (CheckConstraint("(article_id IS NULL) <> (unit_id IS NULL)", name="owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("photo_blob.sha256"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
