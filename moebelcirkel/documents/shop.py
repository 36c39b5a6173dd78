"""What is on sale as a table for other systems, beside what they sell new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moebelcirkel.documents.spreadsheet import Row, Sheet, SheetColumn, workbook
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.documents.spreadsheet_csv import csv_bytes
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.language import _


@dataclass(frozen=True, slots=True)
class OnSale:
    """Alike pieces on sale; ``type_1`` is empty where nobody can tell.

    ``known`` has the answer to each of ``SHOP_FACTS``; as where they stand, it says how many where
    the pieces differ.
    """

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
    stands: str
    known: tuple[str, ...]


def shop_csv(rows: Iterable[OnSale]) -> bytes:
    """The table as CSV."""
    return csv_bytes(_columns(), map(_row, rows))


def shop_workbook(rows: Iterable[OnSale], *, author: str, created: datetime) -> bytes:
    """The table as XLSX."""
    sheet = Sheet(_("Shop"), _columns(), list(map(_row, rows)))
    return workbook([sheet], title=_("Shop"), author=author, created=created)


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Number"), CellKind.TEXT, 10),
        SheetColumn(_("Name"), CellKind.TEXT, 34),
        SheetColumn(_("Maker"), CellKind.TEXT, 18),
        SheetColumn(_("Model"), CellKind.TEXT, 18),
        SheetColumn(_("Category"), CellKind.TEXT, 22),
        SheetColumn(_("Condition"), CellKind.TEXT, 10),
        SheetColumn(_("Refurbished"), CellKind.YES_NO, 12),
        SheetColumn(_("Count"), CellKind.INTEGER, 8),
        SheetColumn(_("Price"), CellKind.KRONER),
        SheetColumn(_("New price"), CellKind.KRONER),
        SheetColumn(_("Ecolabel"), CellKind.TEXT, 18),
        SheetColumn(_("Type 1 ecolabel"), CellKind.YES_NO, 16),
        SheetColumn(_("Width × depth × height, cm"), CellKind.TEXT, 24),
        SheetColumn(_("Size mark"), CellKind.TEXT, 10),
        SheetColumn(_("Colour"), CellKind.TEXT, 16),
        SheetColumn(_("Picture"), CellKind.TEXT, 40),
        SheetColumn("UNSPSC", CellKind.TEXT, 12),
        SheetColumn(_("Link"), CellKind.TEXT, 28),
        SheetColumn(_("Place"), CellKind.TEXT, 20),
        *(SheetColumn(_(fact.name), CellKind.TEXT, 16) for fact in SHOP_FACTS.values()),
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
        card.stands,
        *card.known,
    )
