"""Who may decide an order: by role, up to a limit, for themself or in somebody's stead.

Nobody decides their own order above the limit. In somebody's stead nobody decides their own, nor
the orders of the one they stand in for, whatever the amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain.orders.states import Needs
from moebelcirkel.domain.roles import MATRIX, Action, Role

#: For so many days an approver decides what an approver took out of an order, or refused.
AGAIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Stand:
    """A role by which somebody decides orders, in one institution or (``None``) in all.

    ``for_id`` is in whose stead; ``most_ore`` is then that person's limit. A ``standing`` deputy
    has no days: such a one may always decide, and is asked when it has waited long.
    """

    id: int
    name: str
    role: str
    institution_id: int | None
    most_ore: int | None = None
    for_id: int | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """What is to be decided."""

    institution_id: int
    orderer_id: int | None
    needs: Needs
    total_ore: int

    @property
    def action(self) -> Action:
        """The right that it takes."""
        return Action.APPROVE_ABOVE if self.needs is Needs.APPROVER else Action.APPROVE


def reaches(stand: Stand, asked: ApprovalAsked) -> bool:
    """Whether the role is enough, whatever the amount and whoever ordered."""
    here = stand.institution_id in (None, asked.institution_id)
    return here and asked.action in MATRIX[Role(stand.role)]


def decides(stand: Stand, asked: ApprovalAsked) -> bool:
    """Whether somebody may decide it by this role."""
    matters = asked.needs is Needs.APPROVER or stand.for_id is not None
    own = matters and asked.orderer_id in (stand.id, stand.for_id)
    enough = stand.most_ore is None or asked.total_ore <= stand.most_ore
    return reaches(stand, asked) and enough and not own


def deciders(stands: Iterable[Stand], asked: ApprovalAsked) -> tuple[Stand, ...]:
    """Who is asked to decide it: each person once, by their own role first, never the sender.

    Those who are asked only when it has waited long come last.
    """
    found: dict[int, Stand] = {}
    for stand in stands:
        if stand.id != asked.orderer_id and decides(stand, asked):
            known = found.get(stand.id)
            if known is None or (known.for_id is not None and stand.for_id is None):
                found[stand.id] = stand
    return tuple(sorted(found.values(), key=lambda stand: stand.standing))


def own_limit(institution_ore: int, person_ore: int | None) -> int:
    """What somebody may send without an approver: the smaller of both limits."""
    return institution_ore if person_ore is None else min(institution_ore, person_ore)
