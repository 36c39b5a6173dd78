"""How a want stands, and what it begins with."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode

#: As many as a basket takes at once.
MOST_PIECES = 500
#: How far ahead somebody can want something, in days; later it is another need.
MOST_DAYS = 730


class WantState(NamedCode):
    """What its owner has made of it; the value is what the database keeps."""

    OPEN = "open", N_("open")
    ENDED = "ended", N_("ended")
    VOID = "void", N_("undone")


class WantStanding(NamedCode):
    """How it stands on a day: also what follows from the date and from what was ordered."""

    OPEN = "open", N_("looked for")
    FOUND = "found", N_("found")
    FILLED = "filled", N_("ordered in full")
    EXPIRED = "expired", N_("expired")
    ENDED = "ended", N_("ended")


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
