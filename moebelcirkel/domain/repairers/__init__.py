"""Outside repairers: what is agreed for a task, and how far an errand to one has come."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.prices import MAX_PRICE_ORE

#: What an invoice may be of.
MAX_INVOICE_ORE = 100_000_000


class ErrandStage(StrEnum):
    """How far an errand has come: what is out, what is back, and what is paid for."""

    OUT = "out"
    BACK = "back"
    SETTLED = "settled"


def stage_of(returned_on: dt.date | None, invoice_ore: int | None) -> ErrandStage:
    """How far it is; an invoice comes after the furniture."""
    if returned_on is None:
        return ErrandStage.OUT
    return ErrandStage.BACK if invoice_ore is None else ErrandStage.SETTLED


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """What a repairer takes for a task at one piece, from a day on."""

    task_type_id: int
    valid_from: dt.date
    price_ore: int

    def checked(self) -> "AgreedPrice":
        """Itself; refuses a price that cannot be."""
        if not 0 <= self.price_ore <= MAX_PRICE_ORE:
            raise Refused(N_("The price must be between 0 and 1,000,000 kr."))
        return self


def in_force(prices: Iterable[AgreedPrice], on: dt.date) -> dict[int, int]:
    """What is agreed on a day, by task type."""
    known = sorted((each for each in prices if each.valid_from <= on), key=lambda e: e.valid_from)
    return {each.task_type_id: each.price_ore for each in known}
