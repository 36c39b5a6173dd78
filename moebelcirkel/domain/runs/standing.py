"""A run of the van: its states and number, how full the van is, and what each piece bears of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode

#: More stops on one run, or days ahead, are a slip of the hand.
MOST_STOPS = 60
MOST_DAYS_AHEAD = 365
_STOP = re.compile(r"S-([0-9]{5,9})")
#: From so many grams on two people carry a piece.
TWO_PEOPLE_G = 25_000


class RunState(NamedCode):
    """Where a run is on its way; the value is what the database keeps."""

    PLANNED = "planned", N_("planned")
    CLOSED = "closed", N_("closed")
    VOID = "void", N_("undone")


class Errand(NamedCode):
    """What is done for a complaint at a stop: its piece is fetched, or brought back repaired."""

    FETCH = "fetch", N_("fetched for a complaint")
    BRING = "bring", N_("brought back repaired")


def run_number(serial: int) -> str:
    """The number a run is spoken of by."""
    return f"K-{serial:05d}"


def stop_code(stop_id: int) -> str:
    """What is printed at a stop of the driver's sheet, and scanned there."""
    return f"S-{stop_id:05d}"


def read_stop_code(typed: str) -> int | None:
    """The stop that a code stands for; none where it is no stop's."""
    found = _STOP.fullmatch(typed.strip().upper())
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Load:
    """What pieces take up together; ``unmeasured`` counts those without a volume."""

    pieces: int = 0
    litres: int = 0
    grams: int = 0
    heavy: int = 0
    unmeasured: int = 0

    def __add__(self, other: "Load") -> "Load":
        """Both together."""
        return Load(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def __sub__(self, other: "Load") -> "Load":
        """What is left when the other is out."""
        return Load(*(getattr(self, name) - getattr(other, name) for name in self.__slots__))


def fullest(stops: Sequence[tuple[Load, Load]], taken_up: Load = Load()) -> tuple[int, int]:
    """The most litres and grams on board at any moment.

    Each stop says what leaves the van there and what comes into it, in the order they are driven.
    What is ``taken_up`` on the way and set down again is not on board from the start.
    """
    on_board = sum((out for out, _in in stops), Load()) - taken_up
    litres, weight = on_board.litres, on_board.grams
    for out, taken in stops:
        on_board = on_board - out + taken
        litres, weight = max(litres, on_board.litres), max(weight, on_board.grams)
    return litres, weight


def too_full(share: float) -> bool:
    """Whether a van is more than full as it is told, in whole percent: "100 %" is full."""
    return round(share, 2) > 1


def trips_saved(orders: int, pickups: int) -> int:
    """Each order and each pickup would have been a trip of its own; the run is one.

    They were asked for one by one, so two of one house are two. What complaints have fetched from
    a house is one, as of one pickup, and so is what is brought back there.
    """
    return max(0, orders + pickups - 1)


def shares(total: int, volumes: Mapping[int, int | None]) -> dict[int, int]:
    """What each piece bears of a total, by volume; their sum is the total, to the last one.

    Where the volume of any of them is missing, all bear alike. What is left over after rounding
    down goes one by one to those that lost most by it.
    """
    if not volumes:
        return {}
    if any(not litres for litres in volumes.values()):
        weights = dict.fromkeys(volumes, 1)
    else:
        weights = {key: litres or 0 for key, litres in volumes.items()}
    whole = sum(weights.values())
    found = {key: total * weight // whole for key, weight in weights.items()}
    lost = sorted(weights, key=lambda key: (-(total * weights[key] % whole), key))
    for key in lost[: total - sum(found.values())]:
        found[key] += 1
    return found


@dataclass(frozen=True, slots=True)
class Driven:
    """What driving so far comes to: øre and grams, half-even."""

    ore: int
    grams: int


def driven(km: Decimal, ore_per_km: int, kg_per_km: Decimal) -> Driven:
    """The real kilometres at the vehicle's rates."""
    return Driven(_half_even(km * ore_per_km), _half_even(km * kg_per_km * 1000))


def _half_even(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_EVEN))


def total_load(loads: Iterable[Load]) -> Load:
    """All of them together."""
    return sum(loads, Load())
