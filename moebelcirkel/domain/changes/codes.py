"""Plain words for the codes that events hold; tests find any that is missing."""

from moebelcirkel.domain.complaints import OUTCOME_NAMES
from moebelcirkel.domain.complaints import STATE_NAMES as COMPLAINT_STATE_NAMES
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.lifecycle import STATE_NAMES
from moebelcirkel.domain.orders import LINE_STATE_NAMES, ORDER_STATE_NAMES, RATING_NAMES, WHY_NAMES
from moebelcirkel.domain.pickups import ACCESS_NAMES, GIFT_NAMES
from moebelcirkel.domain.pickups import STATE_NAMES as PICKUP_STATE_NAMES
from moebelcirkel.domain.places import PLACE_KIND_NAMES
from moebelcirkel.domain.purchases import ENDING_NAMES, PLAN_STATE_NAMES
from moebelcirkel.domain.roles import ROLE_NAMES
from moebelcirkel.domain.runs import ERRAND_NAMES, MISSED_NAMES, RUN_STATE_NAMES
from moebelcirkel.domain.wants import WANT_STATE_NAMES

_ON_PAPER = {"prepared": N_("made"), "handed": N_("handed over"), "void": N_("undone")}
_BATCH = {"active": N_("in force"), "void": N_("undone")}

#: What the codes in ``state`` are called, by table.
STATE_WORDS: dict[str, dict[str, str]] = {
    "unit": {state.value: name for state, name in STATE_NAMES.items()},
    "shop_order": {state.value: name for state, name in ORDER_STATE_NAMES.items()},
    "order_line": {state.value: name for state, name in LINE_STATE_NAMES.items()},
    "complaint": {state.value: name for state, name in COMPLAINT_STATE_NAMES.items()},
    "delivery": _ON_PAPER,
    "pickup": {state.value: name for state, name in PICKUP_STATE_NAMES.items()},
    "intake": _BATCH,
    "import_batch": _BATCH,
    "run": {state.value: name for state, name in RUN_STATE_NAMES.items()},
    "purchase": {state.value: name for state, name in PLAN_STATE_NAMES.items()},
    "want": {state.value: name for state, name in WANT_STATE_NAMES.items()},
    "workshop_case": {
        "assess": N_("to be assessed"),
        "waiting": N_("waiting for parts"),
        "working": N_("being repaired"),
        "testing": N_("being tested"),
        "ready": N_("ready"),
        "closed": N_("closed"),
        "void": N_("undone"),
    },
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
    "gift": {kind.value: name for kind, name in GIFT_NAMES.items()},
    "access": {way.value: name for way, name in ACCESS_NAMES.items()},
    "way_in": {way.value: name for way, name in ACCESS_NAMES.items()},
    "ended_why": {why.value: name for why, name in WHY_NAMES.items()},
    "answer": _ANSWERS,
    "rating": {rating.value: name for rating, name in RATING_NAMES.items()},
    "ending": {ending.value: name for ending, name in ENDING_NAMES.items()},
    "outcome": {outcome.value: name for outcome, name in OUTCOME_NAMES.items()},
    "way": {way.value: name for way, name in ERRAND_NAMES.items()},
    "missed_why": {why.value: name for why, name in MISSED_NAMES.items()},
    "condition": {grade.value: grade.value for grade in Condition},
    "legal": {"own": N_("The municipality's own"), "other": N_("Other receiver")},
    "kind": {
        **PLACE_KIND_NAMES,
        "intake": N_("Received"),
        "return": N_("Returned"),
        "articles": N_("Furniture types"),
        "institutions": N_("Institutions"),
        "pieces": N_("Opening stock"),
        "places": N_("Places"),
        "prices": N_("New prices"),
        "users": N_("Users"),
    },
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
}


def code_word(entity: str, column: str, code: str) -> str:
    """English msgid of a code; a text that is no code is given back as it is."""
    words = STATE_WORDS.get(entity, {}) if column == "state" else CODE_WORDS.get(column, {})
    return words.get(code, code)
