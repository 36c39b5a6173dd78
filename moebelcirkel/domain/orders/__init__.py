"""Orders: their states, who has to approve them, when they come, and why they end."""

from moebelcirkel.domain.orders.adapting import (
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
from moebelcirkel.domain.orders.ending import Party, Why, parts_of_refusal, reasons, refused_for
from moebelcirkel.domain.orders.feedback import Rating, back_until
from moebelcirkel.domain.orders.pace import Pace, Way, way_of
from moebelcirkel.domain.orders.rounds import next_round, read_rounds
from moebelcirkel.domain.orders.small import Small, small_order
from moebelcirkel.domain.orders.states import (
    OPEN_LINES,
    LineState,
    Needs,
    OrderState,
    needs,
    order_number,
    state_when_nothing_is_open,
)
