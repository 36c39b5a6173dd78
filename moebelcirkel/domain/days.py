"""Days as people type them, and the year a piece was bought new."""

import re
from collections.abc import Iterable
from datetime import date

from moebelcirkel.domain.errors import N_, Refused

# As text: compiled when somebody first types, since the start need not wait for it.
_DAY_FORMS = (
    r"(?P<day>\d{1,2})[./\- ](?P<month>\d{1,2})[./\- ](?P<year>\d{4}|\d{2})",
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})",
)
_DAY_WORDS = r"(?P<day>\d{1,2})\.? (?P<name>[a-zæøå]{3,})\.? (?P<year>\d{4})"

FIRST_YEAR = 1900


def typed_day(text: str, months: Iterable[str], example: str) -> date:
    """The day that is meant; ``months`` are the names of twelve, in one language or another."""
    clean = " ".join(text.lower().split())
    if not clean:
        raise Refused(N_("Write a date, for example {example}."), example=example)
    for form in _DAY_FORMS:
        if found := re.fullmatch(form, clean):
            return _date(text, found["year"], int(found["month"]), found["day"])
    found = re.fullmatch(_DAY_WORDS, clean)
    if found and (month := _month_named(found["name"], months)):
        return _date(text, found["year"], month, found["day"])
    raise Refused(
        N_("“{typed}” is not a date. Write for example {example}."),
        typed=text.strip(),
        example=example,
    )


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


def year_bought(year: int, this_year: int) -> int:
    """Return the year, or say what is wrong with it."""
    if not FIRST_YEAR <= year <= 9999:
        raise Refused(N_("Write the year with four digits, e.g. 2016."))
    if year > this_year:
        raise Refused(N_("{year} lies ahead. Write the year the piece was bought new."), year=year)
    return year
