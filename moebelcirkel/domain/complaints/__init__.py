"""A complaint about a delivered piece: its states, what is decided of it, and what may happen.

It is about one order line, since one piece may be repaired and the one beside it come back. What
was charged is never changed: a new price and a return are charges of their own.
"""

import datetime as dt
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused

#: Pieces of one delivery that are complained of at once.
MOST_PIECES = 500


class ComplaintState(StrEnum):
    """Where a complaint is on its way; the value is what the database keeps.

    One that is agreed to waits for the piece: to come back, or to be repaired.
    """

    OPEN = "open"
    AGREED = "agreed"
    CLOSED = "closed"
    VOID = "void"


STATE_NAMES: dict[ComplaintState, str] = {
    ComplaintState.OPEN: N_("not decided"),
    ComplaintState.AGREED: N_("agreed to"),
    ComplaintState.CLOSED: N_("settled"),
    ComplaintState.VOID: N_("undone"),
}

#: What something is still to be done about; a piece has one of these at most.
LIVE = (ComplaintState.OPEN, ComplaintState.AGREED)


class Outcome(StrEnum):
    """What the warehouse decides."""

    REFUSED = "refused"
    PRICE = "price"
    RETURN = "return"
    REPAIR = "repair"


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.REFUSED: N_("turned down"),
    Outcome.PRICE: N_("new price"),
    Outcome.RETURN: N_("goes back, price given back"),
    Outcome.REPAIR: N_("being repaired"),
}
#: The same where it is done.
DONE_NAMES: dict[Outcome, str] = {
    **OUTCOME_NAMES,
    Outcome.RETURN: N_("came back, price given back"),
    Outcome.REPAIR: N_("repaired"),
}


def deadline(registered_on: dt.date, days: int) -> dt.date | None:
    """The last day on which whoever received it can complain; none where there is no deadline."""
    return registered_on + dt.timedelta(days=days) if days else None


def check_open(state: ComplaintState, number: str) -> None:
    """Refuse a decision about what is decided already."""
    if state is not ComplaintState.OPEN:
        raise Refused(N_("{number} is decided already."), number=number)


def check_price(price_ore: int, paid_ore: int) -> None:
    """A new price gives something back: it is below what is charged now."""
    if not 0 <= price_ore < paid_ore:
        raise Refused(
            N_("The new price must be below what is charged now, and not below 0."), field="price"
        )


def name_of(state: ComplaintState, outcome: Outcome | None) -> str:
    """An English msgid of how it stands."""
    if outcome is None:
        return STATE_NAMES[state]
    return DONE_NAMES[outcome] if state is ComplaintState.CLOSED else OUTCOME_NAMES[outcome]
