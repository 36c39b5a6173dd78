"""The besparelsesrapport as a spreadsheet: every total with the lines it is the sum of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.certainty import certainty
from moebelcirkel.documents.reports.columns import (
    bound_titles,
    fields,
    late_sheet,
    lines_sheet,
    result_columns,
    share_titles,
    sums_of,
)
from moebelcirkel.documents.reports.savings import FigureRow, Group, SavingsReport, Sensitivity
from moebelcirkel.documents.spreadsheet import (
    CellKind,
    ColumnSums,
    Mixed,
    Row,
    Sheet,
    SheetColumn,
    csv_bytes,
    workbook,
)
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, long_day, month_long


def savings_workbook(
    report: SavingsReport,
    progress: Callable[[int, int], object] | None = None,
    lines: Iterable[FigureRow] | None = None,
) -> bytes:
    """Write the report with its lines; key figures are sums over the sheet of lines.

    ``lines`` are all that the report counts and are read once; without them those that it holds
    are written. ``progress`` hears how many of how many lines are written, and may raise to stop.
    """
    title = _("Savings report no. {number}").format(number=report.number)
    count = len(report.lines) if lines is None else report.line_count
    sheet_of_lines = lines_sheet(report.lines if lines is None else lines, count)
    late = (late_sheet(report),) if report.late.rows else ()

    def sheets(sums: Mapping[str, ColumnSums]) -> tuple[Sheet, ...]:
        return (
            _key_figures(report, count),
            _groups(_("Institutions"), _("Institution"), report.institutions),
            _months(report),
            _groups(_("Categories"), _("Category"), report.categories),
            sheet_of_lines,
            *late,
            _sources(report),
            _method(replace(report, sensitivity=_with_life(report, sums)), count),
        )

    return workbook(
        sheets,
        title=title if report.number else _("Savings report, draft"),
        author=report.municipality,
        created=report.settled_at,
        progress=progress,
    )


def _with_life(report: SavingsReport, sums: Mapping[str, ColumnSums]) -> tuple[Sensitivity, ...]:
    """The table of shares with what the lines come to, adjusted for life."""
    found = sums.get(_("Lines"))
    if found is None:
        return report.sensitivity
    at = dict(zip((field.name for field in fields()), found, strict=True))
    return tuple(
        replace(each, lifetime_ore=int(at[f"lifetime_at {each.share}"]))
        for each in report.sensitivity
    )


def savings_csv(report: SavingsReport, lines: Iterable[FigureRow] | None = None) -> bytes:
    """Write the lines of the report as CSV."""
    sheet = lines_sheet(report.lines if lines is None else lines, report.line_count)
    return csv_bytes(sheet.columns, sheet.rows)


def _key_figures(report: SavingsReport, count: int) -> Sheet:
    now = report.totals
    figures: list[tuple[str, str, int, CellKind]] = [
        (_("Reused pieces"), "pieces", now.pieces, CellKind.INTEGER),
        (_("Value as new"), "new_value_ore", now.new_value_ore, CellKind.KRONER),
        (_("Revenue"), "paid_ore", now.paid_ore, CellKind.KRONER),
        (_("Saved purchases"), "cash_ore", now.cash_ore, CellKind.KRONER),
        (_("Adjusted for life"), "lifetime_ore", now.lifetime_ore, CellKind.KRONER),
        (_("Avoided CO₂e, net (estimate)"), "net_g", now.net_g, CellKind.KILOS),
        (_("CO₂e, gross"), "gross_g", now.gross_g, CellKind.KILOS),
    ]
    rows: list[Row] = [
        (_("Report"), report.number or _("draft"), ""),
        (_("Municipality"), report.municipality, ""),
        (_("Period"), words.period(report.start, report.end), ""),
        (_("Covers"), words.scope(report), ""),
        (_("Made up"), Mixed(report.settled_at, CellKind.MOMENT), ""),
        (_("Seal (SHA-256)"), report.seal or "", ""),
        (_("Chain, newest link"), report.chain if report.number else "", ""),
    ]
    if report.number:
        rows.append((_("Names"), _("as they are today"), _names_of_today()))
    total = sums_of(count)
    explained = _explained(count)
    for name, column, value, kind in figures:
        rows.append((name, Mixed(total(column, value), kind), explained))
    rows += _reach(report)
    if report.loans is not None:
        rows += _beside(_("{name}, of loans"), report.loans, words.loans_count())
    rows += [*_year_before(report), *_since_start(report), *_late(report)]
    cover = report.coverage
    rows += [
        (_("Different pieces handed over"), Mixed(report.different, CellKind.INTEGER), ""),
        (
            _("Hand-overs from before the period, undone in it"),
            Mixed(report.undone_before, CellKind.INTEGER),
            "",
        ),
        (_("Lines"), Mixed(report.line_count, CellKind.INTEGER), ""),
        (_("Lines whose factor was read in a source"), Mixed(cover.read, CellKind.INTEGER), ""),
        (_("Lines without a factor"), Mixed(cover.without_factor, CellKind.INTEGER), ""),
        (_("Lines with an answer"), Mixed(cover.answered, CellKind.INTEGER), ""),
        (_("Documented new price"), Mixed(cover.documented, CellKind.KRONER), ""),
    ]
    columns = (
        SheetColumn(_("Key figure"), width=34),
        SheetColumn(_("Value"), width=30),
        SheetColumn(_("How"), width=44),
    )
    return Sheet(_("Key figures"), columns, rows)


def _reach(report: SavingsReport) -> list[Row]:
    """From the lowest to the highest of the whole, which no column adds up to."""
    category, use = (
        _("each category by itself: the smallest and largest of its lines at low, net and high"),
        _("each piece's use by itself, hand-over and return together"),
    )
    reach = report.extremes
    titles = dict(bound_titles())
    return [
        (_("CO₂e, lowest"), Mixed(reach.span[0], CellKind.KILOS), category),
        (_("CO₂e, highest"), Mixed(reach.span[1], CellKind.KILOS), category),
        (titles["bound_low_g"], Mixed(reach.bounds[0], CellKind.KILOS), use),
        (titles["bound_high_g"], Mixed(reach.bounds[1], CellKind.KILOS), use),
    ]


def _explained(count: int) -> str:
    if not count:
        return ""
    return _("sum of the column on the sheet {sheet}").format(sheet=_("Lines"))


def _year_before(report: SavingsReport) -> list[Row]:
    """The figures that growth is measured against."""
    before = report.previous
    if before is None:
        return []
    leap_day = words.leap_day(report.start, report.end)
    when = ". ".join(filter(None, (words.year_before(report), leap_day)))
    return _beside(_("{name}, the year before"), before, when)


def _late(report: SavingsReport) -> list[Row]:
    """Corrections to earlier periods with the result, and the work that waits for a delivery."""
    rows: list[Row] = []
    if report.late.periods:
        when = ", ".join(each.number for each in report.late.periods)
        rows += _beside(_("{name}, corrections to earlier periods"), report.late.totals, when)
        rows += _beside(_("{name}, with corrections"), report.corrected, "")
    for each in report.late.elsewhere:
        where = _("lacking in {report}, told in {other}")
        how = where.format(report=each.lacking, other=each.number)
        rows += _beside(_("{name}, corrections in another report"), each.totals, how)
    if report.in_house:
        name, count = _("Work on furniture not delivered yet"), _("Pieces with such work")
        how = _("as of {day}").format(day=long_day(report.settled_on))
        rows.append((name, Mixed(report.in_house.ore, CellKind.KRONER), how))
        rows.append((count, Mixed(report.in_house.pieces, CellKind.INTEGER), how))
    return rows


def _since_start(report: SavingsReport) -> list[Row]:
    """What has come together since the first line, and the twelve months at either end of it."""
    since = report.since
    if since is None:
        return []
    day = words.period(since.start, report.end)
    rows = _beside(_("{name}, since the start"), since.totals, day)
    if since.first_year is not None and since.last_year is not None:
        rows += _beside(_("{name}, first twelve months"), since.first_year, "")
        rows += _beside(_("{name}, last twelve months"), since.last_year, "")
    return rows


def _beside(text: str, totals: Sums, how: str) -> list[Row]:
    """Figures that are not sums of this report's lines; ``text`` says whose they are."""
    figures = (
        (_("Reused pieces"), totals.pieces, CellKind.INTEGER),
        (_("Value as new"), totals.new_value_ore, CellKind.KRONER),
        (_("Revenue"), totals.paid_ore, CellKind.KRONER),
        (_("Saved purchases"), totals.cash_ore, CellKind.KRONER),
        (_("Adjusted for life"), totals.lifetime_ore, CellKind.KRONER),
        (_("Avoided CO₂e, net (estimate)"), totals.net_g, CellKind.KILOS),
    )
    return [(text.format(name=name), Mixed(value, kind), how) for name, value, kind in figures]


def _names_of_today() -> str:
    return _(
        "names of institutions, furniture types and categories; the recorded paper keeps those of"
        " its own day, and all figures are as recorded"
    )


def _sum_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Pieces"), CellKind.INTEGER, total=True),
        SheetColumn(_("Value as new"), CellKind.KRONER, total=True),
        SheetColumn(_("Revenue"), CellKind.KRONER, total=True),
        *(column for _name, column in result_columns()),
    )


def _sums(totals: Sums) -> Row:
    return (totals.pieces, totals.new_value_ore, totals.paid_ore, *_results(totals))


def _results(of: Sums) -> Row:
    mass = (of.net_g, of.low_g, of.high_g, of.gross_g)
    return (of.cash_ore, of.lifetime_ore, *(mass if of.co2_known else (None,) * len(mass)))


def _groups(name: str, head: str, groups: tuple[Group, ...]) -> Sheet:
    columns = (SheetColumn(head, width=36), *_sum_columns())
    return Sheet(name, columns, [(group.name, *_sums(group.totals)) for group in groups])


def _months(report: SavingsReport) -> Sheet:
    columns = (SheetColumn(_("Month"), width=20), *_sum_columns())
    rows: list[Row] = [
        (f"{month_long(each.month)} {each.year}", *_sums(each.totals)) for each in report.months
    ]
    return Sheet(_("Months"), columns, rows)


def _sources(report: SavingsReport) -> Sheet:
    columns = (
        SheetColumn(_("Category"), width=32),
        SheetColumn(_("Factor set"), width=12),
        SheetColumn(_("Lines"), CellKind.INTEGER, 9),
        SheetColumn(_("CO₂e, low"), CellKind.KILOS),
        SheetColumn(_("CO₂e, middle"), CellKind.KILOS),
        SheetColumn(_("CO₂e, high"), CellKind.KILOS),
        SheetColumn(_("Source"), width=50),
        SheetColumn(_("Year"), width=8),
        SheetColumn(_("Life stages"), width=30),
        SheetColumn(_("Quality"), width=10),
        SheetColumn(_("New price excl. VAT"), CellKind.KRONER),
        SheetColumn(_("Source of the price"), width=50),
        SheetColumn(_("Quality of the price"), width=12),
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
            "" if row.new_price is None else row.price_source,
            "" if row.new_price is None else _("seen") if row.price_verified else _("estimate"),
        )
        for row in report.sources
    ]
    return Sheet(_("Sources"), columns, rows)


def _method(report: SavingsReport, count: int) -> Sheet:
    """Texts, assumptions and the table of shares, one under the other."""
    rows: list[Row] = [(_("Calculation"), words.calculation(report), "")]
    rows += [(_("Definition"), text, "") for text in words.definitions(report)]
    rows += [(_("Method"), text, "") for text in report.method]
    rows += [(_("Certainty"), certainty(report), "")]
    rows += [(_("Not in the figures"), words.left_outside(), "")]
    rows += [(row.name, row.value, row.source) for row in report.assumptions]
    rows += _shares(report, count)
    columns = (
        SheetColumn(_("Subject"), CellKind.PROSE, 40),
        SheetColumn(_("Value"), CellKind.PROSE, 90),
        SheetColumn(_("Source"), CellKind.PROSE, 44),
    )
    return Sheet(_("Method"), columns, rows)


def _shares(report: SavingsReport, count: int) -> list[Row]:
    """The results at other shares: sums of columns of the lines as well."""
    total = sums_of(count)
    kinds = (CellKind.KRONER, CellKind.KRONER, CellKind.KILOS)
    rows: list[Row] = []
    for each in report.sensitivity:
        values = (each.cash_ore, each.lifetime_ore, each.net_g)
        titles = share_titles(Decimal(each.share))
        for (name, title), value, kind in zip(titles, values, kinds, strict=True):
            if value is not None:
                cell = Mixed(total(name, value), kind)
                rows.append((title, cell, _("replaces the share of every line")))
    return rows
