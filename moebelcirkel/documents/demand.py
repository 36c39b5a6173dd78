"""What people looked for and the shop did not have, as a table."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime

from moebelcirkel.documents.spreadsheet import Sheet, SheetColumn, workbook
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.documents.spreadsheet_csv import csv_bytes
from moebelcirkel.language import _


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What was asked for, by what, and how often; ``last_on`` is the Monday of the last week."""

    what: str
    category: str
    condition: str
    ceiling_ore: int | None
    width: str
    depth: str
    height: str
    searches: int
    open: int
    expired: int
    lacking: int
    last_on: date


def demand_csv(lines: Iterable[DemandRow]) -> bytes:
    """The table as CSV."""
    return csv_bytes(_columns(), map(astuple, lines))


def demand_workbook(lines: Iterable[DemandRow], *, author: str, created: datetime) -> bytes:
    """The table as XLSX."""
    sheet = Sheet(_("Demand"), _columns(), list(map(astuple, lines)))
    return workbook([sheet], title=_("Demand"), author=author, created=created)


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Asked for"), CellKind.TEXT, 34),
        SheetColumn(_("Category"), CellKind.TEXT, 22),
        SheetColumn(_("Condition at least"), CellKind.TEXT, 12),
        SheetColumn(_("Price at most"), CellKind.KRONER),
        SheetColumn(_("Width, cm"), CellKind.TEXT, 12),
        SheetColumn(_("Depth, cm"), CellKind.TEXT, 12),
        SheetColumn(_("Height, cm"), CellKind.TEXT, 12),
        SheetColumn(_("Searches"), CellKind.INTEGER, 12, total=True),
        SheetColumn(_("Wants open"), CellKind.INTEGER, 12, total=True),
        SheetColumn(_("Wants expired"), CellKind.INTEGER, 12, total=True),
        SheetColumn(_("Pieces lacking"), CellKind.INTEGER, 12, total=True),
        SheetColumn(_("Last asked, week from"), CellKind.DAY, 14),
    )
