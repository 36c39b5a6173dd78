"""Where an order is on its way, who has to approve it, and the number it goes by."""

from collections.abc import Iterable
from enum import StrEnum

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Needs(StrEnum):
    """The approval an order waits for; the value is what the database keeps."""

    NOTHING = ""
    LEADER = "leader"
    APPROVER = "approver"


class OrderState(NamedCode):
    """Where an order is on its way."""

    AWAITING = "awaiting", N_("awaiting approval")
    APPROVED = "approved", N_("approved")
    DELIVERED = "delivered", N_("delivered")
    REFUSED = "refused", N_("refused")
    CANCELLED = "cancelled", N_("cancelled")
    VOID = "void", N_("undone")


class LineState(NamedCode):
    """Where one piece of an order is on its way."""

    OPEN = "open", N_("not picked")
    PICKED = "picked", N_("picked")
    DELIVERED = "delivered", N_("delivered")
    REFUSED = "refused", N_("refused")
    CANCELLED = "cancelled", N_("cancelled")
    VOID = "void", N_("undone")


#: Lines that still keep their piece.
OPEN_LINES = frozenset({LineState.OPEN, LineState.PICKED})


def needs(
    total_ore: int,
    limit_ore: int,
    *,
    leads: bool,
    earlier_ore: int = 0,
    over_ore: int = 0,
    again: bool = False,
) -> Needs:
    """Above the limit an approver decides; below it leaders decide, their own at once.

    So does an approver where a budget ceiling is passed, by ``over_ore``, and where something is
    ordered ``again`` that an approver has just left out.

    ``earlier_ore`` is what else was sent lately without an approver: many small orders count as
    one. What costs nothing never needs more than it does alone.
    """
    if again or over_ore or total_ore > max(0, limit_ore - earlier_ore):
        return Needs.APPROVER
    return Needs.NOTHING if leads else Needs.LEADER


def state_when_nothing_is_open(lines: Iterable[str]) -> OrderState | None:
    """What an order becomes when its last open line is gone; None while some are left."""
    states = set(lines)
    if states & OPEN_LINES:
        return None
    return OrderState.DELIVERED if LineState.DELIVERED in states else OrderState.CANCELLED


def order_number(serial: int) -> str:
    """The number an order is spoken of by."""
    return f"B-{serial:06d}"
