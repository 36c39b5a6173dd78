"""The order's one question, "would you otherwise have bought new?", and the share it stands for."""

from decimal import Decimal

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Answer(NamedCode):
    """What the institution answered; "don't know" weighs as no answer at all."""

    YES = "yes", N_("Yes")
    SOME = "some", N_("Some of them")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Don't know")
    UNANSWERED = "unanswered", N_("Not answered")

    @property
    def d(self) -> Decimal:
        """D of the formula: the share of the pieces that replaces a new purchase.

        Where the shares are from: db/reference/METODE.md, section 2.2.
        """
        return _SHARES[self]

    @property
    def answered(self) -> bool:
        """Whether the answer counts when the printed share of answers is worked out."""
        return self in {Answer.YES, Answer.SOME, Answer.NO}


QUESTION = N_("Would you otherwise have bought new?")

CHOICES = (Answer.YES, Answer.SOME, Answer.NO, Answer.UNKNOWN)
"""The answers offered on an order, in the order they are shown."""

_SHARES = {
    Answer.YES: Decimal(1),
    Answer.SOME: Decimal("0.5"),
    Answer.NO: Decimal(0),
    Answer.UNKNOWN: Decimal("0.5"),
    Answer.UNANSWERED: Decimal("0.5"),
}
