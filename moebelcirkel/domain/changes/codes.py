"""Plain words for the codes that events hold; tests find any that is missing."""

from collections.abc import Iterable

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.lifecycle import BatchState, DeliveryState, Stage, State
from moebelcirkel.domain.named import NamedCode
from moebelcirkel.domain.orders import LineState, OrderState, Rating, Why
from moebelcirkel.domain.pickups import Access, GiftKind, PickupState
from moebelcirkel.domain.places import PlaceKind
from moebelcirkel.domain.purchases import Ending, PlanState
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.runs import Errand, Missed, RunState
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.domain.wants import WantState


def _words(codes: Iterable[NamedCode]) -> dict[str, str]:
    return {code.value: code.label for code in codes}


#: What the codes in ``state`` are called, by table.
STATE_WORDS: dict[str, dict[str, str]] = {
    "unit": _words(State),
    "shop_order": _words(OrderState),
    "order_line": _words(LineState),
    "complaint": _words(ComplaintState),
    "delivery": _words(DeliveryState),
    "pickup": _words(PickupState),
    "intake": _words(BatchState),
    "import_batch": _words(BatchState),
    "run": _words(RunState),
    "purchase": _words(PlanState),
    "want": _words(WantState),
    "workshop_case": _words(Stage),
}

_ANSWERS = {
    "yes": N_("Yes"),
    "some": N_("Some of them"),
    "no": N_("No"),
    "unknown": N_("Don't know"),
}

#: Why a picture is erased for good; a code, so that the history says nothing about anybody.
ERASE_CAUSES = {
    "person": N_("Somebody can be recognised in it"),
    "private": N_("It shows what is nobody's business"),
    "asked": N_("Somebody asked for it"),
    "wrong": N_("It has nothing to do here"),
}

#: What other codes are called, by column.
CODE_WORDS: dict[str, dict[str, str]] = {
    "cause": ERASE_CAUSES,
    "gift": _words(GiftKind),
    "access": _words(Access),
    "way_in": _words(Access),
    "ended_why": _words(Why),
    "answer": _ANSWERS,
    "rating": _words(Rating),
    "ending": _words(Ending),
    "outcome": _words(Outcome),
    "way": _words(Errand),
    "missed_why": _words(Missed),
    "condition": {grade.value: grade.value for grade in Condition},
    "legal": _words(Legal),
    "kind": {
        **_words(PlaceKind),
        "intake": N_("Received"),
        "return": N_("Returned"),
        "articles": N_("Furniture types"),
        "institutions": N_("Institutions"),
        "pieces": N_("Opening stock"),
        "places": N_("Places"),
        "prices": N_("New prices"),
        "users": N_("Users"),
    },
    "role": _words(Role),
}


def code_word(entity: str, column: str, code: str) -> str:
    """English msgid of a code; a text that is no code is given back as it is."""
    words = STATE_WORDS.get(entity, {}) if column == "state" else CODE_WORDS.get(column, {})
    return words.get(code, code)
