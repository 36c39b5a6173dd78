"""The appendices of the besparelsesrapport: sources, how far off it may be, and every line."""

from decimal import Decimal

from moebelcirkel.documents import savings_words as words
from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import PART, QUIET, SECTION, Flow, Style
from moebelcirkel.documents.savingsreport import FigureRow, LineKind, SavingsReport, SourceRow
from moebelcirkel.documents.tables import Column
from moebelcirkel.language import (
    _,
    co2,
    co2_span,
    day,
    decimal,
    kroner,
    moment,
    ngettext,
    number,
    percent,
)

_SMALLER = Style(size=9.0, leading=12.0)
_READ = tables.Look(tables.DENSE.style, row_height=16.0, head_height=18.0, gap=14.0, rule=0.5)


def appendices(flow: Flow, report: SavingsReport) -> None:
    """Place all appendices, each on a page of its own."""
    _sources(flow, report)
    _reach(flow, report)
    if report.lines:
        _lines(flow, report)
    else:
        _lines_elsewhere(flow, report)


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
        " figure was read in the source; “estimate” means that it was derived or judged."
    )
    names = ", ".join(report.factor_sets) or "–"
    _section(flow, _("Appendix A · Sources"), text.format(names=names))
    if not report.sources:
        flow.paragraph(_("No line in this report has a factor, so there are no sources to list."))
    else:
        _factor_table(flow, report)
    priced = [row for row in report.sources if row.new_price is not None]
    if priced:
        _price_table(flow, priced)
    if report.missing:
        _missing_table(flow, report)
    _control(flow, report)


def _factor_table(flow: Flow, report: SavingsReport) -> None:
    columns = (
        Column(_("Category"), 96, wraps=True),
        Column(_("Lines"), 34, right=True),
        Column(_("CO₂e per piece, kg"), 72, right=True),
        Column(_("Source and year"), 168, wraps=True),
        Column(_("Life stages"), 92, wraps=True),
        Column(_("Quality"), 44),
    )
    rows = [
        (
            row.category,
            number(row.lines),
            f"{_kilos(row.mid)} ({_kilos(row.low)}–{_kilos(row.high)})",
            ", ".join(filter(None, (row.source, row.year))),
            row.stage,
            _quality(verified=row.verified),
        )
        for row in report.sources
    ]
    tables.place(flow, columns, rows, look=_READ)


def _kilos(grams: int) -> str:
    """Kilograms with one decimal where there is one."""
    exact = Decimal(grams) / 1000
    return decimal(exact, 0 if exact == exact.to_integral_value() else 1)


def _quality(*, verified: bool) -> str:
    return _("seen") if verified else _("estimate")


def _price_table(flow: Flow, priced: list[SourceRow]) -> None:
    flow.gap(18)
    flow.heading(
        _("New prices of the categories, used where a furniture type has none of its own"), PART
    )
    columns = (
        Column(_("Category"), 150),
        Column(_("New price excl. VAT"), 90, right=True),
        Column(_("Source"), 220, wraps=True),
        Column(_("Quality"), 46),
    )
    rows = [
        (
            row.category,
            kroner(row.new_price or 0),
            row.price_source,
            _quality(verified=row.price_verified),
        )
        for row in priced
    ]
    tables.place(flow, columns, rows, look=_READ)


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
        Column(_("Furniture type"), 240),
        Column(_("Category"), 190),
        Column(_("Lines"), 76, right=True),
    )
    rows = [(row.article, row.category or "–", number(row.lines)) for row in report.missing]
    tables.place(flow, columns, rows, look=_READ)


def _control(flow: Flow, report: SavingsReport) -> None:
    """What is needed to prove later that this paper is unchanged."""
    flow.gap(18)
    flow.heading(_("Control"), PART, keep=90)
    made = moment(report.settled_at)
    if report.number and report.seal:
        seal = " ".join(report.seal[at : at + 8] for at in range(0, len(report.seal), 8))
        text = _(
            "Report {number} was made up {moment} over {lines} lines booked by then. Printing it"
            " again gives the same figures; corrections made later are in later reports."
        )
        flow.paragraph(
            text.format(number=report.number, moment=made, lines=number(report.line_count))
        )
        flow.gap(4)
        flow.paragraph(_("Seal (SHA-256): {seal}").format(seal=seal))
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


def _share_table(flow: Flow, report: SavingsReport) -> None:
    columns: tuple[Column, ...] = (
        Column(_("Share that replaces new purchases"), 190),
        Column(_("Net gain"), 105, right=True, strong=True),
        Column(_("Adjusted for life"), 105, right=True),
        Column(_("Avoided CO₂e (estimate)"), 125, right=True, strong=True),
    )

    def texts(name: str, cash: int, lifetime: int | None, mass: int) -> tuple[str, ...]:
        life = "–" if lifetime is None else words.whole_kroner(lifetime)
        return name, words.whole_kroner(cash), life, co2(mass) if report.co2_known else "–"

    rows = [
        texts(percent(row.share), row.cash, row.lifetime, row.co2) for row in report.sensitivity
    ]
    now = report.totals
    total = texts(_("As answered (this report)"), now.cash, now.lifetime, now.co2)
    if any(row.lifetime is None for row in report.sensitivity):
        columns = (*columns[:2], columns[3])
        rows = [(*row[:2], row[3]) for row in rows]
        total = (*total[:2], total[3])
    tables.place(flow, columns, rows, total=total)


def _extremes(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Extremes of CO₂e"), PART)
    now, bound = report.totals, report.bounding
    columns = (Column("", 330), Column(_("Avoided CO₂e (estimate)"), 175, right=True, strong=True))
    rows = (
        (_("This report, net"), co2(now.co2)),
        (_("Factors at their lowest to highest, all else as booked"), words.mass_span(now)),
        (
            _("Every input at its lowest to highest at once"),
            co2_span(bound.low, bound.high),
        ),
        (_("Gross: every piece replaces a whole new one"), co2(now.co2_gross)),
    )
    tables.place(flow, columns, rows)
    flow.gap(6)
    flow.paragraph(
        _(
            "Sums of low and high figures are extremes, not a likely range. The gross figure is"
            " only for comparison with tallies that count that way."
        ),
        QUIET,
    )


def _method(flow: Flow, report: SavingsReport) -> None:
    flow.gap(18)
    flow.heading(_("Method"), PART)
    for text in (words.calculation(report), *words.definitions(report), *report.method):
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
        Column(_("Assumption"), 230, wraps=True),
        Column(_("Value"), 95, right=True),
        Column(_("Source"), 180, wraps=True),
    )
    rows = [(row.name, row.value, row.source) for row in report.assumptions]
    tables.place(flow, columns, rows, look=_READ)


# --- C: every line ---------------------------------------------------------------------------


def _lines(flow: Flow, report: SavingsReport) -> None:
    _section(flow, _("Appendix C · Lines"), _lines_explained(report))
    columns = (
        Column(_("Date"), 38),
        Column(_("Label no."), 49),
        Column(_("Institution"), 66),
        Column(_("Piece"), 90),
        Column(_("Kind"), 20),
        Column(_("Cond."), 25),
        Column(_("New price"), 27, right=True),
        Column("D", 19, right=True),
        Column(_("Life"), 30, right=True),
        Column("L", 29, right=True),
        Column(_("Costs"), 33, right=True),
        Column(_("Net gain"), 49, right=True),
        Column(_("CO₂e, kg"), 31, right=True),
    )
    kinds = {
        LineKind.HANDOVER: _("Ho."),
        LineKind.ADJUSTMENT: _("Adj."),
        LineKind.LATE_COST: _("Late"),
        LineKind.REVERSAL: _("Rev."),
    }
    rows = [_line(row, kinds) for row in report.lines]
    now = report.totals
    total = (
        *(_("Total"), "", "", number(now.pieces), "", "", "", "", "", ""),
        _money(sum(row.costs - row.fee for row in report.lines)),
        _money(now.cash),
        decimal(Decimal(now.co2) / 1000, 1),
    )
    tables.place(flow, columns, rows, total=total, look=tables.DENSE)


def _lines_explained(report: SavingsReport) -> str:
    """How to reckon any row of the appendix again, and what its short words stand for."""
    texts = [
        _(
            "Every line behind the totals: net gain = new price × D × life − costs, in kr. excl."
            " VAT. D: share that replaces new purchases. Life: life not counted before. L: life"
            " left, which CO₂e and “adjusted for life” are reckoned with in its place."
        ),
        _(
            "Kind: Ho. hand-over, Adj. adjustment at a return, Late later cost of a piece that left"
            " without a hand-over, Rev. reversal (opposite signs). At a return life and L are what"
            " was used, days / 365 / years, minus what the hand-over counted."
        ),
    ]
    if report.fee_counted:
        texts.append(_("From the costs a saved waste fee is deducted."))
    return " ".join(texts)


def _lines_elsewhere(flow: Flow, report: SavingsReport) -> None:
    """Say on paper where the lines are when they are too many for it."""
    text = _(
        "The {lines} lines behind the totals would fill more paper than anyone reads. They are all"
        " in the spreadsheet of this report, which Reports writes at any time; its sums are those"
        " printed here."
    )
    _section(flow, _("Appendix C · Lines"), text.format(lines=number(report.line_count)))


def _line(row: FigureRow, kinds: dict[LineKind, str]) -> tuple[str, ...]:
    return (
        day(row.effective_on),
        row.number,
        row.institution,
        _piece(row),
        kinds[row.kind],
        row.condition,
        _money(row.new_price),
        decimal(row.share, 2),
        _life(row.left),
        _life(row.life),
        _money(row.costs - row.fee),
        _money(row.cash),
        "–" if row.co2 is None else decimal(Decimal(row.co2) / 1000, 1),
    )


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
