"""The besparelsesrapport as a spreadsheet: every total with the lines it is the sum of."""

from collections.abc import Callable
from decimal import Decimal

from moebelcirkel.documents import savings_words as words
from moebelcirkel.documents.savingsreport import FigureRow, Group, LineKind, SavingsReport, Totals
from moebelcirkel.documents.spreadsheet import (
    Column,
    Kind,
    Mixed,
    Row,
    Sheet,
    SumOf,
    csv_bytes,
    workbook,
)
from moebelcirkel.language import _, month_long, percent

# Where the sums of a report stand among the columns of its lines.
_PIECES, _NEW_VALUE, _CASH, _LIFETIME, _CO2 = 7, 10, 19, 20, 21


def savings_workbook(
    report: SavingsReport, progress: Callable[[int, int], object] | None = None
) -> bytes:
    """Write the report with its lines; key figures are sums over the sheet of lines.

    ``progress`` hears how many of how many lines are written, and may raise to stop.
    """
    title = _("Savings report no. {number}").format(number=report.number)
    sheets = (
        _key_figures(report),
        _groups(_("Institutions"), _("Institution"), report.institutions),
        _months(report),
        _groups(_("Categories"), _("Category"), report.categories),
        Sheet(_("Lines"), line_columns(), [_line(row) for row in report.lines]),
        _sources(report),
        _method(report),
    )
    return workbook(
        sheets,
        title=title if report.number else _("Savings report, draft"),
        author=report.municipality,
        created=report.settled_at,
        progress=progress,
    )


def savings_csv(report: SavingsReport) -> bytes:
    """Write the lines of the report as CSV."""
    return csv_bytes(line_columns(), [_line(row) for row in report.lines])


def line_columns() -> tuple[Column, ...]:
    """The columns of the lines behind the totals."""
    return (
        Column(_("Label no."), width=15),
        Column(_("Date"), Kind.DAY),
        Column(_("Kind"), width=14),
        Column(_("Institution"), width=30),
        Column(_("Furniture type"), width=34),
        Column(_("Category"), width=28),
        Column(_("Condition"), width=10),
        Column(_("Pieces"), Kind.INTEGER, 9, total=True),
        Column(_("New price"), Kind.KRONER),
        Column(_("Documented"), Kind.YES_NO, 13),
        Column(_("Value as new"), Kind.KRONER, total=True),
        Column(_("Share that replaces new purchases (D)"), Kind.DECIMAL, 16),
        Column(_("Life not counted before"), Kind.DECIMAL, 16),
        Column(_("Life left (L)"), Kind.DECIMAL, 12),
        Column(_("Days in use"), Kind.INTEGER, 10),
        Column(_("Lifetime, years"), Kind.DECIMAL, 10),
        Column(_("Refurbishment"), Kind.KRONER, total=True),
        Column(_("Handling and transport"), Kind.KRONER, total=True),
        Column(_("Saved waste fee"), Kind.KRONER, total=True),
        *_result_columns(),
        Column(_("Source of the factor"), width=40),
    )


def _line(row: FigureRow) -> Row:
    kinds = {
        LineKind.HANDOVER: _("hand-over"),
        LineKind.ADJUSTMENT: _("adjustment"),
        LineKind.LATE_COST: _("later cost"),
        LineKind.REVERSAL: _("reversal"),
    }
    return (
        row.number,
        row.effective_on,
        kinds[row.kind],
        row.institution,
        row.article,
        row.category,
        row.condition,
        row.pieces,
        row.new_price,
        row.documented,
        row.new_value,
        row.share,
        row.left,
        row.life,
        row.days,
        row.lifetime_years,
        row.refurbishment,
        row.transport,
        row.fee,
        *_results(row),
        row.source,
    )


def _key_figures(report: SavingsReport) -> Sheet:
    now = report.totals
    figures: list[tuple[str, int, int, Kind]] = [
        (_("Reused pieces"), _PIECES, now.pieces, Kind.INTEGER),
        (_("Value as new"), _NEW_VALUE, now.new_value, Kind.KRONER),
        (_("Net gain"), _CASH, now.cash, Kind.KRONER),
        (_("Adjusted for life"), _LIFETIME, now.lifetime, Kind.KRONER),
        (_("Avoided CO₂e, net (estimate)"), _CO2, now.co2, Kind.KILOS),
        (_("CO₂e at the lowest factors"), _CO2 + 1, now.co2_low, Kind.KILOS),
        (_("CO₂e at the highest factors"), _CO2 + 2, now.co2_high, Kind.KILOS),
        (_("CO₂e, gross"), _CO2 + 3, now.co2_gross, Kind.KILOS),
    ]
    rows: list[Row] = [
        (_("Report"), report.number or _("draft"), ""),
        (_("Municipality"), report.municipality, ""),
        (_("Period"), words.period(report.start, report.end), ""),
        (_("Covers"), words.scope(report), ""),
        (_("Made up"), Mixed(report.settled_at, Kind.MOMENT), ""),
        (_("Seal (SHA-256)"), report.seal or "", ""),
    ]
    if report.number:
        rows.append((_("Names"), _("as they are today"), _names_of_today()))
    explained = _("sum of the column on the sheet {sheet}").format(sheet=_("Lines"))
    count = len(report.lines)
    for name, column, value, kind in figures:
        if count:
            rows.append((name, SumOf(_("Lines"), column, count, value, kind), explained))
        else:
            rows.append((name, Mixed(value, kind), ""))
    rows += _year_before(report)
    cover = report.coverage
    rows += [
        (_("Different pieces handed over"), Mixed(report.different, Kind.INTEGER), ""),
        (_("Lines"), Mixed(report.line_count, Kind.INTEGER), ""),
        (_("Lines with their own factor"), Mixed(cover.own_factor, Kind.INTEGER), ""),
        (_("Lines without a factor"), Mixed(cover.without_factor, Kind.INTEGER), ""),
        (_("Lines with an answer"), Mixed(cover.answered, Kind.INTEGER), ""),
        (_("Documented new price"), Mixed(cover.documented, Kind.KRONER), ""),
    ]
    columns = (
        Column(_("Key figure"), width=34),
        Column(_("Value"), width=30),
        Column(_("How"), width=44),
    )
    return Sheet(_("Key figures"), columns, rows)


def _year_before(report: SavingsReport) -> list[Row]:
    """The figures that growth is measured against."""
    before = report.previous
    if before is None:
        return []
    figures = (
        (_("Reused pieces"), before.pieces, Kind.INTEGER),
        (_("Value as new"), before.new_value, Kind.KRONER),
        (_("Net gain"), before.cash, Kind.KRONER),
        (_("Adjusted for life"), before.lifetime, Kind.KRONER),
        (_("Avoided CO₂e, net (estimate)"), before.co2, Kind.KILOS),
    )
    when = words.year_before(report)
    text = _("{name}, the year before")
    return [(text.format(name=name), Mixed(value, kind), when) for name, value, kind in figures]


def _names_of_today() -> str:
    return _(
        "names of institutions, furniture types and categories; the recorded paper keeps those of"
        " its own day, and all figures are as recorded"
    )


def _sum_columns() -> tuple[Column, ...]:
    return (
        Column(_("Pieces"), Kind.INTEGER, total=True),
        Column(_("Value as new"), Kind.KRONER, total=True),
        *_result_columns(),
    )


def _sums(totals: Totals) -> Row:
    return (totals.pieces, totals.new_value, *_results(totals))


def _result_columns() -> tuple[Column, ...]:
    """What lines and their sums end in alike."""
    return (
        Column(_("Net gain"), Kind.KRONER, total=True),
        Column(_("Adjusted for life"), Kind.KRONER, total=True),
        Column(_("Avoided CO₂e, net"), Kind.KILOS, total=True),
        Column(_("CO₂e at the lowest factors"), Kind.KILOS, total=True),
        Column(_("CO₂e at the highest factors"), Kind.KILOS, total=True),
        Column(_("CO₂e, gross"), Kind.KILOS, total=True),
    )


def _results(of: FigureRow | Totals) -> Row:
    return (of.cash, of.lifetime, of.co2, of.co2_low, of.co2_high, of.co2_gross)


def _groups(name: str, head: str, groups: tuple[Group, ...]) -> Sheet:
    columns = (Column(head, width=36), *_sum_columns())
    return Sheet(name, columns, [(group.name, *_sums(group.totals)) for group in groups])


def _months(report: SavingsReport) -> Sheet:
    columns = (Column(_("Month"), width=20), *_sum_columns())
    rows: list[Row] = [
        (f"{month_long(each.month)} {each.year}", *_sums(each.totals)) for each in report.months
    ]
    return Sheet(_("Months"), columns, rows)


def _sources(report: SavingsReport) -> Sheet:
    columns = (
        Column(_("Category"), width=32),
        Column(_("Factor set"), width=12),
        Column(_("Lines"), Kind.INTEGER, 9),
        Column(_("CO₂e, low"), Kind.KILOS),
        Column(_("CO₂e, middle"), Kind.KILOS),
        Column(_("CO₂e, high"), Kind.KILOS),
        Column(_("Source"), width=50),
        Column(_("Year"), width=8),
        Column(_("Life stages"), width=30),
        Column(_("Quality"), width=10),
        Column(_("New price excl. VAT"), Kind.KRONER),
        Column(_("Source of the price"), width=50),
        Column(_("Quality of the price"), width=12),
    )
    rows: list[Row] = [
        (
            row.category,
            row.factor_set,
            row.lines,
            row.low,
            row.mid,
            row.high,
            row.source,
            row.year,
            row.stage,
            _("seen") if row.verified else _("estimate"),
            row.new_price,
            row.price_source,
            "" if row.new_price is None else _("seen") if row.price_verified else _("estimate"),
        )
        for row in report.sources
    ]
    return Sheet(_("Sources"), columns, rows)


def _method(report: SavingsReport) -> Sheet:
    """Texts, assumptions and the table of shares, one under the other."""
    rows: list[Row] = [(_("Calculation"), words.calculation(report), "")]
    rows += [(_("Definition"), text, "") for text in words.definitions(report)]
    rows += [(_("Method"), text, "") for text in report.method]
    rows += [(_("Certainty"), words.certainty(report), "")]
    rows += [(row.name, row.value, row.source) for row in report.assumptions]
    for each in report.sensitivity:
        share = Decimal(each.share)
        label = _("Net gain if the share is {share}").format(share=percent(share))
        rows.append((label, Mixed(each.cash, Kind.KRONER), _("replaces the share of every line")))
        if each.lifetime is not None:
            label = _("Adjusted for life if the share is {share}").format(share=percent(share))
            cell = Mixed(each.lifetime, Kind.KRONER)
            rows.append((label, cell, _("replaces the share of every line")))
        label = _("Avoided CO₂e if the share is {share}").format(share=percent(share))
        rows.append((label, Mixed(each.co2, Kind.KILOS), _("replaces the share of every line")))
    columns = (
        Column(_("Subject"), Kind.PROSE, 40),
        Column(_("Value"), Kind.PROSE, 90),
        Column(_("Source"), Kind.PROSE, 44),
    )
    return Sheet(_("Method"), columns, rows)
