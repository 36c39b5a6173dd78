"""The charts of the besparelsesrapport, with titles that are true of their data.

A long period is shown in quarters or years, as sixty bars side by side say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Protocol

from moebelcirkel.documents.reports.savings import Month
from moebelcirkel.domain.charts import Bar, BarChart
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, day, decimal, long_day, month_long, month_short

_MONTHS_SHOWN = 14
_QUARTERS_SHOWN = 42
_NAMED = 2


class Series(Protocol):
    """What is drawn: a report, or the months of the overview."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def end(self) -> date:
        """The last day."""

    @property
    def months(self) -> tuple[Month, ...]:
        """The sums of each month, in order."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A month, quarter or year: its short and its long name, and its sums."""

    short: str
    name: str
    totals: Sums


def _spans(months: Sequence[Month]) -> tuple[str, list[_Span]]:
    """The series in months, or in quarters or years where months would be too many."""
    if len(months) <= _MONTHS_SHOWN:
        years = len({month.year for month in months}) > 1
        return _("per month"), [
            _span(
                [month],
                month_short(month.month),
                f"{month_long(month.month)} {month.year}" if years else month_long(month.month),
            )
            for month in months
        ]
    if len(months) <= _QUARTERS_SHOWN:
        found = groupby(months, key=lambda month: (month.year, (month.month + 2) // 3))
        return _("per quarter"), [
            _span(
                list(some),
                _("Q{quarter} {year}").format(quarter=quarter, year=f"{year % 100:02d}"),
                _("quarter {quarter} of {year}").format(quarter=quarter, year=year),
            )
            for (year, quarter), some in found
        ]
    yearly = groupby(months, key=lambda month: month.year)
    return _("per year"), [_span(list(some), str(year), str(year)) for year, some in yearly]


def _span(months: Sequence[Month], short: str, name: str) -> _Span:
    return _Span(short, name, sum((month.totals for month in months), Sums()))


def _title(what: str, values: Sequence[int], names: Sequence[str]) -> str:
    """What can truly be said of the values of a series."""
    if len(values) == 1:
        return _("{what} in {name}").format(what=what, name=names[0])
    if not any(values):
        return _("{what}: nothing in the period").format(what=what)
    if len(set(values)) == 1:
        text = (
            _("{what}: the same throughout") if values[0] > 0 else _("{what}: below 0 throughout")
        )
        return text.format(what=what)
    top = max(values)
    if top < 0:
        return _("{what}: below 0 throughout").format(what=what)
    if top == 0:
        # Nothing is a poor summit: what there is to say is where it cost more than it gave.
        low = [name for value, name in zip(values, names, strict=True) if value < 0]
        if len(low) <= _NAMED:
            return _("{what}: below 0 in {name}").format(what=what, name=_both(low))
        return _("{what}: never above 0").format(what=what)
    best = [name for value, name in zip(values, names, strict=True) if value == top]
    if len(best) <= _NAMED:
        return _("{what}: highest in {name}").format(what=what, name=_both(best))
    return _("{what}: {count} peaks").format(what=what, count=len(best))


def _both(names: Sequence[str]) -> str:
    """One name, or two joined."""
    if len(names) == 1:
        return names[0]
    return _("{one} and {other}").format(one=names[0], other=names[1])


def _follows(values: Sequence[int], others: Sequence[int]) -> bool:
    """Tell whether two series rise and fall at the same steps."""

    def steps(series: Sequence[int]) -> list[int]:
        return [(b > a) - (b < a) for a, b in pairwise(series)]

    return len(values) > 2 and len(set(values)) > 1 and steps(values) == steps(others)


def _unfinished(over: Series) -> str:
    """Says where the first or last month is only partly in the period."""
    start, end = over.start, over.end
    late = start.day != 1
    early = (end + timedelta(days=1)).day != 1
    if start == end:
        text = _("only {day}").format(day=long_day(start))
    elif late and early:
        text = f"{day(start)}–{day(end)}"
    elif late:
        text = _("{month} from day {day}").format(month=month_long(start.month), day=start.day)
    elif early:
        text = _("{month} up to day {day}").format(month=month_long(end.month), day=end.day)
    else:
        return ""
    return f", {text}"


def money_chart(over: Series) -> BarChart:
    """Saved purchases over time."""
    return _kroner(over, _("Saved purchases"), "cash_ore", "money")


def value_chart(over: Series) -> BarChart:
    """Value as new of what was reused, over time."""
    return _kroner(over, _("New value"), "new_value_ore", "money")


def revenue_chart(over: Series) -> BarChart:
    """What institutions paid, over time."""
    return _kroner(over, _("Revenue"), "paid_ore", "money")


def _kroner(over: Series, what: str, name: str, colour: str) -> BarChart:
    per, spans = _spans(over.months)
    values = [getattr(each.totals, name) for each in spans]
    thousands = max(map(abs, values), default=0) >= 1_000_000
    unit = _("DKK 1,000") if thousands else _("DKK")
    step = 100_000 if thousands else 100
    return BarChart(
        _title(what, values, [each.name for each in spans]),
        f"{unit} {per}{_unfinished(over)}",
        _bars(spans, values, step, 0),
        colour,
        step,
    )


def co2_chart(over: Series) -> BarChart:
    """Avoided CO₂e over time."""
    per, spans = _spans(over.months)
    values = [each.totals.net_g for each in spans]
    title = _title(_("Avoided CO₂e"), values, [each.name for each in spans])
    if _follows(values, [each.totals.cash_ore for each in spans]):
        title = _("Avoided CO₂e rises and falls with saved purchases")
    tonnes = max(map(abs, values), default=0) >= 1_000_000
    unit = _("Tonnes") if tonnes else _("Kg")
    step, places = (1_000_000, 1) if tonnes else (1000, 0)
    return BarChart(
        title,
        _("{unit} {per}, net (estimate)").format(unit=unit, per=per),
        _bars(spans, values, step, places),
        "accent",
        step,
    )


def _bars(spans: Sequence[_Span], values: Sequence[int], step: int, places: int) -> tuple[Bar, ...]:
    return tuple(
        Bar(each.short, value, _short(Decimal(value) / step, places))
        for each, value in zip(spans, values, strict=True)
    )


def _short(value: Decimal, places: int) -> str:
    """As short as can be: nothing is "0", and what is little is not written as nothing."""
    if not value:
        return "0"
    return decimal(value, max(places, -value.adjusted()) if abs(value) < 1 else places)
