"""Rounds: groups of furniture that can be ordered in some weeks of each year alone."""

import datetime as dt
from collections.abc import Collection

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.runs import closing_weeks

#: So far ahead a week 53 is found.
_MOST_AHEAD = 12 * 53


def read_rounds(text: str) -> dict[str, frozenset[int]]:
    """The weeks by the group's folded name: "Kontorstole: 2, 14; Borde: 10-12"."""
    found: dict[str, frozenset[int]] = {}
    for line in filter(None, (each.strip() for each in text.split(";"))):
        name, _mark, weeks = line.partition(":")
        known = closing_weeks(weeks)
        if not fold(name) or not known:
            raise Refused(
                N_("Write each group with its weeks, for example: Kontorstole: 2, 14; Borde: 10-12")
            )
        found[fold(name)] = known
    return found


def next_round(weeks: Collection[int], today: dt.date) -> dt.date | None:
    """The Monday of the next week it can be ordered in; none where it can be ordered today."""
    if today.isocalendar().week in weeks:
        return None
    monday = today - dt.timedelta(days=today.weekday())
    later = (monday + dt.timedelta(weeks=ahead) for ahead in range(1, _MOST_AHEAD))
    return next((each for each in later if each.isocalendar().week in weeks), None)
