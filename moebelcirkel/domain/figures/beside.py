"""Two prices of CO2e: they are told beside the savings and each by itself, never added to anything.

The levy is paid for what making a new piece emits, the shadow price values net avoided CO2e.
Both: db/reference/METODE.md, section 3.
"""

import functools
import re
from collections.abc import Mapping
from decimal import Decimal, localcontext

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.figures.life import PRECISION
from moebelcirkel.domain.money import whole

SHADOW_PRICES_ORE = {
    2023: 100_000,
    2024: 107_000,
    2025: 114_000,
    2026: 121_000,
    2027: 128_000,
    2028: 135_000,
    2029: 142_000,
    2030: 150_000,
}
"""Copenhagen's shadow price of CO2e, øre per tonne by year."""

_LINE = re.compile(r"\s*(20\d\d)\s*=\s*(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(\d\d))?\s*(?:kr\.?)?\s*")


def write_shadow_prices(table: Mapping[int, int]) -> str:
    """The table as it is typed: "2026 = 1.210; 2027 = 1.280"."""
    return "; ".join(f"{year} = {_kroner(ore)}" for year, ore in sorted(table.items()))


def _kroner(ore: int) -> str:
    whole_kr = f"{ore // 100:,}".replace(",", ".")
    return f"{whole_kr},{ore % 100:02}" if ore % 100 else whole_kr


@functools.lru_cache(maxsize=8)
def read_shadow_prices(text: str) -> Mapping[int, int]:
    """Øre per tonne by the year it begins with; refuses what is no year and no amount."""
    found = {}
    for line in filter(None, map(str.strip, text.replace("\n", ";").split(";"))):
        fits = _LINE.fullmatch(line)
        if fits is None:
            raise Refused(N_("Write years and prices, such as 2026 = 1.210; 2027 = 1.280."))
        found[int(fits[1])] = int(fits[2].replace(".", "")) * 100 + int(fits[3] or 0)
    return found


def shadow_price_ore(year: int, table: Mapping[int, int] | None = None) -> int | None:
    """Øre per tonne in a year: the table's last row goes on, before its first there is none."""
    rows = SHADOW_PRICES_ORE if table is None else table
    known = [start for start in rows if start <= year]
    return rows[max(known)] if known else None


def co2_value_ore(net_g: int, rate_ore_per_tonne: int) -> int:
    """Value of avoided CO2e in øre."""
    return value_of_years({0: net_g}, {0: rate_ore_per_tonne})


def value_of_years(net_g: Mapping[int, int], prices: Mapping[int, int]) -> int:
    """Value in øre of the net grams of some years, each at its own price; rounded once."""
    with localcontext(prec=PRECISION):
        found = (Decimal(net_g[year]) * rate for year, rate in prices.items() if year in net_g)
        return whole(sum(found, Decimal(0)) / 1_000_000)


def prices_of(years: Mapping[int, int], table: Mapping[int, int]) -> dict[int, int]:
    """The price of each of these years that has one."""
    found = {year: shadow_price_ore(year, table) for year in sorted(years)}
    return {year: rate for year, rate in found.items() if rate is not None}


def avoided_levy_ore(inputs: FigureInputs) -> int | None:
    """The levy on the new piece that was not bought: D x E x rate; None where there is none.

    Whoever buys pays it once, so life plays no part, and a return gives nothing of it back.
    """
    if not inputs.levy_ore_per_tonne or inputs.e_mid is None:
        return None
    with localcontext(prec=PRECISION):
        return whole(inputs.d * inputs.e_mid * inputs.levy_ore_per_tonne / 1000)
