"""What figure lines were computed with beside settings: hours of the workshop, and returns."""

from collections.abc import Sequence

from sqlalchemy import Float, and_, cast, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.storage.queries.figures.lines import LineRow
from moebelcirkel.storage.queries.figures.sums import Selection, standing
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.work import chunks

#: What changes a hand-over that stands, and keeps inputs of its own.
_OF_A_HAND_OVER = ("adjustment", "transport", "complaint")


def work(session: Session, selection: Selection, taken_back: Sequence[int]) -> tuple[float, int]:
    """Minutes and øre of the workshop's hours that are in the hand-overs that stand.

    ``taken_back`` are the lines that the selection reverses.
    """
    query = (
        select(func.sum(cast(UnitCost.minutes, Float)), func.sum(UnitCost.labour_ore))
        .join(
            FigureLine,
            and_(
                FigureLine.unit_id == UnitCost.unit_id,
                FigureLine.loop == UnitCost.loop,
                FigureLine.change_id > UnitCost.change_id,
            ),
        )
        .where(*standing(session, selection, taken_back))
    )
    minutes, labour_ore = session.execute(query).one()
    return float(minutes or 0), int(labour_ore or 0)


def returns(session: Session, lines: Sequence[LineRow]) -> dict[int, Json]:
    """By line what the return has kept that it is, or takes back; other lines are left out."""
    found = {line.id: line.inputs for line in lines if line.kind in _OF_A_HAND_OVER}
    taken_back = {
        line.corrects_id: line.id
        for line in lines
        if line.kind == LineKind.REVERSAL and line.corrects_id is not None
    }
    for part in chunks(sorted(taken_back)):
        returns = select(FigureLine.id, FigureLine.inputs).where(
            FigureLine.id.in_(part), FigureLine.kind.in_(_OF_A_HAND_OVER)
        )
        for key, inputs in session.execute(returns):
            found[taken_back[key]] = inputs
    return found
