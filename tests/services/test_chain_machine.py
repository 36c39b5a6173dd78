"""Any sequence from intake to hand-over and back, with undo, keeps every piece, øre and gram.

Two act side by side: one in the hall and a leader at the school, another in the hall and a leader
who orders for the home. After every step the check compares rows, events, lives, figures, charges
and states; after every chain of undo and at the end it looks at the rest of the database as well,
and at the tables that nobody has written to.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import check
from moebelcirkel.storage.checks import events as check_events
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.checks import numbers as check_numbers
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests.services import shopping
from tests.services.hands import Hands
from tests.services.machines import Machine, on_postgresql, on_sqlite
from tests.world import World

NUMBER = st.integers(0, 9)
ACTOR = st.integers(0, 1)
GRADE = st.sampled_from("ABCD")
#: What the check asks of what people do; file, rules, pictures and searches stay as they are.
AFTER_EACH_STEP = (
    check_events.nothing_has_vanished,
    check_events.written_once_is_as_written,
    check.figures_equal_inputs,
    check_figures.corrections_are_single,
    check_figures.prices_are_those_ordered,
    check_states.units_match_orders,
    check_states.units_match_cases,
    check_states.units_match_baskets,
    check_states.orders_add_up,
    check_states.fees_are_charged_once,
    check_states.pieces_match_lines,
    check_states.changes_explain_states,
    check_numbers.numbers_are_single,
)


class Chain(Machine):
    """One warehouse, a school and a home with those who order there, and what the van brings."""

    @initialize()
    def open(self) -> None:
        """Nothing has come yet."""
        super().open()
        everywhere = shopping.person(self.world, "naboleder", (Role.LEADER, None))
        colleague = shopping.person(self.world, "lager2", (Role.WAREHOUSE, None))
        people = {"naboleder": everywhere.actor, "lager2": colleague.actor}
        world = World(**{**vars(self.world), "people": self.world.people | people})
        self.actors = [Hands(world), Hands(world, "lager2", "naboleder", world.home)]
        self.registered = 0
        self.checked: tuple[int, dt.datetime] | None = None
        with self.context.read() as session:
            self.opened = session.scalar(select(func.max(Event.id)))

    def teardown(self) -> None:
        """Every run ends with a whole database."""
        try:
            if hasattr(self, "actors"):
                self.whole()
        finally:
            super().teardown()

    def whole(self) -> None:
        """Nothing to find."""
        report = check.run(self.world.person("controller"))
        assert [check.text(finding) for finding in report.findings] == []
        self.checked = (self.kept, self.clock())

    def look_at_written(self, session: Session, findings: Findings) -> None:
        """Rows against events, in the tables that were written to since the first step."""
        entities = select(Event.entity).where(Event.id > self.opened).distinct()
        written = set(session.scalars(entities))
        for mapper in check_events.tracked("full"):
            if mapper.class_.__tablename__ in written:
                check_events.table_equals_events(session, findings, mapper)

    @rule(
        who=ACTOR, count=st.integers(1, 3), condition=st.sampled_from("ABCD"), to=st.integers(0, 2)
    )
    def receive(self, who: int, count: int, condition: str, to: int) -> None:
        """The van brings alike pieces."""
        self.registered += self.actors[who].receive(count, condition, to)

    @rule(who=ACTOR, number=NUMBER)
    def to_workshop(self, who: int, number: int) -> None:
        """A piece goes to the bench."""
        self.actors[who].to_workshop(number)

    @rule(who=ACTOR, number=NUMBER, kind=st.integers(0, 14), condition=st.sampled_from("ABC"))
    def repair(self, who: int, number: int, kind: int, condition: str) -> None:
        """A case gets a task done and is finished."""
        self.actors[who].repair(number, kind, condition)

    @rule(who=ACTOR, number=NUMBER)
    def sell(self, who: int, number: int) -> None:
        """A piece goes on sale."""
        self.actors[who].sell(number)

    @rule(who=ACTOR, number=NUMBER)
    def scrap(self, who: int, number: int) -> None:
        """A piece is given up."""
        self.actors[who].scrap(number)

    @rule(who=ACTOR, number=NUMBER, count=st.integers(1, 3))
    def order(self, who: int, number: int, count: int) -> None:
        """Alike pieces are ordered; above the limit the approver agrees."""
        self.actors[who].order(number, count)

    @rule(who=ACTOR, number=NUMBER)
    def cancel(self, who: int, number: int) -> None:
        """An order, or what is left of it, is taken back."""
        self.actors[who].cancel(number)

    @rule(who=ACTOR, number=NUMBER, by_scan=st.booleans())
    def pick(self, who: int, number: int, by_scan: bool) -> None:
        """A line is picked, by click or by scanning any alike piece."""
        self.actors[who].pick(number, by_scan=by_scan)

    @rule(who=ACTOR, number=NUMBER)
    def unpick(self, who: int, number: int) -> None:
        """A piece is put back on its shelf."""
        self.actors[who].unpick(number)

    @rule(who=ACTOR, number=NUMBER)
    def note(self, who: int, number: int) -> None:
        """What is picked for an institution gets its delivery note."""
        self.actors[who].note(number)

    @rule(who=ACTOR, number=NUMBER)
    def hand_over(self, who: int, number: int) -> None:
        """Something picked is handed over, with its note where it has one."""
        self.actors[who].hand_over(number)

    @rule(who=ACTOR, number=NUMBER, condition=GRADE)
    def come_back(self, who: int, number: int, condition: str) -> None:
        """A piece is returned and starts its next loop."""
        self.actors[who].come_back(number, condition)

    @rule(who=ACTOR, count=st.integers(2, 4), scanned=NUMBER, back=st.integers(0, 5))
    def whole_way(self, who: int, count: int, scanned: int, back: int) -> None:
        """From the van to the school in one go, and back again as far as somebody wants.

        One alike piece more than ordered is on the shelf, and the scanner may take that one.
        """
        hands = self.actors[who]
        self.registered += hands.receive(count + 1, "B", 1)
        hands.order(scanned, count)
        hands.pick(scanned, by_scan=True)
        for number in range(count):
            hands.pick(number, by_scan=False)
        hands.note(0)
        hands.hand_over(0)
        self.undo_chain(who, back)
        for number in range(back):
            hands.pick(number, by_scan=False)
        hands.hand_over(0)

    @rule(who=ACTOR, number=NUMBER)
    def undo(self, who: int, number: int) -> None:
        """Take one of the latest changes back, where nothing rests on it."""
        self.actors[who].undo(number)

    @rule(who=ACTOR, count=st.integers(2, 6))
    def undo_chain(self, who: int, count: int) -> None:
        """Take the latest changes back one after the other: hand-over, note, picks, order."""
        self.actors[who].undo_back(count)
        self.whole()

    @rule(days=st.sampled_from([1, 40, 400]))
    def wait(self, days: int) -> None:
        """Time passes; holds run out, life is used."""
        self.clock.advance(days=days)

    @invariant()
    def the_books_are_whole(self) -> None:
        """Nothing to find in what a step can touch, unless the whole check has just looked."""
        if self.checked == (self.kept, self.clock()):
            return
        findings = Findings(self.context.now())
        with self.context.read() as session:
            self.look_at_written(session, findings)
            for part in AFTER_EACH_STEP:
                part(session, findings)
        assert [check.text(finding) for finding in findings.found] == []

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


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Chain, tmp_path, steps=30)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Chain, postgres_cluster, steps=25)
