"""Why a figure line was written."""

from enum import StrEnum


class LineKind(StrEnum):
    """The kinds of figure lines, as their column keeps them."""

    HANDOVER = "hand_over"
    REVERSAL = "reversal"
    ADJUSTMENT = "adjustment"
    LATE_COST = "late_cost"
    TRANSPORT = "transport"
    COMPLAINT = "complaint"
