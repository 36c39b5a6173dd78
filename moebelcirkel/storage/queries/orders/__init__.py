"""Queries about orders."""

from moebelcirkel.storage.queries.orders.adapting import (
    OrderedTask,
    astray,
    charged_of_cases,
    in_its_case,
    in_the_house,
    is_adapted,
    not_adapted,
    open_cases,
    task_rows,
    tasks,
)
from moebelcirkel.storage.queries.orders.listing import (
    ListedOrder,
    OrderEvent,
    OrderReach,
    Payer,
    PieceOrdered,
    cost_bearers,
    count,
    ended_by_others,
    given_back,
    history,
    institutions,
    last_there,
    line_states,
    lines,
    listed,
    one,
    open_lines,
    pieces_by_state,
    reports_of,
    sent_without_approver,
)
from moebelcirkel.storage.queries.orders.taken_out import TakenOut, taken_out
