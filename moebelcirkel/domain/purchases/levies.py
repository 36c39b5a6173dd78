"""The climate levy on new furniture, by the municipality's table of categories and years."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold

_ORE = 100
_ALWAYS = 0
_YEAR = re.compile(r"(.*\D)?\b(20\d\d)")


@dataclass(frozen=True, slots=True)
class Levies:
    """Øre per tonne CO2e by name as it is searched for and the year it begins with.

    ``rate_ore`` where no rate is said. Without any name every category has the common rate.
    """

    rate_ore: int
    by_name: tuple[tuple[tuple[str, int], int | None], ...]

    def rate_for(self, names: Iterable[str], year: int) -> int:
        """The rate of a category by its names, the nearest first: its own before its group's.

        The newest of its years counts on; before the first of them the next name is asked.
        """
        if not self.by_name:
            return self.rate_ore
        for name in map(fold, names):
            began = [at for at in self.by_name if at[0][0] == name and at[0][1] <= year]
            if began:
                own = max(began, key=lambda at: at[0][1])[1]
                return self.rate_ore if own is None else own
        return 0


@functools.lru_cache(maxsize=8)
def read_levies(text: str, rate_ore: int) -> Levies:
    """Understand the table: "Kontorstol 2026 = 1.210; Borde = 900,50; Reoler".

    A rate with a year holds from that year on, one without at all times. What has no amount, as
    the last of these, has the common rate.
    """
    found: dict[tuple[str, int], int | None] = {}
    for line in text.replace("\n", ";").split(";"):
        name, _sign, amount = line.partition("=")
        dated = _YEAR.fullmatch(name.strip())
        year = int(dated[2]) if dated else _ALWAYS
        if key := fold((dated[1] or "") if dated else name):
            found[key, year] = read_rate(amount)
    return Levies(rate_ore, tuple(found.items()))


def check_levies(text: str) -> None:
    """Refuse a rate that is no amount: it would be counted with the common one, unseen."""
    for line in text.replace("\n", ";").split(";"):
        amount = line.partition("=")[2].strip()
        if amount and read_rate(amount) is None:
            raise Refused(
                N_("{rate} is no rate. Write categories like Office chairs 2026 = 1.210; Tables."),
                rate=amount,
            )


def read_rate(amount: str) -> int | None:
    """Øre of an amount in kr. as people write it; None of what is none."""
    bare = amount.replace("kr.", "").replace("kr", "").replace(".", "").replace(",", ".").strip()
    try:
        value = Decimal(bare) * _ORE
    except InvalidOperation:
        return None
    return int(value.quantize(Decimal(1), ROUND_HALF_EVEN)) if 0 <= value < 10**9 else None
