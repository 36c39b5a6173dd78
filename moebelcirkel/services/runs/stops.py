"""A run as it is read: its stops with what goes in and out, and those of one address together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.runs import Errand, Load, stop_code, total_load
from moebelcirkel.storage.queries.runs import MissedStop, RunRow, StopErrand, Straight

NOTHING = Load()
#: Of several ways in the one that takes most.
HARDEST = (Access.STAIRS, Access.LIFT, Access.LEVEL)


@dataclass(frozen=True, slots=True)
class Stop:
    """A delivery or a pickup with its load: out of the van in a delivery, into it in a pickup.

    ``house_id`` is the institution it is at, whichever it is. ``taken`` is what comes into the van
    at a delivery's stop, for complaints.
    """

    id: int
    name: str
    address: str
    institution_id: int | None
    house_id: int | None
    pickup_id: int | None
    pickup: str
    access: str
    building: str
    contacts: tuple[str, ...]
    comes: bool
    """Whether a pickup is still to be received."""
    orders: int
    urgent: int
    picked: int
    delivered: int
    load: Load
    packaging: bool
    straight: tuple[Straight, ...]
    """What is taken up there and driven on, or set down there straight from its giver."""
    taken: Load = NOTHING
    errands: tuple[StopErrand, ...] = ()
    repairs: int = 0
    """Pieces of their own that go to be repaired, or come back from that."""
    waits: bool = False
    """Whether a pickup is still to be fetched there."""

    @property
    def fetches(self) -> bool:
        """Whether furniture is only taken along there."""
        return not self.delivers or not self.load.pieces

    @property
    def ordered(self) -> int:
        """How many pieces are brought to its orders."""
        return self.load.pieces - sum(each.way is Errand.BRING for each in self.errands)

    @property
    def left(self) -> tuple[StopErrand, ...]:
        """What is still to be done there for complaints."""
        return tuple(errand for errand in self.errands if not errand.done)

    @property
    def done(self) -> bool:
        """Whether all that was to be done there has been."""
        if not self.delivers:
            return not (self.comes or self.waits)
        return bool(self.load.pieces or self.errands) and not (
            self.left or self.delivered < self.ordered
        )

    @property
    def delivers(self) -> bool:
        """Whether something is brought there."""
        return self.pickup_id is None


@dataclass(frozen=True, slots=True)
class Halt:
    """Where the van stops once: deliveries and pickups of one address that follow each other."""

    parts: tuple[Stop, ...]
    """What is brought first, as it makes room for what is fetched."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Its stops; the first one's stands for all of them."""
        return tuple(sorted(part.id for part in self.parts))

    @property
    def id(self) -> int:
        """What it is spoken of by."""
        return self.ids[0]

    @property
    def code(self) -> str:
        """What is scanned there; it stands for the first of its stops, wherever that is driven."""
        return stop_code(self.id)

    @property
    def name(self) -> str:
        """Whose it is."""
        return self.parts[0].name

    @property
    def address(self) -> str:
        """Where it lies."""
        return self.parts[0].address

    @property
    def brought(self) -> tuple[Stop, ...]:
        """Its deliveries."""
        return tuple(part for part in self.parts if part.delivers)

    @property
    def pickups(self) -> tuple[Stop, ...]:
        """Its pickups."""
        return tuple(part for part in self.parts if not part.delivers)

    @property
    def waiting(self) -> tuple[Stop, ...]:
        """Its pickups that are still to be fetched."""
        return tuple(part for part in self.pickups if part.waits)

    @property
    def fetches(self) -> bool:
        """Whether furniture is only taken along there."""
        return all(part.fetches for part in self.parts)

    @property
    def out(self) -> Load:
        """What leaves the van there."""
        return total_load(part.load for part in self.brought)

    @property
    def taken(self) -> Load:
        """What comes into it."""
        fetched = total_load(part.load for part in self.pickups)
        return total_load(part.taken for part in self.parts) + fetched

    @property
    def picked(self) -> int:
        """How many pieces wait to be handed over."""
        return sum(part.picked for part in self.parts)

    @property
    def delivered(self) -> int:
        """How many pieces were handed over."""
        return sum(part.delivered for part in self.parts)

    @property
    def errands(self) -> tuple[StopErrand, ...]:
        """What is done there for complaints."""
        return tuple(errand for part in self.parts for errand in part.errands)

    @property
    def left(self) -> tuple[StopErrand, ...]:
        """What of that is still to be done."""
        return tuple(errand for part in self.parts for errand in part.left)

    @property
    def straight(self) -> tuple[Straight, ...]:
        """What is taken up there and driven on, or set down there straight from its giver."""
        return tuple(dict.fromkeys(each for part in self.parts for each in part.straight))

    @property
    def access(self) -> str:
        """The way in that takes most."""
        return next((way for way in HARDEST if way in {part.access for part in self.parts}), "")

    @property
    def building(self) -> str:
        """Where in the building."""
        return " · ".join(dict.fromkeys(part.building for part in self.parts if part.building))

    @property
    def contact(self) -> str:
        """Whom one asks for."""
        return " · ".join(dict.fromkeys(each for part in self.parts for each in part.contacts))

    @property
    def packaging(self) -> bool:
        """Whether used packaging was taken along."""
        return any(part.packaging for part in self.parts)


def halts(stops: Sequence[Stop]) -> tuple[Halt, ...]:
    """Stops in the order they are driven, those of one address that follow each other as one."""
    houses = groupby(stops, lambda stop: (stop.house_id, stop.house_id or stop.id))
    return tuple(
        Halt(tuple(sorted(parts, key=lambda stop: not stop.delivers))) for _house, parts in houses
    )


@dataclass(frozen=True, slots=True)
class Planned(RunRow):
    """A run with its stops; ``litres`` and ``grams`` are the most on board at any moment."""

    stops: tuple[Stop, ...]
    halts: tuple[Halt, ...]
    litres: int
    grams: int
    straight: Load
    missed: tuple[MissedStop, ...] = ()
    """Stops that were taken off because they were not done."""

    @property
    def packaging(self) -> int:
        """At how many stops used packaging was taken along."""
        return sum(stop.packaging for stop in self.stops)

    @property
    def load(self) -> Load:
        """All that is driven, in and out, each piece once."""
        return total_load(stop.load + stop.taken for stop in self.stops) - self.straight

    @property
    def bearing(self) -> int:
        """How many pieces bear what it costs; 0 where that is told by what it fetched."""
        delivered = sum(stop.delivered for stop in self.stops)
        if not delivered and any(not stop.delivers for stop in self.stops):
            return 0
        return delivered + sum(len(stop.errands) for stop in self.stops)

    def halt_of(self, stop_id: int) -> Halt | None:
        """Where the van stops for a delivery or a pickup."""
        return next((halt for halt in self.halts if stop_id in halt.ids), None)
