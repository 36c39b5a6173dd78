"""When and where an order is to come: what is asked for, and the day that is promised."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from moebelcirkel.domain import limits
from moebelcirkel.domain.days import holidays
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.runs import next_delivery

#: How far ahead furniture can be asked for.
MOST_DAYS_AHEAD = 730
_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """By which day it is needed, and where it is carried to; all of it may be left out."""

    needed_on: date | None = None
    building: str = ""
    floor: str = ""
    way_in: Access = Access.UNKNOWN

    def checked(self, today: date) -> "Wishes":
        """The same, trimmed; refused field by field."""
        fields = Fields()
        building, floor, way_in = "", "", Access.UNKNOWN
        with fields.field("needed_on"):
            if self.needed_on is not None and not (
                today <= self.needed_on <= today + timedelta(days=MOST_DAYS_AHEAD)
            ):
                raise Refused(N_("Choose a day from today and at most two years ahead."))
        with fields.field("building"):
            building = short_text(self.building, limits.NAME)
        with fields.field("floor"):
            floor = short_text(self.floor, limits.FLOOR)
        with fields.field("way_in"):
            way_in = _known(self.way_in)
        fields.finish()
        return Wishes(self.needed_on, building, floor, way_in)


def _known(way: str) -> Access:
    try:
        return Access(way)
    except ValueError:
        raise Refused(N_("Choose from the list.")) from None


def promised_on(
    ordered: date, lead_days: int, weekday: int | None, closed: Collection[int] = frozenset()
) -> date:
    """The last day on which it comes: the fixed weekday, or else the week's last working day."""
    day = next_delivery(ordered, weekday, closed, lead_days)
    if weekday is not None:
        return day
    friday = day + timedelta(days=_FRIDAY - day.isoweekday())
    while friday in holidays(friday.year):
        friday -= timedelta(days=1)
    return friday


def makes_it(promised: date | None, needed: date | None) -> bool:
    """Whether what is promised comes by the day it is needed; true where nothing is said."""
    return promised is None or needed is None or promised <= needed
