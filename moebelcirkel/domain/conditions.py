"""Condition of a piece, A to D, and the share of its life each one stands for.

The shares are L of the formula in db/reference/METODE.md, section 2.2.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from moebelcirkel.domain.errors import N_


class Condition(StrEnum):
    """How a piece looks and works; the value is what the database keeps."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def label(self) -> str:
        """English msgid of the word shown beside the letter."""
        return _LABELS[self]

    @property
    def base_l(self) -> Decimal:
        """Share of the full life that is left by condition alone."""
        return _BASE_L[self]


_LABELS = {
    Condition.A: N_("like new"),
    Condition.B: N_("good"),
    Condition.C: N_("signs of use"),
    Condition.D: N_("worn"),
}

_BASE_L = {
    Condition.A: Decimal("0.8"),
    Condition.B: Decimal("0.6"),
    Condition.C: Decimal("0.4"),
    Condition.D: Decimal("0.2"),
}

RENEWED_L = Decimal(1)


def base_l(condition: Condition, *, renewed: bool) -> Decimal:
    """Base share of life: a piece renewed since its last hand-over counts as new."""
    return RENEWED_L if renewed else condition.base_l
