"""Figure lines that are counted somewhere, proved alone: the check of everything takes longer."""

from collections.abc import Callable, Sequence

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.services.check.inputs import is_broken
from moebelcirkel.storage.checks import events as check_events
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.work import Session, chunks

#: So many are looked at before progress is told, and a stop is heard.
_AT_ONCE = 2_000


def lines_are_as_written(
    session: Session, findings: Findings, ids: Sequence[int], progress: Callable[[int, int], object]
) -> None:
    """Each of these lines is what was written in the change that made it.

    A line of the first version has no proof of that: its figures follow from its inputs.
    """
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        unproved = check_events.rows_are_as_written(session, findings, FigureLine, part)
        for keys in chunks(unproved):
            _follow(session, findings, keys)
        progress(start + len(part), len(ids))


def _follow(session: Session, findings: Findings, keys: Sequence[int]) -> None:
    lines, known = check_figures.with_corrected(session, keys)
    for line in lines:
        if is_broken(line, known.get(line.corrects_id or 0)):
            findings.add(
                N_("Figure line {key}: its figures do not follow from what it rests on."),
                table="figure_line",
                key=line.id,
            )
