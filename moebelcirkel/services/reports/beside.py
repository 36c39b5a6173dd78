"""Two prices of CO2e that are told beside a result: the avoided levy, and the shadow price."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from moebelcirkel.documents.reports.savings import ClimatePrices
from moebelcirkel.domain.figures import Sums, prices_of, read_shadow_prices, value_of_years
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import Session, load_parameter

_PRICES, _LATE_PRICES = "shadow_prices", "late_shadow_prices"
#: What a record's totals call those of its corrections.
LATE = "late_prices"


def shadow_prices(session: Session) -> Mapping[int, int]:
    """Øre per tonne by the year it begins with, as it is set today."""
    return read_shadow_prices(str(load_parameter(session, "shadow_prices")))


def climate_prices(
    session: Session,
    chosen: Selection,
    monthly: Mapping[tuple[int, int], Sums],
    late: Selection | None = None,
    late_days: Mapping[dt.date, Sums] = MappingProxyType({}),
) -> ClimatePrices:
    """What the chosen lines come to at the prices of today's table, and what came too late."""
    table, years = shadow_prices(session), _years(monthly)
    found = _at(session, chosen, years, prices_of(years, table))
    if late is None or not late_days:
        return found
    years = _years_of_days(late_days)
    return replace(found, late=_at(session, late, years, prices_of(years, table)))


def again(
    session: Session, chosen: Selection, late: Selection | None, parameters: Json
) -> ClimatePrices:
    """The same at the prices that were recorded."""
    found = _at(session, chosen, _years_of(session, chosen), _prices(parameters, _PRICES))
    if late is None:
        return found
    prices = _prices(parameters, _LATE_PRICES)
    return replace(found, late=_at(session, late, _years_of(session, late), prices))


def recorded(totals: Json, parameters: Json) -> ClimatePrices | None:
    """As it was recorded; earlier versions told nothing of it."""
    if "levy" not in totals:
        return None
    prices, late = tuple(_prices(parameters, _PRICES).items()), None
    if LATE in totals:
        of_late = tuple(_prices(parameters, _LATE_PRICES).items())
        late = ClimatePrices(totals[LATE]["levy"], totals[LATE]["co2_value"], of_late)
    return ClimatePrices(totals["levy"], totals["co2_value"], prices, late)


def totals_of(of: ClimatePrices | None) -> Json:
    """What a record keeps of it among its totals."""
    if of is None:
        return {}
    late = {} if of.late is None else {LATE: totals_of(of.late)}
    return {"levy": of.levy, "co2_value": of.value, **late}


def parameters_of(of: ClimatePrices | None) -> Json:
    """And among its parameters."""
    if of is None:
        return {}
    late = {} if of.late is None else {_LATE_PRICES: _as_dict(of.late)}
    return {_PRICES: _as_dict(of), **late}


def _as_dict(of: ClimatePrices) -> Json:
    return {str(year): ore for year, ore in of.prices}


def _prices(parameters: Mapping[str, Any], name: str) -> dict[int, int]:
    """The prices that were recorded; what was tampered with need not be a table any more."""
    kept = parameters.get(name)
    rows = kept.items() if isinstance(kept, dict) else ()
    return {int(year): ore for year, ore in rows if year.isdecimal() and isinstance(ore, int)}


def _years(monthly: Mapping[tuple[int, int], Sums]) -> dict[int, int]:
    found = queries.folded(monthly, lambda month: month[0])
    return {year: sums.net_g for year, sums in found.items()}


def _years_of(session: Session, chosen: Selection) -> dict[int, int]:
    return _years_of_days(queries.by_day(session, chosen))


def _years_of_days(days: Mapping[dt.date, Sums]) -> dict[int, int]:
    return _years(queries.folded(days, queries.month_of))


def _at(
    session: Session, chosen: Selection, years: Mapping[int, int], prices: Mapping[int, int]
) -> ClimatePrices:
    value = value_of_years(years, prices) if prices else None
    return ClimatePrices(queries.levied(session, chosen), value, tuple(prices.items()))
