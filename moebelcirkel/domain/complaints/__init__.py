"""A complaint about a delivered piece: its states, what is decided of it, and what may happen.

It is about one order line, since one piece may be repaired and the one beside it come back. What
was charged is never changed: a new price and a return are charges of their own.
"""

import datetime as dt

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.named import NamedCode

#: Pieces of one delivery that are complained of at once.
MOST_PIECES = 500


class ComplaintState(NamedCode):
    """Where a complaint is on its way; the value is what the database keeps.

    One that is agreed to waits for the piece: to come back, or to be repaired.
    """

    OPEN = "open", N_("not decided")
    AGREED = "agreed", N_("agreed to")
    CLOSED = "closed", N_("settled")
    VOID = "void", N_("undone")


#: What something is still to be done about; a piece has one of these at most.
LIVE = (ComplaintState.OPEN, ComplaintState.AGREED)


class Outcome(NamedCode):
    """What the warehouse decides."""

    REFUSED = "refused", N_("turned down")
    PRICE = "price", N_("new price")
    RETURN = "return", N_("goes back, price given back")
    REPAIR = "repair", N_("being repaired")


#: What is called otherwise once it is done.
_DONE = {Outcome.RETURN: N_("came back, price given back"), Outcome.REPAIR: N_("repaired")}


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
        return state.label
    return _DONE.get(outcome, outcome.label) if state is ComplaintState.CLOSED else outcome.label
