"""The columns of the lines behind a report's totals, each with where in a line its value is.

Whatever a report says is a sum over lines has its column here, so that it can be added up again.
"""

from decimal import Decimal
from functools import partial

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.columns import ReportColumn, results
from moebelcirkel.documents.reports.savings import FigureRow
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.domain.figures import SCENARIOS
from moebelcirkel.language import _, percent


def fields() -> list[ReportColumn]:
    """The columns, alike in every report."""
    return [
        *_what(),
        ReportColumn(_("Revenue"), "paid_ore", CellKind.KRONER, total=True),
        *_terms(),
        *results(),
        *bound_columns(),
        *(
            column
            for place, share in enumerate(SCENARIOS.values())
            for column in share_columns(share, place)
        ),
        levy_column(),
        ReportColumn(_("Source of the factor"), "source", width=40),
    ]


def _what() -> tuple[ReportColumn, ...]:
    kinds = words.line_kinds()
    return (
        ReportColumn(_("Line no."), "line_id", CellKind.INTEGER, 9),
        ReportColumn(_("Corrects line no."), "corrects_id", CellKind.INTEGER, 9),
        ReportColumn(_("Label no."), "number", width=15),
        ReportColumn(_("Date"), "effective_on", CellKind.DAY),
        ReportColumn(_("Kind"), lambda line: kinds.get(line.kind, line.kind), width=14),
        ReportColumn(_("Institution"), "institution", width=30),
        ReportColumn(_("Furniture type"), "article", width=34),
        ReportColumn(_("Category"), "category", width=28),
        ReportColumn(_("Condition"), "condition", width=10),
        ReportColumn(_("Pieces"), "pieces", CellKind.INTEGER, 9, total=True),
        ReportColumn(_("New price"), "new_price", CellKind.KRONER),
        ReportColumn(_("Documented"), "documented", CellKind.YES_NO, 13),
        ReportColumn(_("Value as new"), "new_value_ore", CellKind.KRONER, total=True),
    )


def _terms() -> tuple[ReportColumn, ...]:
    """What the formula is filled with."""
    return (
        ReportColumn(_("Share that replaces new purchases (D)"), "share", CellKind.DECIMAL, 16),
        ReportColumn(_("Life not counted before"), "left", CellKind.DECIMAL, 16),
        ReportColumn(_("Life left (L)"), "life", CellKind.DECIMAL, 12),
        ReportColumn(_("Days in use"), "days", CellKind.INTEGER, 10),
        ReportColumn(_("Lifetime, years"), "lifetime_years", CellKind.DECIMAL, 10),
        ReportColumn(_("Refurbishment"), "refurbishment", CellKind.KRONER, total=True),
        ReportColumn(_("Handling and transport"), "transport", CellKind.KRONER, total=True),
        ReportColumn(_("Saved waste fee"), "fee", CellKind.KRONER, total=True),
        ReportColumn(_("Mass (m)"), "mass", CellKind.KILOS),
        ReportColumn(_("Driving, km"), "km", CellKind.DECIMAL, 10),
        ReportColumn(_("CO₂e of the refurbishment (R)"), "task_co2", CellKind.KILOS, total=True),
    )


def levy_column() -> ReportColumn:
    """The avoided climate levy, which is in no other column."""
    title = _("Avoided climate levy, by itself")
    return ReportColumn(title, "levy", CellKind.KRONER, total=True)


def bound_columns() -> tuple[ReportColumn, ReportColumn]:
    """How far each line can reach at the most."""
    low, high = _("CO₂e with every input at its lowest"), _("CO₂e with every input at its highest")
    return (
        ReportColumn(low, "bound_low_g", CellKind.KILOS, total=True),
        ReportColumn(high, "bound_high_g", CellKind.KILOS, total=True),
    )


def share_columns(share: Decimal, place: int = 0) -> tuple[ReportColumn, ...]:
    """Cash, adjusted for life and CO₂e at one share, which is at a ``place`` of its line's."""
    amounts = (
        (_("Saved purchases if the share is {share}"), "cash_at", CellKind.KRONER),
        (_("Adjusted for life if the share is {share}"), "lifetime_at", CellKind.KRONER),
        (_("Avoided CO₂e if the share is {share}"), "co2_at", CellKind.KILOS),
    )
    return tuple(
        ReportColumn(
            title.format(share=percent(share)), partial(_at, name, place), kind, total=True
        )
        for title, name, kind in amounts
    )


def _at(name: str, place: int, line: FigureRow) -> int | None:
    amounts: tuple[int | None, ...] = getattr(line, name)
    return amounts[place] if amounts else None
