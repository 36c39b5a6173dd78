"""The life of a unit: every state, every action and who may do it, as one table.

Nothing else decides what is allowed. ``apply`` answers with the next state or refuses with a
plain reason. States that later rooms reach (offered, missing, dismantled, donated, sold) exist
already, so that the schema need not change when their actions come. The states of what a unit goes
through, a batch of registered pieces, a case of the workshop and a delivery note, stand beside.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.named import NamedCode
from moebelcirkel.domain.roles import Action

PieceT = TypeVar("PieceT")


class State(NamedCode):
    """Where a unit is in its life."""

    OFFERED = "offered", N_("offered")
    RECEIVED = "received", N_("received")
    WORKSHOP = "workshop", N_("in the workshop")
    READY = "ready", N_("ready")
    LISTED = "listed", N_("on sale")
    ORDERED = "ordered", N_("ordered")
    PICKED = "picked", N_("picked")
    DELIVERED = "delivered", N_("delivered")
    LENT = "lent", N_("on loan")
    MENDING = "mending", N_("being repaired for who has it")
    MISSING = "missing", N_("missing")
    DISMANTLED = "dismantled", N_("dismantled")
    FITTED = "fitted", N_("fitted into furniture")
    DONATED = "donated", N_("donated")
    SOLD = "sold", N_("sold outside")
    SCRAPPED = "scrapped", N_("scrapped")
    VOID = "void", N_("undone")


class IntakeKind(StrEnum):
    """Pieces seen for the first time, or pieces that came back."""

    INTAKE = "intake"
    RETURN = "return"


class BatchState(NamedCode):
    """A batch that was undone keeps its number and its pieces, all of them void."""

    ACTIVE = "active", N_("in force")
    VOID = "void", N_("undone")


class Stage(NamedCode):
    """A column of the workshop's board, or where a case went from it."""

    ASSESS = "assess", N_("to be assessed")
    WAITING = "waiting", N_("waiting for parts")
    WORKING = "working", N_("being repaired")
    TESTING = "testing", N_("being tested")
    READY = "ready", N_("ready")
    CLOSED = "closed", N_("closed")
    VOID = "void", N_("undone")


#: Where work is still to be done.
OPEN_STAGES = (Stage.ASSESS, Stage.WAITING, Stage.WORKING, Stage.TESTING)
#: The columns of the board.
BOARD = (*OPEN_STAGES, Stage.READY)


class DeliveryState(NamedCode):
    """Printed, handed over, or taken back before that."""

    PREPARED = "prepared", N_("made")
    HANDED = "handed", N_("handed over")
    VOID = "void", N_("undone")


#: States in which a unit stands in the municipality's own warehouse.
IN_STOCK = frozenset(
    {State.RECEIVED, State.WORKSHOP, State.READY, State.LISTED, State.ORDERED, State.PICKED}
)


#: States in which an institution has the piece: for good, or until a day.
OUT = frozenset({State.DELIVERED, State.LENT})

#: States in which it is an institution's, also while it is repaired for it.
HELD = OUT | {State.MENDING}
#: States in which an open case has it.
AT_WORK = frozenset({State.WORKSHOP, State.MENDING})

#: States of pieces that are gone for good without a hand-over: what was done on them is booked.
GONE = frozenset({State.DISMANTLED, State.FITTED, State.DONATED, State.SOLD, State.SCRAPPED})


class Step(StrEnum):
    """What can happen to a unit."""

    REGISTER = "register"
    REMOVE = "remove"
    CORRECT = "correct"
    MOVE = "move"
    TO_WORKSHOP = "to_workshop"
    FINISH = "finish"
    CALL_IN = "call_in"
    ARRIVE = "arrive"
    CALL_OFF = "call_off"
    FINISH_ORDERED = "finish_ordered"
    ADAPT = "adapt"
    CALL_BACK = "call_back"
    LIST = "list"
    UNLIST = "unlist"
    ORDER = "order"
    RELEASE = "release"
    PICK = "pick"
    UNPICK = "unpick"
    HAND_OVER = "hand_over"
    LEND = "lend"
    TAKE_BACK = "take_back"
    LOSE = "lose"
    KEEP = "keep"
    MEND = "mend"
    BRING_BACK = "bring_back"
    SCRAP = "scrap"
    DISMANTLE = "dismantle"
    FIT = "fit"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: from which states, to which, needing which right.

    Every step can be undone. ``to`` is ``None`` where the state stays as it is.
    """

    sources: frozenset[State]
    to: State | None
    action: Action


_LOOSE = frozenset({State.RECEIVED, State.READY, State.LISTED})

TABLE: dict[Step, Rule] = {
    Step.REGISTER: Rule(frozenset(), State.RECEIVED, Action.INTAKE),
    Step.REMOVE: Rule(_LOOSE | {State.WORKSHOP}, State.VOID, Action.INTAKE),
    Step.CORRECT: Rule(_LOOSE | {State.WORKSHOP}, None, Action.INTAKE),
    Step.MOVE: Rule(IN_STOCK, None, Action.STOCK),
    Step.TO_WORKSHOP: Rule(_LOOSE, State.WORKSHOP, Action.CASE),
    Step.FINISH: Rule(frozenset({State.WORKSHOP}), State.READY, Action.CASE),
    # A piece of an institution's own, which is fetched, repaired and brought back to it.
    Step.CALL_IN: Rule(frozenset(), State.OFFERED, Action.ORDER),
    Step.ARRIVE: Rule(frozenset({State.OFFERED, State.DELIVERED}), State.WORKSHOP, Action.CASE),
    Step.CALL_OFF: Rule(frozenset({State.OFFERED}), State.VOID, Action.ORDER),
    Step.FINISH_ORDERED: Rule(frozenset({State.WORKSHOP}), State.ORDERED, Action.CASE),
    # What is ordered is adapted before it comes, and on sale again where that was not begun.
    Step.ADAPT: Rule(frozenset({State.ORDERED}), State.WORKSHOP, Action.ORDER),
    Step.CALL_BACK: Rule(frozenset({State.WORKSHOP}), State.LISTED, Action.ORDER),
    Step.LIST: Rule(frozenset({State.RECEIVED, State.READY}), State.LISTED, Action.SALE),
    Step.UNLIST: Rule(frozenset({State.LISTED}), State.READY, Action.SALE),
    Step.ORDER: Rule(frozenset({State.LISTED}), State.ORDERED, Action.ORDER),
    Step.RELEASE: Rule(frozenset({State.ORDERED}), State.LISTED, Action.ORDER),
    Step.PICK: Rule(frozenset({State.ORDERED}), State.PICKED, Action.PICK),
    Step.UNPICK: Rule(frozenset({State.PICKED}), State.ORDERED, Action.PICK),
    Step.HAND_OVER: Rule(frozenset({State.PICKED}), State.DELIVERED, Action.HAND_OVER),
    Step.LEND: Rule(frozenset({State.PICKED}), State.LENT, Action.HAND_OVER),
    # What was lost may turn up again.
    Step.TAKE_BACK: Rule(OUT | {State.MISSING}, State.RECEIVED, Action.RETURN),
    Step.LOSE: Rule(frozenset({State.LENT}), State.MISSING, Action.RETURN),
    Step.KEEP: Rule(frozenset({State.LENT}), State.DELIVERED, Action.RETURN),
    # A piece that is complained of is repaired for who has it, and comes back there.
    Step.MEND: Rule(frozenset({State.DELIVERED}), State.MENDING, Action.RETURN),
    Step.BRING_BACK: Rule(frozenset({State.MENDING}), State.DELIVERED, Action.CASE),
    Step.SCRAP: Rule(_LOOSE | {State.WORKSHOP}, State.SCRAPPED, Action.SCRAP),
    # What of it is still good becomes pieces of their own.
    Step.DISMANTLE: Rule(_LOOSE | {State.WORKSHOP}, State.DISMANTLED, Action.SCRAP),
    # A spare part becomes part of the piece that it repairs, until that is done.
    Step.FIT: Rule(_LOOSE, State.FITTED, Action.CASE),
    Step.UNFIT: Rule(frozenset({State.FITTED}), State.READY, Action.CASE),
}

_REASONS: dict[Step, str] = {
    Step.REMOVE: N_("The registration of {number} cannot be undone, because it is {state}."),
    Step.CORRECT: N_("The registration of {number} cannot be corrected, because it is {state}."),
    Step.MOVE: N_("{number} cannot be moved, because it is {state}."),
    Step.TO_WORKSHOP: N_("{number} cannot go to the workshop, because it is {state}."),
    Step.FINISH: N_("{number} is not in the workshop: it is {state}."),
    Step.ARRIVE: N_("{number} cannot be received for repair, because it is {state}."),
    Step.CALL_OFF: N_("The repair of {number} can no longer be called off, because it is {state}."),
    Step.FINISH_ORDERED: N_("{number} is not in the workshop: it is {state}."),
    Step.ADAPT: N_("{number} cannot be adapted, because it is {state}."),
    Step.CALL_BACK: N_("{number} is not in the workshop: it is {state}."),
    Step.LIST: N_("{number} cannot be put on sale, because it is {state}."),
    Step.UNLIST: N_("{number} is not on sale: it is {state}."),
    Step.ORDER: N_("{number} can no longer be ordered, because it is {state}."),
    Step.RELEASE: N_("{number} cannot be released, because it is {state}."),
    Step.PICK: N_("{number} cannot be picked, because it is {state}."),
    Step.UNPICK: N_("{number} has not been picked: it is {state}."),
    Step.HAND_OVER: N_("{number} cannot be handed over, because it is {state}. Pick it first."),
    Step.LEND: N_("{number} cannot be lent, because it is {state}. Pick it first."),
    Step.TAKE_BACK: N_("{number} cannot come back, because it is {state}."),
    Step.LOSE: N_("{number} is not on loan: it is {state}."),
    Step.KEEP: N_("{number} is not on loan: it is {state}."),
    Step.MEND: N_("{number} cannot be repaired for who has it, because it is {state}."),
    Step.BRING_BACK: N_("{number} is not being repaired: it is {state}."),
    Step.SCRAP: N_("{number} cannot be scrapped, because it is {state}."),
    Step.DISMANTLE: N_("{number} cannot be taken apart, because it is {state}."),
    Step.FIT: N_("{number} cannot be used for a repair, because it is {state}."),
    Step.UNFIT: N_("{number} is in no furniture: it is {state}."),
}


@dataclass(frozen=True, slots=True)
class StateName:
    """A state as a value of a message: translated when the message is shown."""

    state: State

    def __str__(self) -> str:
        return self.state.label


#: So many are named when many cannot take a step.
_NAMED = 5


def each(pieces: Iterable[PieceT], act: Callable[[PieceT], object]) -> None:
    """Do something to each; where some refuse, say how many and name the first of them."""
    refusals: list[Refused] = []
    for piece in pieces:
        try:
            act(piece)
        except Refused as error:
            if "number" not in error.values:
                raise
            refusals.append(error)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        numbers = [str(error.values["number"]) for error in refusals]
        raise Refused(
            N_(
                "{count} of the chosen pieces cannot take part: {numbers}. The first of them: "
                "{first}"
            ),
            count=len(refusals),
            first=refusals[0],
            numbers=", ".join(numbers[:_NAMED]) + (" …" if len(numbers) > _NAMED else ""),
        )


def apply(step: Step, state: State, number: str) -> State:
    """The state after the step; refuses in plain words, naming the unit."""
    rule = TABLE[step]
    if state not in rule.sources:
        raise Refused(_REASONS[step], number=number, state=StateName(state))
    return rule.to if rule.to is not None else state
