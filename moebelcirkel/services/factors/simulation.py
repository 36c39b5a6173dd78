"""What a past period would come to with another factor set: shown, and never recorded.

Each line is computed again from its own frozen inputs with the category's figures of the other
set; what came of those (prices paid, answers, conditions, the life left) stays as it was.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import FactorFigures
from moebelcirkel.domain.figures import Figures, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.figures.simulation import with_figures
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.factors.register import figures_of
from moebelcirkel.services.figures.lines import stored_figures
from moebelcirkel.services.figures.transport import driven_again
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class Simulation:
    """The sums of the lines of a period as they are booked, and as they would be."""

    set_name: str
    period: Period
    lines: int
    changed: int
    before: Figures
    after: Figures
    spans: tuple[tuple[int, int], tuple[int, int]]
    """From the lowest to the highest of both, in grams."""


def simulate(context: Context, set_id: int, first: dt.date, last: dt.date) -> Simulation:
    """Compute the lines of a period again with a set; writes nothing."""
    context.require(Action.FACTORS)
    period = Period(first, last).check()
    with context.read() as session:
        name = costing_queries.set_name(session, set_id)
        if name is None:
            raise Refused(N_("The factor set is gone. Choose another."))
        other = _Other(session, set_id)
        lines = changed = 0
        before, after = _Sums(), _Sums()
        for line in line_queries.full_lines(session, Selection(first, last, context.now())):
            booked, simulated = stored_figures(line), other.figures(line)
            lines += 1
            changed += booked != simulated
            before.add(line.category_key, booked)
            after.add(line.category_key, simulated)
    spans = before.span(), after.span()
    return Simulation(name, period, lines, changed, before.whole(), after.whole(), spans)


class _Sums:
    """Added up lines, by category."""

    def __init__(self) -> None:
        self._categories: defaultdict[str, Figures] = defaultdict(Figures)

    def add(self, category: str, figures: Figures) -> None:
        self._categories[category] += figures

    def whole(self) -> Figures:
        return rules.total(self._categories.values())

    def span(self) -> tuple[int, int]:
        """From the lowest to the highest of avoided CO2e, as it is told of booked lines."""
        return rules.outermost(
            [each.low_g or 0, each.net_g or 0, each.high_g or 0]
            for each in self._categories.values()
        )


class _Other:
    """Lines computed with the figures of one set."""

    def __init__(self, session: Session, set_id: int) -> None:
        self._session = session
        self._set_id = set_id
        self._sets: dict[int, Mapping[str, FactorFigures]] = {}

    def figures(self, line: FigureLine) -> Figures:
        """The line with the other set; a correction follows what it corrects."""
        if line.kind == LineKind.REVERSAL:
            return rules.reversal(self.figures(self._corrected(line)))
        if line.kind == LineKind.ADJUSTMENT:
            corrected = self._corrected(line)
            days = int(line.inputs["days_in_use"])
            return rules.returned(self._inputs(corrected), days)[0]
        if line.kind == LineKind.TRANSPORT:
            beside = self._inputs(self._corrected(line)) if line.corrects_id else None
            return driven_again(line.inputs, beside)
        if line.kind == LineKind.COMPLAINT:
            return rules.complained(self._inputs(self._corrected(line)), line.inputs)
        inputs = self._inputs(line)
        return (
            rules.late_cost(inputs) if line.kind == LineKind.LATE_COST else rules.hand_over(inputs)
        )

    def _corrected(self, line: FigureLine) -> FigureLine:
        return self._session.get_one(FigureLine, line.corrects_id)

    def _inputs(self, line: FigureLine) -> FigureInputs:
        inputs = FigureInputs.from_dict(line.inputs)
        own = self._of_set(line.factor_set_id or self._set_id).get(line.category_key)
        other = self._of_set(self._set_id).get(line.category_key)
        if own is None or other is None:
            return inputs
        return with_figures(inputs, own, other, declared=line.own_epd)

    def _of_set(self, set_id: int) -> Mapping[str, FactorFigures]:
        if set_id not in self._sets:
            rows = costing_queries.factors_of(self._session, set_id)
            self._sets[set_id] = {key: figures_of(factor) for key, factor in rows.items()}
        return self._sets[set_id]
