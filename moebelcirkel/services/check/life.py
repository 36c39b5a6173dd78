"""The life of a piece, worked out anew from what was booked on it.

One life is credited once: a piece begins with 1, a return leaves what its hand-over had less what
was used, and only a task that renews gives it back. So everything kept about life and refurbishment
follows from the piece's own figure lines and costs (db/reference/METODE.md, section 4), also when
row and events agree about something else.
"""

from decimal import Decimal

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.check.inputs import inputs_of
from moebelcirkel.services.figures.inputs import Refurbishment, sum_costs
from moebelcirkel.services.figures.lines import BESIDE
from moebelcirkel.storage.checks.figures import Books
from moebelcirkel.storage.tables.figures import FigureLine

Lines = list[FigureLine]

WHOLE = Decimal(1)


def check(findings: Findings, books: Books) -> None:
    """Compare what a piece and its lines say of its life with what follows from lines and costs."""
    left: dict[int, Decimal] = {}
    known = {line.id: line for line in books.lines}
    for line in books.lines:
        if line.kind == LineKind.ADJUSTMENT:
            left[line.id] = _left_after(line, known[line.corrects_id or 0])
        elif line.kind in BESIDE:
            continue
        elif line.kind == LineKind.REVERSAL:
            left.pop(line.corrects_id or 0, None)
        else:
            _check_inputs(findings, line, _latest(left), books)
    if books.life_left != _latest(left):
        findings.add(
            N_("The piece with id {key}: its life left is not what its figure lines leave."),
            key=books.unit_id,
        )
    if _credited(books.lines) > WHOLE:
        findings.add(
            N_("The piece with id {key} is credited more than one new piece in one life."),
            key=books.unit_id,
        )


def _latest(left: dict[int, Decimal]) -> Decimal:
    """The life left by the latest return that stands; a piece that never came back has all."""
    return left[max(left)] if left else WHOLE


def _left_after(line: FigureLine, handed_over: FigureLine) -> Decimal:
    """What a return leaves of the life that its hand-over began with."""
    inputs = inputs_of(handed_over)
    days = int(line.inputs["days_in_use"])
    used = rules.l_used(rules.most_used(inputs), days, inputs.lifetime_years)
    return rules.life_left_after_return(inputs.life_left, used)


def _check_inputs(findings: Findings, line: FigureLine, left: Decimal, books: Books) -> None:
    """A line begins with the life that was left, and carries what was booked in its loop."""
    inputs = inputs_of(line)
    # A piece that leaves an open case takes its share of the work with it in the same change.
    booked = sum_costs(
        cost for cost in books.costs if cost.loop == line.loop and cost.change_id <= line.change_id
    )
    if inputs.renewed != booked.renewed or _carried(inputs) != _booked(booked):
        findings.add(
            N_("Figure line {key}: its refurbishment is not what was booked on the piece."),
            key=line.id,
        )
    begins = WHOLE if inputs.renewed else left
    credited = rules.l_credited(inputs.base_l, begins, inputs.lifetime_years, inputs.loan_days)
    if (inputs.life_left, inputs.l) != (begins, credited):
        findings.add(
            N_("Figure line {key}: its life left is not what the earlier lines leave."), key=line.id
        )


def _carried(inputs: FigureInputs) -> tuple[Decimal | int, ...]:
    return inputs.r_kg, inputs.r_low_kg, inputs.r_high_kg, inputs.refurb_ore


def _booked(booked: Refurbishment) -> tuple[Decimal | int, ...]:
    return booked.kg, booked.low_kg, booked.high_kg, booked.ore


def _credited(lines: Lines) -> Decimal:
    """The most that any one life of the piece is credited, by the lines that still count."""
    answered: dict[int, FigureLine] = {
        line.corrects_id: line
        for line in lines
        if line.corrects_id is not None and line.kind not in BESIDE
    }
    most = life = Decimal(0)
    for line in lines:
        if line.kind != LineKind.HANDOVER:
            continue
        share = _share(line, answered)
        if share is None:
            continue
        life = share if line.inputs.get("renewed") else life + share
        most = max(most, life)
    return most


def _share(line: FigureLine, answered: dict[int, FigureLine]) -> Decimal | None:
    """What a line credits now: all the life left while in use, the life used once it has ended.

    A loan credits no more than the life it is planned to use.
    """
    correction = answered.get(line.id)
    if correction is not None and correction.kind == LineKind.REVERSAL:
        return None
    if correction is None or correction.id in answered:
        on_loan = line.inputs.get("loan_days") is not None
        return Decimal(str(line.inputs["l" if on_loan else "life_left"]))
    inputs = inputs_of(line)
    days = int(correction.inputs["days_in_use"])
    return rules.l_used(rules.most_used(inputs), days, inputs.lifetime_years)
