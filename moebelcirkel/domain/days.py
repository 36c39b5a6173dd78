"""Days and years as people type them, and the days on which they work."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from moebelcirkel.domain.errors import N_, Refused

# As text: compiled when somebody first types, since the start need not wait for it.
_DAY_FORMS = (
    r"(?P<day>\d{1,2})[./\- ](?P<month>\d{1,2})[./\- ](?P<year>\d{4}|\d{2})",
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})",
)
#: Without a year; a price may look like it, so only a field for a day takes it.
_YEARLESS_FORM = r"(?P<day>\d{1,2})(?: ?[./\-] ?| )(?P<month>\d{1,2})\.?"
_SATURDAY = 5
#: Days as ISO counts them.
DAY_NAMES = {
    1: N_("Monday"),
    2: N_("Tuesday"),
    3: N_("Wednesday"),
    4: N_("Thursday"),
    5: N_("Friday"),
    6: N_("Saturday"),
    7: N_("Sunday"),
}
#: The days on which things are driven.
WEEKDAYS = {day: name for day, name in DAY_NAMES.items() if day <= _SATURDAY}
#: Month and day, the same in every year.
_FIXED = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26))
#: Maundy Thursday, Good Friday, Easter Monday, Ascension Day and Whit Monday.
_AFTER_EASTER = (-3, -2, 1, 39, 50)
_PRAYER_DAY, _LAST_PRAYER_DAY = 26, 2023
_DAY_WORDS = r"(?P<day>\d{1,2})\.? (?P<name>[a-zæøå]{3,})\.?(?: (?P<year>\d{4}))?"

FIRST_YEAR = 1900
Lies = Literal["near", "ahead", "past"]


@dataclass(frozen=True, slots=True)
class Near:
    """Which year is meant where none is written: the nearest, the next or the last such day."""

    today: date
    lies: Lies = "near"

    def year(self, month: int, day_of_month: int) -> int:
        """This year where there is no such day at all, so that it is refused as one."""
        some = (_day_or_none(self.today.year + by, month, day_of_month) for by in (-1, 0, 1))
        days = [day for day in some if day is not None and self._may_be(day)]
        return min(days, key=self._away, default=self.today).year

    def _may_be(self, day: date) -> bool:
        return (
            day >= self.today if self.lies == "ahead" else self.lies == "near" or day <= self.today
        )

    def _away(self, day: date) -> int:
        return abs((day - self.today).days)


def typed_day(text: str, months: Iterable[str], example: str, near: Near | None = None) -> date:
    """The day that is meant; ``months`` are the names of twelve, in one language or another.

    Without a year it is a day only where ``near`` tells which one.
    """
    clean = " ".join(text.lower().split())
    if not clean:
        raise Refused(N_("Write a date, for example {example}."), example=example)
    for form in _DAY_FORMS:
        if found := re.fullmatch(form, clean):
            return _date(text, found["year"], int(found["month"]), found["day"])
    found = re.fullmatch(_DAY_WORDS, clean)
    if found and (found["year"] or near) and (month := _month_named(found["name"], months)):
        return _date(text, found["year"] or _year(near, month, found["day"]), month, found["day"])
    if near and (found := re.fullmatch(_YEARLESS_FORM, clean)):
        month = int(found["month"])
        return _date(text, _year(near, month, found["day"]), month, found["day"])
    raise Refused(
        N_("“{typed}” is not a date. Write for example {example}."),
        typed=text.strip(),
        example=example,
    )


def _year(near: Near | None, month: int, day_of_month: str) -> str:
    assert near is not None
    return str(near.year(month, int(day_of_month)))


def _day_or_none(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def _month_named(name: str, months: Iterable[str]) -> int | None:
    """The month whose name begins with these letters."""
    for names in months:
        for month, full in enumerate(names.lower().split(), start=1):
            if full.startswith(name):
                return month
    return None


def _date(text: str, year: str, month: int, day_of_month: str) -> date:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day_of_month))
    except ValueError:
        raise Refused(
            N_("The date {typed} does not exist. Check day and month."), typed=text.strip()
        ) from None


def working_day_after(day: date, count: int) -> date:
    """The working day so many working days later."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether a municipality works: no Saturday, Sunday or Danish holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


@functools.cache
def holidays(year: int) -> frozenset[date]:
    """The Danish holidays on which nobody works, with Constitution Day and Christmas Eve.

    Those two are no holidays by law, but municipalities are closed on them. Great Prayer Day was
    one until 2023.
    """
    easter = _easter(year)
    after_easter = (*_AFTER_EASTER, *([_PRAYER_DAY] if year <= _LAST_PRAYER_DAY else []))
    fixed = (date(year, month, day) for month, day in _FIXED)
    return frozenset([*fixed, *(easter + timedelta(days=days) for days in after_easter)])


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar, as Meeus gives it (Astronomical Algorithms, 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, before = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, before + 1)


def year_bought(year: int, this_year: int) -> int:
    """Return the year, or say what is wrong with it."""
    if not FIRST_YEAR <= year <= 9999:
        raise Refused(N_("Write the year with four digits, e.g. 2016."))
    if year > this_year:
        raise Refused(N_("{year} lies ahead. Write the year the piece was bought new."), year=year)
    return year
