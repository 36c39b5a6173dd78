"""What people looked for and the shop did not have, as a table."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime

from moebelcirkel.documents.spreadsheet import Column, Sheet, csv_bytes, workbook
from moebelcirkel.documents.spreadsheet_cells import Kind
from moebelcirkel.language import _


@dataclass(frozen=True, slots=True)
class Line:
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


def demand_csv(lines: Iterable[Line]) -> bytes:
    """The table as CSV."""
    return csv_bytes(_columns(), map(astuple, lines))


def demand_workbook(lines: Iterable[Line], *, author: str, created: datetime) -> bytes:
    """The table as XLSX."""
    sheet = Sheet(_("Demand"), _columns(), list(map(astuple, lines)))
    return workbook([sheet], title=_("Demand"), author=author, created=created)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Asked for"), Kind.TEXT, 34),
        Column(_("Category"), Kind.TEXT, 22),
        Column(_("Condition at least"), Kind.TEXT, 12),
        Column(_("Price at most"), Kind.KRONER),
        Column(_("Width, cm"), Kind.TEXT, 12),
        Column(_("Depth, cm"), Kind.TEXT, 12),
        Column(_("Height, cm"), Kind.TEXT, 12),
        Column(_("Searches"), Kind.INTEGER, 12, total=True),
        Column(_("Wants open"), Kind.INTEGER, 12, total=True),
        Column(_("Wants expired"), Kind.INTEGER, 12, total=True),
        Column(_("Pieces lacking"), Kind.INTEGER, 12, total=True),
        Column(_("Last asked, week from"), Kind.DAY, 14),
    )
