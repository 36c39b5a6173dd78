"""What a topic of the help is, and the topic of settling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from moebelcirkel.language import N_


@dataclass(frozen=True, slots=True)
class Topic:
    """One page or matter; ``parts`` are (heading, text), all English msgids."""

    word: str
    title: str
    parts: tuple[tuple[str, str], ...]


SETTLEMENT: Final = Topic(
    "settlement",
    N_("Settlement"),
    (
        (
            N_("From what waits to the books"),
            N_("Make a settlement; somebody else releases it and saves the file for finance."),
        ),
    ),
)
