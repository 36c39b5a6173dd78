"""The lines of the besparelsesrapport on paper: each row can be reckoned again from its cells."""

from decimal import Decimal

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import Flow
from moebelcirkel.documents.reports.columns import ReportColumn, paper
from moebelcirkel.documents.reports.placing import place
from moebelcirkel.documents.reports.savings import FigureRow, SavingsReport
from moebelcirkel.documents.spreadsheet_cells import CellKind
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.language import _, day, decimal, ngettext, number


def lines_table(flow: Flow, report: SavingsReport) -> None:
    """Place every line, with the total they come to."""
    now = report.totals
    foot = (
        *(_("Total"), "", "", number(now.pieces), "", "", "", "", "", ""),
        _money(sum(row.costs - row.fee for row in report.lines)),
        _money(now.cash_ore),
        _kilos(now.net_g),
    )
    place(flow, _printed(), report.lines, foot=foot, look=tables.DENSE)


def _printed() -> tuple[ReportColumn, ...]:
    """The columns that have room on paper."""
    kinds = {
        LineKind.HANDOVER: _("Ho."),
        LineKind.ADJUSTMENT: _("Adj."),
        LineKind.LATE_COST: _("Late"),
        LineKind.REVERSAL: _("Rev."),
        LineKind.TRANSPORT: _("Drv."),
        LineKind.COMPLAINT: _("Cpl."),
    }
    amount, share = CellKind.KRONER, CellKind.DECIMAL
    return (
        paper(_("Date"), 37.5, "effective_on", CellKind.DAY, day),
        paper(_("Label no."), 47.5, "number"),
        paper(_("Institution"), 67, "institution"),
        paper(_("Piece"), 81, _piece),
        paper(_("Kind"), 18, lambda row: kinds.get(row.kind, row.kind)),
        paper(_("Cond."), 29, "condition"),
        paper(_("New price"), 31, "new_price", amount, _money),
        paper("D", 18, "share", share, lambda value: decimal(value, 2)),
        paper(_("Life"), 32, "left", share, _life),
        paper("L", 32, "life", share, _life),
        paper(_("Costs"), 33, lambda row: row.costs - row.fee, amount, _money),
        paper(_("Saved purchases"), 53, "cash_ore", amount, _money),
        paper(_("CO₂e, kg"), 32, "net_g", CellKind.KILOS, _kilos),
    )


def explained(report: SavingsReport) -> str:
    """How to reckon any row again and what short words stand for; or where the lines are."""
    if not report.lines:
        return _elsewhere(report)
    texts = [
        _(
            "Every line behind the totals: saved purchases = new price × D × life − costs, in kr."
            " excl. VAT. D: share that replaces new purchases. Life: life not counted before. L:"
            " life left, which CO₂e and “adjusted for life” are reckoned with in its place."
        ),
        _(
            "Kind: Ho. hand-over, Adj. adjustment at a return, Late later cost of a piece that left"
            " without a hand-over, Rev. reversal (opposite signs). At a return life and L are what"
            " was used, days / 365 / years, minus what the hand-over counted."
        ),
        _(
            "Each line is rounded on paper, to whole kroner and 0.1 kg; to the øre and the gram it"
            " stands in the spreadsheet."
        ),
    ]
    if any(row.kind is LineKind.TRANSPORT for row in report.lines):
        texts.append(_("Drv.: its share of what was really driven, less what was reckoned before."))
    if any(row.kind is LineKind.COMPLAINT for row in report.lines):
        texts.append(_("Cpl.: what the repair of a complaint cost."))
    if report.fee_counted:
        texts.append(_("From the costs a saved waste fee is deducted."))
    return " ".join(texts)


def elsewhere(report: SavingsReport) -> str:
    """Where the lines are that were not asked for on paper."""
    text = ngettext(
        "The {count} line behind the totals is not printed here. It is in the recorded report,"
        " which Reports prints “with all lines”, and in its spreadsheet.",
        "The {count} lines behind the totals are not printed here. They are in the recorded"
        " report, which Reports prints “with all lines”, and in its spreadsheet.",
        report.line_count,
    )
    return text.format(count=number(report.line_count))


def _elsewhere(report: SavingsReport) -> str:
    """Where the lines are when they are too many for paper."""
    text = _(
        "The {lines} lines behind the totals would fill more paper than anyone reads. They are all"
        " in the spreadsheet of this report, which Reports writes at any time; its sums are those"
        " printed here."
    )
    return text.format(lines=number(report.line_count))


def _piece(row: FigureRow) -> str:
    """The type; of a return how long the piece was out, as that explains the row."""
    if row.days is None or row.lifetime_years is None:
        return row.article
    text = ngettext(
        "Returned: {days} day of {years} y.", "Returned: {days} days of {years} y.", row.days
    )
    return text.format(days=number(row.days), years=decimal(row.lifetime_years))


def _life(share: Decimal) -> str:
    """A share of life with the decimals it takes to reckon the row again."""
    rounded = share.quantize(Decimal("0.0001"))
    return decimal(rounded, 2 if rounded == rounded.quantize(Decimal("0.01")) else 4)


def _money(ore: int) -> str:
    """Whole kroner without the unit, as narrow columns have it in their head."""
    return decimal(Decimal(ore) / 100, 0)


def _kilos(grams: int | None) -> str:
    return "–" if grams is None else decimal(Decimal(grams) / 1000, 1)
