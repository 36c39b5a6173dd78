"""How a planned purchase ends, line by line, and the funnel that the answers make."""

from __future__ import annotations

from enum import StrEnum

from moebelcirkel.domain.errors import N_


class PlanState(StrEnum):
    """What its makers have made of a plan; the value is what the database keeps."""

    OPEN = "open"
    DROPPED = "dropped"
    VOID = "void"


PLAN_STATE_NAMES: dict[PlanState, str] = {
    PlanState.OPEN: N_("open"),
    PlanState.DROPPED: N_("given up"),
    PlanState.VOID: N_("undone"),
}


class Ending(StrEnum):
    """What became of a line; the value is what the database keeps."""

    NOT_NEEDED = "not_needed"
    REPAIRED = "repaired"
    ADAPTED = "adapted"
    SPARE_PART = "spare_part"
    LENT = "lent"
    TAKEN = "taken"
    WANTED = "wanted"
    NEW = "new"


ENDING_NAMES: dict[Ending, str] = {
    Ending.NOT_NEEDED: N_("not needed after all"),
    Ending.REPAIRED: N_("our own is repaired"),
    Ending.ADAPTED: N_("our own is adapted"),
    Ending.SPARE_PART: N_("a spare part is enough"),
    Ending.LENT: N_("borrowed"),
    Ending.TAKEN: N_("taken in the shop"),
    Ending.WANTED: N_("wanted"),
    Ending.NEW: N_("must be new"),
}

#: The steps of the funnel, the least use of resources first; a want is no reuse before it is found.
FUNNEL: tuple[tuple[str, tuple[Ending, ...]], ...] = (
    (N_("Need dropped"), (Ending.NOT_NEEDED,)),
    (N_("Repaired or adapted"), (Ending.REPAIRED, Ending.ADAPTED)),
    (N_("Spare part"), (Ending.SPARE_PART,)),
    (N_("Loan"), (Ending.LENT,)),
    (N_("Reuse"), (Ending.TAKEN,)),
    (N_("Wanted, not found yet"), (Ending.WANTED,)),
    (N_("Bought new"), (Ending.NEW,)),
)


def plan_number(serial: int) -> str:
    """The number a plan is spoken of by."""
    return f"N-{serial:06d}"
