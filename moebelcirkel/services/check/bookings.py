"""Charges and workshop costs compared with what they were taken from, column by column.

A charge has its columns from the order and the hand-over it belongs to, or from the charge it gives
back. A cost has them from its task; what all pieces of a case were charged with is the whole task.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import HANDED_KINDS, ChargeKind, LineKind
from moebelcirkel.domain.loans import price_ore
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.services.cases.costs import effect_of
from moebelcirkel.services.check.lines import taken_back_on
from moebelcirkel.services.figures.lines import CHARGED, is_home
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.checks.figures import Books, DoneTask
from moebelcirkel.storage.checks.lines import Around, OrderedPiece
from moebelcirkel.storage.history import History
from moebelcirkel.storage.tables.cases import CasePart, CaseTask, UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.work import ZONE, Session

#: What an undone cost has from the one it answers, and with the opposite sign.
_UNDONE = ("unit_id", "loop", "case_id", "task_type_id", "renews")
_OPPOSITE = (
    "count",
    "minutes",
    "labour_ore",
    "parts_ore",
    "co2e_kg",
    "co2e_low_kg",
    "co2e_high_kg",
)
#: Shares of a minute are rounded to so much.
_MINUTE_STEP = Decimal("0.0001")


def check_charges(findings: Findings, books: Books) -> None:
    """Each column of a piece's charges is what it was taken from."""
    known = {charge.id: charge for charge in books.charges}
    handed = {(line.change_id, line.order_line_id): line for line in books.lines}
    returns = {line.change_id: line for line in books.lines if line.kind == LineKind.ADJUSTMENT}
    beside = {
        (line.change_id, line.order_line_id): line
        for line in books.lines
        if line.kind == LineKind.COMPLAINT
    }
    for charge in books.charges:
        first = known.get(charge.corrects_id or 0)
        moment = books.around.moments.get(charge.change_id)
        ought: dict[str, Any] = {"booked_at": moment}
        if charge.kind in (ChargeKind.FEE, *HANDED_KINDS):
            ought |= _handed(charge, handed.get((charge.change_id, charge.order_line_id)), books)
        elif first is not None:
            if charge.kind == ChargeKind.PRICE:
                line = beside.get((charge.change_id, charge.order_line_id))
                ought["amount_ore"] = line.price_paid_ore if line else None
            ought |= {name: getattr(first, name) for name in CHARGED}
            if charge.kind == ChargeKind.LOAN:
                ought |= _loan(charge, first, returns.get(charge.change_id), books)
            else:
                ought["effective_on"] = taken_back_on(charge, first, books)
        _compare(
            findings, N_("Charge {key}: {column} is not what it was taken from."), charge, ought
        )


def _handed(charge: Charge, line: FigureLine | None, books: Books) -> dict[str, Any]:
    ordered = books.around.ordered.get(charge.order_line_id)
    if line is None or ordered is None:
        return {"order_line_id": None}
    return {
        "corrects_id": None,
        "institution_id": ordered.institution_id,
        "cost_bearer_id": ordered.cost_bearer_id,
        "amount_ore": 0 if is_home(line) else _amount(charge, ordered, books),
        "effective_on": line.effective_on,
    }


def _amount(charge: Charge, ordered: OrderedPiece, books: Books) -> int | None:
    shares = books.around.shares.get(ordered.order_id)
    if charge.kind == ChargeKind.FEE:
        return ordered.fee_ore
    if charge.kind == ChargeKind.HANDOVER:
        return ordered.price_ore if shares is None else None
    return shares.by_kind().get(charge.kind) if shares else None


def _loan(charge: Charge, first: Charge, line: FigureLine | None, books: Books) -> dict[str, Any]:
    """What the real days of a loan cost, less what was charged for it before."""
    ordered = books.around.ordered.get(charge.order_line_id)
    if line is None or ordered is None or ordered.loan_rate_ore is None:
        return {"order_line_id": None}
    cost = price_ore(ordered.loan_rate_ore, int(line.inputs["days_in_use"]))
    return {"amount_ore": cost - first.amount_ore, "effective_on": line.effective_on}


def _compare(findings: Findings, message: str, row: Any, ought: dict[str, Any]) -> None:
    for column, value in ought.items():
        if getattr(row, column) != value:
            findings.add(message, key=row.id, column=column)


@dataclass(slots=True)
class _Sum:
    """What was booked of the tasks of one kind in one case, over all its pieces."""

    minutes: Decimal = Decimal(0)
    labour_ore: int = 0
    parts_ore: int = 0
    rows: int = 0
    changes: set[int] = field(default_factory=set)


class PartsUsed:
    """Which task had put a spare part into which piece, after any change."""

    def __init__(self, session: Session) -> None:
        self._rows = History(session, CasePart)
        self._rows.read()
        self._of: dict[int, set[str]] = defaultdict(set)
        for key in self._rows:
            for row in self._rows.ever(key):
                self._of[row.unit_id].add(key)

    def was_in(self, unit_id: int, case_task_id: int | None, change_id: int) -> bool:
        """Whether the task had put one into the piece by then."""
        rows = (self._rows.at(key, change_id) for key in self._of.get(unit_id, ()))
        return any(row is not None and row.case_task_id == case_task_id for row in rows)


class Costs:
    """Compares costs with their tasks while pieces go by, and their sums at the end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._types = History(session, TaskTypeRow)
        self._tasks = History(session, CaseTask)
        self._rates = History(session, HourRate)
        for history in (self._types, self._tasks, self._rates):
            history.read()
        self._parts = PartsUsed(session)
        self._sums: dict[tuple[int, int], _Sum] = defaultdict(_Sum)

    def check(self, findings: Findings, books: Books) -> None:
        """Each column of a piece's costs is what it was taken from."""
        for cost in books.costs:
            if cost.case_id is not None:
                self._add(cost)
            ought = _answered(cost, books.costs) if cost.count < 0 else self._task(cost)
            ought["booked_on"] = _day(books.around, cost)
            _compare(
                findings, N_("Cost {key}: {column} is not what it was taken from."), cost, ought
            )

    def _add(self, cost: UnitCost) -> None:
        booked = self._sums[cost.case_id or 0, cost.task_type_id]
        booked.minutes += cost.minutes
        booked.labour_ore += cost.labour_ore
        booked.parts_ore += cost.parts_ore
        booked.rows += 1
        booked.changes.add(cost.change_id)

    def _task(self, cost: UnitCost) -> dict[str, Any]:
        kind = self._types.at(cost.task_type_id, cost.change_id)
        if kind is None:
            return {"task_type_id": None}
        ought: dict[str, Any] = {"count": 1, **asdict(effect_of(kind, reused=self._reused(cost)))}
        if cost.case_task_id is not None:
            task = self._tasks.at(cost.case_task_id, cost.change_id)
            ought["case_id"] = task.case_id if task else None
            ought["task_type_id"] = task.task_type_id if task else None
        return ought

    def _reused(self, cost: UnitCost) -> bool:
        """Whether the task had put a part of other furniture into the piece by then."""
        return self._parts.was_in(cost.unit_id, cost.case_task_id, cost.change_id)

    def check_sums(self, findings: Findings) -> None:
        """What all pieces of a finished case carry is what its tasks took, to the øre."""
        done: dict[tuple[int, int], list[DoneTask]] = defaultdict(list)
        for task in check_figures.done_tasks(self._session):
            done[task.case_id, task.task_type_id].append(task)
        for key, booked in self._sums.items():
            if key in done and not self._adds_up(booked, done[key]):
                findings.add(
                    N_("Case {key}: what was booked on its pieces is not what its tasks took."),
                    key=key[0],
                )

    def _adds_up(self, booked: _Sum, tasks: list[DoneTask]) -> bool:
        minutes = sum(task.minutes for task in tasks)
        if abs(booked.minutes - minutes) > booked.rows * _MINUTE_STEP:
            return False
        if booked.parts_ore != sum(task.parts_ore for task in tasks):
            return False
        labour = {self._labour(tasks, change) for change in booked.changes}
        # Where a rate was changed between two pieces, their shares are of different wholes.
        return len(labour) > 1 or booked.labour_ore in labour

    def _labour(self, tasks: list[DoneTask], change_id: int) -> int:
        rates = [self._rates.at(task.hour_rate_id, change_id) for task in tasks]
        return sum(
            labour_ore(task.minutes, rate.rate_ore)
            for task, rate in zip(tasks, rates, strict=True)
            if rate is not None
        )


def _answered(cost: UnitCost, costs: list[UnitCost]) -> dict[str, Any]:
    """An undone cost is the opposite of one that was booked before."""
    for first in costs:
        if first.id >= cost.id:
            break
        if all(getattr(cost, name) == -getattr(first, name) for name in _OPPOSITE) and all(
            getattr(cost, name) == getattr(first, name) for name in _UNDONE
        ):
            return {}
    return {"count": None}


def _day(around: Around, cost: UnitCost) -> Any:
    moment = around.moments.get(cost.change_id)
    return moment.astimezone(ZONE).date() if moment else None
