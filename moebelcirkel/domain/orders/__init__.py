"""Orders: their states, who has to approve them, when they come, and why they end."""

from moebelcirkel.domain.orders.adapting import (
    MOST_ADAPTATIONS,
    MOST_WEEKS,
    Adaptation,
    AdaptationTask,
    KnownCategory,
    ShownPrice,
    called,
    check_choice,
    fits,
)
from moebelcirkel.domain.orders.approving import (
    AGAIN_DAYS,
    ApprovalAsked,
    Stand,
    deciders,
    decides,
    own_limit,
    reaches,
)
from moebelcirkel.domain.orders.coming import Wishes, makes_it, promised_on
from moebelcirkel.domain.orders.ending import WHY_NAMES, Party, Why, reasons
from moebelcirkel.domain.orders.feedback import RATING_NAMES, Rating, back_until
from moebelcirkel.domain.orders.pace import Pace, Way, way_of
from moebelcirkel.domain.orders.rounds import next_round, read_rounds
from moebelcirkel.domain.orders.small import Small, small_order
from moebelcirkel.domain.orders.states import (
    LINE_STATE_NAMES,
    OPEN_LINES,
    ORDER_STATE_NAMES,
    LineState,
    Needs,
    OrderState,
    needs,
    order_number,
    state_when_nothing_is_open,
)

__all__ = [
    "AGAIN_DAYS",
    "LINE_STATE_NAMES",
    "MOST_ADAPTATIONS",
    "MOST_WEEKS",
    "OPEN_LINES",
    "ORDER_STATE_NAMES",
    "RATING_NAMES",
    "WHY_NAMES",
    "Adaptation",
    "AdaptationTask",
    "ApprovalAsked",
    "KnownCategory",
    "LineState",
    "Needs",
    "OrderState",
    "Pace",
    "Party",
    "Rating",
    "ShownPrice",
    "Small",
    "Stand",
    "Way",
    "Why",
    "Wishes",
    "back_until",
    "called",
    "check_choice",
    "deciders",
    "decides",
    "fits",
    "makes_it",
    "needs",
    "next_round",
    "order_number",
    "own_limit",
    "promised_on",
    "reaches",
    "read_rounds",
    "reasons",
    "small_order",
    "state_when_nothing_is_open",
    "way_of",
]
