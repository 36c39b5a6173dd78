"""The appendices of the besparelsesrapport: sources, reach and every line."""

from typing import NamedTuple

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import PART, QUIET, SECTION, Flow, Style
from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.columns import paper, price_columns, source_columns
from moebelcirkel.documents.reports.lines import elsewhere, explained, lines_table
from moebelcirkel.documents.reports.placing import place
from moebelcirkel.documents.reports.savings import SavingsReport, Sensitivity
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, co2, co2_alike, co2_span, moment, ngettext, number, percent

_SMALLER = Style(size=9.0, leading=12.0)
_READ = tables.TableLook(tables.DENSE.style, row_height=16.0, head_height=18.0, gap=14.0, rule=0.5)


def appendices(flow: Flow, report: SavingsReport, *, left_out: bool) -> None:
    """Place all appendices, each on a page of its own; or say where the lines are left."""
    _sources(flow, report)
    _reach(flow, report)
    if left_out:
        flow.gap(18)
        flow.heading(_("Appendix C · Lines"), PART)
        flow.paragraph(elsewhere(report), QUIET)
        return
    _section(flow, _("Appendix C · Lines"), explained(report))
    if report.lines:
        lines_table(flow, report)


def _section(flow: Flow, title: str, text: str) -> None:
    flow.new_page()
    flow.heading(title, SECTION)
    flow.gap(2)
    flow.paragraph(text, QUIET)
    flow.gap(12)


# --- A: where the figures come from ----------------------------------------------------------


def _sources(flow: Flow, report: SavingsReport) -> None:
    text = _(
        "Factors used by the lines of this report, from factor set {names}. “Seen” means that the"
        " middle figure itself was read in the source; low and high may be estimates. “Estimate”"
        " means that it was derived or judged."
    )
    names = ", ".join(report.factor_sets) or "–"
    text = f"{text.format(names=names)} {_read(report)}"
    _section(flow, _("Appendix A · Sources"), text)
    if report.sources:
        place(flow, source_columns(report), report.sources, look=_READ)
    else:
        flow.paragraph(_("No line in this report has a factor, so there are no sources to list."))
    priced = [row for row in report.sources if row.new_price is not None]
    if priced:
        flow.gap(18)
        flow.heading(
            _("New prices of the categories, used where a furniture type has none of its own"), PART
        )
        place(flow, price_columns(report), priced, look=_READ)
    if report.missing:
        _missing_table(flow, report)
    control(flow, report)


def _read(report: SavingsReport) -> str:
    """For how many lines the factor is more than an estimate."""
    every = sum(row.lines for row in report.sources)
    read = sum(row.lines for row in report.sources if row.verified)
    text = ngettext(
        "The factor was seen for {read} of {count} line with a factor.",
        "The factor was seen for {read} of {count} lines with a factor.",
        every,
    )
    return text.format(read=number(read), count=number(every)) if every else ""


def _missing_table(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Without a factor"), PART, keep=80)
    flow.paragraph(
        _(
            "These lines count in kroner but not in CO₂e. Give their category a factor to include"
            " them."
        ),
        QUIET,
    )
    columns = (
        paper(_("Furniture type"), 240, "article"),
        paper(_("Category"), 190, lambda row: row.category or "–"),
        paper(_("Lines"), 76, "lines", CellKind.INTEGER),
    )
    place(flow, columns, report.missing, look=_READ)


def control(flow: Flow, report: SavingsReport) -> None:
    """What is needed to prove later that this paper is unchanged."""
    flow.gap(18)
    flow.heading(_("Control"), PART, keep=90)
    made = moment(report.settled_at)
    if report.number and report.seal:
        text = ngettext(
            "Report {number} was made up {moment} over {lines} line booked by then. Printing it"
            " again gives the same figures; what is booked later of its days stands in the next"
            " report of a later period, under corrections to earlier periods.",
            "Report {number} was made up {moment} over {lines} lines booked by then. Printing it"
            " again gives the same figures; what is booked later of its days stands in the next"
            " report of a later period, under corrections to earlier periods.",
            report.line_count,
        )
        flow.paragraph(
            text.format(number=report.number, moment=made, lines=number(report.line_count))
        )
        flow.gap(4)
        flow.paragraph(_("Seal (SHA-256): {seal}").format(seal=words.digits(report.seal)))
        flow.gap(4)
        flow.paragraph(_("Chain, newest link: {link}").format(link=words.digits(report.chain)))
        flow.paragraph(
            _(
                "Every change has a link over itself and all before it, so this one tells whether"
                " anything written until then was altered afterwards."
            ),
            QUIET,
        )
    else:
        text = _("This is a draft made up {moment}. It is not recorded and has no number or seal.")
        flow.paragraph(text.format(moment=made))


# --- B: how far off the figures may be -------------------------------------------------------


def _reach(flow: Flow, report: SavingsReport) -> None:
    _section(
        flow,
        _("Appendix B · How far the figures can move"),
        _(
            "Not every reused piece replaces a new one. The table shows the result if the share"
            " were the same for every line, answered or not."
        ),
    )
    if report.sensitivity:
        _share_table(flow, report)
    if report.co2_known:
        _extremes(flow, report)
    _method(flow, report)
    if report.assumptions:
        _assumptions(flow, report)


class _Share(NamedTuple):
    """The result at one share that replaces a purchase, or as answered."""

    name: str
    result: Sensitivity | Sums


def _share_table(flow: Flow, report: SavingsReport) -> None:
    now = report.totals
    mass = co2_alike((now.net_g, *(row.net_g for row in report.sensitivity)))
    known = report.co2_known
    money, whole = CellKind.KRONER, words.whole_kroner
    by_line = any(row.lifetime_ore is None for row in report.sensitivity)
    life = paper(_("Adjusted for life"), 105, "result.lifetime_ore", money, whole)
    columns = (
        paper(_("Share that replaces new purchases"), 190, "name"),
        paper(_("Saved purchases"), 105, "result.cash_ore", money, whole, strong=True),
        *(() if by_line else (life,)),
        paper(
            _("Avoided CO₂e (estimate)"),
            125,
            "result.net_g",
            CellKind.KILOS,
            mass if known else lambda _grams: "–",
            strong=True,
        ),
    )
    rows = [_Share(percent(row.share), row) for row in report.sensitivity]
    place(flow, columns, rows, total=_Share(_("As answered (this report)"), now))
    if by_line:
        flow.gap(6)
        text = _(
            "Adjusted for life at other shares is reckoned line by line; it stands in the"
            " spreadsheet of this report."
        )
        flow.paragraph(text, QUIET)


def _extremes(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Extremes of CO₂e"), PART)
    now, reach = report.totals, report.extremes
    columns = (
        tables.TableColumn("", 330),
        tables.TableColumn(_("Avoided CO₂e (estimate)"), 175, right=True, strong=True),
    )
    rows = (
        (_("This report, net"), co2(now.net_g)),
        (_("Factors at their lowest to highest, all else as booked"), co2_span(*reach.span)),
        (_("Every input at its lowest to highest at once"), co2_span(*reach.bounds)),
        (_("Gross: every piece replaces a whole new one"), co2(now.gross_g)),
    )
    tables.place(flow, columns, rows)
    flow.gap(6)
    flow.paragraph(
        _(
            "A sum reaches from the smallest to the largest of what its parts come to at their"
            " lowest, as booked and at their highest. With the factors a part is a category,"
            " whose lines share one; with every input it is a piece's use, hand-over and return"
            " together. Sums of low and high figures are extremes, not a likely range. The gross"
            " figure is only for comparison with tallies that count that way."
        ),
        QUIET,
    )


def _method(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Method"), PART)
    for _subject, text in words.method(report):
        flow.paragraph(text, _SMALLER)
        flow.gap(4)


def _assumptions(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Assumptions"), PART, keep=min(60 + 16.0 * len(report.assumptions), 230))
    flow.paragraph(
        _(
            "Each line keeps the values it was computed with on its day. Where the lines used"
            " something else than the setting when this report was made up, both are shown."
        ),
        QUIET,
    )
    flow.gap(4)
    columns = (
        paper(_("Assumption"), 230, "name", wraps=True),
        paper(_("Value"), 95, "value", CellKind.DECIMAL),
        paper(_("Source"), 180, "source", wraps=True),
    )
    place(flow, columns, report.assumptions, look=_READ)
