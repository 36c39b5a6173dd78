"""The columns of the list of recorded reports."""

from collections.abc import Callable

from moebelcirkel.domain.periods import Period
from moebelcirkel.language import _, moment, number
from moebelcirkel.services.reports import ReportRow
from moebelcirkel.ui.kit.forms import period as periods
from moebelcirkel.ui.kit.lists.tables import Column, figure_column, text_column
from moebelcirkel.ui.pages.reports.words import covers, whole


def columns(mass: Callable[[int], str]) -> tuple[Column[ReportRow], ...]:
    """Number, period and scope, what it said, and by whom; ``mass`` writes grams."""
    return (
        Column(
            "number",
            _("Number"),
            lambda row: row.number,
            sort=lambda row: row.id,
            width=95,
            strong=True,
        ),
        Column("period", _("Period"), _period, sort=lambda row: (row.start, row.end), width=180),
        text_column("covers", _("Covers"), _covers),
        figure_column(
            "cash",
            _("Saved purchases"),
            lambda row: row.totals["cash"],
            whole,
            tone="money",
            width=125,
        ),
        figure_column(
            "co2", _("Avoided CO₂e"), lambda row: row.totals["co2"], mass, tone="co2", width=115
        ),
        figure_column(
            "pieces", _("Pieces"), lambda row: row.totals["pieces"], number, width=80, yields=True
        ),
        Column(
            "made", _("Made up"), _made, sort=lambda row: row.settled_at, width=135, yields=True
        ),
        text_column("by", _("Recorded by"), _by, width=110, yields=True),
        Column("seal", _("Seal"), _seal, width=110, hidden=True),
    )


def _period(row: ReportRow) -> str:
    return periods.words(Period(row.start, row.end))


def _covers(row: ReportRow) -> str:
    return covers(row.parameters.get("institution"))


def _by(row: ReportRow) -> str:
    return row.by or "Møbelcirklen"


def _made(row: ReportRow) -> str:
    return moment(row.settled_at)


def _seal(row: ReportRow) -> str:
    return f"{row.seal[:4]} {row.seal[4:8]}"
