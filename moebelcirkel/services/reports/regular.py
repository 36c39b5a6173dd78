"""Reports that come by themselves: of the month, quarter or year that ended, each recorded once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain import periods
from moebelcirkel.domain.periods import Period
from moebelcirkel.services import folders
from moebelcirkel.services.context import Context
from moebelcirkel.services.reports import recording
from moebelcirkel.services.reports.recording import Progress, quiet
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.work import ZONE, Session, load_parameter, not_allowed

#: By setting, the period that ended last before a day.
_ENDED: tuple[tuple[str, Callable[[dt.date], Period]], ...] = (
    ("report_monthly", periods.month_before),
    ("report_quarterly", periods.quarter_before),
    ("report_yearly", periods.last_year),
)


@dataclass(frozen=True, slots=True)
class Regular:
    """What was done: the numbers of reports that were recorded, and how many files were saved."""

    numbers: tuple[str, ...]
    saved: int


def folder(context: Context) -> Path | None:
    """Where they are saved too, if anywhere."""
    return folders.named(str(context.parameter("report_folder")))


def is_due(context: Context) -> bool:
    """Whether a report is to be recorded, or its file to be saved."""
    with context.read() as session:
        ended = _ended(session, context.today())
        if any(_number(session, each) is None for each in ended):
            return True
        return bool(_unsaved(session, ended, folder(context)))


def make(context: Context, progress: Progress = quiet) -> Regular:
    """Record what is missing, and save what is not in the folder; again it does nothing.

    A report that somebody recorded of the whole period after its end is the period's.
    """
    if context.actor.grants is not None:
        raise not_allowed()
    with context.read() as session:
        ended = _ended(session, context.today())
        missing = [each for each in ended if _number(session, each) is None]
    numbers = [recording.record(context, each.start, each.end, None, progress) for each in missing]
    return Regular(tuple(each.number for each in numbers), _save(context, ended))


def _save(context: Context, ended: list[Period]) -> int:
    into = folder(context)
    if into is None:
        return 0
    with folders.writing(into):
        with context.read() as session:
            waiting = _unsaved(session, ended, into)
        for number, path in waiting:
            report_id = recording.id_of(context, number)
            folders.put(path, recording.reprint(context, report_id))
    return len(waiting)


def _ended(session: Session, today: dt.date) -> list[Period]:
    """Periods that ended so many days ago; none from before the first figures."""
    first = report_queries.first_effective(session)
    if first is None:
        return []
    day = today - dt.timedelta(days=int(load_parameter(session, "report_days")))
    ended = {of(day) for key, of in _ENDED if load_parameter(session, key)}
    return sorted((each for each in ended if each.end >= first), key=lambda each: each.end)


def _number(session: Session, period: Period) -> str | None:
    """The first report over all that was made up after the period was over."""
    over = dt.datetime.combine(period.end + dt.timedelta(days=1), dt.time(), ZONE)
    return report_queries.number_of(session, period.start, period.end, over)


def _unsaved(session: Session, ended: list[Period], into: Path | None) -> list[tuple[str, Path]]:
    if into is None:
        return []
    numbers = [number for each in ended if (number := _number(session, each))]
    files = [(number, into / f"besparelsesrapport-{number}.pdf") for number in numbers]
    return [(number, path) for number, path in files if not folders.is_there(path)]
