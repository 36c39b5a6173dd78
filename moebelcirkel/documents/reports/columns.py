"""The columns of the lines behind a report's totals, each with where in a line its value is.

Whatever a report says is a sum over lines has its column here, so that it can be added up again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.savings import FigureRow, SavingsReport
from moebelcirkel.documents.spreadsheet import Cell, CellKind, Row, Sheet, SheetColumn, SumOf
from moebelcirkel.domain.figures import SCENARIOS
from moebelcirkel.language import _, percent


@dataclass(frozen=True, slots=True)
class ReportField:
    """A column of the lines, the name it is found by, and how a line fills it."""

    name: str
    column: SheetColumn
    value: Callable[[FigureRow], Cell]


def lines_sheet(lines: Iterable[FigureRow], count: int) -> Sheet:
    """All lines, one under the other, with their sums; they are read once."""
    return _sheet(_("Lines"), lines, count)


def late_sheet(report: SavingsReport) -> Sheet:
    """The lines that correct earlier periods, with their sums."""
    return _sheet(_("Corrections"), report.late.rows, len(report.late.rows))


def _sheet(name: str, lines: Iterable[FigureRow], count: int) -> Sheet:
    found = fields()
    return Sheet(name, tuple(field.column for field in found), _rows(found, lines), count)


def _rows(found: list[ReportField], lines: Iterable[FigureRow]) -> Iterator[Row]:
    values = [field.value for field in found]
    for line in lines:
        yield [value(line) for value in values]


def sums_of(count: int) -> Callable[[str, int], SumOf | int]:
    """Makes the cell of a total out of a column's name and what so many lines come to.

    Without lines there is nothing to add up, and the total stands as it is.
    """
    found = fields()
    places = {field.name: (at, field.column.kind) for at, field in enumerate(found)}

    def cell(name: str, value: int) -> SumOf | int:
        if not count:
            return value
        place, kind = places[name]
        return SumOf(_("Lines"), place, count, value, kind)

    return cell


def fields() -> list[ReportField]:
    """The columns, alike in every report."""
    return [
        *_what(),
        ReportField(
            "paid_ore",
            SheetColumn(_("Revenue"), CellKind.KRONER, total=True),
            attrgetter("paid_ore"),
        ),
        *_terms(),
        *(ReportField(name, column, attrgetter(name)) for name, column in result_columns()),
        *_bounds(),
        *_shares(),
        _of("source", _("Source of the factor"), width=40),
    ]


def _of(
    name: str,
    title: str,
    kind: CellKind = CellKind.TEXT,
    width: float | None = None,
    *,
    total: bool = False,
) -> ReportField:
    """A column that holds an attribute of the line."""
    return ReportField(name, SheetColumn(title, kind, width, total), attrgetter(name))


def _what() -> tuple[ReportField, ...]:
    kinds = words.line_kinds()
    return (
        _of("line_id", _("Line no."), CellKind.INTEGER, 9),
        _of("corrects_id", _("Corrects line no."), CellKind.INTEGER, 9),
        _of("number", _("Label no."), width=15),
        _of("effective_on", _("Date"), CellKind.DAY),
        ReportField("kind", SheetColumn(_("Kind"), width=14), lambda line: kinds[line.kind]),
        _of("institution", _("Institution"), width=30),
        _of("article", _("Furniture type"), width=34),
        _of("category", _("Category"), width=28),
        _of("condition", _("Condition"), width=10),
        _of("pieces", _("Pieces"), CellKind.INTEGER, 9, total=True),
        _of("new_price", _("New price"), CellKind.KRONER),
        _of("documented", _("Documented"), CellKind.YES_NO, 13),
        _of("new_value_ore", _("Value as new"), CellKind.KRONER, total=True),
    )


def _terms() -> tuple[ReportField, ...]:
    """What the formula is filled with."""
    return (
        _of("share", _("Share that replaces new purchases (D)"), CellKind.DECIMAL, 16),
        _of("left", _("Life not counted before"), CellKind.DECIMAL, 16),
        _of("life", _("Life left (L)"), CellKind.DECIMAL, 12),
        _of("days", _("Days in use"), CellKind.INTEGER, 10),
        _of("lifetime_years", _("Lifetime, years"), CellKind.DECIMAL, 10),
        _of("refurbishment", _("Refurbishment"), CellKind.KRONER, total=True),
        _of("transport", _("Handling and transport"), CellKind.KRONER, total=True),
        _of("fee", _("Saved waste fee"), CellKind.KRONER, total=True),
        _of("mass", _("Mass (m)"), CellKind.KILOS),
        _of("km", _("Driving, km"), CellKind.DECIMAL, 10),
        _of("task_co2", _("CO₂e of the refurbishment (R)"), CellKind.KILOS, total=True),
    )


def result_columns() -> tuple[tuple[str, SheetColumn], ...]:
    """What lines and their sums end in alike, by the attribute that holds it."""
    return (
        ("cash_ore", SheetColumn(_("Saved purchases"), CellKind.KRONER, total=True)),
        ("lifetime_ore", SheetColumn(_("Adjusted for life"), CellKind.KRONER, total=True)),
        ("net_g", SheetColumn(_("Avoided CO₂e, net"), CellKind.KILOS, total=True)),
        ("low_g", SheetColumn(_("CO₂e at the lowest factors"), CellKind.KILOS, total=True)),
        ("high_g", SheetColumn(_("CO₂e at the highest factors"), CellKind.KILOS, total=True)),
        ("gross_g", SheetColumn(_("CO₂e, gross"), CellKind.KILOS, total=True)),
    )


def bound_titles() -> tuple[tuple[str, str], ...]:
    """The names of the columns of the bounds, with their titles."""
    return (
        ("bound_low_g", _("CO₂e with every input at its lowest")),
        ("bound_high_g", _("CO₂e with every input at its highest")),
    )


def _bounds() -> Iterator[ReportField]:
    for name, title in bound_titles():
        yield _of(name, title, CellKind.KILOS, total=True)


def share_titles(share: Decimal) -> tuple[tuple[str, str], ...]:
    """The names of the columns at one share that replaces a purchase, with their titles."""
    text = percent(share)
    return (
        (f"cash_at {share}", _("Saved purchases if the share is {share}").format(share=text)),
        (f"lifetime_at {share}", _("Adjusted for life if the share is {share}").format(share=text)),
        (f"co2_at {share}", _("Avoided CO₂e if the share is {share}").format(share=text)),
    )


def _shares() -> Iterator[ReportField]:
    for place, share in enumerate(SCENARIOS.values()):
        for (name, title), kind in zip(
            share_titles(share), (CellKind.KRONER, CellKind.KRONER, CellKind.KILOS), strict=True
        ):
            yield ReportField(
                name, SheetColumn(title, kind, total=True), _at(name.split()[0], place)
            )


def _at(attribute: str, place: int) -> Callable[[FigureRow], Cell]:
    whole = attrgetter(attribute)

    def value(line: FigureRow) -> Cell:
        amounts: tuple[int | None, ...] = whole(line)
        return amounts[place] if amounts else None

    return value
