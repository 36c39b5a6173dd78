"""What figure lines come to together."""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sums:
    """Added up lines: pieces, øre and grams.

    ``paid_ore`` is revenue: what institutions were charged for delivered pieces, less what was
    reversed; each line has the price of its charge.
    """

    pieces: int = 0
    new_value_ore: int = 0
    cash_ore: int = 0
    lifetime_ore: int = 0
    net_g: int = 0
    low_g: int = 0
    high_g: int = 0
    gross_g: int = 0
    paid_ore: int = 0
    lines: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*map(operator.add, _VALUES(self), _VALUES(other)))

    @classmethod
    def together(cls, parts: Iterable["Sums"]) -> "Sums":
        """All of them together; of thousands this is far quicker than one after the other."""
        return cls(*map(sum, zip(*map(_VALUES, parts), strict=True)))

    @property
    def co2_known(self) -> bool:
        """Whether any piece of it has a factor; what has one is never nothing gross."""
        return not self.pieces or any((self.net_g, self.low_g, self.high_g, self.gross_g))

    def sealed(self) -> dict[str, int]:
        """The sums under the names that the seals of reports cover; how many lines stands apart."""
        return dict(zip(SEALED_NAMES, _VALUES(self), strict=False))


_VALUES: Callable[[Sums], tuple[int, ...]] = operator.attrgetter(*Sums.__slots__)
#: Never to be changed: recorded reports keep them.
SEALED_NAMES = (
    "pieces",
    "new_value",
    "cash",
    "lifetime",
    "co2",
    "co2_low",
    "co2_high",
    "co2_gross",
    "revenue",
)
