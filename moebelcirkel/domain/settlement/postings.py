"""Postings of charges, and the states of a batch."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Legal(NamedCode):
    """Whose a receiver is: the municipality's own, or another's, who is invoiced."""

    OWN = "own", N_("The municipality's own")
    OTHER = "other", N_("Other receiver")


class Side(StrEnum):
    """The two sides of a voucher, as their column keeps them."""

    DEBIT = "D"
    CREDIT = "K"


DEBIT, CREDIT = Side
_NO_KINDS: Mapping[int, str] = {}


class SettlementState(NamedCode):
    """How far a batch is; from ``RELEASED`` on it is locked."""

    READY = "ready", N_("ready, awaits release")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    RELEASED = "released", N_("released, locked")
    BOOKED = "booked", N_("booked")
    REVERSED = "reversed", N_("reversed")


#: The steps of a batch after it was made; each place is taken once, so that two people who act at
#: once cannot both: it is released or withdrawn, and then booked. What corrects a voucher follows.
PLACE_OF_STEP = {
    SettlementState.RELEASED: 1,
    SettlementState.WITHDRAWN: 1,
    SettlementState.BOOKED: 2,
}


def state_of(steps: Iterable[str], *, is_reversed: bool) -> SettlementState:
    """The state of a batch by its steps, and whether a released batch reverses it."""
    done = set(steps)
    if is_reversed:
        return SettlementState.REVERSED
    for step, state in (
        ("withdrawn", SettlementState.WITHDRAWN),
        ("booked", SettlementState.BOOKED),
        ("released", SettlementState.RELEASED),
    ):
        if step in done:
            return state
    return SettlementState.READY


# --- postings ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """A charge that waits to be settled; signed øre."""

    charge_id: int
    institution_id: int
    cost_bearer_id: int | None
    order_id: int
    amount_ore: int
    effective_on: dt.date


@dataclass(frozen=True, slots=True)
class VoucherGroup:
    """What one voucher is about: an order, or a month of an institution; signed øre.

    ``kind`` is that of its charges, where they have accounts of their own.
    """

    institution_id: int
    cost_bearer_id: int | None
    order_id: int | None
    month: dt.date | None
    amount_ore: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting: ``pays`` tells the receiver's from the exchange's; the amount is above 0."""

    position: int
    voucher: int
    side: Side
    pays: bool
    amount_ore: int
    group: VoucherGroup


def grouped(
    dues: Iterable[Due], *, monthly: bool, kinds: Mapping[int, str] = _NO_KINDS
) -> list[VoucherGroup]:
    """The charges by order, or by institution and month, each with the account that pays.

    ``kinds`` are those of charges that are posted apart, by the charge.
    """
    sums: dict[tuple[int, int, int, dt.date, str], int] = {}
    for due in dues:
        order = 0 if monthly else due.order_id
        month = due.effective_on.replace(day=1) if monthly else dt.date.min
        kind = kinds.get(due.charge_id, "")
        key = due.institution_id, due.cost_bearer_id or 0, order, month, kind
        sums[key] = sums.get(key, 0) + due.amount_ore
    return [
        VoucherGroup(place, bearer or None, order or None, month if monthly else None, amount, kind)
        for (place, bearer, order, month, kind), amount in sorted(sums.items())
    ]


def entries(groups: Iterable[VoucherGroup]) -> list[Entry]:
    """Two postings for each group, debit and credit; none where it comes to nothing.

    Whoever pays is debited; where more is given back than taken, credited.
    """
    found: list[Entry] = []
    owing = [group for group in groups if group.amount_ore]
    for voucher, group in enumerate(owing, 1):
        for pays in (True, False):
            side = DEBIT if pays == (group.amount_ore > 0) else CREDIT
            found.append(Entry(len(found) + 1, voucher, side, pays, abs(group.amount_ore), group))
    return found


def opposite(side: Side) -> Side:
    """The other side, as a batch that reverses has it."""
    return CREDIT if side == DEBIT else DEBIT


def fiscal_years(posting_on: dt.date) -> tuple[int, ...]:
    """The years a posting of this day may belong to: in January also the one that ended."""
    return (posting_on.year, posting_on.year - 1) if posting_on.month == 1 else (posting_on.year,)
