"""How soon an order is to come, what that costs, and the day that is promised."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused


class Pace(StrEnum):
    """What whoever orders chooses: free, where a small one waits, or what costs a fee."""

    USUAL = "usual"
    NOW = "now"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an order can come: what it costs, and the day that is promised.

    Urgent is within so many working ``days``.
    """

    pace: Pace
    fee_ore: int
    promised_on: dt.date
    days: int = 0


def way_of(ways: Sequence[Way], pace: Pace) -> Way:
    """The way of a pace; the usual one, which is first, where a small one is small no longer."""
    found = next((way for way in ways if way.pace is pace), None)
    if found is None and pace is Pace.URGENT:
        raise Refused(N_("Urgent orders come no sooner than others now. Choose the usual day."))
    return found or ways[0]
