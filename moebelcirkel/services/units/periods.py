"""The periods of use of one piece: where it was, from when until when."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.language import _
from moebelcirkel.storage.queries import passport as passport_queries
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class UsePeriod:
    """One use of the piece: where, from and until when (None while it lasts)."""

    number: int
    institution: str
    since: dt.date | None
    until: dt.date | None


def periods(session: Session, unit_id: int, acquired_year: int | None) -> list[str]:
    """The uses so far, newest first, as they are shown; the first was before registration."""
    shown = [_period_text(period) for period in reversed(_used(session, unit_id))]
    first_giver = passport_queries.first_giver(session, unit_id)
    if acquired_year is not None:
        text = _("bought new in {year}").format(year=acquired_year)
        shown.append(_numbered(1, text))
    elif first_giver:
        shown.append(_numbered(1, first_giver))
    return shown


def _used(session: Session, unit_id: int) -> list[UsePeriod]:
    """One period for each hand-over that was not taken back."""
    lines = passport_queries.figure_lines(session, unit_id)
    reversed_ids = {line.corrects_id for line, _name in lines if line.kind == LineKind.REVERSAL}
    ended = {
        line.corrects_id: line.effective_on
        for line, _name in lines
        if line.kind == LineKind.ADJUSTMENT and line.id not in reversed_ids
    }
    return [
        UsePeriod(line.loop, name, line.effective_on, ended.get(line.id))
        for line, name in lines
        if line.kind == LineKind.HANDOVER and line.id not in reversed_ids
    ]


def _period_text(period: UsePeriod) -> str:
    since = period.since.year if period.since else ""
    if period.until is None:
        when = _("since {year}").format(year=since)
    elif period.until.year == since:
        when = str(since)
    else:
        when = f"{since}–{period.until.year}"
    return _numbered(period.number, ", ".join(part for part in (period.institution, when) if part))


def _numbered(count: int, text: str) -> str:
    return _("Period of use {number}: {text}").format(number=count, text=text)
