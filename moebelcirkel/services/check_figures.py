"""Figures and charges against what they rest on: inputs, hand-overs, the lives of pieces."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figure_inputs import FigureInputs
from moebelcirkel.services import figure_lines
from moebelcirkel.services.check_findings import Findings
from moebelcirkel.storage.charges import Charge
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import OrderLine
from moebelcirkel.storage.work import CHUNK

Lines = list[FigureLine]


def lines_equal_inputs(session: Session, findings: Findings) -> None:
    """Each line computed again from its frozen inputs is the same to the øre and the gram."""
    for lines in _by_unit(session):
        findings.counts["figure_line"] += len(lines)
        known = {line.id: line for line in lines}
        broken = [line for line in lines if _broken(line, known.get(line.corrects_id or 0))]
        for line in broken:
            findings.add(
                N_("Figure line {key}: its figures do not follow from what it rests on."),
                key=line.id,
            )
        if not broken:
            _check_life(findings, lines)


def _by_unit(session: Session) -> Iterator[Lines]:
    """All lines of one piece after the other, read a slice of pieces at a time."""
    last = 0
    while True:
        pieces = (
            select(FigureLine.unit_id)
            .where(FigureLine.unit_id > last)
            .distinct()
            .order_by(FigureLine.unit_id)
            .limit(CHUNK)
        )
        unit_ids = list(session.scalars(pieces))
        if not unit_ids:
            return
        query = (
            select(FigureLine)
            .where(FigureLine.unit_id.in_(unit_ids))
            .order_by(FigureLine.unit_id, FigureLine.id)
        )
        groups: dict[int, Lines] = {}
        for line in session.scalars(query):
            groups.setdefault(line.unit_id, []).append(line)
        yield from groups.values()
        session.expunge_all()
        last = unit_ids[-1]


def _broken(line: FigureLine, corrected: FigureLine | None) -> bool:
    if line.kind in ("reversal", "adjustment") and corrected is None:
        return True
    try:
        again = figure_lines.recomputed(line, corrected)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        # Inputs that were tampered with need not even be inputs any more.
        return True
    return again != figure_lines.stored_figures(line)


def _check_life(findings: Findings, lines: Lines) -> None:
    """The shares of one life that a piece's loops credit never exceed it; renewal begins anew."""
    if _credited(lines) > 1:
        findings.add(
            N_("The piece with id {key} is credited more than one new piece in one life."),
            key=lines[0].unit_id,
        )


def _credited(lines: Lines) -> Decimal:
    """The most that any one life of the piece is credited, by the lines that still count."""
    answered: dict[int, FigureLine] = {
        line.corrects_id: line for line in lines if line.corrects_id is not None
    }
    most = life = Decimal(0)
    for line in lines:
        if line.kind != "hand_over":
            continue
        share = _share(line, answered)
        if share is None:
            continue
        life = share if line.inputs.get("renewed") else life + share
        most = max(most, life)
    return most


def _share(line: FigureLine, answered: dict[int, FigureLine]) -> Decimal | None:
    """What a line credits now: all the life left while in use, the life used once it has ended."""
    correction = answered.get(line.id)
    if correction is not None and correction.kind == "reversal":
        return None
    inputs = FigureInputs.from_dict(line.inputs)
    if correction is None or correction.id in answered:
        return inputs.life_left
    days = int(correction.inputs["days_in_use"])
    return rules.l_used(inputs.l, days, inputs.lifetime_years)


def corrections_are_single(session: Session, findings: Findings) -> None:
    """A line or a charge is reversed once at most."""
    for model, message in (
        (FigureLine, N_("Figure line {key} is reversed more than once.")),
        (Charge, N_("Charge {key} is reversed more than once.")),
    ):
        query = (
            select(model.corrects_id)
            .where(model.kind == "reversal")
            .group_by(model.corrects_id)
            .having(func.count() > 1)
        )
        for key in session.scalars(query):
            findings.add(message, key=key)


def charges_match(session: Session, findings: Findings) -> None:
    """Each hand-over is charged its order line's price once, and each reversal gives it back."""
    charged = exists().where(
        Charge.change_id == FigureLine.change_id,
        Charge.order_line_id == FigureLine.order_line_id,
        Charge.unit_id == FigureLine.unit_id,
        Charge.institution_id == FigureLine.institution_id,
        Charge.amount_ore == FigureLine.price_paid_ore,
        Charge.effective_on == FigureLine.effective_on,
    )
    ordered = FigureLine.order_line_id.is_not(None)
    hand_over = FigureLine.kind == "hand_over"
    for key in session.scalars(select(FigureLine.id).where(hand_over, ordered, ~charged)):
        findings.add(N_("Figure line {key}: the hand-over is not charged as it was."), key=key)
    _no_charge_without_hand_over(session, findings)
    _prices_are_those_ordered(session, findings)
    _reversals_give_back(session, findings)


def _no_charge_without_hand_over(session: Session, findings: Findings) -> None:
    handed = exists().where(
        FigureLine.kind == "hand_over",
        FigureLine.change_id == Charge.change_id,
        FigureLine.order_line_id == Charge.order_line_id,
    )
    query = select(Charge.id).where(Charge.kind == "hand_over", ~handed)
    findings.counts["charge"] += session.scalar(select(func.count(Charge.id))) or 0
    for key in session.scalars(query):
        findings.add(N_("Charge {key} belongs to no hand-over."), key=key)


def _prices_are_those_ordered(session: Session, findings: Findings) -> None:
    query = (
        select(Charge.id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .where(Charge.kind == "hand_over", Charge.amount_ore != OrderLine.price_ore)
    )
    for key in session.scalars(query):
        findings.add(N_("Charge {key} is not the price that was ordered."), key=key)


def _reversals_give_back(session: Session, findings: Findings) -> None:
    """A charge is given back exactly when its figure line is reversed."""
    first = aliased(Charge)
    wrong = (
        select(Charge.id)
        .join(first, first.id == Charge.corrects_id)
        .where(Charge.kind == "reversal", Charge.amount_ore != -first.amount_ore)
    )
    for key in session.scalars(wrong):
        findings.add(N_("Charge {key} does not give back what was charged."), key=key)
    handed = aliased(FigureLine)
    reversal = aliased(FigureLine)
    given_back = exists().where(
        Charge.kind == "reversal",
        Charge.change_id == reversal.change_id,
        Charge.order_line_id == handed.order_line_id,
    )
    query = (
        select(reversal.id)
        .join(handed, handed.id == reversal.corrects_id)
        .where(
            reversal.kind == "reversal", handed.kind == "hand_over",
            handed.order_line_id.is_not(None), ~given_back,
        )
    )  # fmt: skip
    for key in session.scalars(query):
        findings.add(N_("Figure line {key}: the charge was not given back."), key=key)
