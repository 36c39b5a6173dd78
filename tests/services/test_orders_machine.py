"""Any sequence of taking, losing, sending, deciding, cancelling and undoing keeps every piece."""

import contextlib
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import deliveries, orders, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.events import encode
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import shopping
from tests.services.machines import Machine, on_postgresql, on_sqlite

PIECES = 6


#: What is told of a piece in a basket.
HELD = ("unit_id", "basket_id", "exact", "answer", "want_id", "expires_at")


class Trading(Machine):
    """Two institutions, an approver, the warehouse, and six alike chairs."""

    @initialize()
    def open(self) -> None:
        """Everything is on sale."""
        super().open()
        trade.put_on_sale(self.world, PIECES)
        self.school = self.world.school
        self.neighbour = shopping.neighbour(self.world)

    def buyer(self, *, here: bool) -> tuple[Context, int]:
        """Who buys, and for whom."""
        if here:
            return self.world.person("employee"), self.school
        return self.neighbour, self.world.home

    @rule(here=st.booleans(), count=st.integers(1, 4))
    def take(self, here: bool, count: int) -> None:
        """Put some into a basket."""
        who, place = self.buyer(here=here)
        with contextlib.suppress(Refused):
            shop.hold(who, place, shopping.key(self.world), count)

    @rule(here=st.booleans(), count=st.integers(1, 3))
    def put_back(self, here: bool, count: int) -> None:
        """Take some out of it."""
        who, place = self.buyer(here=here)
        held = [each.unit_id for line in shop.basket(who, place).lines for each in line.held]
        if held:
            assert self.attempt(who, shop.release, place, held[:count])

    @rule(minutes=st.sampled_from([10, 31]))
    def wait(self, minutes: int) -> None:
        """Holds run out."""
        self.clock.advance(minutes=minutes)

    @rule(here=st.booleans())
    def extend(self, here: bool) -> None:
        """Hold anew what is still there."""
        shop.extend(*self.buyer(here=here))

    @rule(here=st.booleans())
    def send(self, here: bool) -> None:
        """Order all of it, after going on without what is gone."""
        who, place = self.buyer(here=here)
        if self.attempt(who, shopping.send, place) is None:
            shop.forget_gone(who, place)

    @rule(number=st.integers(0, 9), yes=st.booleans())
    def decide(self, number: int, yes: bool) -> None:
        """Approve or refuse."""
        order = self.some(number, Order, Order.state == "awaiting")
        if order is None:
            return
        leader = self.world.person("leader")
        if yes:
            self.attempt(leader, orders.approve, order.id)
        else:
            self.attempt(leader, orders.refuse, order.id, "Vi har nok")

    @rule(number=st.integers(0, 9), whole=st.booleans())
    def cancel(self, number: int, whole: bool) -> None:
        """Take an order back, or one line of it."""
        line = self.some(number, OrderLine, OrderLine.state == "open")
        if line is None:
            return
        order = trade.row(self.context, Order, line.order_id)
        who = self.buyer(here=order.institution_id == self.school)[0]
        self.attempt(who, orders.cancel, order.id, None if whole else [line.id])

    @rule(number=st.integers(0, 9))
    def pick(self, number: int) -> None:
        """The warehouse picks a line."""
        line = self.some(number, OrderLine, OrderLine.state == "open")
        if line is not None:
            self.attempt(self.world.person("lager"), deliveries.pick, [line.id])

    @invariant()
    def every_piece_is_in_one_place(self) -> None:
        """States, open lines and baskets agree for each piece."""
        with self.context.read() as session:
            units = list(session.scalars(select(Unit)))
            holds = list(session.scalars(select(Hold)))
            lines = session.scalars(
                select(OrderLine).where(OrderLine.state.in_(["open", "picked"]))
            )
            kept = {line.unit_id: line.state for line in lines}
        assert len(units) == PIECES
        held = {hold.unit_id for hold in holds}
        for unit in units:
            expected = {"open": "ordered", "picked": "picked"}.get(kept.get(unit.id, ""), "listed")
            assert unit.state == expected
            assert not (unit.id in held and unit.id in kept)

    @invariant()
    def what_is_shown_is_what_there_is(self) -> None:
        """Never less than nothing, and never a piece twice."""
        free = 0
        listed = len(trade.rows(self.context, select(Unit).where(Unit.state == "listed")))
        for here in (True, False):
            who, place = self.buyer(here=here)
            for card in shop.search(who, Query(), place).cards:
                assert 0 <= card.mine <= card.available <= listed
                assert card.free >= 0
                free = card.free
        assert free <= listed

    @invariant()
    def order_totals_are_their_lines(self) -> None:
        """An order costs what is left of it; its state fits its lines."""
        with self.context.read() as session:
            for order in session.scalars(select(Order)):
                query = select(OrderLine).where(OrderLine.order_id == order.id)
                lines = list(session.scalars(query))
                states = Counter(line.state for line in lines)
                if order.state in ("awaiting", "approved"):
                    left = [line for line in lines if line.state in ("open", "picked")]
                    assert order.total_ore == sum(line.price_ore for line in left)
                    assert left
                else:
                    assert not states[LineState.OPEN] + states[LineState.PICKED]
                if order.state == "awaiting":
                    assert not states[LineState.PICKED]

    @invariant()
    def holds_equal_their_events(self) -> None:
        """The rows are what the events say."""
        told: dict[str, dict[str, Any]] = {}
        with self.context.read() as session:
            events = select(Event).where(Event.entity == "hold").order_by(Event.id)
            for event in session.scalars(events):
                if event.after is None:
                    told.pop(event.entity_id)
                else:
                    told.setdefault(event.entity_id, {}).update(event.after)
            rows = {
                str(hold.unit_id): {name: encode(getattr(hold, name)) for name in HELD}
                for hold in session.scalars(select(Hold))
            }
        assert told == rows


def test_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Trading, tmp_path, steps=25)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Trading, postgres_cluster, steps=20)
