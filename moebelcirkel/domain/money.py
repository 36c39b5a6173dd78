"""Whole øre and grams out of exact decimals, and sharing a sum without losing an øre."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction


def whole(value: Decimal) -> int:
    """Round half-even to an integer; the only rounding the program does."""
    return int(value.to_integral_value(rounding=ROUND_HALF_EVEN))


def grams(kilos: Decimal) -> int:
    """Kilos as whole grams."""
    return whole(kilos.scaleb(3))


def split_ore(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Share a sum by weights with the largest remainders rounded up; it always adds up.

    Ties go to the earlier part, a negative sum is shared like its positive one, and weights that
    are all zero share evenly.
    """
    if not weights:
        raise ValueError("nothing to share among")
    shares = [Fraction(weight) for weight in weights]
    if min(shares) < 0:
        raise ValueError("a weight is below zero")
    if not any(shares):
        shares = [Fraction(1)] * len(weights)
    amount, whole_weight = abs(total), sum(shares)
    exact = [amount * share / whole_weight for share in shares]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: amount - sum(parts)]:
        parts[at] += 1
    return [-part for part in parts] if total < 0 else parts


def split_evenly(total: int, count: int) -> list[int]:
    """Share a sum among so many equal parts; the first ones carry the odd øre."""
    part, odd = divmod(abs(total), count)
    sign = -1 if total < 0 else 1
    return [sign * (part + (at < odd)) for at in range(count)]
