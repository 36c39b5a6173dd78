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

#: A part of the topic of the program.
LEAVING: Final = (
    N_("When you leave the PC"),
    N_(
        "Lock the window in the menu under your name; where minutes are set, it locks by itself. "
        "What is half typed is there when you unlock it with password or badge. Another person "
        "can take over."
    ),
)
