"""The proof that the books are whole: rows equal their events, figures equal their inputs.

It reads everything on one snapshot, in slices, and changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moebelcirkel.domain.roles import Action
from moebelcirkel.services import check_events, check_figures, check_states
from moebelcirkel.services.check_findings import Finding, Findings
from moebelcirkel.services.context import Context

__all__ = ["CheckReport", "Finding", "run"]

Part = Callable[[Session, Findings], None]

PARTS: tuple[Part, ...] = (
    check_events.rows_equal_events,
    check_events.nothing_has_vanished,
    check_events.written_once_has_events,
    check_figures.lines_equal_inputs,
    check_figures.corrections_are_single,
    check_figures.charges_match,
    check_states.units_match_orders,
    check_states.units_match_cases,
    check_states.units_match_baskets,
    check_states.orders_add_up,
    check_states.numbers_are_right,
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, by table, and what was found wrong; ``more`` did not fit in the list."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    more: int

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.findings


def run(context: Context, progress: Callable[[int, int], object] | None = None) -> CheckReport:
    """Check the whole database; ``progress`` hears how many of how many parts are done."""
    context.require(Action.CHECK)
    findings = Findings(context.now())
    with context.read() as session:
        for done, part in enumerate(PARTS):
            if progress is not None:
                progress(done, len(PARTS))
            part(session, findings)
    if progress is not None:
        progress(len(PARTS), len(PARTS))
    return CheckReport(tuple(findings.found), dict(findings.counts), findings.more)
