"""What a period is told beside: all since the first line, and what was undone of before it."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.storage.queries.figures.sums import Selection, chosen
from moebelcirkel.storage.tables.figures import FigureLine

_UNDONE = aliased(FigureLine)


def since_start(selection: Selection) -> Selection:
    """The same, from the very first line on."""
    return replace(selection, start=dt.date.min, report_id=None)


def undone_before(session: Session, selection: Selection) -> int:
    """How many hand-overs from before the period its lines reverse."""
    query = (
        select(func.count())
        .select_from(FigureLine)
        .join(_UNDONE, _UNDONE.id == FigureLine.corrects_id)
        .where(
            *chosen(selection),
            FigureLine.kind == LineKind.REVERSAL,
            _UNDONE.kind == LineKind.HANDOVER,
            _UNDONE.effective_on < selection.start,
        )
    )
    return session.scalar(query) or 0
