"""A report of furniture that should go: its states, what may happen in each, and its numbers.

A report is made by whoever has the furniture, decided by the warehouse, and closed when what came
is registered. How much of it came is never stored: it is counted from the pieces tied to it.
"""

from collections.abc import Mapping
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.named import NamedCode

#: Lines of one report, and pieces of one line: more is a slip of the hand.
MOST_LINES = 60
MOST_PIECES = 5_000
#: How far ahead furniture can be wanted away, or its pickup planned.
MOST_DAYS_AHEAD = 730


class PickupState(NamedCode):
    """Where a report is on its way; the value is what the database keeps."""

    REPORTED = "reported", N_("reported")
    QUESTION = "question", N_("question asked")
    ACCEPTED = "accepted", N_("accepted")
    PLANNED = "planned", N_("planned")
    REFUSED = "refused", N_("turned down")
    WITHDRAWN = "withdrawn", N_("taken back")
    CLOSED = "closed", N_("finished")
    VOID = "void", N_("undone")


_KNOWN = frozenset(state.value for state in PickupState)


def state_name(state: str) -> str:
    """English msgid; a state that no program knows is called as it is written."""
    return PickupState(state).label if state in _KNOWN else state or "?"


#: Furniture that still stands with its giver and is expected.
EXPECTED = frozenset(
    {PickupState.REPORTED, PickupState.QUESTION, PickupState.ACCEPTED, PickupState.PLANNED}
)
#: Reports that pieces can be registered against.
RECEIVING = frozenset({PickupState.ACCEPTED, PickupState.PLANNED})
#: Reports that may have pieces tied to them.
WITH_PIECES = RECEIVING | {PickupState.CLOSED}


class Access(NamedCode):
    """How furniture gets out of the building."""

    UNKNOWN = "unknown", N_("not known")
    LEVEL = "level", N_("ground floor")
    LIFT = "lift", N_("lift")
    STAIRS = "stairs", N_("stairs")


class GiftKind(NamedCode):
    """What a firm gives: furniture, or what furniture is made and mended of."""

    GOODS = "goods", N_("finished goods")
    MATERIAL = "material", N_("material")


#: Why material is in no shop, and what it is for.
MATERIAL_STAYS = N_(
    "{number} is material that a firm gave, and not furniture on sale. Use it in the workshop, and"
    " register what is made of it."
)


class PickupStep(StrEnum):
    """What can happen to a report."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    OFFER = "offer"
    BRING = "bring"
    ASK = "ask"
    REFUSE = "refuse"
    PLAN = "plan"
    RECEIVE = "receive"
    CLOSE = "close"


_UNDECIDED = frozenset({PickupState.REPORTED, PickupState.QUESTION})

SOURCES: Mapping[PickupStep, frozenset[PickupState]] = {
    PickupStep.CORRECT: _UNDECIDED,
    PickupStep.WITHDRAW: _UNDECIDED,
    PickupStep.ACCEPT: _UNDECIDED,
    PickupStep.OFFER: EXPECTED,
    PickupStep.BRING: RECEIVING,
    PickupStep.ASK: _UNDECIDED,
    PickupStep.REFUSE: _UNDECIDED | {PickupState.ACCEPTED},
    PickupStep.PLAN: EXPECTED,
    PickupStep.RECEIVE: RECEIVING,
    PickupStep.CLOSE: RECEIVING,
}

_REASONS: Mapping[PickupStep, str] = {
    PickupStep.CORRECT: N_(
        "{number} can no longer be corrected: it is {state}. Call the warehouse."
    ),
    PickupStep.WITHDRAW: N_(
        "{number} can no longer be taken back: it is {state}. Call the warehouse."
    ),
    PickupStep.ACCEPT: N_("{number} cannot be accepted: it is {state}."),
    PickupStep.OFFER: N_("Nothing of {number} can be put on sale: it is {state}."),
    PickupStep.BRING: N_("Nothing of {number} can be brought home: it is {state}."),
    PickupStep.ASK: N_("Nothing can be asked about {number}: it is {state}."),
    PickupStep.REFUSE: N_("{number} cannot be turned down: it is {state}."),
    PickupStep.PLAN: N_("The pickup of {number} cannot be planned: it is {state}."),
    PickupStep.RECEIVE: N_(
        "Nothing can be received for {number}: it is {state}. Choose another report, or receive"
        " without one."
    ),
    PickupStep.CLOSE: N_("{number} cannot be finished: it is {state}."),
}


def may(step: PickupStep, state: str) -> bool:
    """Whether a report in this state can take the step."""
    return state in SOURCES[step]


def check(step: PickupStep, state: str, number: str) -> None:
    """Refuse a step that the report's state does not allow, naming both."""
    if not may(step, state):
        name = Refused(state_name(state))
        raise Refused(_REASONS[step], number=number, state=name)


def pickup_number(serial: int) -> str:
    """The number a report is spoken of by."""
    return f"A-{serial:06d}"
