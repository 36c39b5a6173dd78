"""Tables: a page declares its columns over frozen rows, the models show them.

`TableModel` holds all its rows and sorts them itself; `PagedTableModel` knows only how many there
are, reads what is seen and leaves sorting to the database. `table_view.py` has the view.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.sparse import PAGE, Fetch, PageRequest, SparseRows
from moebelcirkel.ui.kit.plain import tip

Row = TypeVar("Row")
Value = TypeVar("Value")
Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right", "center"]

#: Parent of all rows.
_TOP = QModelIndex()
_USER = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = _USER + 1
ROW_ROLE = _USER + 2

ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}

#: Tones of figures that stand out in every row.
_HEAVY = frozenset({"money", "co2"})


@dataclass(frozen=True)  # Python 3.11 cannot subscript a generic one with slots
class Column(Generic[Row]):
    """One column: what it is called, what it says, and how it looks.

    `sort` gives the value rows are ordered by (without it the column cannot be sorted); `width`
    0 shares what is left, by `weight`; `share` (0 to 1) draws a thin bar before the text; `chip`
    draws a pill instead of it; `hidden` columns are off until someone chooses them; one that
    `keeps_end` is cut in its middle where it has no room, for what tells its rows apart stands
    last. One that `yields` is left out, the last one first, where the
    table is too narrow for all and nobody has chosen its columns.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    align: Align = "left"
    tone: str | Callable[[Row], str] = ""
    width: int = 0
    weight: int = 1
    strong: bool = False
    icon: Callable[[Row], QIcon] | None = None
    chip: Callable[[Row], Chip | None] | None = None
    share: Callable[[Row], float | None] | None = None
    tip: Callable[[Row], str] | None = None
    hidden: bool = False
    keeps_end: bool = False
    yields: bool = False

    def tone_of(self, row: Row) -> str:
        """Tone of the text in this row."""
        return self.tone if isinstance(self.tone, str) else self.tone(row)


def text_column(
    key: str,
    title: str,
    text: Callable[[Row], str],
    *,
    tone: str | Callable[[Row], str] = "",
    width: int = 0,
    hidden: bool = False,
    yields: bool = False,
) -> Column[Row]:
    """A column whose rows are ordered by what it says."""
    return Column(key, title, text, text, tone=tone, width=width, hidden=hidden, yields=yields)


def chip_column(
    key: str,
    title: str,
    chip: Callable[[Row], Chip],
    sort: Callable[[Row], Any] | None = None,
    *,
    width: int = 0,
    tip: Callable[[Row], str] | None = None,
) -> Column[Row]:
    """A column of pills."""
    return Column(key, title, lambda row: chip(row).text, sort, width=width, chip=chip, tip=tip)


def figure_column(
    key: str,
    title: str,
    value: Callable[[Row], Value],
    written: Callable[[Value], str],
    *,
    tone: str | Callable[[Row], str] = "",
    width: int = 0,
    hidden: bool = False,
    yields: bool = False,
) -> Column[Row]:
    """A column of figures: they end at the right, and are ordered as figures, not as texts."""

    def text(row: Row) -> str:
        return written(value(row))

    return Column(key, title, text, value, "right", tone, width, hidden=hidden, yields=yields)


@dataclass(frozen=True)
class CellLook(Generic[Row]):
    """A column of a row, the tone of its text, and whether it is heavy."""

    column: Column[Row]
    row: Row
    tone: str
    heavy: bool


class ColumnsModel(QAbstractTableModel, Generic[Row]):
    """What both models share: headers and cells out of a row, if it is at hand."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        row_key: Callable[[Row], Hashable],
        strong_row: Callable[[Row], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.row_key = row_key
        self._strong_row = strong_row
        self._cells: dict[int, Callable[[Column[Row], Row], Any]] = {
            int(Qt.ItemDataRole.DisplayRole): lambda column, row: column.text(row),
            int(Qt.ItemDataRole.TextAlignmentRole): lambda column, _row: (
                ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
            ),
            int(Qt.ItemDataRole.DecorationRole): lambda column, row: (
                column.icon(row) if column.icon else None
            ),
            int(Qt.ItemDataRole.ToolTipRole): lambda column, row: (
                tip(column.tip(row)) if column.tip else None
            ),
            int(Qt.ItemDataRole.AccessibleTextRole): lambda column, row: (
                f"{column.title}: {column.text(row)}"
            ),
            SORT_ROLE: lambda column, row: column.sort(row) if column.sort else None,
            ROW_ROLE: lambda _column, row: row,
        }

    def row_at(self, number: int) -> Row | None:
        """Return the row with this number, or None while it is not at hand."""
        raise NotImplementedError

    def cell(self, index: Index) -> CellLook[Row] | None:
        """What a cell is painted from, if its row is at hand: Qt would ask for it word by word."""
        row = self.row_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        tone = column.tone_of(row)
        heavy = column.strong or tone in _HEAVY or self.is_strong(row)
        return CellLook(column, row, tone, heavy)

    def peek(self, number: int) -> Row | None:
        """Return the row if it is at hand, without fetching it."""
        return self.row_at(number)

    def is_strong(self, row: Row) -> bool:
        """Tell whether the whole row stands out, as a total does."""
        return self._strong_row is not None and self._strong_row(row)

    def find(self, key: Hashable) -> int | None:
        """Return the number of the row with a key, if it is at hand."""
        for number in range(self.rowCount()):
            row = self.peek(number)
            if row is not None and self.row_key(row) == key:
                return number
        return None

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        make = self._cells.get(int(role))
        if make is None or not index.isValid():
            return None
        row = self.row_at(index.row())
        return None if row is None else make(self.columns[index.column()], row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        return None


class TableModel(ColumnsModel[Row], Generic[Row]):
    """All rows at hand; `set_rows` replaces them, `sort` orders them stably."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        row_key: Callable[[Row], Hashable],
        strong_row: Callable[[Row], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, row_key, strong_row, parent)
        self.rows: list[Row] = []
        self._order: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, in the order the reader chose last."""
        self.beginResetModel()
        self.rows = list(rows)
        self._apply_order()
        self.endResetModel()

    def row_at(self, number: int) -> Row | None:
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; totals stay at the end."""
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        before = {id(row): number for number, row in enumerate(self.rows)}
        self._apply_order()
        moved = {before[id(row)]: number for number, row in enumerate(self.rows)}
        old = self.persistentIndexList()
        new = [self.index(moved[index.row()], index.column()) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _apply_order(self) -> None:
        if self._order is None:
            return
        number, descending = self._order
        value = self.columns[number].sort
        assert value is not None
        filled = [row for row in self.rows if value(row) is not None and not self.is_strong(row)]
        empty = [row for row in self.rows if value(row) is None and not self.is_strong(row)]
        strong = [row for row in self.rows if self.is_strong(row)]
        filled.sort(key=value, reverse=descending)
        self.rows = [*filled, *empty, *strong]


class PagedTableModel(ColumnsModel[Row], Generic[Row]):
    """A long list: the count is known, rows come page by page through `fetch`.

    The page calls `reset(count, first_rows)` after a search and `deliver(request, rows)` (or
    `failed(request)`) from the job that answers a request.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        row_key: Callable[[Row], Hashable],
        fetch: Fetch[Row],
        parent: QObject | None = None,
        page_size: int = PAGE,
    ) -> None:
        super().__init__(columns, row_key, None, parent)
        self._sparse: SparseRows[Row] = SparseRows(fetch, page_size)

    def reset(self, count: int, first_rows: Sequence[Row] = ()) -> None:
        """Show another list."""
        self.beginResetModel()
        self._sparse.reset(count, first_rows)
        self.endResetModel()

    def deliver(self, request: PageRequest[Row], rows: Sequence[Row]) -> None:
        """Take in the answer to a request."""
        found = self._sparse.deliver(request, rows)
        if found is not None:
            last = len(self.columns) - 1
            self.dataChanged.emit(self.index(found[0], 0), self.index(found[1], last))

    def failed(self, request: PageRequest[Row]) -> None:
        """Say that a request got no answer."""
        self._sparse.failed(request)

    def row_at(self, number: int) -> Row | None:
        """Return a row at hand, else ask for it."""
        return self._sparse.row(number)

    def peek(self, number: int) -> Row | None:
        return self._sparse.peek(number)

    def find(self, key: Hashable) -> int | None:
        """Look only through the rows at hand."""
        loaded = self._sparse.loaded()
        return next((number for number, row in loaded if self.row_key(row) == key), None)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._sparse.count
