"""A machine of all that is charged: orders, loans, repairs, complaints, fees and their undoing."""

import contextlib
import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Pace
from moebelcirkel.domain.parameters import Value
from moebelcirkel.services import (
    cases,
    changes,
    complaints,
    deliveries,
    loans,
    orders,
    parameters,
    receipts,
    repairs,
    runs,
    shop,
)
from moebelcirkel.services.context import Context, Saved
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.services.repairs import TaskOffer
from moebelcirkel.services.runs import RunForm
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.runs import Run
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import repairing, running, settling, shopping
from tests.services.machines import Machine

PRICES = (0, 5, 134_000)
#: What is small costs a fee where it goes at once; what is lent costs by piece and day.
COSTS = {
    "small_order_ore": 200_000,
    "small_fee_ore": 7_505,
    "loan_rate_ore": 333,
    "urgent_days": 2,
    "urgent_fee_ore": 12_345,
}
#: Which charges have accounts of their own, as finance changes its mind.
KINDS = (
    "",
    "gebyr = 22901020; 97001020; Gebyr",
    "rettelse = 22901090\nlån = 22901030; 97001030",
    "reparation = 1111\nreservedel = 2222\nekstern = 3333\nreklamation = 4444\nlevering = ; 5555",
)
NUMBER = st.integers(0, 9)


class Trading(Machine):
    """Two receivers with their leaders, two controllers, a van, and chairs of three prices."""

    @initialize()
    def open(self) -> None:
        """Some is delivered and lent, the rest on sale, and finance's accounts are known."""
        super().open()
        settling.ready(self.world)
        parameters.save(self.world.person("admin"), dict(COSTS))
        self.other = settling.second(self.world)
        self.leaders = {
            self.world.school: self.world.person("leader"),
            self.world.home: shopping.neighbour(self.world),
        }
        for price in PRICES:
            trade.put_on_sale(self.world, 6, price_ore=price)
        self.lager = self.world.person("lager")
        self.van = running.van(self.world)
        self.undone: list[tuple[Context, int]] = []
        for here in (True, False):
            self.order(number=2, count=2, here=here, pace=Pace.URGENT, days=0, brought=True)
            self.order(number=1, count=1, here=here, pace=Pace.NOW, days=40, brought=True)

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
        pace=st.sampled_from(Pace),
        days=st.sampled_from([0, 0, 3, 40]),
        brought=st.booleans(),
    )
    def order(
        self, number: int, count: int, here: bool, pace: Pace, days: int, brought: bool
    ) -> None:
        """Some are ordered for good or as a loan; at once or urgently it may cost a fee."""
        place = self.place(here=here)
        leader = self.leaders[place]
        key = shopping.key(self.world, price_ore=PRICES[number % len(PRICES)])
        until = leader.today() + dt.timedelta(days=days) if days else None
        with contextlib.suppress(Refused):
            shop.hold(leader, place, key, count)
            shop.set_answer(leader, place, Answer.YES)
            shop.set_loan(leader, place, until)
        self.attempt(leader, orders.send, place, pace=pace)
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

    @rule(number=NUMBER, kept=st.booleans())
    def end_loan(self, number: int, kept: bool) -> None:
        """What is out on loan does not come back: kept for its price, or lost."""
        out = [row.id for row in loans.listed(self.lager)]
        if out:
            act = loans.keep if kept else loans.lose
            self.attempt(self.lager, act, out[number % len(out)])

    @rule(
        number=NUMBER,
        outside=st.sampled_from([None, 0, 26_805]),
        came=st.integers(1, 2),
        brought=st.booleans(),
    )
    def repair(self, number: int, outside: int | None, came: int, brought: bool) -> None:
        """Two of a receiver's own are repaired here, and partly by another repairer."""
        bench, leader = self.world.person("bench"), self.leaders[self.world.school]
        line = replace(repairing.CHAIRS, pieces=2)
        asked = self.attempt(leader, repairs.report, repairing.wish(self.world, line))
        if not isinstance(asked, Saved):
            return
        names = ("Skift gaspatron", "Ompolstring, sæde")
        first, second = (repairing.task(self.world, name) for name in names)
        tasks = [TaskOffer(first), TaskOffer(second, outside)]
        self.attempt(bench, repairs.offer, asked.id, tasks[: 1 + number % 2])
        self.attempt(leader, repairs.accept, asked.id)
        got = self.attempt(bench, repairs.receive, asked.id, came)
        if isinstance(got, repairs.Received) and number % 4:
            self.mend(got.case_id)
        elif isinstance(got, repairs.Received):
            self.attempt(bench, cases.give_up, got.case_id, "Stellet er revnet")
        if brought:
            self.bring(self.waiting(here=True))

    def mend(self, case_id: int) -> None:
        """All of a case is done."""
        bench = self.world.person("bench")
        for each in cases.detail(bench, case_id).tasks:
            self.attempt(bench, cases.set_task, each.id, done=True)
        self.attempt(bench, cases.finish, case_id, "B")

    @rule(
        number=NUMBER,
        how=st.sampled_from(["price", "return", "price", "repair", "refuse", None]),
        ended=st.booleans(),
    )
    def complain(self, number: int, how: str | None, ended: bool) -> None:
        """Something is wrong with what was delivered, and it may be decided at once."""
        line = self.some(number, OrderLine, OrderLine.state == "delivered")
        if line is None:
            return
        place = trade.row(self.context, Order, line.order_id).institution_id
        who = self.leaders[place]
        self.attempt(who, complaints.report, line.delivery_id, [line.id], "Vakler")
        self.decide(number, how, ended)

    @rule(
        number=NUMBER,
        how=st.sampled_from(["return", "price", "repair", "refuse"]),
        ended=st.booleans(),
    )
    def decide(self, number: int, how: str | None, ended: bool) -> None:
        """A complaint is answered; what is agreed to may come about too."""
        found = self.some(number, Complaint, Complaint.state == "open")
        if found is None or how is None:
            return
        if how == "refuse":
            self.attempt(self.lager, complaints.refuse, found.id, "Det er kun støv")
        elif how == "price":
            less = (0, 3, 100_000)[number % 3]
            self.attempt(self.lager, complaints.lower_price, found.id, less)
        elif how == "return":
            self.attempt(self.lager, complaints.agree_return, found.id)
            if ended:
                unit_id = trade.row(self.context, OrderLine, found.order_line_id).unit_id
                piece = trade.row(self.context, Unit, unit_id)
                back = [Returned(piece.number, piece.condition)]
                self.attempt(self.lager, deliveries.take_back, back, place_id=self.world.shelf)
        else:
            sent = self.attempt(self.lager, complaints.send_to_repair, found.id)
            if isinstance(sent, complaints.ComplaintsDecided) and ended:
                self.mend(sent.case_id or 0)

    @rule(kinds=st.sampled_from(KINDS), confirmed=st.booleans())
    def choose_accounts(self, kinds: str, confirmed: bool) -> None:
        """Finance wants other kinds on accounts of their own, or only what is confirmed."""
        chosen: dict[str, Value] = {"settlement_kinds": kinds, "settlement_confirmed": confirmed}
        parameters.save(self.world.person("admin"), chosen)

    @rule(number=NUMBER)
    def confirm(self, number: int) -> None:
        """Its receiver says that one came."""
        found = self.some(number, Delivery, Delivery.confirmed_on.is_(None))
        if found is not None:
            self.attempt(self.leaders[found.institution_id], receipts.confirm, found.id)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        """Another day, another month."""
        self.clock.advance(days=days)
