"""The overview's table: the largest rows, one for the rest, and the total of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from moebelcirkel.language import _, co2_alike, ngettext, number, percent
from moebelcirkel.services.overview import OverviewRow, Sums
from moebelcirkel.ui.kit.lists.tables import Column, ColumnsModel, Index, figure_column
from moebelcirkel.ui.pages.overview.words import whole

_TOP = QModelIndex()
#: So many of the largest rows are shown at the least.
LEAST = 2


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A row of the table; ``kind`` is row, rest, apart or total."""

    kind: str
    key: int | str | None
    name: str
    totals: Sums
    share: float | None


def columns(first: str, mass: Callable[[int], str]) -> tuple[Column[OverviewLine], ...]:
    """The columns; the first is named after what the rows are, ``mass`` writes grams."""
    return (
        Column("name", first, lambda line: line.name, sort=lambda line: line.name, strong=True),
        figure_column("pieces", _("Pieces"), lambda line: line.totals.pieces, number, width=85),
        figure_column(
            "new_value", _("Value as new"), lambda line: line.totals.new_value_ore, whole, width=132
        ),
        figure_column(
            "cash",
            _("Saved purchases"),
            lambda line: line.totals.cash_ore,
            whole,
            tone="money",
            width=120,
        ),
        figure_column(
            "revenue",
            _("Revenue"),
            lambda line: line.totals.paid_ore,
            whole,
            width=110,
            yields=True,
        ),
        *_shares(mass),
    )


def _shares(mass: Callable[[int], str]) -> tuple[Column[OverviewLine], ...]:
    return (
        Column(
            "co2",
            _("Avoided CO₂e"),
            lambda line: mass(line.totals.net_g) if line.totals.co2_known else _("no factor"),
            lambda line: line.totals.net_g,
            "right",
            tone="co2",
            width=120,
        ),
        Column(
            "share",
            _("Share of the saved purchases"),
            _share_text,
            sort=lambda line: line.totals.cash_ore,
            share=lambda line: line.share,
            width=178,
            yields=True,
        ),
    )


def _share_text(line: OverviewLine) -> str:
    return "" if line.share is None else percent(line.share)


class SumsModel(ColumnsModel[OverviewLine]):
    """Holds all rows, shows the first ``most`` of them in order, the rest as one, and the total."""

    def __init__(
        self, first: str, rest: Callable[[int], str], parent: QObject | None = None
    ) -> None:
        shown = columns(first, self._written)
        super().__init__(shown, lambda line: (line.kind, line.key), _stands_out, parent)
        self._mass = co2_alike(())
        self._rest = rest
        self._rows: tuple[OverviewRow, ...] = ()
        self._total = Sums()
        self._most: int | None = None
        self._order = ("cash", True)
        self._lines: list[OverviewLine] = []

    def show_rows(self, rows: Sequence[OverviewRow], total: Sums) -> None:
        """Show other sums; ``total`` is that of all rows."""
        self._rows, self._total = tuple(rows), total
        self._fill()

    def _written(self, grams: int) -> str:
        return self._mass(grams)

    def show_most(self, most: int | None) -> None:
        """Show at most so many rows besides the rest and the total; None shows all."""
        most = None if most is None else max(LEAST, most)
        if most != self._most:
            self._most = most
            self._fill()

    def order_by(self, key: str, *, descending: bool) -> None:
        """Order by a column; rest, what stands apart, and total stay at the end."""
        self._order = (key, descending)
        self._fill()

    def counts(self) -> tuple[int, int]:
        """How many rows are shown, and how many there are, without those that stand apart."""
        shown = sum(line.kind == "row" for line in self._lines)
        return shown, sum(not row.apart for row in self._rows)

    def row_at(self, number: int) -> OverviewLine | None:
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def _fill(self) -> None:
        self.beginResetModel()
        ordered = self._ordered()
        fits = self._most is None or len(ordered) <= self._most + 1
        shown = ordered if fits else ordered[: self._most]
        rest = ordered[len(shown) :]
        lines = [self._line("row", row.key, row.name, row.totals) for row in shown]
        if rest:
            lines.append(self._line("rest", None, self._rest(len(rest)), _sum(rest)))
        apart = [row for row in self._rows if row.apart]
        lines += [self._line("apart", row.key, row.name, row.totals) for row in apart]
        if lines:
            lines.append(self._line("total", None, _("Total"), self._total))
        self._lines = lines
        self._mass = co2_alike(line.totals.net_g for line in lines)
        self.endResetModel()

    def _ordered(self) -> list[OverviewRow]:
        key, descending = self._order
        column = next(column for column in self.columns if column.key == key)
        assert column.sort is not None
        value = column.sort
        if key == "name":
            # They come in Danish order already.
            among = [row for row in self._rows if not row.apart]
            return among[::-1] if descending else among

        def of(row: OverviewRow) -> Any:
            return value(self._line("row", row.key, row.name, row.totals))

        among = [row for row in self._rows if not row.apart]
        return sorted(among, key=of, reverse=descending)

    def _line(self, kind: str, key: int | str | None, name: str, totals: Sums) -> OverviewLine:
        whole_gain = self._total.cash_ore
        known = whole_gain > 0 and 0 <= totals.cash_ore <= whole_gain
        return OverviewLine(
            kind, key, name, totals, totals.cash_ore / whole_gain if known else None
        )


def _stands_out(line: OverviewLine) -> bool:
    return line.kind == "total"


def _sum(rows: Sequence[OverviewRow]) -> Sums:
    return sum((row.totals for row in rows), Sums())


def rest_of_institutions(count: int) -> str:
    """The name of the line for the rest."""
    text = ngettext("{count} other institution", "The other {count} institutions", count)
    return text.format(count=number(count))


def rest_of_categories(count: int) -> str:
    """The name of the line for the rest."""
    text = ngettext("{count} other category", "The other {count} categories", count)
    return text.format(count=number(count))
