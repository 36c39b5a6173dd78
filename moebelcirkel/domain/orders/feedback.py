"""How an order went, said by one tap, and how long it can be given back."""

import datetime as dt

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Rating(NamedCode):
    """What whoever received it says; the value is what the database keeps."""

    GOOD = "good", N_("went well")
    FAIR = "fair", N_("so-so")
    BAD = "bad", N_("not well")


def back_until(delivered_on: dt.date, days: int) -> dt.date | None:
    """The last day on which it can be given back because it is regretted; none where never."""
    return delivered_on + dt.timedelta(days=days) if days else None
