"""What is booked after now: a clock was wrong when it was written, or is wrong while it is read.

That somebody has said that the clock is right lets work go on, and makes nothing of it right:
reports leave such lines out until their day comes. So it is told until then, or until it is undone.
"""

import datetime as dt
import functools
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    SQLColumnExpression,
    bindparam,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.work import ZONE, load_parameter

#: So much two clocks may differ before anything is said.
_SLACK = dt.timedelta(minutes=1)

#: What is said of one and of several.
_LINES = (
    N_(
        "A figure line is booked ahead of time ({until}); reports do not have it yet. Put the "
        "clock right if it is wrong now. If it was wrong then, undo it under Changes and do it "
        "again."
    ),
    N_(
        "{count} figure lines are booked ahead of time (until {until}); reports do not have "
        "them yet. Put the clock right if it is wrong now. If it was wrong then, undo them "
        "under Changes and do them again."
    ),
)
_CHARGES = (
    N_(
        "A charge is booked ahead of time ({until}). Put the clock right if it is wrong now. "
        "If it was wrong then, undo the hand-over under Changes and do it again."
    ),
    N_(
        "{count} charges are booked ahead of time (until {until}). Put the clock right if it "
        "is wrong now. If it was wrong then, undo the hand-overs under Changes and do them "
        "again."
    ),
)
_REPORTS = (
    N_(
        "A report is made up ahead of time ({until}). Put the clock right if it is wrong now. If "
        "it was wrong then, record a new report for the period and use that."
    ),
    N_(
        "{count} reports are made up ahead of time (until {until}). Put the clock right if it is "
        "wrong now. If it was wrong then, record new reports for the periods and use those."
    ),
)
_CHANGES = (
    N_(
        "A change is dated ahead of time ({until}). Put the clock right if it is wrong now. If it "
        "was wrong then, undo it under Changes and do it again where its day matters."
    ),
    N_(
        "{count} changes are dated ahead of time (until {until}). Put the clock right if it is "
        "wrong now. If it was wrong then, undo them under Changes and do them again where their "
        "day matters."
    ),
)
_NO_DAY = cast(null(), Date)


#: How many there are, and the latest by moment and by day.
Asked = Select[int, dt.datetime, dt.date]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that have a moment, some a day too; which of them count, and what is said of them."""

    at: SQLColumnExpression[dt.datetime]
    on: SQLColumnExpression[dt.date]
    counts: ColumnElement[bool]
    said: tuple[str, str]


def nothing_is_ahead(session: Session, findings: Findings) -> None:
    """No figure line, charge, report or change is later than now, by its moment or its day.

    What was undone is not told. Example data has a calendar of its own.
    """
    if load_parameter(session, "demo"):
        return
    now = findings.now + _SLACK
    today = now.astimezone(ZONE).date()
    for kind, ahead in _kinds():
        count, at, on = session.execute(ahead, {"now": now, "today": today}).one()
        if count:
            one, several = kind.said
            until = at if at > now else on
            findings.add(several if count > 1 else one, count=count, until=until)


@functools.cache
def _kinds() -> tuple[tuple[_Kind, Asked], ...]:
    """Each kind with the question how many of its rows are ahead, and how far."""
    undoing = aliased(Change)
    undone = exists().where(undoing.reverses_id == Change.id)
    kinds = (
        _booked(FigureLine, _LINES),
        _booked(Charge, _CHARGES),
        _Kind(ReportRecord.settled_at, _NO_DAY, true(), _REPORTS),
        _Kind(Change.at, _NO_DAY, ~undone, _CHANGES),
    )
    return tuple((kind, _ahead(kind)) for kind in kinds)


def _ahead(kind: _Kind) -> Asked:
    later = or_(kind.at > bindparam("now"), kind.on > bindparam("today"))
    return select(func.count(), func.max(kind.at), func.max(kind.on)).where(later, kind.counts)


def _booked(model: type[FigureLine] | type[Charge], said: tuple[str, str]) -> _Kind:
    """A row and its opposite of the same day come to nothing."""
    other = aliased(model)
    paired = or_(other.corrects_id == model.id, other.id == model.corrects_id)
    opposite = or_(other.kind == LineKind.REVERSAL, model.kind == LineKind.REVERSAL)
    undone = exists().where(paired, opposite, other.effective_on == model.effective_on)
    return _Kind(model.booked_at, model.effective_on, ~undone, said)
