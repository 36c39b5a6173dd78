"""The climate levy on new furniture, by the municipality's table of categories and years."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop.spelling import likeness

_ORE = 100
_ALWAYS = 0
_NAMED = 3
_CURRENCY = re.compile(r"kr\.?|dkk", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
#: Decimals behind the other sign, and one group that may be decimals behind the own.
_OTHER_SIGN = re.compile(r"\d+\.\d{1,2}")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2},\d{3}")
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
    """Understand the table: "Kontorstol 2026 = 1.210; Borde = 900,50; Opbevaring".

    A rate with a year holds from that year on, one without at all times. What has no amount, as
    the last of these, has the common rate.
    """
    found: dict[tuple[str, int], int | None] = {}
    for name, year, amount in map(_row, _lines(text)):
        if fold(name):
            found[fold(name), year] = read_rate(amount)
    return Levies(rate_ore, tuple(found.items()))


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.replace("\n", ";").split(";")))


def _row(line: str) -> tuple[str, int, str]:
    """Name, first year and amount, as they are written."""
    said, _sign, amount = line.partition("=")
    dated = _YEAR.fullmatch(said.strip())
    name = ((dated[1] or "") if dated else said).strip()
    return name, int(dated[2]) if dated else _ALWAYS, amount.strip()


def check_levies(text: str, known: Collection[str], codes: Collection[str] = ()) -> None:
    """Refuse a name that no category or group has, a rate that is no amount, and one of nothing.

    The first would pay no levy, the second the common one and the third be left out, unseen.
    ``known`` is what they are called; their ``codes`` will do and are not proposed.
    """
    names = {fold(name): name for name in known}
    for line in _lines(text):
        name, _year, amount = _row(line)
        if not fold(name):
            raise Refused(
                N_("Write whose rate “{typed}” is, like Office chairs 2026 = 1.210; Tables."),
                typed=line,
            )
        if fold(name) not in {*names, *map(fold, codes)}:
            raise Refused(
                N_("No category or group is called “{typed}”. Do you mean {names}?"),
                typed=name,
                names=", ".join(_like(fold(name), names)),
            )
        if amount:
            _check_rate(amount)


def _like(typed: str, names: Mapping[str, str]) -> list[str]:
    """The names that are spelt most like what was typed."""
    ranked = sorted(names, key=lambda each: (-likeness(typed, each), each))
    return [names[each] for each in ranked[:_NAMED]]


def _check_rate(amount: str) -> None:
    bare = _bare(amount)
    if _OTHER_SIGN.fullmatch(bare):
        raise Refused(
            N_("Write “{suggestion}” with “{point}” before the decimals, not “{typed}”."),
            suggestion=bare.replace(".", ","),
            point=",",
            typed=amount,
        )
    if _TWO_WAYS.fullmatch(bare):
        raise Refused(
            N_("“{typed}” can be read in two ways. Write “{whole}” or “{suggestion}”."),
            typed=amount,
            whole=bare.replace(",", ""),
            suggestion=bare.rstrip("0").rstrip(","),
        )
    if read_rate(amount) is None:
        raise Refused(
            N_("{rate} is no rate. Write categories like Office chairs 2026 = 1.210; Tables."),
            rate=amount,
        )


def read_rate(amount: str) -> int | None:
    """Øre of an amount in kr. as Danish tables write it; None of what is none."""
    bare = _bare(amount)
    if not _AMOUNT.fullmatch(bare):
        return None
    value = Decimal(bare.replace(".", "").replace(",", ".")) * _ORE
    return int(value) if value < 10**9 else None


def _bare(amount: str) -> str:
    return _CURRENCY.sub("", amount).strip()
