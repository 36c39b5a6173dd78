"""The tables of sums of the besparelsesrapport: by institution, category and month, and growth."""

from collections.abc import Sequence
from functools import partial

from moebelcirkel.documents import charts, tables
from moebelcirkel.documents.paper import MARGIN, PART, QUIET, WIDTH, Flow, Pen
from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.charts import co2_chart, money_chart, revenue_chart, value_chart
from moebelcirkel.documents.reports.columns import group_columns, months
from moebelcirkel.documents.reports.placing import place
from moebelcirkel.documents.reports.savings import Group, SavingsReport
from moebelcirkel.domain.charts import BarChart
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, co2, day, ngettext, number

_ROOM = WIDTH - 2 * MARGIN
_GUTTER = 16.5
LOWEST_CHARTS, _HIGHEST_CHARTS, _CHARTS_GAP = 80.0, 112.0, 10.0
_FEWEST_MONTHS = 2
#: So much of a table stands below its heading.
_KEPT = 80.0


def groups_table(
    flow: Flow, title: str, groups: Sequence[Group], report: SavingsReport, shown: int
) -> None:
    """Sums per institution or category; those not shown are summed in a line of their own."""
    among = [each for each in groups if not each.apart]
    by_gain = sorted(among, key=lambda each: (-each.totals.cash_ore, each.name))
    rows = by_gain[:shown]
    if rest := by_gain[shown:]:
        name = _rest_name(len(rest), categories=groups is report.categories)
        rows.append(Group(name, sum((each.totals for each in rest), Sums())))
    rows += [each for each in groups if each.apart]
    first = _("Category") if groups is report.categories else _("Institution")
    _place(flow, title, first, rows, report)


def months_table(flow: Flow, report: SavingsReport) -> None:
    """Sums per month, also of months without lines; all on one page where one has room."""
    if len(report.months) < _FEWEST_MONTHS:
        return
    whole = height(len(report.months))
    keep = whole if whole <= flow.bottom - flow.next_top else _KEPT
    _place(flow, _("Per month"), _("Month"), months(report), report, keep=keep)
    flow.gap(20)


def height(rows: int) -> float:
    """What one of these tables takes with so many rows, heading and total included."""
    look = tables.PLAIN
    head = look.head_height + look.style.leading
    return PART.leading + head + (rows + 1) * look.row_height + 6


def _place(
    flow: Flow,
    title: str,
    first: str,
    rows: list[Group],
    report: SavingsReport,
    *,
    keep: float = _KEPT,
) -> None:
    flow.heading(title, PART, keep=keep)
    total = Group(_("Total"), report.totals)
    place(flow, group_columns(report, first), rows, total=total)


def _rest_name(count: int, *, categories: bool) -> str:
    if categories:
        text = ngettext("{count} other category", "The other {count} categories", count)
    else:
        text = ngettext("{count} other institution", "The other {count} institutions", count)
    return text.format(count=number(count))


# --- growth ----------------------------------------------------------------------------------


def growth(flow: Flow, report: SavingsReport, *, drawn: bool) -> None:
    """Value as new, saved purchases and revenue: by month, by year and since the start.

    ``drawn`` tells that saved purchases and CO₂e are drawn on the first page already.
    """
    flow.heading(_("Value as new, saved purchases and revenue"), PART, keep=200)
    flow.gap(4)
    two_charts(flow, value_chart(report), revenue_chart(report))
    if not drawn:
        two_charts(flow, money_chart(report), co2_chart(report))
    _growth_table(flow, report)
    notes = [words.leap_day(report.start, report.end) if report.previous else "", _pace(report)]
    for note in filter(None, notes):
        flow.gap(4)
        flow.paragraph(note, QUIET)
    flow.gap(20)


def two_charts(flow: Flow, left: BarChart, right: BarChart, room: float = _HIGHEST_CHARTS) -> None:
    """Place two drawings side by side, each with one quantity and its own scale."""
    high = min(room, _HIGHEST_CHARTS) - _CHARTS_GAP
    flow.add(high, partial(_draw, left, right, high))
    flow.gap(_CHARTS_GAP)


def _draw(left: BarChart, right: BarChart, high: float, pen: Pen, top: float) -> None:
    wide = (_ROOM - _GUTTER) / 2
    charts.paint(pen, left, MARGIN, top, wide, high)
    charts.paint(pen, right, MARGIN + wide + _GUTTER, top, wide, high)


def _growth_table(flow: Flow, report: SavingsReport) -> None:
    """The period, the amounts its growth is measured against, and everything since the start."""
    before, since = report.previous, report.since
    columns = [
        tables.TableColumn("", 147),
        tables.TableColumn(words.period(report.start, report.end), 96, right=True, strong=True),
    ]
    if before is not None:
        columns += [
            tables.TableColumn(words.year_before(report), 96, right=True),
            tables.TableColumn(_("Change"), 60, right=True),
        ]
    if since is not None:
        head = _("Since the start, {day}").format(day=day(since.start))
        columns.append(tables.TableColumn(head, 96, right=True))
    money = words.whole_kroner
    rows = []
    for name, field, show in (
        (_("Value as new"), "new_value_ore", money),
        (_("Saved purchases (estimate)"), "cash_ore", money),
        (_("Adjusted for life"), "lifetime_ore", money),
        (_("Revenue"), "paid_ore", money),
        (_("Avoided CO₂e (estimate)"), "net_g", co2),
        (_("Reused pieces"), "pieces", number),
    ):
        now = getattr(report.totals, field)
        cells = [name, show(now)]
        if before is not None:
            then = getattr(before, field)
            cells += [show(then), words.changed(now, then)]
        if since is not None:
            cells.append(show(getattr(since.totals, field)))
        rows.append(tuple(cells))
    tables.place(flow, columns, rows)


def _pace(report: SavingsReport) -> str:
    """How the latest twelve months compare with the first twelve."""
    since = report.since
    if since is None or since.first_year is None or since.last_year is None:
        return ""
    first, last = since.first_year, since.last_year
    return _(
        "The last twelve months against the first twelve since the start: value as new {value},"
        " saved purchases {cash}, revenue {revenue}."
    ).format(
        value=words.changed(last.new_value_ore, first.new_value_ore),
        cash=words.changed(last.cash_ore, first.cash_ore),
        revenue=words.changed(last.paid_ore, first.paid_ore),
    )
