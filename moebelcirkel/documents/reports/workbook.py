"""The besparelsesrapport as a spreadsheet: every total with the lines it is the sum of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.certainty import certainty
from moebelcirkel.documents.reports.columns import (
    ReportColumn,
    group_columns,
    measures,
    months,
    price_columns,
    source_columns,
)
from moebelcirkel.documents.reports.fields import bound_columns, fields, levy_column, share_columns
from moebelcirkel.documents.reports.savings import (
    ClimatePrices,
    FigureRow,
    SavingsReport,
    Sensitivity,
)
from moebelcirkel.documents.spreadsheet import (
    CellKind,
    ColumnSums,
    Mixed,
    Row,
    Sheet,
    SheetColumn,
    SumOf,
    workbook,
)
from moebelcirkel.documents.spreadsheet_csv import csv_bytes
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, long_day


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
    sheet_of_lines = _lines(report, lines, count)
    corrected = report.late.rows
    late = (_sheet(_("Corrections"), fields(), corrected, len(corrected)),) if corrected else ()
    of, sources = partial(group_columns, report), (*source_columns(report), *price_columns(report))

    def sheets(sums: Mapping[str, ColumnSums]) -> tuple[Sheet, ...]:
        return (
            _key_figures(report, count),
            _sheet(_("Institutions"), of(_("Institution")), report.institutions),
            _sheet(_("Months"), of(_("Month"), 20), months(report)),
            _sheet(_("Categories"), of(_("Category")), report.categories),
            sheet_of_lines,
            *late,
            _sheet(_("Sources"), sources, report.sources),
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
    at = dict(zip((field.title for field in fields()), found, strict=True))
    return tuple(
        replace(each, lifetime_ore=int(at[share_columns(each.share)[1].title]))
        for each in report.sensitivity
    )


def savings_csv(report: SavingsReport, lines: Iterable[FigureRow] | None = None) -> bytes:
    """Write the lines of the report as CSV."""
    sheet = _lines(report, lines, report.line_count)
    return csv_bytes(sheet.columns, sheet.rows)


def _lines(report: SavingsReport, lines: Iterable[FigureRow] | None, count: int) -> Sheet:
    """All lines, one under the other, with their sums."""
    return _sheet(_("Lines"), fields(), report.lines if lines is None else lines, count)


def _sums_of(count: int) -> Callable[[str, int], SumOf | int]:
    """Makes the cell of a total out of a column's name or title and what so many lines come to.

    Without lines there is nothing to add up, and the total stands as it is.
    """
    places = {
        key: (at, field.kind)
        for at, field in enumerate(fields())
        for key in (field.where, field.title)
    }

    def cell(name: str, value: int) -> SumOf | int:
        if not count:
            return value
        place, kind = places[name]
        return SumOf(_("Lines"), place, count, value, kind)

    return cell


def _key_figures(report: SavingsReport, count: int) -> Sheet:
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
    total = _sums_of(count)
    explained = _("sum of the column on the sheet {sheet}").format(sheet=_("Lines"))
    for name, column, kind in (*measures(), (_("CO₂e, gross"), "gross_g", CellKind.KILOS)):
        value = getattr(report.totals, column)
        rows.append((name, Mixed(total(column, value), kind), explained if count else ""))
    rows += [*_reach(report), *_climate(report, total)]
    if report.loans is not None:
        rows += _beside(_("{name}, of loans"), report.loans, words.loans_count())
    rows += [*_year_before(report), *_since_start(report), *_late(report)]
    rows += [(each.name, each.value, each.source) for each in report.told]
    cover = report.coverage
    counts = (
        (_("Different pieces handed over"), report.different),
        (_("Hand-overs from before the period, undone in it"), report.undone_before),
        (_("Lines"), report.line_count),
        (_("Lines whose factor was read in a source"), cover.read),
        (_("Lines without a factor"), cover.without_factor),
        (_("Lines with an answer"), cover.answered),
    )
    rows += [(title, Mixed(count, CellKind.INTEGER), "") for title, count in counts]
    rows.append((_("Documented new price"), Mixed(cover.documented, CellKind.KRONER), ""))
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
    return [
        (_("CO₂e, lowest"), Mixed(reach.span[0], CellKind.KILOS), category),
        (_("CO₂e, highest"), Mixed(reach.span[1], CellKind.KILOS), category),
        *(
            (column.title, Mixed(bound, column.kind), use)
            for column, bound in zip(bound_columns(), reach.bounds, strict=True)
        ),
    ]


def _climate(report: SavingsReport, total: Callable[[str, int], SumOf | int]) -> list[Row]:
    """Two prices of CO₂e, each by itself."""
    of = report.climate
    if of is None:
        return []
    rows = _priced(of, total("levy", of.levy), "{name}")
    if of.late is not None:
        rows += _priced(of.late, of.late.levy, _("{name}, corrections to earlier periods"))
    return rows


def _priced(of: ClimatePrices, levy: SumOf | int, text: str) -> list[Row]:
    """Levy and shadow value of some lines; ``text`` says whose they are."""
    rule = _("by itself, never added to savings")
    name = text.format(name=levy_column().title)
    rows: list[Row] = [(name, Mixed(levy, CellKind.KRONER), rule)]
    if of.value is not None:
        how = _("net × {prices}; {rule}").format(prices=words.shadow_prices(of), rule=rule)
        name = text.format(name=_("Shadow value of net avoided CO₂e"))
        rows.append((name, Mixed(of.value, CellKind.KRONER), how))
    return rows


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
    return [
        (text.format(name=title), Mixed(getattr(totals, name), kind), how)
        for title, name, kind in measures()
    ]


def _names_of_today() -> str:
    return _(
        "names of institutions, furniture types and categories; the recorded paper keeps those of"
        " its own day, and all figures are as recorded"
    )


def _sheet(
    name: str, columns: Sequence[ReportColumn], rows: Iterable[object], count: int | None = None
) -> Sheet:
    """A sheet of the columns that the spreadsheet has; with ``count`` its rows are read once."""
    shown = [each for each in columns if each.on_sheet]
    values = [each.value for each in shown]
    cells: Iterable[Row] = ([value(row) for value in values] for row in rows)
    heads = tuple(SheetColumn(each.title, each.kind, each.width, each.total) for each in shown)
    return Sheet(name, heads, list(cells) if count is None else cells, count)


def _method(report: SavingsReport, count: int) -> Sheet:
    """Texts, assumptions and the table of shares, one under the other."""
    rows: list[Row] = [(*each, "") for each in words.method(report)]
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
    total, how = _sums_of(count), _("replaces the share of every line")
    return [
        (column.title, Mixed(total(column.title, value), column.kind), how)
        for each in report.sensitivity
        for column, value in zip(
            share_columns(each.share), (each.cash_ore, each.lifetime_ore, each.net_g), strict=True
        )
        if value is not None
    ]
