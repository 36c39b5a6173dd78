"""What a savings report says, gathered from the figure lines: sums, coverage and sources."""

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.savings import (
    Bounding,
    Correction,
    Group,
    MissingFactor,
    Month,
    SavingsReport,
    Sensitivity,
    SinceStart,
    SourceRow,
)
from moebelcirkel.domain import periods
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import SCENARIOS, LineKind, Sums
from moebelcirkel.domain.money import grams
from moebelcirkel.domain.periods import Period
from moebelcirkel.language import _
from moebelcirkel.services.reports import beside, names
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.services.reports import lines as report_lines
from moebelcirkel.services.reports import texts as report_texts
from moebelcirkel.services.reports.names import FigureNames
from moebelcirkel.storage import chain
from moebelcirkel.storage.queries.figures import basis as figure_basis
from moebelcirkel.storage.queries.figures import extremes as figure_extremes
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures import starts as figure_starts
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.queries.figures.extremes import Scenarios
from moebelcirkel.storage.queries.figures.server import give_room
from moebelcirkel.storage.queries.figures.sums import (
    Apart,
    FactorUse,
    OfFactor,
    Receiving,
    Selection,
)
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import ZONE, Session, load_parameter

#: What lines come to, by the day they are due to.
Days = Mapping[dt.date, Sums]


@dataclass(frozen=True, slots=True)
class ReportScope:
    """Period, and whose figures: one institution, those within reach, or (None) all."""

    period: Period
    institution_id: int | None = None
    reach: frozenset[int] | None = None
    report_id: int | None = None

    def selection(self, booked_by: dt.datetime) -> Selection:
        """The lines that are asked for, as far as they were booked by then."""
        return self._over(self.period, booked_by, self.report_id)

    def late(self, booked_by: dt.datetime) -> Selection:
        """What came too late for recorded reports of earlier periods, and no report has told."""
        return replace(self.selection(booked_by), late=True)

    def year_before(self, booked_by: dt.datetime) -> Selection:
        """The lines of the same days a year earlier."""
        return self._over(self.period.year_before(), booked_by, None)

    def _over(self, period: Period, booked_by: dt.datetime, report_id: int | None) -> Selection:
        only = self.reach if self.institution_id is None else frozenset({self.institution_id})
        return Selection(period.start, period.end, booked_by, only, report_id)


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """A number that somebody has written letters into, past the program, ends no program."""
    try:
        yield
    except (ArithmeticError, ValueError) as error:
        raise Refused(_UNREADABLE) from error


_UNREADABLE = N_(
    "A figure that the report rests on cannot be read: it is not what the program wrote. See the"
    " check of the figures, and restore a copy from before it was changed."
)


@_readable()
def gather(session: Session, asked: ReportScope, booked_by: dt.datetime) -> SavingsReport:
    """A draft with everything but the lines, read on one snapshot."""
    give_room(session)
    chosen, late, own = asked.selection(booked_by), asked.late(booked_by), asked.institution_id
    daily, scenarios, corrected = figure_extremes.daily(session, chosen)
    monthly = queries.folded(daily, lambda at: queries.month_of(at[0]))
    kinds = queries.folded(daily, lambda at: at[1])
    whole, parts = Sums.together(kinds.values()), queries.by_receiver_and_factor(session, chosen)
    by_set = queries.folded(parts, lambda at: at[1:])
    of_parts = {key: each.sums for key, each in parts.items()}
    by_category = queries.folded(of_parts, lambda at: at[2])
    days = history(session, chosen, queries.folded(daily, lambda at: at[0]))
    sets = queries.factor_sets(session, {at[0] for at in by_set if at[0] is not None})
    apart, basis = _apart(session, chosen, parts), figure_basis.basis(session, chosen, corrected)
    receivers, late_days = names.institutions(session), queries.by_day(session, late)
    return SavingsReport(
        municipality=str(load_parameter(session, "municipality")),
        number=None,
        settled_at=booked_by,
        start=asked.period.start,
        end=asked.period.end,
        totals=whole,
        months=months(asked, monthly),
        institutions=institutions(queries.folded(of_parts, lambda at: at[0]), receivers),
        categories=categories(session, by_category),
        coverage=basis.coverage,
        sensitivity=_sensitivity(scenarios),
        bounding=Bounding(scenarios.bound_low_g, scenarios.bound_high_g),
        extremes=figure_extremes.extremes(session, chosen, by_category),
        sources=_sources(session, queries.factors_used(session, chosen, by_set), apart),
        factor_sets=tuple(row.name for row in sets),
        line_count=whole.lines,
        previous=previous(asked, booked_by, days),
        institution=None if own is None else receivers.get(own, ""),
        paid_ore=None if own is None else whole.paid_ore,
        assumptions=report_texts.assumptions(session, chosen, basis),
        told=report_texts.told(session, chosen),
        method=report_texts.weak_points(sets),
        missing=_missing(session, apart),
        corrections=_corrections(kinds),
        loans=_loans(session, chosen),
        different=basis.different,
        undone_before=basis.undone_before,
        since=since_start(chosen, days),
        late=report_late.corrections(session, chosen, late, late_days),
        climate=beside.climate_prices(session, chosen, monthly, late, late_days),
        in_house=report_late.in_house(session) if own is None else None,
        chain=chain.newest(session),
        fee_counted=any(value for value, _lines in basis.used["fee_ore_per_tonne"]),
    )


def _apart(
    session: Session, chosen: Selection, parts: Mapping[Receiving, OfFactor]
) -> Sequence[Apart]:
    """The types that no category's factor was used for, if any line is of one."""
    every = all(each.by_factor == each.sums.lines for each in parts.values())
    return [] if every else queries.apart(session, chosen)


def _loans(session: Session, chosen: Selection) -> Sums | None:
    found = queries.of_loans(session, chosen)
    return found if found.lines else None


def months(asked: ReportScope, found: Mapping[tuple[int, int], Sums]) -> tuple[Month, ...]:
    """Every month of the period, also those without lines."""
    return tuple(
        Month(year, month, found.get((year, month), Sums()))
        for year, month in asked.period.months()
    )


def institutions(found: Mapping[int | None, Sums], known: FigureNames[int]) -> tuple[Group, ...]:
    """Receivers in Danish order, and at the end what left without one."""
    groups = [Group(known[key], found[key]) for key in known.sort(found)]
    if None in found:
        groups.append(Group(report_lines.without_receiver(), found[None], apart=True))
    return tuple(groups)


def categories(session: Session, found: Mapping[str, Sums]) -> tuple[Group, ...]:
    """Categories by name."""
    known = names.categories(session)
    groups = [Group(known[key], sums) for key, sums in found.items()]
    return tuple(sorted(groups, key=lambda group: group.name))


def _corrections(kinds: Mapping[str, Sums]) -> tuple[Correction, ...]:
    """What is no hand-over, kind by kind."""
    return tuple(
        Correction(kind, kinds[kind].lines, kinds[kind].cash_ore)
        for kind in words.line_kinds()
        if kind in kinds and kind is not LineKind.HANDOVER
    )


def _sensitivity(found: Scenarios) -> tuple[Sensitivity, ...]:
    """The result at other shares; adjusted for life it follows with the lines."""
    return tuple(
        Sensitivity(share, found.cash_ore[key], None, found.net_g[key])
        for key, share in SCENARIOS.items()
    )


def history(session: Session, chosen: Selection, own: Days | None = None) -> Days:
    """What came together day by day, from the first line to the end of the chosen ones.

    ``own`` are the days of the chosen lines where they are known: these are not added up again.
    """
    everything = figure_starts.since_start(chosen)
    if own is None or chosen.report_id is not None:
        return queries.by_day(session, everything)
    earlier = replace(everything, end=chosen.start - dt.timedelta(days=1))
    return {**queries.by_day(session, earlier), **own}


def _over(days: Days, period: Period) -> Sums:
    return Sums.together(days[day] for day in days if period.start <= day <= period.end)


def previous(asked: ReportScope, booked_by: dt.datetime, days: Days) -> Sums | None:
    """The same days a year earlier; None where there was nothing then.

    A period longer than a year would be compared with some of its own days, and one that is not
    over with days it has not had yet; neither is compared.
    """
    ended = asked.period.end <= booked_by.astimezone(ZONE).date()
    if not ended or asked.period.year_before().end >= asked.period.start:
        return None
    before = _over(days, asked.period.year_before())
    return before if before.lines else None


def since_start(chosen: Selection, days: Days) -> SinceStart | None:
    """What has come together since the first line; None where there is none yet."""
    if not days:
        return None
    first = min(days)
    so_far = min(chosen.end, chosen.booked_by.astimezone(ZONE).date())
    early, late = periods.first_twelve_months(first), periods.last_twelve_months(so_far)
    apart = late.start > early.end
    return SinceStart(
        first,
        Sums.together(days.values()),
        _over(days, early) if apart else None,
        _over(days, late) if apart else None,
    )


def since_as_dict(since: SinceStart | None) -> Json | None:
    """The same as it is recorded: plain JSON."""
    if since is None:
        return None
    sums = {"totals": since.totals, "first_year": since.first_year, "last_year": since.last_year}
    told = {name: each and each.sealed() for name, each in sums.items()}
    return {"start": since.start.isoformat(), **told}


def _sources(
    session: Session, used: Sequence[FactorUse], apart: Sequence[Apart]
) -> tuple[SourceRow, ...]:
    known = names.categories(session)
    found = [_source(known[each.factor.category_key], each) for each in used]
    declared = [row for row in apart if not row.empty]
    bases = line_queries.with_bases(session, [row.newest for row in declared])
    for row in declared:
        inputs = bases[row.newest].inputs
        value = grams(Decimal(inputs["e_mid"]))
        found.append(
            SourceRow(
                category=f"{known[row.category_key]}: {row.name}",
                factor_set=_("own value"),
                low=value,
                mid=value,
                high=value,
                source=str(inputs["co2_source"]),
                year="",
                stage=str(inputs["co2_stages"]),
                verified=True,
                lines=row.lines,
            )
        )
    return tuple(found)


def _source(name: str, use: FactorUse) -> SourceRow:
    factor = use.factor
    low, mid, high = factor.co2e_low_kg, factor.co2e_mid_kg, factor.co2e_high_kg
    zero = Decimal(0)
    return SourceRow(
        category=name,
        factor_set=use.factor_set,
        low=grams(low or zero),
        mid=grams(mid or zero),
        high=grams(high or zero),
        source=factor.source,
        year=str(factor.source_year or ""),
        stage=factor.stages,
        verified=factor.co2e_verified,
        lines=use.lines,
        new_price=factor.new_price_mid_ore if use.priced else None,
        price_source=factor.price_source,
        price_verified=factor.price_verified,
    )


def _missing(session: Session, apart: Sequence[Apart]) -> tuple[MissingFactor, ...]:
    known = names.categories(session)
    return tuple(
        MissingFactor(row.name, known[row.category_key], row.lines) for row in apart if row.empty
    )
