"""Corrections to earlier periods on paper, and the result with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.documents.paper import PART, QUIET, Flow
from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.columns import ReportColumn, paper
from moebelcirkel.documents.reports.placing import place
from moebelcirkel.documents.reports.savings import Elsewhere, LatePeriod, SavingsReport
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, co2_alike, day, kroner, ngettext, number

#: So many lines are printed one by one; more stand in the spreadsheet.
_MOST = 40
#: From so many øre on, amounts are told in whole kroner.
_LARGE = 10_000_000


@dataclass(frozen=True, slots=True)
class _Row:
    """Sums by name; ``number`` is that of the report they are of, or stand in."""

    name: str
    totals: Sums
    number: str = ""


def corrections(flow: Flow, report: SavingsReport) -> None:
    """What came too late for the recorded reports of its day, by report, and with the result."""
    late = report.late
    if late.periods:
        flow.heading(_("Corrections to earlier periods"), PART, keep=150)
        flow.paragraph(_explained(report), QUIET)
        flow.gap(4)
        *parts, together = _entries(report)
        place(flow, _columns([*parts, together]), parts, total=together)
        _also(flow, parts, together)
        _lines(flow, report)
        flow.gap(14)
    if late.elsewhere:
        _elsewhere(flow, late.elsewhere)
        flow.gap(14)
    if late.told:
        flow.paragraph(_told(report), QUIET)
        flow.gap(14)


def _entries(report: SavingsReport) -> list[_Row]:
    """By period what came too late, all of it, this period, and last the two together."""
    late = report.late
    return [
        *(_named(each.number, each) for each in late.periods),
        _Row(_("Corrections in all"), late.totals),
        _Row(_("This period"), report.totals),
        _Row(_("Result with corrections"), report.corrected),
    ]


def _named(lacking: str, late: LatePeriod | Elsewhere) -> _Row:
    """The sums under the report they came too late for."""
    return _Row(f"{lacking} · {words.period(late.start, late.end)}", late.totals, late.number)


def _columns(
    rows: Sequence[_Row], *more: ReportColumn, first: float = 205, count: float = 46
) -> tuple[ReportColumn, ...]:
    """The report they came too late for and how much they come to, all masses in one unit."""
    mass = co2_alike(each.totals.net_g for each in rows)
    return (
        paper(_("Too late for"), first, "name"),
        *more,
        paper(_("Lines"), count, "totals.lines", CellKind.INTEGER),
        paper(_("Pieces"), count, "totals.pieces", CellKind.INTEGER),
        _sum(_("Saved purchases (estimate)"), 104, "cash_ore", strong=True),
        paper(_("Avoided CO₂e (estimate)"), 104, "totals.net_g", CellKind.KILOS, mass, strong=True),
    )


def _sum(title: str, share: float, name: str, *, strong: bool = False) -> ReportColumn:
    return paper(title, share, f"totals.{name}", CellKind.KRONER, _money, strong=strong)


def _also(flow: Flow, rows: Sequence[_Row], together: _Row | None = None) -> None:
    """The other sums of the same rows, so that a reader can add up each of them."""
    flow.gap(6)
    columns = (
        paper(_("Too late for"), 205, "name"),
        _sum(_("Value as new"), 96, "new_value_ore"),
        _sum(_("Revenue"), 96, "paid_ore"),
        _sum(_("Adjusted for life"), 108, "lifetime_ore"),
    )
    place(flow, columns, rows, total=together)


def _money(ore: int) -> str:
    return (words.whole_kroner if abs(ore) >= _LARGE else kroner)(ore)


def _elsewhere(flow: Flow, found: Sequence[Elsewhere]) -> None:
    """Corrections that stand in other reports: named, so that a reader can add them up."""
    flow.heading(_("Corrections that stand in other reports"), PART, keep=110)
    text = _(
        "Lines that came too late for the first report and stand in the second already. They are"
        " not in the figures here: whoever adds the first report up adds them to it."
    )
    flow.paragraph(text, QUIET)
    flow.gap(4)
    rows = [_named(each.lacking, each) for each in found]
    place(flow, _columns(rows, paper(_("Stand in"), 54, "number"), first=166, count=46), rows)
    _also(flow, rows)


def _explained(report: SavingsReport) -> str:
    text = _(
        "Lines of earlier days that were booked after the report of their period was recorded. They"
        " are in no earlier report and not in the totals of this period; each is corrected once, so"
        " recorded reports and their corrections add up to the year."
    )
    if report.number is None:
        text += " " + _("A draft takes no corrections: they wait for the next recorded report.")
    return text


def _lines(flow: Flow, report: SavingsReport) -> None:
    """Each line, where there are not too many."""
    rows = report.late.rows
    if not rows or len(rows) > _MOST:
        flow.gap(4)
        text = _("Each of the {count} lines stands in the spreadsheet of this report.")
        flow.paragraph(text.format(count=number(report.late.lines)), QUIET)
        return
    flow.gap(8)
    kinds = words.line_kinds()
    mass = co2_alike(row.net_g for row in rows if row.net_g is not None)
    columns = (
        paper(_("Date"), 55, "effective_on", CellKind.DAY, day),
        paper(_("Label no."), 62, "number"),
        paper(_("Institution"), 130, "institution"),
        paper(_("Kind"), 72, lambda row: kinds.get(row.kind, row.kind)),
        paper(_("Saved purchases"), 93, "cash_ore", CellKind.KRONER),
        paper(
            _("Avoided CO₂e"),
            93,
            "net_g",
            CellKind.KILOS,
            lambda grams: "–" if grams is None else mass(grams),
        ),
    )
    place(flow, columns, rows)


def _told(report: SavingsReport) -> str:
    """That some of its own lines stand as corrections in other reports already."""
    parts = [
        ngettext(
            "{count} line of this report is a correction in report {number} as well",
            "{count} lines of this report are corrections in report {number} as well",
            count,
        ).format(count=number(count), number=name)
        for name, count in report.late.told
    ]
    end = _("do not add the two together.")
    return f"{'; '.join(parts)}: {end}"
