"""The settings that figure lines were computed with, as the lines themselves have kept them."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Float, and_, cast, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.storage.cases import UnitCost
from moebelcirkel.storage.figure_queries import Selection, chosen, standing
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.work import chunks

#: Inputs of a line that come from a setting of the municipality.
SETTINGS = ("transport_ore", "km", "km_new", "fee_ore_per_tonne")

Used = dict[str, list[tuple[Decimal, int]]]


def used(session: Session, selection: Selection) -> Used:
    """By setting the values the lines used, and how many did; the most used first.

    Returns and reversals rest on the values of their hand-over, however long ago it was.
    """
    above, far, base = aliased(FigureLine), aliased(FigureLine), aliased(FigureLine)
    base_id = func.coalesce(
        far.corrects_id, above.corrects_id, FigureLine.corrects_id, FigureLine.id
    )
    lines = (
        select(*[base.inputs[name].as_string().label(name) for name in SETTINGS])
        .select_from(FigureLine)
        .outerjoin(above, above.id == FigureLine.corrects_id)
        .outerjoin(far, far.id == above.corrects_id)
        .join(base, base.id == base_id)
        .where(*chosen(selection), base.kind == "hand_over")
        .subquery()
    )
    values = [lines.c[name] for name in SETTINGS]
    counts: dict[str, Counter[Decimal]] = {name: Counter() for name in SETTINGS}
    for *row, lines_alike in session.execute(select(*values, func.count()).group_by(*values)):
        for name, value in zip(SETTINGS, row, strict=True):
            if value is not None:
                counts[name][Decimal(str(value))] += lines_alike
    return {name: counter.most_common() for name, counter in counts.items()}


def work(session: Session, selection: Selection) -> tuple[float, int]:
    """Minutes and øre of the workshop's hours that are in the hand-overs."""
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
        .where(*standing(selection))
    )
    minutes, labour_ore = session.execute(query).one()
    return float(minutes or 0), int(labour_ore or 0)


def returns(session: Session, lines: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """By line what the return has kept that it is, or takes back; other lines are left out."""
    found = {line.id: line.inputs for line in lines if line.kind == "adjustment"}
    taken_back = {line.corrects_id: line.id for line in lines if line.kind == "reversal"}
    for part in chunks(sorted(taken_back)):
        returns = select(FigureLine.id, FigureLine.inputs).where(
            FigureLine.id.in_(part), FigureLine.kind == "adjustment"
        )
        for key, inputs in session.execute(returns):
            found[taken_back[key]] = inputs
    return found
