"""How a want stands, and what it begins with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_

#: As many as a basket takes at once.
MOST_PIECES = 500
#: How far ahead somebody can want something, in days; later it is another need.
MOST_DAYS = 730


class WantState(StrEnum):
    """What its owner has made of it; the value is what the database keeps."""

    OPEN = "open"
    ENDED = "ended"
    VOID = "void"


class WantStanding(StrEnum):
    """How it stands on a day: also what follows from the date and from what was ordered."""

    OPEN = "open"
    FOUND = "found"
    FILLED = "filled"
    EXPIRED = "expired"
    ENDED = "ended"


WANT_STATE_NAMES: dict[WantState, str] = {
    WantState.OPEN: N_("open"),
    WantState.ENDED: N_("ended"),
    WantState.VOID: N_("undone"),
}


def standing(
    state: str, pieces: int, ordered: int, held: int, use_by: dt.date, today: dt.date
) -> WantStanding:
    """How a want stands: what was ordered fills it, a day too late and it has expired.

    What is held can still be ordered, so it is told before the date is.
    """
    if ordered >= pieces:
        return WantStanding.FILLED
    if state != WantState.OPEN:
        return WantStanding.ENDED
    if held:
        return WantStanding.FOUND
    return WantStanding.EXPIRED if use_by < today else WantStanding.OPEN


def want_number(serial: int) -> str:
    """The number a want is spoken of by."""
    return f"E-{serial:06d}"


@dataclass(frozen=True, slots=True)
class Seed:
    """What a want begins with where the shop had nothing: a search, or a type (with its name)."""

    institution_id: int | None
    words: str = ""
    pieces: int = 1
    article_id: int | None = None
    name: str = ""
