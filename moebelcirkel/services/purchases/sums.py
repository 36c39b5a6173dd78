"""The plans within reach, and the funnel: how the lines of plans ended. It is counted, not valued.

What a line came to is never kroner saved: what was delivered has its own figure lines.
"""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.purchases import FUNNEL
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import purchases as purchase_queries
from moebelcirkel.storage.queries.purchases import PlanRow

#: So many plans are offered to choose from, the newest.
_MOST = 200


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step of the funnel: its name (English msgid), and the lines and pieces that ended there."""

    name: str
    lines: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How lines ended in a period; ``open_lines`` wait for an answer today."""

    steps: tuple[FunnelStep, ...]
    open_lines: int
    open_pieces: int

    @property
    def lines(self) -> int:
        """All that were answered."""
        return sum(step.lines for step in self.steps)


def plans(context: Context) -> tuple[PlanRow, ...]:
    """The plans of one's institutions that stand, newest first."""
    context.require(Action.ORDER)
    with context.read() as session:
        return tuple(purchase_queries.listed(session, context.reach(Action.ORDER), _MOST))


def funnel(
    context: Context, start: dt.date, end: dt.date, institution_id: int | None = None
) -> Funnel:
    """What planned purchases came to in a period, of one institution or all within reach."""
    context.require(Action.OVERVIEW, institution_id)
    period = Period(start, end).check()
    one = None if institution_id is None else frozenset({institution_id})
    within = one or context.reach(Action.OVERVIEW)
    with context.read() as session:
        found = purchase_queries.ended(session, within, period.start, period.end)
        lines, pieces = purchase_queries.unanswered(session, within)
    steps = []
    for name, endings in FUNNEL:
        counts = [found.get(ending, (0, 0)) for ending in endings]
        steps.append(
            FunnelStep(name, sum(each[0] for each in counts), sum(each[1] for each in counts))
        )
    return Funnel(tuple(steps), lines, pieces)
