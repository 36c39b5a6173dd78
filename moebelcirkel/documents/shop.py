"""What is on sale as a table for other systems, beside what they sell new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moebelcirkel.documents.spreadsheet import Column, Row, Sheet, csv_bytes, workbook
from moebelcirkel.documents.spreadsheet_cells import Kind
from moebelcirkel.language import _


@dataclass(frozen=True, slots=True)
class OnSale:
    """Alike pieces on sale; ``type_1`` is empty where nobody can tell."""

    number: int
    name: str
    maker: str
    model: str
    category: str
    condition: str
    refurbished: bool
    count: int
    price_ore: int
    new_price_ore: int | None
    ecolabel: str
    type_1: bool | None
    measures: str
    size_mark: str
    colour: str
    picture: str
    unspsc: str
    link: str


def shop_csv(rows: Iterable[OnSale]) -> bytes:
    """The table as CSV."""
    return csv_bytes(_columns(), map(_row, rows))


def shop_workbook(rows: Iterable[OnSale], *, author: str, created: datetime) -> bytes:
    """The table as XLSX."""
    sheet = Sheet(_("Shop"), _columns(), list(map(_row, rows)))
    return workbook([sheet], title=_("Shop"), author=author, created=created)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), Kind.TEXT, 10),
        Column(_("Name"), Kind.TEXT, 34),
        Column(_("Maker"), Kind.TEXT, 18),
        Column(_("Model"), Kind.TEXT, 18),
        Column(_("Category"), Kind.TEXT, 22),
        Column(_("Condition"), Kind.TEXT, 10),
        Column(_("Refurbished"), Kind.YES_NO, 12),
        Column(_("Count"), Kind.INTEGER, 8),
        Column(_("Price"), Kind.KRONER),
        Column(_("New price"), Kind.KRONER),
        Column(_("Ecolabel"), Kind.TEXT, 18),
        Column(_("Type 1 ecolabel"), Kind.YES_NO, 16),
        Column(_("Width × depth × height, cm"), Kind.TEXT, 24),
        Column(_("Size mark"), Kind.TEXT, 10),
        Column(_("Colour"), Kind.TEXT, 16),
        Column(_("Picture"), Kind.TEXT, 40),
        Column("UNSPSC", Kind.TEXT, 12),
        Column(_("Link"), Kind.TEXT, 28),
    )


def _row(card: OnSale) -> Row:
    return (
        str(card.number),
        card.name,
        card.maker,
        card.model,
        card.category,
        card.condition,
        card.refurbished,
        card.count,
        card.price_ore,
        card.new_price_ore,
        card.ecolabel,
        card.type_1,
        card.measures,
        card.size_mark,
        card.colour,
        card.picture,
        card.unspsc,
        card.link,
    )
