"""Repairs of what institutions own: how far each has come, what it costs, and what of it is paid.

The furniture is reported like what should go, fetched and brought back like an order of its own
pieces, and is never on sale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.pickups import PickupState, Step

#: Tasks that one repair can be offered with.
MOST_TASKS = 3

#: What the warehouse decides of reports is decided here by a price, and ended by the order.
NOT_OF_REPAIRS = frozenset({Step.ACCEPT, Step.ASK, Step.REFUSE, Step.RECEIVE, Step.CLOSE})


class Stage(StrEnum):
    """How far a repair has come."""

    ASKED = "asked"
    OFFERED = "offered"
    AWAITING = "awaiting"
    AGREED = "agreed"
    WORKSHOP = "workshop"
    READY = "ready"
    BACK = "back"
    REFUSED = "refused"
    ENDED = "ended"


STAGE_NAMES: dict[Stage, str] = {
    Stage.ASKED: N_("waits for a price"),
    Stage.OFFERED: N_("price given"),
    Stage.AWAITING: N_("awaiting approval"),
    Stage.AGREED: N_("to be fetched"),
    Stage.WORKSHOP: N_("in the workshop"),
    Stage.READY: N_("repaired"),
    Stage.BACK: N_("back again"),
    Stage.REFUSED: N_("turned down"),
    Stage.ENDED: N_("given up"),
}

#: Where the workshop has to do something, and where the owner has.
FOR_WORKSHOP = frozenset({Stage.ASKED, Stage.AGREED})
FOR_OWNER = frozenset({Stage.OFFERED})
OPEN = frozenset(Stage) - {Stage.BACK, Stage.REFUSED, Stage.ENDED}


def stage_of(pickup: str, order: str | None, *, offered: bool, at_work: bool) -> Stage:
    """How far it is, by its report, its order, and whether any piece is in the workshop."""
    ended = {
        PickupState.REFUSED: Stage.REFUSED,
        PickupState.WITHDRAWN: Stage.ENDED,
        PickupState.VOID: Stage.ENDED,
    }.get(PickupState(pickup))
    if ended is not None:
        return ended
    if order is None:
        return Stage.OFFERED if offered else Stage.ASKED
    if pickup == PickupState.CLOSED:
        done = {"delivered": Stage.BACK, "cancelled": Stage.ENDED}
        return done.get(order, Stage.WORKSHOP if at_work else Stage.READY)
    return Stage.AWAITING if pickup == PickupState.REPORTED else Stage.AGREED


@dataclass(frozen=True, slots=True)
class Shares:
    """What one repaired piece costs its owner, in øre: time, new parts, another's repair."""

    repair: int = 0
    part: int = 0
    outside: int = 0

    @property
    def total_ore(self) -> int:
        """All of it."""
        return self.repair + self.part + self.outside

    def by_kind(self) -> dict[str, int]:
        """The charges of one piece; what costs nothing is one of 0 kr."""
        found = {"repair": self.repair, "part": self.part, "outside": self.outside}
        return {kind: ore for kind, ore in found.items() if ore} or {"repair": 0}


#: Kinds of charge that a repair that was brought back makes.
CHARGE_KINDS = ("repair", "part", "outside")
#: Kinds of charge that any hand-over makes; there is one at least of each piece.
HANDED_KINDS = ("hand_over", *CHARGE_KINDS)


def summed(shares: Iterable[Shares]) -> Shares:
    """What several tasks come to together."""
    known = list(shares)
    return Shares(
        sum(each.repair for each in known),
        sum(each.part for each in known),
        sum(each.outside for each in known),
    )
