"""Budget ceilings: what an institution may order for in a year, in all or of one group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moebelcirkel.domain.days import FIRST_YEAR
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.prices import MAX_PRICE_ORE

#: The most that a ceiling can be: a hundred times the dearest piece.
MOST_ORE = 100 * MAX_PRICE_ORE


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so much in each year from ``from_year`` on, until one of a later year is set.

    Without a ``group`` of categories it holds for everything together.
    """

    from_year: int
    group: str
    most_ore: int

    def checked(self) -> "Ceiling":
        """Itself, where it can be set."""
        if not FIRST_YEAR < self.from_year <= 9999:
            raise Refused(N_("Write the year with four digits, e.g. 2016."))
        if not 0 <= self.most_ore <= MOST_ORE:
            raise Refused(N_("The ceiling must be from 0 to 100 million kroner."))
        return self


@dataclass(frozen=True, slots=True)
class CeilingStanding:
    """How far a ceiling is used in a year, and what something new would add to it."""

    year: int
    group: str
    most_ore: int
    used_ore: int
    adds_ore: int = 0

    @property
    def over_ore(self) -> int:
        """What the new is too much; 0 where it fits, or costs nothing."""
        return max(0, self.used_ore + self.adds_ore - self.most_ore) if self.adds_ore else 0

    @property
    def passed_ore(self) -> int:
        """What is used too much already, as where it was lowered; 0 where it is not."""
        return max(0, self.used_ore - self.most_ore)

    def written(self) -> str:
        """Year, most, used and group as one text, which ``read_standing`` reads again."""
        return f"{self.year} {self.most_ore} {self.used_ore} {self.group}"


def read_standing(text: str) -> CeilingStanding:
    """What ``written`` gave."""
    year, most, used, group = text.split(" ", 3)
    return CeilingStanding(int(year), group, int(most), int(used))


def standings(
    known: Iterable[Ceiling], year: int, used: Mapping[str, int], adds: Mapping[str, int]
) -> tuple[CeilingStanding, ...]:
    """The ceilings of a year, the one for everything first, with what is used by group."""
    latest: dict[str, Ceiling] = {}
    for ceiling in sorted(known, key=lambda each: each.from_year):
        if ceiling.from_year <= year:
            latest[ceiling.group] = ceiling
    return tuple(
        CeilingStanding(year, group, each.most_ore, _of(used, group), _of(adds, group))
        for group, each in sorted(latest.items())
    )


def passed_by(
    before: Iterable[CeilingStanding], after: Iterable[CeilingStanding]
) -> tuple[CeilingStanding, ...]:
    """Ceilings that are passed by more than before, with nothing new ordered: they were lowered."""
    known = {each.group: each.passed_ore for each in before}
    return tuple(each for each in after if each.passed_ore > known.get(each.group, 0))


def _of(amounts: Mapping[str, int], group: str) -> int:
    return amounts.get(group, 0) if group else sum(amounts.values())
