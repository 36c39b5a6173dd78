"""Places: where a unit stands, e.g. Hal 2 · Reol 14 · C; some can roll."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.places import PlaceKind
from moebelcirkel.storage.tables.base import CODE, DERIVED, SORT_KEY, Base, Versioned, Word, one_of


class Place(Versioned, Base):
    """A shelf, a spot on the floor, or a movable trolley, pallet or cage.

    One of a ``pickup`` is where its furniture stands with its giver until it is fetched; it is out
    of use from the start, so that nothing is put there.
    """

    __tablename__ = "place"
    __table_args__ = (one_of("kind", PlaceKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True, info=CODE)
    name: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[PlaceKind] = mapped_column(Word(PlaceKind, 12), default=PlaceKind.SHELF)
    active: Mapped[bool] = mapped_column(default=True)
    pickup_id: Mapped[int | None] = mapped_column(
        ForeignKey("pickup.id"), index=True, unique=True, sort_order=1
    )
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="", info=DERIVED)
    search_text: Mapped[str] = mapped_column(Text, default="", info=DERIVED)
