"""Any sequence of ordering, lending, repairing, complaining, settling and reversing balances."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.settlement import SettlementState
from moebelcirkel.services import changes, check, institutions, settlement
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.settlement import (
    SettlementBatch,
    SettlementLine,
    SettlementPosting,
)
from tests import trade
from tests.services import settling
from tests.services.machines import on_postgresql, on_sqlite
from tests.services.trading import NUMBER, Trading

#: Batches that never took charges, or whose charges wait again.
FREED = SettlementState.WITHDRAWN, SettlementState.REVERSED
_PRICED = ("price", "return")


class Settling(Trading):
    """What was charged is settled, released, reversed and booked by two controllers."""

    @rule(first=st.booleans(), monthly=st.booleans(), far=st.integers(0, 3))
    def settle(self, first: bool, monthly: bool, far: int) -> None:
        """All that waits until today: made, let go, reversed, and that let go as well."""
        today = self.context.today()
        asked = settlement.SettlementScope(today.replace(day=1), today, monthly=monthly)
        made = self.attempt(self.controller(first=first), settlement.make, asked)
        if isinstance(made, settlement.Made) and far:
            self.let_go(made.id, first=not first)
            if far > 1:
                self.turn(made.id, first=first, released=far > 2)

    def let_go(self, batch_id: int, *, first: bool) -> None:
        """A batch is released by one of the two."""
        batch = trade.row(self.context, SettlementBatch, batch_id)
        who = self.controller(first=first)
        self.attempt(who, settlement.release, batch.id, batch.file_sha256)

    def batch(self, number: int, *states: SettlementState) -> settlement.SettlementBatchRow | None:
        """One of the batches; three of four times one that is in one of the states."""
        rows = settlement.overview(self.other).batches
        found = [row for row in rows if row.state in states or number % 4 == 0]
        return found[number % len(found)] if found else None

    @rule(number=NUMBER, first=st.booleans())
    def release(self, number: int, first: bool) -> None:
        """One of the batches is let go, where that is allowed."""
        if row := self.batch(number, SettlementState.READY):
            self.let_go(row.id, first=first)

    @rule(number=NUMBER)
    def withdraw(self, number: int) -> None:
        """One of the batches is given up, where that is allowed."""
        if row := self.batch(number, SettlementState.READY):
            self.attempt(self.other, settlement.withdraw, row.id)

    @rule(number=NUMBER, first=st.booleans(), released=st.booleans())
    def reverse(self, number: int, first: bool, released: bool) -> None:
        """One of the batches is reversed, where that is allowed; it may be let go at once."""
        if row := self.batch(number, SettlementState.RELEASED, SettlementState.BOOKED):
            self.turn(row.id, first=first, released=released)

    def turn(self, batch_id: int, *, first: bool, released: bool) -> None:
        """The opposite of a batch is made, and let go."""
        made = self.attempt(self.controller(first=first), settlement.reverse, batch_id)
        if released and isinstance(made, settlement.Made):
            self.let_go(made.id, first=not first)

    @rule(gone=st.booleans(), back=st.booleans())
    def merge(self, gone: bool, back: bool) -> None:
        """Both institutions become one, and mostly that is taken back at once."""
        both = [self.world.home, self.world.school]
        admin = self.world.person("admin")
        done = self.attempt(admin, institutions.merge, *(both if gone else both[::-1]))
        if isinstance(done, institutions.InstitutionMerged) and back:
            self.attempt(admin, changes.undo, done.change_id)

    @rule(number=NUMBER)
    def book(self, number: int) -> None:
        """The finance system has booked one."""
        if row := self.batch(number, SettlementState.RELEASED):
            self.attempt(self.other, settlement.book, row.id, f"81-{number}")

    def owed(self) -> int:
        """Out of orders and returns: pieces that were handed over, days of loans, and fees."""
        query = select(OrderLine).where(OrderLine.state == "delivered")
        lines = trade.rows(self.context, query)
        sent = {order.id: order for order in trade.rows(self.context, select(Order))}
        figures = trade.rows(self.context, select(FigureLine))
        taken_back = {line.corrects_id for line in figures if line.kind == "reversal"}
        real = {
            line.order_line_id: line.inputs["days_in_use"]
            for line in figures
            if line.kind == "adjustment" and line.id not in taken_back
        }
        pieces = 0
        said = self.settled_complaints()
        for line in lines:
            order = sent[line.order_id]
            if line.id in said:
                pieces += said[line.id]
                continue
            lent = order.loan_until is not None and line.id in real
            pieces += real[line.id] * (order.loan_rate_ore or 0) if lent else line.price_ore
        return pieces + sum(sent[key].fee_ore or 0 for key in {line.order_id for line in lines})

    def settled_complaints(self) -> dict[int, int]:
        """What a line costs since its latest complaint that changed its price."""
        query = select(Complaint).where(Complaint.state == "closed").order_by(Complaint.id)
        rows = [row for row in trade.rows(self.context, query) if row.outcome in _PRICED]
        return {row.order_line_id: row.price_ore or 0 for row in rows}

    @invariant()
    def a_batch_is_its_charges_and_balances(self) -> None:
        """Debit is credit, in its postings and in its file, and receivers pay its charges."""
        charges = {charge.id: charge.amount_ore for charge in settling.charges(self.world)}
        taken: dict[int, int] = Counter()
        for line in trade.rows(self.context, select(SettlementLine)):
            taken[line.batch_id] += charges[line.charge_id]
        sides: dict[tuple[int, str], int] = Counter()
        paid: dict[int, int] = Counter()
        for each in trade.rows(self.context, select(SettlementPosting)):
            sides[each.batch_id, each.side] += each.amount_ore
            if each.pays:
                paid[each.batch_id] += each.amount_ore if each.side == "D" else -each.amount_ore
        for batch in settling.batches(self.world):
            assert sides[batch.id, "D"] == sides[batch.id, "K"] == batch.debit_ore
            own = -taken[batch.reverses_id] if batch.reverses_id else taken[batch.id]
            assert paid[batch.id] == own == batch.net_ore
            for side in "DK":
                assert in_file(batch.posting_file, side) == batch.debit_ore

    @invariant()
    def no_charge_is_in_two_batches_that_stand(self) -> None:
        """What was in one is in another only after it was withdrawn, or reversed and released."""
        states = {row.id: row.state for row in settlement.overview(self.other).batches}
        lines = trade.rows(self.context, select(SettlementLine))
        standing = Counter(line.charge_id for line in lines if states[line.batch_id] not in FREED)
        assert all(count == 1 for count in standing.values())

    @invariant()
    def what_was_posted_and_what_waits_is_what_is_owed(self) -> None:
        """Nothing is forgotten and nothing is charged twice, whatever was taken back."""
        seen = settlement.overview(self.other)
        posted = sum(
            row.net_ore
            for row in seen.batches
            if row.state is not SettlementState.WITHDRAWN
            and not (row.reverses and row.state is SettlementState.READY)
        )
        waits = sum(part.net_ore for part in seen.waiting)
        assert posted + waits == self.owed()

    def teardown(self) -> None:
        """The books are whole at the end."""
        if hasattr(self, "database"):
            report = check.run(self.world.person("controller"))
            assert [check.text(each) for each in report.findings] == []
        super().teardown()


def in_file(data: bytes, side: str) -> int:
    """The sum of one side in øre, read from a posting file."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    found = (row["Beløb"] for row in rows if row["DebetKredit"] == side)
    return sum(int(amount.replace(",", "")) for amount in found)


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Settling, tmp_path, steps=20)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Settling, postgres_cluster, steps=15)
