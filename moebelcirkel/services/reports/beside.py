"""Two prices of CO2e that are told beside a result: the avoided levy, and the shadow price."""

from collections.abc import Mapping
from typing import Any

from moebelcirkel.documents.reports.savings import ClimatePrices
from moebelcirkel.domain.figures import Sums, prices_of, read_shadow_prices, value_of_years
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import Session, load_parameter


def shadow_prices(session: Session) -> Mapping[int, int]:
    """Øre per tonne by the year it begins with, as it is set today."""
    return read_shadow_prices(str(load_parameter(session, "shadow_prices")))


def climate_prices(
    session: Session, chosen: Selection, monthly: Mapping[tuple[int, int], Sums]
) -> ClimatePrices:
    """What the chosen lines come to at the prices of today's table."""
    years = _years(monthly)
    return _at(session, chosen, years, prices_of(years, shadow_prices(session)))


def again(session: Session, chosen: Selection, parameters: Json) -> ClimatePrices:
    """The same at the prices that were recorded."""
    monthly = queries.folded(queries.by_day(session, chosen), queries.month_of)
    return _at(session, chosen, _years(monthly), _prices(parameters))


def recorded(totals: Json, parameters: Json) -> ClimatePrices | None:
    """As it was recorded; earlier versions told nothing of it."""
    if "levy" not in totals:
        return None
    prices = tuple(_prices(parameters).items())
    return ClimatePrices(totals["levy"], totals["co2_value"], prices)


def totals_of(of: ClimatePrices | None) -> Json:
    """What a record keeps of it among its totals."""
    return {} if of is None else {"levy": of.levy, "co2_value": of.value}


def parameters_of(of: ClimatePrices | None) -> Json:
    """And among its parameters."""
    return {} if of is None else {"shadow_prices": {str(year): ore for year, ore in of.prices}}


def _prices(parameters: Mapping[str, Any]) -> dict[int, int]:
    return {int(year): ore for year, ore in parameters.get("shadow_prices", {}).items()}


def _years(monthly: Mapping[tuple[int, int], Sums]) -> dict[int, int]:
    found = queries.folded(monthly, lambda month: month[0])
    return {year: sums.net_g for year, sums in found.items()}


def _at(
    session: Session, chosen: Selection, years: Mapping[int, int], prices: Mapping[int, int]
) -> ClimatePrices:
    value = value_of_years(years, prices) if prices else None
    return ClimatePrices(queries.levied(session, chosen), value, tuple(prices.items()))
