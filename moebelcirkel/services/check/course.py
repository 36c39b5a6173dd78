"""The course of a piece: hand-over, return, hand-over …, as its lines and its own state tell it."""

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.lifecycle import HELD, State
from moebelcirkel.services.figures.lines import BESIDE, is_home
from moebelcirkel.storage.checks.figures import Books
from moebelcirkel.storage.tables.figures import FigureLine


def check(findings: Findings, books: Books) -> None:
    """No two hand-overs without a return between them, no return without a hand-over."""
    out: FigureLine | None = None
    known = {line.id: line for line in books.lines}
    for line in books.lines:
        corrected = known.get(line.corrects_id or 0)
        if line.kind == LineKind.HANDOVER:
            if out is not None:
                findings.add(N_("{key} was handed over twice without a return."), key=books.number)
            out = line
        elif line.kind in BESIDE:
            continue
        elif line.kind == LineKind.ADJUSTMENT or (
            corrected and corrected.kind == LineKind.HANDOVER
        ):
            if out is None or out.id != line.corrects_id:
                findings.add(N_("{key} came back without a hand-over."), key=books.number)
            out = None
        elif corrected and corrected.kind == LineKind.ADJUSTMENT:
            # A return that was undone: the piece is out again.
            out = known.get(corrected.corrects_id or 0)
    lent = out is not None and out.inputs.get("loan_days") is not None
    ought = {State.LENT} if lent else {State.DELIVERED, State.MENDING}
    # What went home to its owner as it came is there without a hand-over.
    elsewhere = books.state in HELD and not _went_home(books)
    astray = elsewhere if out is None else books.state not in ought
    if astray and books.lines:
        findings.add(N_("{key} is not where its last figure line leaves it."), key=books.number)


def _went_home(books: Books) -> bool:
    taken_back = {line.corrects_id for line in books.lines if line.kind == LineKind.REVERSAL}
    return any(is_home(line) and line.id not in taken_back for line in books.lines)
