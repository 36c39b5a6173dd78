"""Figure lines and charges read for the check, and those that do not fit each other."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.charges import Charge
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import OrderLine
from moebelcirkel.storage.work import CHUNK


def lines_by_unit(session: Session) -> Iterator[list[FigureLine]]:
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
        groups: dict[int, list[FigureLine]] = {}
        for line in session.scalars(query):
            groups.setdefault(line.unit_id, []).append(line)
        yield from groups.values()
        session.expunge_all()
        last = unit_ids[-1]


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
