"""Condition of a piece, A to D, and the share of its life each one stands for.

The shares are L of the formula in db/reference/METODE.md, section 2.2.
"""

from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.named import NamedCode


class Condition(NamedCode):
    """How a piece looks and works; the value is what the database keeps."""

    A = "A", N_("like new")
    B = "B", N_("good")
    C = "C", N_("signs of use")
    D = "D", N_("worn")

    @property
    def base_l(self) -> Decimal:
        """Share of the full life that is left by condition alone."""
        return _BASE_L[self]


_BASE_L = {
    Condition.A: Decimal("0.8"),
    Condition.B: Decimal("0.6"),
    Condition.C: Decimal("0.4"),
    Condition.D: Decimal("0.2"),
}

RENEWED_L = Decimal(1)

#: How lists of furniture write the conditions, beside the letters.
_WRITTEN = {
    "som ny": Condition.A,
    "ny": Condition.A,
    "like new": Condition.A,
    "god": Condition.B,
    "god stand": Condition.B,
    "good": Condition.B,
    "brugsspor": Condition.C,
    "med brugsspor": Condition.C,
    "signs of use": Condition.C,
    "slidt": Condition.D,
    "worn": Condition.D,
}


def read_condition(text: str) -> Condition:
    """The condition a list writes as letter, as words, or as both: "B", "God", "B god"."""
    said = " ".join(text.casefold().replace("–", " ").replace("-", " ").split())
    letter, _blank, words = said.partition(" ")
    if letter.upper() in list(Condition) and (not words or _WRITTEN.get(words) == letter.upper()):
        return Condition(letter.upper())
    if said in _WRITTEN:
        return _WRITTEN[said]
    raise Refused(
        N_("The condition “{text}” is not known. Write A, B, C or D."), text=text.strip()[:60]
    )


#: Why a piece is better than before although the workshop did nothing; the codes are stored.
BETTER_REASONS: dict[str, str] = {
    "misjudged": N_("It was judged too hard before"),
    "mistyped": N_("The condition was chosen by mistake"),
    "user_mended": N_("Cleaned or repaired by its user"),
    "mended_outside": N_("Repaired outside the workshop"),
}


def base_l(condition: Condition, *, renewed: bool) -> Decimal:
    """Base share of life: a piece renewed since its last hand-over counts as new."""
    return RENEWED_L if renewed else condition.base_l


def is_better(now: str, before: str) -> bool:
    """Whether a condition is better than another; both are letters."""
    return now < before


def reason_for(now: str, before: str, reason: str | None) -> str | None:
    """The reason of a better condition without work, None where none is needed.

    Refuses a better condition without one of ``BETTER_REASONS``: it gives a line more life.
    """
    if not is_better(now, before):
        return None
    if reason not in BETTER_REASONS:
        raise Refused(
            N_("The condition is better than before, and no work was done. Choose why."),
            field="reason",
        )
    return reason
