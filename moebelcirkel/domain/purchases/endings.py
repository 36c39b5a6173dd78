"""How a planned purchase ends, line by line, and the funnel that the answers make."""

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class PlanState(NamedCode):
    """What its makers have made of a plan; the value is what the database keeps."""

    OPEN = "open", N_("open")
    DROPPED = "dropped", N_("given up")
    VOID = "void", N_("undone")


class Ending(NamedCode):
    """What became of a line; the value is what the database keeps."""

    NOT_NEEDED = "not_needed", N_("not needed after all")
    REPAIRED = "repaired", N_("our own is repaired")
    ADAPTED = "adapted", N_("our own is adapted")
    SPARE_PART = "spare_part", N_("a spare part is enough")
    LENT = "lent", N_("borrowed")
    TAKEN = "taken", N_("taken in the shop")
    WANTED = "wanted", N_("wanted")
    NEW = "new", N_("must be new")


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
