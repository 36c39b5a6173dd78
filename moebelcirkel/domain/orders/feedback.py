"""How an order went, said by one tap, and how long it can be given back."""

import datetime as dt
from enum import StrEnum

from moebelcirkel.domain.errors import N_


class Rating(StrEnum):
    """What whoever received it says; the value is what the database keeps."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


RATING_NAMES: dict[Rating, str] = {
    Rating.GOOD: N_("went well"),
    Rating.FAIR: N_("so-so"),
    Rating.BAD: N_("not well"),
}


def back_until(delivered_on: dt.date, days: int) -> dt.date | None:
    """The last day on which it can be given back because it is regretted; none where never."""
    return delivered_on + dt.timedelta(days=days) if days else None
