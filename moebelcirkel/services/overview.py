"""Key figures of a period: the cards, the charts and the table of the overview."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.charts import co2_chart, money_chart, revenue_chart, value_chart
from moebelcirkel.documents.reports.savings import ClimatePrices, Month, SinceStart
from moebelcirkel.domain.charts import BarChart
from moebelcirkel.domain.figures import Coverage, Sums
from moebelcirkel.domain.periods import Period, median
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.reports import beside, names
from moebelcirkel.services.reports import data as report_data
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.services.reports import lines as report_lines
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.services.reports.names import FigureNames
from moebelcirkel.storage.queries.figures import basis as figure_basis
from moebelcirkel.storage.queries.figures import extremes as figure_extremes
from moebelcirkel.storage.queries.figures import starts as figure_starts
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.queries.figures.server import give_room
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.work import ZONE, Session


@dataclass(frozen=True, slots=True)
class OverviewChoice:
    """An institution to choose."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """The sums of one institution, or of one category where one institution is shown.

    ``apart`` is what left the exchange without a receiver.
    """

    key: int | str | None
    name: str
    totals: Sums
    apart: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Everything the overview shows of a period, read on one snapshot.

    ``days`` is the median from the day a piece was received to the day it was delivered;
    ``previous`` are the same days a year earlier, None where there was nothing then; ``since`` is
    all since the first line; ``different`` are the pieces the hand-overs are of; ``notes`` explain
    what looks odd beside other periods; ``span`` is how far net CO2e reaches by its factors, in
    grams.
    """

    start: dt.date
    end: dt.date
    institution_id: int | None
    institution: str
    totals: Sums
    span: tuple[int, int]
    previous: Sums | None
    months: tuple[Month, ...]
    rows: tuple[OverviewRow, ...]
    receivers: int
    coverage: Coverage
    days: int | None
    since: SinceStart | None
    different: int
    notes: tuple[str, ...]
    value: BarChart
    money: BarChart
    revenue: BarChart
    co2: BarChart


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the charts show."""

    start: dt.date
    end: dt.date
    months: tuple[Month, ...]


def places(context: Context) -> list[OverviewChoice]:
    """The institutions whose figures the asker may see, in Danish order."""
    context.require(Action.OVERVIEW)
    reach = context.reach(Action.OVERVIEW)
    with context.read() as session:
        known = queries.institution_names(session)
    return [
        OverviewChoice(key, name) for key, name in known.items() if reach is None or key in reach
    ]


def key_figures(
    context: Context, start: dt.date, end: dt.date, institution_id: int | None = None
) -> KeyFigures:
    """The figures of a period as known now; leaders get those of their own institutions."""
    context.require(Action.OVERVIEW, institution_id)
    reach = context.reach(Action.OVERVIEW)
    if institution_id is None and reach is not None and len(reach) == 1:
        institution_id = next(iter(reach))
    asked = ReportScope(Period(start, end).check(), institution_id, reach)
    with context.read() as session:
        return _read(session, asked, context.now())


def _read(session: Session, asked: ReportScope, booked_by: dt.datetime) -> KeyFigures:
    give_room(session)
    chosen = asked.selection(booked_by)
    daily = queries.by_day(session, chosen)
    days = report_data.history(session, chosen, daily)
    monthly = queries.folded(daily, queries.month_of)
    whole = sum(monthly.values(), Sums())
    known = names.institutions(session)
    receivers = queries.by_institution(session, chosen)
    one = asked.institution_id
    months = report_data.months(asked, monthly)
    before = report_data.previous(asked, booked_by, days)
    drawn = _Drawn(asked.period.start, asked.period.end, months)
    climate = beside.climate_prices(session, chosen, monthly)
    rows = _places(receivers, known) if one is None else _categories(session, chosen)
    return KeyFigures(
        start=asked.period.start,
        end=asked.period.end,
        institution_id=one,
        institution="" if one is None else known.get(one, ""),
        totals=whole,
        span=figure_extremes.span(session, chosen),
        previous=before,
        months=months,
        rows=rows,
        receivers=sum(1 for key, sums in receivers.items() if key is not None and sums.pieces > 0),
        coverage=figure_basis.coverage(session, chosen),
        days=median(queries.days_in_house(session, chosen)),
        since=report_data.since_start(chosen, days),
        different=figure_basis.different_units(session, chosen),
        notes=_notes(session, chosen, before, len(rows), climate),
        value=value_chart(drawn),
        money=money_chart(drawn),
        revenue=revenue_chart(drawn),
        co2=co2_chart(drawn),
    )


def _notes(
    session: Session, chosen: Selection, before: Sums | None, rows: int, climate: ClimatePrices
) -> tuple[str, ...]:
    undone = figure_starts.undone_before(session, chosen)
    told = [words.undone_before(undone)] if undone else []
    told += [words.climate_prices(climate)]
    told += [words.rounded()] if rows > 1 else []
    if chosen.institutions is None:
        under_way, today = report_late.in_house(session), chosen.booked_by.astimezone(ZONE).date()
        later = today if today > chosen.end else None
        told += [words.in_house(under_way.ore, under_way.pieces, later)] if under_way.ore else []
    if before is not None:
        told.append(words.leap_day(chosen.start, chosen.end))
    return tuple(filter(None, told))


def _places(found: dict[int | None, Sums], known: FigureNames[int]) -> tuple[OverviewRow, ...]:
    rows = [OverviewRow(key, known[key], found[key]) for key in known.sort(found)]
    if None in found:
        name = report_lines.without_receiver()
        rows.append(OverviewRow(None, name, found[None], apart=True))
    return tuple(rows)


def _categories(session: Session, chosen: Selection) -> tuple[OverviewRow, ...]:
    known = names.categories(session)
    found = queries.by_category(session, chosen)
    rows = [OverviewRow(key, known[key], sums) for key, sums in found.items()]
    return tuple(sorted(rows, key=lambda row: row.name))
