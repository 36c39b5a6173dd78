"""Any sequence of ordering, handing over, undoing, taking back, settling and reversing balances."""

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.settlement import BatchState
from moebelcirkel.services import check, deliveries, settlement
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import settling
from tests.services.machines import Machine, on_postgresql, on_sqlite

PRICES = (0, 5, 134_000)
#: Batches that never took charges, or whose charges wait again.
FREED = BatchState.WITHDRAWN, BatchState.REVERSED


class Settling(Machine):
    """Two receivers, two controllers, and chairs of three prices."""

    @initialize()
    def open(self) -> None:
        """Everything is on sale, and the finance system's accounts are known."""
        super().open()
        settling.ready(self.world)
        self.other = settling.second(self.world)
        for price in PRICES:
            trade.put_on_sale(self.world, 3, price_ore=price)
        self.lager = self.world.person("lager")

    def controller(self, *, first: bool) -> Context:
        """One of the two."""
        return self.world.person("controller") if first else self.other

    @rule(number=st.integers(0, 9), count=st.integers(1, 3), here=st.booleans())
    def hand_over(self, number: int, count: int, here: bool) -> None:
        """Some are ordered and handed over in one go."""
        free = trade.rows(self.context, select(Unit.id).where(Unit.state == "listed"))
        units = free[number % 3 :][:count]
        if not units:
            return
        lines = trade.order(
            self.world, units, institution=self.world.school if here else self.world.home
        )
        deliveries.pick(self.lager, lines)
        self.attempt(self.lager, deliveries.hand_over, line_ids=lines)

    @rule(number=st.integers(0, 9))
    def take_back(self, number: int) -> None:
        """One comes back, and is on sale again."""
        unit = self.some(number, Unit, Unit.state == "delivered")
        if unit is not None:
            piece = [Returned(unit.number, unit.condition)]
            self.attempt(self.lager, deliveries.take_back, piece, place_id=self.world.shelf)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        """Another day, another month."""
        self.clock.advance(days=days)

    @rule(first=st.booleans(), monthly=st.booleans())
    def settle(self, first: bool, monthly: bool) -> None:
        """All that waits until today."""
        today = self.context.today()
        asked = settlement.Asked(today.replace(day=1), today, monthly=monthly)
        self.attempt(self.controller(first=first), settlement.make, asked)

    @rule(number=st.integers(0, 9), first=st.booleans())
    def release(self, number: int, first: bool) -> None:
        """One of the batches is let go, where that is allowed."""
        batch = self.some(number, SettlementBatch, SettlementBatch.id > 0)
        if batch is not None:
            who = self.controller(first=first)
            self.attempt(who, settlement.release, batch.id, batch.file_sha256)

    @rule(number=st.integers(0, 9))
    def withdraw(self, number: int) -> None:
        """One of the batches is given up, where that is allowed."""
        batch = self.some(number, SettlementBatch, SettlementBatch.id > 0)
        if batch is not None:
            self.attempt(self.other, settlement.withdraw, batch.id)

    @rule(number=st.integers(0, 9), first=st.booleans())
    def reverse(self, number: int, first: bool) -> None:
        """One of the batches is reversed, where that is allowed."""
        batch = self.some(number, SettlementBatch, SettlementBatch.id > 0)
        if batch is not None:
            self.attempt(self.controller(first=first), settlement.reverse, batch.id)

    @rule(number=st.integers(0, 9))
    def book(self, number: int) -> None:
        """The finance system has booked one."""
        batch = self.some(number, SettlementBatch, SettlementBatch.id > 0)
        if batch is not None:
            self.attempt(self.other, settlement.book, batch.id, f"81-{number}")

    @invariant()
    def postings_are_the_charges_of_what_stands(self) -> None:
        """Debit less credit is delivered less given back, and no charge stands twice."""
        rows = settlement.overview(self.other).batches
        lines = trade.rows(self.context, select(SettlementLine))
        states = {row.id: row.state for row in rows}
        standing = Counter(line.charge_id for line in lines if states[line.batch_id] not in FREED)
        assert all(count == 1 for count in standing.values())
        charges = {charge.id: charge.amount_ore for charge in settling.charges(self.world)}
        by_state = {row.id: row.state for row in rows if row.state is not BatchState.WITHDRAWN}
        unreleased = sum(
            row.net_ore for row in rows if row.reverses and row.state is BatchState.READY
        )
        posted = sum(row.net_ore for row in rows if row.id in by_state) - unreleased
        assert posted == sum(charges[key] for key in standing)

    @invariant()
    def what_is_settled_and_what_waits_is_what_was_delivered(self) -> None:
        """Charges of standing batches and those that wait are the pieces that are out."""
        waits = sum(part.net_ore for part in settlement.overview(self.other).waiting)
        lines = trade.rows(self.context, select(OrderLine).where(OrderLine.state == "delivered"))
        delivered = sum(line.price_ore for line in lines)
        assert sum(charge.amount_ore for charge in settling.charges(self.world)) == delivered
        rows = settlement.overview(self.other).batches
        states = {row.id: row.state for row in rows}
        charges = {charge.id: charge.amount_ore for charge in settling.charges(self.world)}
        settled = sum(
            charges[line.charge_id]
            for line in trade.rows(self.context, select(SettlementLine))
            if states[line.batch_id] not in FREED
        )
        assert settled + waits == delivered

    def teardown(self) -> None:
        """The books are whole at the end."""
        if hasattr(self, "database"):
            report = check.run(self.world.person("controller"))
            assert [check.text(each) for each in report.findings] == []
        super().teardown()


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Settling, tmp_path, steps=20)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Settling, postgres_cluster, steps=15)
