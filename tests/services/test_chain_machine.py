"""Any sequence from intake to hand-over and back, with undo, keeps every piece, øre and gram."""

import contextlib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
)
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import cases, check, deliveries, intake, orders, shop, stock
from moebelcirkel.services.returns import Returned, take_back
from moebelcirkel.storage.cases import Case
from moebelcirkel.storage.charges import Charge
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import Order, OrderLine
from moebelcirkel.storage.tasks import TaskType
from moebelcirkel.storage.units import Unit
from tests import trade
from tests.services.machines import Machine, on_postgresql, on_sqlite


class Chain(Machine):
    """One warehouse, one school with leader and approver, and whatever the van brings."""

    @initialize()
    def open(self) -> None:
        """Nothing has come yet."""
        super().open()
        self.lager = self.world.person("lager")
        self.leader = self.world.person("leader")
        self.registered = 0

    def teardown(self) -> None:
        """Every run ends with a whole database."""
        report = check.run(self.world.person("controller")) if hasattr(self, "world") else None
        super().teardown()
        assert report is None or report.findings == ()

    def unit(self, number: int, *states: str) -> Unit | None:
        """One of the pieces in these states, if there are any."""
        return self.some(number, Unit, Unit.state.in_(states))

    @rule(count=st.integers(1, 3), condition=st.sampled_from("ABCD"), to=st.integers(0, 2))
    def receive(self, count: int, condition: str, to: int) -> None:
        """The van brings alike pieces."""
        destination: intake.Destination = ("shelf", "sale", "workshop")[to]
        part = intake.Part(condition, count, destination, self.world.shelf)
        batch = intake.Batch(giver_id=self.world.home, article_id=self.world.chair, parts=(part,))
        self.attempt(self.lager, intake.register, batch)
        self.registered += count

    @rule(number=st.integers(0, 9))
    def to_workshop(self, number: int) -> None:
        """A piece goes to the bench."""
        unit = self.unit(number, "received", "ready", "listed")
        if unit:
            self.attempt(self.lager, cases.send, [unit.id])

    @rule(number=st.integers(0, 9), kind=st.integers(0, 14), condition=st.sampled_from("ABC"))
    def repair(self, number: int, kind: int, condition: str) -> None:
        """A case gets a task done and is finished."""
        case = self.some(number, Case, Case.state == "assess")
        if case is None:
            return
        kinds = trade.rows(self.context, select(TaskType).order_by(TaskType.id))
        bench = self.world.person("bench")
        self.attempt(bench, cases.add_task, case.id, kinds[kind].id, done=True)
        self.attempt(bench, cases.finish, case.id, condition, place_id=self.world.shelf)

    @rule(number=st.integers(0, 9))
    def sell(self, number: int) -> None:
        """A piece goes on sale."""
        unit = self.unit(number, "received", "ready")
        if unit:
            self.attempt(self.lager, stock.put_on_sale, [unit.id])

    @rule(number=st.integers(0, 9))
    def scrap(self, number: int) -> None:
        """A piece is given up."""
        unit = self.unit(number, "received", "ready", "listed", "workshop", "delivered")
        if unit:
            self.attempt(self.lager, stock.scrap, [unit.id], "broken")

    @rule(number=st.integers(0, 9), count=st.integers(1, 3))
    def order(self, number: int, count: int) -> None:
        """The school orders alike pieces; above its limit the approver agrees."""
        unit = self.unit(number, "listed")
        if unit is None:
            return
        key = shop.CardKey(unit.article_id, unit.condition, unit.price_ore or 0)
        with contextlib.suppress(Refused):
            shop.hold(self.leader, self.world.school, key, count)
        if self.attempt(self.leader, orders.send, self.world.school) is None:
            with contextlib.suppress(Refused):
                shop.forget_gone(self.leader, self.world.school)
        for waiting in trade.rows(self.context, select(Order).where(Order.state == "awaiting")):
            self.attempt(self.world.person("approver"), orders.approve, waiting.id)

    @rule(number=st.integers(0, 9), by_scan=st.booleans())
    def pick(self, number: int, by_scan: bool) -> None:
        """A line is picked, by click or by scanning any alike piece."""
        unit = self.unit(number, "ordered", *(["listed"] if by_scan else []))
        if unit is None:
            return
        if by_scan:
            self.attempt(self.lager, deliveries.pick_by_scan, unit.number)
            return
        query = select(OrderLine).where(OrderLine.unit_id == unit.id, OrderLine.state == "open")
        for line in trade.rows(self.context, query):
            self.attempt(self.lager, deliveries.pick, [line.id])

    @rule(number=st.integers(0, 9))
    def hand_over(self, number: int) -> None:
        """The school gets what is picked."""
        line = self.some(number, OrderLine, OrderLine.state == "picked")
        if line:
            self.attempt(self.lager, deliveries.hand_over, line_ids=[line.id])

    @rule(number=st.integers(0, 9), count=st.integers(1, 2))
    def whole_way(self, number: int, count: int) -> None:
        """From the shelf to the school in one go, so that much is out and can come back."""
        self.receive(count, "B", 1)
        self.order(number, count)
        for step in range(count):
            self.pick(number + step, by_scan=False)
            self.hand_over(number + step)

    @rule(number=st.integers(0, 9), condition=st.sampled_from("ABCD"))
    def come_back(self, number: int, condition: str) -> None:
        """A piece is returned and starts its next loop."""
        unit = self.unit(number, "delivered")
        if unit:
            pieces = [Returned(unit.number, condition)]
            self.attempt(self.lager, take_back, pieces, place_id=self.world.shelf)

    @rule(days=st.sampled_from([1, 40, 400]))
    def wait(self, days: int) -> None:
        """Time passes; holds run out, life is used."""
        self.clock.advance(days=days)

    @invariant()
    def no_piece_is_lost_doubled_or_sold_twice(self) -> None:
        """As many as were registered; one open line each at most; delivered ones have a holder."""
        with self.context.read() as session:
            units = list(session.scalars(select(Unit)))
            query = select(OrderLine).where(OrderLine.state.in_(["open", "picked"]))
            lines = list(session.scalars(query))
        assert len(units) == self.registered
        assert len({unit.number for unit in units}) == self.registered
        reserved = [line.unit_id for line in lines]
        assert len(reserved) == len(set(reserved))
        for unit in units:
            assert (unit.id in reserved) == (unit.state in ("ordered", "picked"))
            assert (unit.holder_id is not None) == (unit.state == "delivered")

    @invariant()
    def money_and_grams_balance(self) -> None:
        """Charges are the prices of what is out; what was undone cancels to zero."""
        with self.context.read() as session:
            charges = list(session.scalars(select(Charge)))
            figures = list(session.scalars(select(FigureLine)))
            query = select(OrderLine).where(OrderLine.state == "delivered")
            delivered = list(session.scalars(query))
        assert sum(charge.amount_ore for charge in charges) == sum(
            line.price_ore for line in delivered
        )
        assert sum(line.count for line in figures) == len(delivered)
        by_id = {line.id: line for line in figures}
        for line in figures:
            if line.kind == "reversal":
                turned = by_id[line.corrects_id or 0]
                assert line.cash_ore == -turned.cash_ore
                assert line.net_g == -(turned.net_g or 0)

    @invariant()
    def no_life_is_credited_twice(self) -> None:
        """Without a renewing task a piece's loops never credit more than one new price."""
        with self.context.read() as session:
            for unit in session.scalars(select(Unit)):
                assert 0 <= unit.life_left <= 1


def test_on_sqlite(sqlite_file: Path) -> None:
    on_sqlite(Chain, sqlite_file, steps=40)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Chain, postgres_cluster, steps=30)
