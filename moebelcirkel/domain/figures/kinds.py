"""Why a figure line or a charge was written."""

from enum import StrEnum


class LineKind(StrEnum):
    """The kinds of figure lines, as their column keeps them."""

    HANDOVER = "hand_over"
    REVERSAL = "reversal"
    ADJUSTMENT = "adjustment"
    LATE_COST = "late_cost"
    TRANSPORT = "transport"
    COMPLAINT = "complaint"


#: Lines that are nothing without the one they correct; what a van only fetched corrects none.
CORRECTING = (LineKind.REVERSAL, LineKind.ADJUSTMENT, LineKind.TRANSPORT, LineKind.COMPLAINT)


class ChargeKind(StrEnum):
    """The kinds of charges, as their column keeps them."""

    HANDOVER = "hand_over"
    REVERSAL = "reversal"
    LOAN = "loan"
    FEE = "fee"
    PRICE = "price"
    REPAIR = "repair"
    PART = "part"
    OUTSIDE = "outside"


#: Those that any hand-over makes, of its own or of a repair; there is one at least of each piece.
HANDED_KINDS = (ChargeKind.HANDOVER, ChargeKind.REPAIR, ChargeKind.PART, ChargeKind.OUTSIDE)
