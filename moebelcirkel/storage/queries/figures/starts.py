"""What a period is told beside: all since the first line, and what was undone of before it."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.storage.queries.figures.sums import Selection, chosen
from moebelcirkel.storage.tables.figures import FigureLine


def since_start(selection: Selection) -> Selection:
    """The same, from the very first line on."""
    return replace(selection, start=dt.date.min, report_id=None)


def undone_before(session: Session, selection: Selection) -> int:
    """How many hand-overs from before the period its lines reverse."""
    undone = aliased(FigureLine)
    query = (
        select(func.count())
        .select_from(FigureLine)
        .join(undone, undone.id == FigureLine.corrects_id)
        .where(
            *chosen(selection),
            FigureLine.kind == "reversal",
            undone.kind == "hand_over",
            undone.effective_on < selection.start,
        )
    )
    return session.scalar(query) or 0
