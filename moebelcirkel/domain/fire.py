"""Fire test of upholstery: what the municipality knows of a piece, never a claim that it complies.

The test is EN 1021-1 (a smouldering cigarette) and EN 1021-2 (a flame like that of a match).
"""

from __future__ import annotations

from enum import StrEnum

from moebelcirkel.domain.errors import N_

#: Categories whose pieces are upholstered, so that it is asked at intake.
UPHOLSTERED = frozenset(
    [
        "office_task_chair",
        "conference_swivel_chair",
        "visitor_chair",
        "armchair",
        "sofa_2_seat",
        "sofa_3_seat",
        "sofa_bed",
        "pouf",
    ]
)

#: What a form calls it.
TITLE = N_("Fire test (EN 1021-1/-2)")


class FireTest(StrEnum):
    """Whether papers show that the cover and padding passed; new upholstery makes it unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, tested: bool | None) -> FireTest:  # noqa: FBT001 - as a piece keeps it
        """What a piece keeps, as one of three; ``None`` is unknown."""
        return cls.UNKNOWN if tested is None else cls.YES if tested else cls.NO

    @classmethod
    def asked(cls, tested: bool | None, category: str) -> FireTest | None:  # noqa: FBT001
        """The same of a piece of a category; ``None`` where nobody asks and nothing is known."""
        return None if tested is None and category not in UPHOLSTERED else cls.of(tested)

    @property
    def tested(self) -> bool | None:
        """As a piece keeps it."""
        return {FireTest.YES: True, FireTest.NO: False}.get(self)

    @property
    def label(self) -> str:
        """English msgid of the answer."""
        return _LABELS[self]


_LABELS = {FireTest.YES: N_("Yes"), FireTest.NO: N_("No"), FireTest.UNKNOWN: N_("Unknown")}
