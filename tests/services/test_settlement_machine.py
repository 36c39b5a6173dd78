"""Any sequence of ordering, lending, driving, taking back, settling and reversing balances."""

import contextlib
import csv
import datetime as dt
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Pace
from moebelcirkel.domain.settlement import BatchState
from moebelcirkel.services import (
    changes,
    check,
    deliveries,
    orders,
    parameters,
    runs,
    settlement,
    shop,
)
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.services.runs import RunForm
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.runs import Run
from moebelcirkel.storage.tables.settlement import (
    SettlementBatch,
    SettlementLine,
    SettlementPosting,
)
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import running, settling, shopping
from tests.services.machines import Machine, on_postgresql, on_sqlite

PRICES = (0, 5, 134_000)
#: What is small costs a fee where it goes at once; what is lent costs by piece and day.
COSTS = {"small_order_ore": 200_000, "small_fee_ore": 7_505, "loan_rate_ore": 333}
#: Batches that never took charges, or whose charges wait again.
FREED = BatchState.WITHDRAWN, BatchState.REVERSED
NUMBER = st.integers(0, 9)


class Settling(Machine):
    """Two receivers with their leaders, two controllers, a van, and chairs of three prices."""

    @initialize()
    def open(self) -> None:
        """Everything is on sale, and the finance system's accounts are known."""
        super().open()
        settling.ready(self.world)
        parameters.save(self.world.person("admin"), dict(COSTS))
        self.other = settling.second(self.world)
        self.leaders = {
            self.world.school: self.world.person("leader"),
            self.world.home: shopping.neighbour(self.world),
        }
        for price in PRICES:
            trade.put_on_sale(self.world, 4, price_ore=price)
        self.lager = self.world.person("lager")
        self.van = running.van(self.world)
        self.undone: list[tuple[Context, int]] = []

    def controller(self, *, first: bool) -> Context:
        """One of the two."""
        return self.world.person("controller") if first else self.other

    def place(self, *, here: bool) -> int:
        """One of the two receivers."""
        return self.world.school if here else self.world.home

    @rule(
        number=NUMBER,
        count=st.integers(1, 3),
        here=st.booleans(),
        at_once=st.booleans(),
        days=st.sampled_from([0, 0, 3, 40]),
        brought=st.booleans(),
    )
    def order(
        self, number: int, count: int, here: bool, at_once: bool, days: int, brought: bool
    ) -> None:
        """Some are ordered for good or as a loan; a small order waits or costs its fee."""
        place = self.place(here=here)
        leader = self.leaders[place]
        key = shopping.key(self.world, price_ore=PRICES[number % len(PRICES)])
        until = leader.today() + dt.timedelta(days=days) if days else None
        with contextlib.suppress(Refused):
            shop.hold(leader, place, key, count)
            shop.set_answer(leader, place, Answer.YES)
            shop.set_loan(leader, place, until)
        self.attempt(leader, orders.send, place, pace=Pace.NOW if at_once else Pace.USUAL)
        if brought:
            self.bring(self.waiting(here))

    def waiting(self, here: bool) -> list[int]:
        """What can be handed over to a receiver."""
        query = select(OrderLine.id).join(Order, Order.id == OrderLine.order_id)
        own = Order.institution_id == self.place(here=here), Order.state == "approved"
        open_ones = OrderLine.state.in_(["open", "picked"])
        return trade.rows(self.context, query.where(*own, open_ones).order_by(OrderLine.id))

    @rule(number=NUMBER, count=st.integers(1, 4), here=st.booleans())
    def hand_over(self, number: int, count: int, here: bool) -> None:
        """Some of what waits is handed over in one go; the rest of the order may come later."""
        lines = self.waiting(here)
        if lines:
            self.bring(lines[number % len(lines) :][:count])

    def bring(self, lines: list[int]) -> None:
        """What is left to pick of these, and then the door."""
        if lines:
            with contextlib.suppress(Refused):
                deliveries.pick(self.lager, lines)
            self.attempt(self.lager, deliveries.hand_over, line_ids=lines)

    @rule(here=st.booleans(), km=st.integers(1, 900))
    def drive(self, here: bool, km: int) -> None:
        """All that waits is driven on a run of its own, which is closed by its kilometres."""
        made = self.attempt(self.lager, runs.create, RunForm(self.lager.today(), self.van))
        lines = self.waiting(here)
        if not isinstance(made, runs.RunChanged) or not lines:
            return
        place = self.place(here=here)
        self.attempt(self.lager, runs.add_delivery, made.run_id, place, again=True)
        self.bring(lines)
        self.attempt(self.lager, runs.close, made.run_id, Decimal(km) / 10)

    @rule(number=NUMBER, km=st.integers(1, 900))
    def close(self, number: int, km: int) -> None:
        """One of the runs is closed, where that is allowed."""
        run = self.some(number, Run, Run.id > 0)
        if run is not None:
            self.attempt(self.lager, runs.close, run.id, Decimal(km) / 10)

    @rule(number=NUMBER)
    def undo(self, number: int) -> None:
        """Take one of the latest changes back, where nothing rests on it."""
        if self.done:
            who, change_id = self.done[-1 - number % min(4, len(self.done))]
            with contextlib.suppress(Refused):
                back = changes.undo(who, change_id)
                self.done.remove((who, change_id))
                self.undone.append((who, back.change_id or 0))

    @rule(number=NUMBER)
    def redo(self, number: int) -> None:
        """Do one of the latest that were taken back again."""
        if self.undone:
            who, change_id = self.undone[-1 - number % min(4, len(self.undone))]
            with contextlib.suppress(Refused):
                again = changes.redo(who, change_id)
                self.undone.remove((who, change_id))
                self.done.append((who, again.change_id or 0))

    @rule(number=NUMBER)
    def take_back(self, number: int) -> None:
        """One comes back, and is on sale again."""
        unit = self.some(number, Unit, Unit.state.in_(["delivered", "lent"]))
        if unit is not None:
            piece = [Returned(unit.number, unit.condition)]
            self.attempt(self.lager, deliveries.take_back, piece, place_id=self.world.shelf)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        """Another day, another month."""
        self.clock.advance(days=days)

    @rule(first=st.booleans(), monthly=st.booleans(), far=st.integers(0, 3))
    def settle(self, first: bool, monthly: bool, far: int) -> None:
        """All that waits until today: made, let go, reversed, and that let go as well."""
        today = self.context.today()
        asked = settlement.Asked(today.replace(day=1), today, monthly=monthly)
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

    def batch(self, number: int, *states: BatchState) -> settlement.BatchRow | None:
        """One of the batches; three of four times one that is in one of the states."""
        rows = settlement.overview(self.other).batches
        found = [row for row in rows if row.state in states or number % 4 == 0]
        return found[number % len(found)] if found else None

    @rule(number=NUMBER, first=st.booleans())
    def release(self, number: int, first: bool) -> None:
        """One of the batches is let go, where that is allowed."""
        if row := self.batch(number, BatchState.READY):
            self.let_go(row.id, first=first)

    @rule(number=NUMBER)
    def withdraw(self, number: int) -> None:
        """One of the batches is given up, where that is allowed."""
        if row := self.batch(number, BatchState.READY):
            self.attempt(self.other, settlement.withdraw, row.id)

    @rule(number=NUMBER, first=st.booleans(), released=st.booleans())
    def reverse(self, number: int, first: bool, released: bool) -> None:
        """One of the batches is reversed, where that is allowed; it may be let go at once."""
        if row := self.batch(number, BatchState.RELEASED, BatchState.BOOKED):
            self.turn(row.id, first=first, released=released)

    def turn(self, batch_id: int, *, first: bool, released: bool) -> None:
        """The opposite of a batch is made, and let go."""
        made = self.attempt(self.controller(first=first), settlement.reverse, batch_id)
        if released and isinstance(made, settlement.Made):
            self.let_go(made.id, first=not first)

    @rule(number=NUMBER)
    def book(self, number: int) -> None:
        """The finance system has booked one."""
        if row := self.batch(number, BatchState.RELEASED):
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
        for line in lines:
            order = sent[line.order_id]
            lent = order.loan_until is not None and line.id in real
            pieces += real[line.id] * (order.loan_rate_ore or 0) if lent else line.price_ore
        return pieces + sum(sent[key].fee_ore or 0 for key in {line.order_id for line in lines})

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
            if row.state is not BatchState.WITHDRAWN
            and not (row.reverses and row.state is BatchState.READY)
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
