"""Any sequence of adapting, working, cancelling and undoing keeps pieces, orders and cases."""

import contextlib
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Why
from moebelcirkel.services import cases, deliveries, orders, shop
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.tables.cases import Case, CaseTask
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import adapting, shopping
from tests.services.machines import Machine, on_postgresql, on_sqlite

PIECES = 6
NUMBER = st.integers(0, 9)
OPEN = Case.state.not_in(("ready", "closed", "void"))
AFTER_EACH_STEP = (
    check_figures.corrections_are_single,
    check_figures.prices_are_those_ordered,
    check_states.units_match_orders,
    check_states.units_match_cases,
    check_states.units_match_baskets,
    check_states.orders_add_up,
    check_states.fees_are_charged_once,
    check_states.pieces_match_lines,
    check_states.changes_explain_states,
)


class Adapting(Machine):
    """A leader, an employee who needs a yes, the workshop, the warehouse, and six alike chairs."""

    @initialize()
    def open(self) -> None:
        """Everything is on sale."""
        super().open()
        trade.put_on_sale(self.world, PIECES)

    @rule(leads=st.booleans(), count=st.integers(1, 3))
    def adapt(self, leads: bool, count: int) -> None:
        """Order some with an adaptation."""
        who = self.world.person("leader" if leads else "employee")
        self.attempt(who, orders.adapt, adapting.wish(who, self.world, count, adapting.PAINTED))

    @rule(count=st.integers(1, 2))
    def hold(self, count: int) -> None:
        """Put some into the basket."""
        with contextlib.suppress(Refused):
            leader = self.world.person("leader")
            shop.hold(leader, self.world.school, shopping.key(self.world), count)

    @rule(number=NUMBER, yes=st.booleans())
    def decide(self, number: int, yes: bool) -> None:
        """Approve or refuse."""
        line = self.some(number, OrderLine, OrderLine.state == "open")
        leader = self.world.person("leader")
        if line is not None and yes:
            self.attempt(leader, orders.approve, line.order_id)
        elif line is not None:
            self.attempt(leader, orders.refuse, line.order_id, "Vi har nok")

    @rule(number=NUMBER, whole=st.booleans(), ours=st.booleans())
    def end(self, number: int, whole: bool, ours: bool) -> None:
        """Take an order back, or a line of it; or the exchange gives it up."""
        line = self.some(number, OrderLine, OrderLine.state == "open")
        if line is None:
            return
        lines = None if whole else [line.id]
        if ours:
            lager = self.world.person("lager")
            self.attempt(lager, orders.call_off, line.order_id, Why.BROKEN, lines)
        else:
            self.attempt(self.world.person("leader"), orders.cancel, line.order_id, lines)

    @rule(number=NUMBER, done=st.booleans())
    def work(self, number: int, done: bool) -> None:
        """Tick a task, or take the tick back."""
        task = self.some(number, CaseTask, CaseTask.done.is_not(done))
        if task is not None:
            self.attempt(self.world.person("bench"), cases.set_task, task.id, done=done)

    @rule(number=NUMBER, part=st.booleans())
    def finish(self, number: int, part: bool) -> None:
        """Make all of a case ready, or a piece of it."""
        case, bench = self.some(number, Case, OPEN), self.world.person("bench")
        if case is None:
            return
        pieces = cases.detail(bench, case.id).pieces
        only = [pieces[0].unit_id] if part else []
        self.attempt(bench, cases.finish, case.id, "B", only=only)

    @rule(number=NUMBER)
    def give_up(self, number: int) -> None:
        """All of a case stay as they are."""
        case = self.some(number, Case, OPEN)
        if case is not None:
            self.attempt(self.world.person("bench"), cases.give_up, case.id, "Stellet er revnet")

    @rule(number=NUMBER)
    def split(self, number: int) -> None:
        """Move a piece to a case of its own."""
        case, bench = self.some(number, Case, OPEN), self.world.person("bench")
        if case is not None:
            first = cases.detail(bench, case.id).pieces[0].unit_id
            self.attempt(bench, cases.split, case.id, [first])

    @rule(number=NUMBER)
    def deliver(self, number: int) -> None:
        """Pick a line and hand it over."""
        line, lager = self.some(number, OrderLine, OrderLine.state == "open"), "lager"
        if line is not None and self.attempt(self.world.person(lager), deliveries.pick, [line.id]):
            self.attempt(self.world.person(lager), deliveries.hand_over, line_ids=[line.id])

    @invariant()
    def the_check_finds_nothing(self) -> None:
        """Pieces, lines, cases, prices and charges agree."""
        findings = Findings(self.context.now())
        with self.context.read() as session:
            for part in AFTER_EACH_STEP:
                part(session, findings)
        assert findings.found == []


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Adapting, tmp_path, steps=25)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Adapting, postgres_cluster, steps=20)
