"""Figure lines and charges read for the check, and those that do not fit each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.charges import Charge
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import OrderLine
from moebelcirkel.storage.reports import ReportLine, ReportRecord
from moebelcirkel.storage.units import Unit
from moebelcirkel.storage.work import CHUNK

Books = tuple[list[FigureLine], list[Charge]]


def books_by_unit(session: Session) -> Iterator[Books]:
    """The figure lines and charges of one piece after the other, a slice of pieces at a time."""
    last = 0
    while True:
        pieces = select(Unit.id).where(Unit.id > last).order_by(Unit.id).limit(CHUNK)
        unit_ids = list(session.scalars(pieces))
        if not unit_ids:
            return
        first, last = unit_ids[0], unit_ids[-1]
        found: dict[int, Books] = {}
        lines = select(FigureLine).where(FigureLine.unit_id.between(first, last))
        for line in session.scalars(lines.order_by(FigureLine.id)):
            found.setdefault(line.unit_id, ([], []))[0].append(line)
        charges = select(Charge).where(Charge.unit_id.between(first, last))
        for charge in session.scalars(charges.order_by(Charge.id)):
            found.setdefault(charge.unit_id, ([], []))[1].append(charge)
        yield from found.values()
        session.expunge_all()


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


def prices_are_those_ordered(session: Session, findings: Findings) -> None:
    """What is charged is the price the order was sent with."""
    query = (
        select(Charge.id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .where(Charge.kind == "hand_over", Charge.amount_ore != OrderLine.price_ore)
    )
    for key in session.scalars(query):
        findings.add(N_("Charge {key} is not the price that was ordered."), key=key)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded report as it stands, beside the sums of the lines it rests on."""

    id: int
    number: str
    seal: str
    line_count: int
    totals: dict[str, Any]
    lines: int
    cash_ore: int
    net_g: int


def recorded_reports(session: Session) -> list[Recorded]:
    """All recorded reports, without their documents."""
    query = (
        select(
            ReportRecord.id, ReportRecord.number, ReportRecord.seal, ReportRecord.line_count,
            ReportRecord.totals, func.count(ReportLine.line_id),
            func.coalesce(func.sum(FigureLine.cash_ore), 0),
            func.coalesce(func.sum(FigureLine.net_g), 0),
        )
        .outerjoin(ReportLine, ReportLine.report_id == ReportRecord.id)
        .outerjoin(FigureLine, FigureLine.id == ReportLine.line_id)
        .group_by(ReportRecord.id)
        .order_by(ReportRecord.id)
    )  # fmt: skip
    return [
        Recorded(key, number, seal, line_count, totals, lines, int(cash), int(net))
        for key, number, seal, line_count, totals, lines, cash, net in session.execute(query)
    ]
