"""Repairs of what institutions own: how far each has come, what it costs, and what of it is paid.

The furniture is reported like what should go, fetched and brought back like an order of its own
pieces, and is never on sale.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.domain.named import NamedCode
from moebelcirkel.domain.pickups import PickupState, PickupStep

#: Tasks that one repair can be offered with.
MOST_TASKS = 3

#: What the warehouse decides of reports is decided here by a price, and ended by the order.
NOT_OF_REPAIRS = frozenset(
    {PickupStep.ACCEPT, PickupStep.ASK, PickupStep.REFUSE, PickupStep.RECEIVE, PickupStep.CLOSE}
)


class RepairStage(NamedCode):
    """How far a repair has come."""

    ASKED = "asked", N_("waits for a price")
    OFFERED = "offered", N_("price given")
    AWAITING = "awaiting", N_("awaiting approval")
    AGREED = "agreed", N_("to be fetched")
    WORKSHOP = "workshop", N_("in the workshop")
    READY = "ready", N_("repaired")
    BACK = "back", N_("back again")
    NOT_DONE = "not_done", N_("cannot be repaired")
    REFUSED = "refused", N_("turned down")
    ENDED = "ended", N_("given up")


#: Where the workshop has to do something, and where the owner has.
FOR_WORKSHOP = frozenset({RepairStage.ASKED, RepairStage.AGREED})
FOR_OWNER = frozenset({RepairStage.OFFERED})
OPEN = frozenset(RepairStage) - {RepairStage.BACK, RepairStage.REFUSED, RepairStage.ENDED}


def stage_of(
    pickup: str, order: str | None, *, offered: bool, at_work: bool, in_vain: bool = False
) -> RepairStage:
    """How far it is, by its report, its order, and whether any piece is in the workshop.

    ``in_vain``: the workshop has given up all of them, which go home as they came.
    """
    ends: dict[str, RepairStage] = {
        PickupState.REFUSED: RepairStage.REFUSED,
        PickupState.WITHDRAWN: RepairStage.ENDED,
        PickupState.VOID: RepairStage.ENDED,
    }
    if pickup in ends:
        return ends[pickup]
    if order is None:
        return RepairStage.OFFERED if offered else RepairStage.ASKED
    if pickup == PickupState.CLOSED:
        done = {"delivered": RepairStage.BACK, "cancelled": RepairStage.ENDED}
        ready = RepairStage.NOT_DONE if in_vain else RepairStage.READY
        return done.get(order, RepairStage.WORKSHOP if at_work else ready)
    return RepairStage.AWAITING if pickup == PickupState.REPORTED else RepairStage.AGREED


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

    def by_kind(self) -> dict[ChargeKind, int]:
        """The charges of one piece; what costs nothing is one of 0 kr."""
        found = {
            ChargeKind.REPAIR: self.repair,
            ChargeKind.PART: self.part,
            ChargeKind.OUTSIDE: self.outside,
        }
        return {kind: ore for kind, ore in found.items() if ore} or {ChargeKind.REPAIR: 0}


def summed(shares: Iterable[Shares]) -> Shares:
    """What several tasks come to together."""
    known = list(shares)
    return Shares(
        sum(each.repair for each in known),
        sum(each.part for each in known),
        sum(each.outside for each in known),
    )
