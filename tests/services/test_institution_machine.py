"""Any sequence of offering, wanting, holding, ordering, lending, deciding and undoing holds.

The school and the home reach for the same chairs; what is offered stands with the school until
somebody fetches it. After every step what is held, ordered, lent and booked must agree, and at the
end the whole check has nothing to say.
"""

import contextlib
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Why
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import check, deliveries, intake, loans, orders, shop, wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.services.intake import Batch, Part, ReportOrigin
from moebelcirkel.storage.checks import figures as check_figures
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want
from tests import trade
from tests.services import reported, shopping, wanting
from tests.services.machines import Machine, on_postgresql, on_sqlite
from tests.services.sound import assert_whole

SHELVED = 4
NUMBER = st.integers(0, 9)
HERE = st.booleans()
AFTER_EACH_STEP = (
    check.figures_equal_inputs,
    check_figures.corrections_are_single,
    check_figures.prices_are_those_ordered,
    check_states.units_match_orders,
    check_states.units_match_baskets,
    check_states.wants_are_kept,
    check_states.orders_add_up,
    check_states.fees_are_charged_once,
    check_states.pieces_match_lines,
    check_states.pieces_match_reports,
    check_states.changes_explain_states,
)


class Institutions(Machine):
    """An employee of the school and a leader of the home, an approver, and the warehouse."""

    @initialize()
    def open(self) -> None:
        """Some chairs are on the shelf, and the school has told of more."""
        super().open()
        trade.put_on_sale(self.world, SHELVED)
        self.lager = self.world.person("lager")
        self.home = shopping.person(self.world, "hjemleder", (Role.LEADER, self.world.home))
        both = [(Role.APPROVER, place) for place in (self.world.school, self.world.home)]
        self.approver = shopping.person(self.world, "begge", *both)
        self.pickup = reported.accepted(self.world)

    def buyer(self, *, here: bool) -> tuple[Context, int]:
        """Who asks, and for whom."""
        if here:
            return self.world.person("employee"), self.world.school
        return self.home, self.world.home

    @rule(count=st.integers(1, 2))
    def offer(self, count: int) -> None:
        """Pieces of the report are on sale where they stand, at no price or as the rule has it."""
        batch = Batch(
            article_id=self.world.chair,
            parts=(Part("B", count, "sale", None),),
            origin=ReportOrigin(self.pickup, reported.line_of(self.lager, self.pickup)),
            at_giver=True,
        )
        self.attempt(self.lager, intake.register, batch)

    @rule(here=HERE, pieces=st.integers(1, 3))
    def want(self, here: bool, pieces: int) -> None:
        """Say what is missing; what is free is held at once."""
        who, place = self.buyer(here=here)
        self.attempt(who, wants.create, place, wanting.form(who, pieces=pieces, words="kontorstol"))

    @rule(number=NUMBER)
    def end_want(self, number: int) -> None:
        """It is not needed any more."""
        if row := self.some(number, Want, Want.state == "open"):
            self.attempt(self._of(row.institution_id), wants.end, row.id)

    @rule(number=NUMBER, all_of_it=st.booleans())
    def order_wanted(self, number: int, all_of_it: bool) -> None:
        """What was found is ordered by one click, or some of it."""
        row = self.some(number, Want, Want.state == "open")
        if row is None:
            return
        who = self._of(row.institution_id)
        held = wanting.held(who, row.id)
        self.attempt(who, wants.order, row.id, held if all_of_it else held[:1])

    @rule(here=HERE, number=NUMBER, count=st.integers(1, 3))
    def take(self, here: bool, number: int, count: int) -> None:
        """Put alike pieces into the basket."""
        if unit := self.some(number, Unit, Unit.state == "listed"):
            key = shop.CardKey(unit.article_id, unit.condition, unit.price_ore or 0)
            who, place = self.buyer(here=here)
            self.attempt(who, shop.hold, place, key, count)

    @rule(here=HERE, count=st.integers(1, 3))
    def put_back(self, here: bool, count: int) -> None:
        """Take some out of it."""
        who, place = self.buyer(here=here)
        held = [each.unit_id for line in shop.basket(who, place).lines for each in line.held]
        if held:
            self.attempt(who, shop.release, place, held[:count])

    @rule(here=HERE, days=st.sampled_from([None, 5, 40]))
    def lend(self, here: bool, days: int | None) -> None:
        """The basket is a loan, or for good again."""
        who, place = self.buyer(here=here)
        until = None if days is None else self.context.today() + dt.timedelta(days=days)
        self.attempt(who, shop.set_loan, place, until)

    @rule(here=HERE)
    def send(self, here: bool) -> None:
        """Order all of it, after going on without what is gone."""
        who, place = self.buyer(here=here)
        if self.attempt(who, shopping.send, place) is None:
            with contextlib.suppress(Refused):
                shop.forget_gone(who, place)

    @rule(number=NUMBER, yes=st.booleans(), own=st.booleans())
    def decide(self, number: int, yes: bool, own: bool) -> None:
        """Approve or refuse; who ordered it cannot."""
        order = self.some(number, Order, Order.state == "awaiting")
        if order is None:
            return
        who = self._of(order.institution_id) if own else self.approver
        if yes:
            done = self.attempt(who, orders.approve, order.id)
        else:
            done = self.attempt(who, orders.refuse, order.id, "Vi har nok")
        assert done is None or not own

    @rule(number=NUMBER, whole=st.booleans())
    def cancel(self, number: int, whole: bool) -> None:
        """Take an order back, or one line of it."""
        line = self.some(number, OrderLine, OrderLine.state == "open")
        if line is not None:
            order = trade.row(self.context, Order, line.order_id)
            lines = None if whole else [line.id]
            self.attempt(self._of(order.institution_id), orders.cancel, order.id, lines)

    @rule(number=NUMBER, handed=st.booleans())
    def deliver(self, number: int, handed: bool) -> None:
        """Pick a line, and hand it over."""
        line = self.some(number, OrderLine, OrderLine.state.in_(["open", "picked"]))
        if line is None:
            return
        if line.state == "open":
            self.attempt(self.lager, deliveries.pick, [line.id])
        if handed:
            self.attempt(self.lager, deliveries.hand_over, line_ids=[line.id])

    @rule(here=HERE, days=st.sampled_from([None, 5, 40]), number=NUMBER)
    def whole_way(self, here: bool, days: int | None, number: int) -> None:
        """A basket becomes a loan or not, is sent, agreed to, and handed over."""
        self.take(here, number, 2)
        self.lend(here, days)
        self.send(here)
        for order in trade.rows(self.context, select(Order).where(Order.state == "awaiting")):
            self.attempt(self.approver, orders.approve, order.id)
        for line in trade.rows(self.context, select(OrderLine).where(OrderLine.state == "open")):
            self.attempt(self.lager, deliveries.pick, [line.id])
            self.attempt(self.lager, deliveries.hand_over, line_ids=[line.id])

    @rule(number=NUMBER)
    def not_there(self, number: int) -> None:
        """What was ordered is gone when it is to be fetched."""
        if line := self.some(number, OrderLine, OrderLine.state == "open"):
            self.attempt(self.lager, orders.call_off, line.order_id, Why.NOT_FOUND, [line.id])

    @rule(number=NUMBER)
    def come_back(self, number: int) -> None:
        """A piece is returned, lent or not."""
        if unit := self.some(number, Unit, Unit.state.in_(["delivered", "lent"])):
            pieces = [Returned(unit.number, "B")]
            self.attempt(self.lager, deliveries.take_back, pieces, place_id=self.world.shelf)

    @rule(number=NUMBER, how=st.sampled_from([loans.keep, loans.lose]))
    def stay_away(self, number: int, how: Any) -> None:
        """What was lent is kept, or lost."""
        if order := self.some(number, Order, Order.loan_until.is_not(None)):
            self.attempt(self.lager, how, order.id)

    @rule(days=st.sampled_from([0, 4, 30]))
    def wait(self, days: int) -> None:
        """Holds run out and pass on, loans are overdue, wants expire."""
        self.clock.advance(days=days, minutes=31)
        wants.serve(self.context)

    def _of(self, institution_id: int) -> Context:
        return self.buyer(here=institution_id == self.world.school)[0]

    @invariant()
    def every_piece_is_in_one_place(self) -> None:
        """States, open lines and baskets agree for each piece."""
        with self.context.read() as session:
            units = {unit.id: unit for unit in session.scalars(select(Unit))}
            holds = list(session.scalars(select(Hold)))
            lines = select(OrderLine).where(OrderLine.state.in_(["open", "picked"]))
            kept = Counter(line.unit_id for line in session.scalars(lines))
        assert not kept or max(kept.values()) == 1
        assert not kept.keys() & {hold.unit_id for hold in holds}
        for unit in units.values():
            assert (unit.id in kept) == (unit.state in ("ordered", "picked"))
            assert (unit.holder_id is not None) == (unit.state in ("delivered", "lent"))

    @invariant()
    def nothing_is_found_beyond_what_is_wanted(self) -> None:
        """Held and ordered for a want are never more than it asks for."""
        with self.context.read() as session:
            alive = select(Hold).where(Hold.expires_at > self.clock())
            found = [hold.want_id for hold in session.scalars(alive)]
            ordered = select(OrderLine).where(OrderLine.state.in_(["open", "picked", "delivered"]))
            found += [line.want_id for line in session.scalars(ordered)]
            asked = {row.id: row.pieces for row in session.scalars(select(Want))}
            baskets = {row.id: row.institution_id for row in session.scalars(select(Basket))}
        assert set(baskets.values()) <= {self.world.school, self.world.home}
        for want_id, count in Counter(key for key in found if key is not None).items():
            assert count <= asked[want_id]

    @invariant()
    def the_check_finds_nothing(self) -> None:
        """Pieces, lines, loans, figures and charges agree."""
        findings = Findings(self.context.now())
        with self.context.read() as session:
            for part in AFTER_EACH_STEP:
                part(session, findings)
        assert [check.text(each) for each in findings.found] == []

    def teardown(self) -> None:
        """At the end the whole check has nothing to say."""
        if hasattr(self, "world"):
            assert_whole(self.world)
        super().teardown()


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Institutions, tmp_path, steps=25)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Institutions, postgres_cluster, steps=20)
