"""The climate levy on new furniture, by the municipality's table of categories and groups."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from moebelcirkel.domain.fold import fold

_ORE = 100


@dataclass(frozen=True, slots=True)
class Levies:
    """Øre per tonne CO2e by name as it is searched for; ``rate_ore`` where no rate is said.

    Without any name every category has the common rate.
    """

    rate_ore: int
    by_name: tuple[tuple[str, int | None], ...]

    def rate_for(self, names: Iterable[str]) -> int:
        """The rate of a category by its names, the nearest first: its own before its group's."""
        if not self.by_name:
            return self.rate_ore
        known = dict(self.by_name)
        found = next((name for each in names if (name := fold(each)) in known), None)
        if found is None:
            return 0
        own = known[found]
        return self.rate_ore if own is None else own


@functools.lru_cache(maxsize=8)
def read_levies(text: str, rate_ore: int) -> Levies:
    """Understand the table: "Kontorstol = 1.210; Borde = 900,50; Reoler" (the last by the rate).

    What is no amount leaves the name with the common rate.
    """
    found: dict[str, int | None] = {}
    for line in text.replace("\n", ";").split(";"):
        name, _sign, amount = line.partition("=")
        if key := fold(name):
            found[key] = _ore(amount)
    return Levies(rate_ore, tuple(found.items()))


def _ore(amount: str) -> int | None:
    bare = amount.replace("kr.", "").replace("kr", "").replace(".", "").replace(",", ".").strip()
    try:
        value = Decimal(bare) * _ORE
    except InvalidOperation:
        return None
    return int(value.quantize(Decimal(1), ROUND_HALF_EVEN)) if 0 <= value < 10**9 else None
