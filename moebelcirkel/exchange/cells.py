"""Reading one field after another out of a line; what is wrong says which column it is about."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.article_cells import refuse_failed
from moebelcirkel.exchange.lines import FileRow
from moebelcirkel.exchange.tabular import Table

T = TypeVar("T")


class WrongCell(Exception):  # noqa: N818 - it only carries an answer to the line's end
    """A rule's answer together with the column it is about."""

    def __init__(self, column: str, refused: Refused) -> None:
        self.column = column
        self.refused = refused


class Cell(Generic[T]):
    """Reads one field out of a line. Values that come again are not worked out again."""

    def __init__(
        self, table: Table, column: str | None, read: Callable[[str], T], default: T
    ) -> None:
        self.column = column or ""
        self._place = table.places[column] if column is not None else -1
        self._read = read
        self._known: dict[str, T] = {}
        self._default = default

    def __call__(self, cells: tuple[str, ...]) -> T:
        if self._place < 0:
            return self._default
        cell = cells[self._place]
        try:
            return self._known[cell]
        except KeyError:
            pass
        try:
            refuse_failed(cell)
            value = self._known[cell] = self._read(cell)
        except Refused as refused:
            raise WrongCell(self.column, refused) from None
        return value


class Valueless:
    """The cells of the chosen columns whose formula has no value: their lines are refused."""

    def __init__(self, table: Table, columns: Collection[str]) -> None:
        self._columns: dict[int, str] = {}
        for line, column in sorted(table.valueless):
            if column in columns:
                self._columns.setdefault(line, column)

    def refuse(self, row: FileRow) -> None:
        """Refuse a line with such a cell."""
        if column := self._columns.get(row.line):
            raise WrongCell(
                column,
                Refused(
                    N_(
                        "The file has a formula here without a value. Open it in Excel, save it,"
                        " and choose it again."
                    )
                ),
            )
