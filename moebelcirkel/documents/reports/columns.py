"""What the tables of a report are made of: each column once, for paper, the spreadsheet or both.

Neither is written here: ``placing`` puts tables on paper, and ``workbook`` makes sheets of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any

from moebelcirkel.documents.reports.savings import Group, SavingsReport, SourceRow
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.language import _, decimal, kroner, month_long, number

_TEXTS = (CellKind.TEXT, CellKind.PROSE, CellKind.DAY)
_WRITES: dict[CellKind, Callable[[Any], str]] = {CellKind.INTEGER: number, CellKind.KRONER: kroner}
_MILLION_KRONER = 100_000_000


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: where in a row its value is, what it holds, and how each writer shows it.

    ``where`` is the name of an attribute or tells the value of a row. Paper has the column if it
    has a ``share`` of the width, by the name of ``head`` where that is another.
    """

    title: str
    where: str | Callable[[Any], Any]
    kind: CellKind = CellKind.TEXT
    width: float | None = None
    total: bool = False
    share: float = 0.0
    write: Callable[[Any], str] | None = None
    head: str = ""
    strong: bool = False
    wraps: bool = False
    on_sheet: bool = True

    @property
    def value(self) -> Callable[[Any], Any]:
        """Tells the value of a row."""
        return attrgetter(self.where) if isinstance(self.where, str) else self.where

    @property
    def writer(self) -> Callable[[Any], str]:
        """Tells what paper writes for a value."""
        return self.write or _WRITES.get(self.kind, str)

    @property
    def right(self) -> bool:
        """Whether paper puts it to the right, as numbers stand."""
        return self.kind not in _TEXTS


def paper(
    title: str,
    share: float,
    where: str | Callable[[Any], Any],
    kind: CellKind = CellKind.TEXT,
    write: Callable[[Any], str] | None = None,
    *,
    strong: bool = False,
    wraps: bool = False,
) -> ReportColumn:
    """A column of the paper alone."""
    return ReportColumn(
        title, where, kind, share=share, write=write, strong=strong, wraps=wraps, on_sheet=False
    )


# --- sums ------------------------------------------------------------------------------------


def measures() -> tuple[tuple[str, str, CellKind], ...]:
    """What every report adds up and compares: title, name among the sums, and kind."""
    return (
        (_("Reused pieces"), "pieces", CellKind.INTEGER),
        (_("Value as new"), "new_value_ore", CellKind.KRONER),
        (_("Revenue"), "paid_ore", CellKind.KRONER),
        (_("Saved purchases"), "cash_ore", CellKind.KRONER),
        (_("Adjusted for life"), "lifetime_ore", CellKind.KRONER),
        (_("Avoided CO₂e, net (estimate)"), "net_g", CellKind.KILOS),
    )


def results() -> list[ReportColumn]:
    """What lines and their sums end in alike."""
    masses = (
        (_("Avoided CO₂e, net"), "net_g"),
        (_("CO₂e at the lowest factors"), "low_g"),
        (_("CO₂e at the highest factors"), "high_g"),
        (_("CO₂e, gross"), "gross_g"),
    )
    return [
        ReportColumn(_("Saved purchases"), "cash_ore", CellKind.KRONER, total=True),
        ReportColumn(_("Adjusted for life"), "lifetime_ore", CellKind.KRONER, total=True),
        *(ReportColumn(title, name, CellKind.KILOS, total=True) for title, name in masses),
    ]


def group_columns(report: SavingsReport, first: str, width: float = 36) -> list[ReportColumn]:
    """Sums by institution, category or month: exact in the spreadsheet, short on paper."""
    thousands = abs(report.totals.new_value_ore) >= _MILLION_KRONER
    tonnes = abs(report.totals.net_g) >= 10_000_000
    unit = _("DKK 1,000") if thousands else _("DKK")
    avoided = _("Avoided, {unit}").format(unit=_("tonnes CO₂e") if tonnes else _("kg CO₂e"))
    cash, life, *masses = (replace(each, where=f"totals.{each.where}") for each in results())
    net, *others = (replace(each, where=partial(_known, each.value)) for each in masses)

    def money(ore: int) -> str:
        return decimal(Decimal(ore) / (100_000 if thousands else 100), 0)

    def mass(grams: int | None) -> str:
        if grams is None:
            return _("no factor")
        return decimal(Decimal(grams) / (1_000_000 if tonnes else 1000), 1 if tonnes else 0)

    def amount(title: str, name: str, head: str) -> ReportColumn:
        column = ReportColumn(title, f"totals.{name}", CellKind.KRONER, total=True)
        return replace(column, share=72, write=money, head=head.format(unit=unit))

    saved = _("Saved purchases, {unit}").format(unit=unit)
    return [
        ReportColumn(first, "name", width=width, share=163),
        ReportColumn(_("Pieces"), "totals.pieces", CellKind.INTEGER, total=True, share=46),
        amount(_("Value as new"), "new_value_ore", _("Value as new, {unit}")),
        paper(saved, 76, cash.where, CellKind.KRONER, money, strong=True),
        amount(_("Revenue"), "paid_ore", _("Revenue, {unit}")),
        cash,
        life,
        replace(net, share=72, write=mass, head=avoided, strong=True),
        *others,
    ]


def _known(mass: Callable[[Group], int], group: Group) -> int | None:
    """A mass of the sums, where anything of them has a factor."""
    return mass(group) if group.totals.co2_known else None


def months(report: SavingsReport) -> list[Group]:
    """The sums of each month under its name."""
    return [Group(f"{month_long(each.month)} {each.year}", each.totals) for each in report.months]


# --- sources ---------------------------------------------------------------------------------


def source_columns(report: SavingsReport) -> list[ReportColumn]:
    """A factor that the lines use: what it says and where it is from."""
    return [
        paper(_("Category"), 96, partial(_named, report), wraps=True),
        ReportColumn(_("Category"), "category", width=32),
        ReportColumn(_("Factor set"), "factor_set", width=12),
        ReportColumn(_("Lines"), "lines", CellKind.INTEGER, 9, share=34),
        paper(_("CO₂e per piece, kg"), 72, _span, CellKind.KILOS, str),
        ReportColumn(_("CO₂e, low"), "low", CellKind.KILOS),
        ReportColumn(_("CO₂e, middle"), "mid", CellKind.KILOS),
        ReportColumn(_("CO₂e, high"), "high", CellKind.KILOS),
        paper(_("Source and year"), 168, _dated, wraps=True),
        ReportColumn(_("Source"), "source", width=50),
        ReportColumn(_("Year"), "year", width=8),
        ReportColumn(_("Life stages"), "stage", width=30, share=92, wraps=True),
        ReportColumn(_("Quality"), lambda row: _quality(seen=row.verified), width=10, share=44),
    ]


def price_columns(report: SavingsReport) -> list[ReportColumn]:
    """The new price of a category that was used; in the spreadsheet it stands by its factor."""
    source, quality = _("Source of the price"), _("Quality of the price")
    return [
        paper(_("Category"), 150, partial(_named, report)),
        ReportColumn(_("New price excl. VAT"), "new_price", CellKind.KRONER, share=90),
        ReportColumn(source, _price_source, width=50, share=220, head=_("Source"), wraps=True),
        ReportColumn(quality, _price_quality, width=12, share=46, head=_("Quality")),
    ]


def _named(report: SavingsReport, row: SourceRow) -> str:
    """The category, and where several sets were used also which of them the row is from."""
    if len(report.factor_sets) <= 1:
        return row.category
    return f"{row.category} ({row.factor_set})"


def _dated(row: SourceRow) -> str:
    """Source and year; a year the source's own words end in is not said again."""
    if not row.year or row.year in row.source:
        return row.source
    return f"{row.source}, {row.year}"


def _span(row: SourceRow) -> str:
    return f"{_kilos(row.mid)} ({_kilos(row.low)}–{_kilos(row.high)})"


def _kilos(grams: int) -> str:
    """Kilograms with one decimal where there is one."""
    exact = Decimal(grams) / 1000
    return decimal(exact, 0 if exact == exact.to_integral_value() else 1)


def _quality(*, seen: bool) -> str:
    return _("seen") if seen else _("estimate")


def _price_source(row: SourceRow) -> str:
    return "" if row.new_price is None else row.price_source


def _price_quality(row: SourceRow) -> str:
    return "" if row.new_price is None else _quality(seen=row.price_verified)
