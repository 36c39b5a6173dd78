"""Any sequence of taking, losing, sending, deciding, cancelling and undoing keeps every piece."""

import contextlib
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import changes, deliveries, orders, shop
from moebelcirkel.services.context import SYSTEM, Context, Done
from moebelcirkel.storage.changes import Event
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import encode
from moebelcirkel.storage.orders import Order, OrderLine
from moebelcirkel.storage.shop import Hold
from moebelcirkel.storage.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.machines import SOURCE, on_postgresql, on_sqlite
from tests.world import World, build

PIECES = 6


class Trading(RuleBasedStateMachine):
    """Two institutions, an approver, the warehouse, and six alike chairs."""

    @initialize()
    def open(self) -> None:
        """Everything is on sale."""
        self.clock = Clock()
        self.database: Database = SOURCE["open"]()
        self.world: World = build(Context(self.database, SYSTEM, clock=self.clock))
        self.context = self.world.context
        trade.put_on_sale(self.world, PIECES)
        self.school = self.world.school
        self.neighbour = shopping.neighbour(self.world)
        self.done: list[tuple[Context, int]] = []

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "database"):
            SOURCE["close"](self.database)

    def buyer(self, *, here: bool) -> tuple[Context, int]:
        """Who buys, and for whom."""
        if here:
            return self.world.person("employee"), self.school
        return self.neighbour, self.world.home

    def remember(self, context: Context, done: Done) -> None:
        """What may be undone later."""
        assert done.change_id is not None
        self.done.append((context, done.change_id))

    def some(self, model: type[Any], number: int, **values: object) -> Any | None:
        """One of the rows, if there are any."""
        query = select(model).order_by(model.id).filter_by(**values)
        found = trade.rows(self.context, query)
        return found[number % len(found)] if found else None

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
            self.remember(who, shop.release(who, place, held[:count]))

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
        with contextlib.suppress(Refused):
            self.remember(who, orders.send(who, place))
            return
        shop.forget_gone(who, place)

    @rule(number=st.integers(0, 9), yes=st.booleans())
    def decide(self, number: int, yes: bool) -> None:
        """Approve or refuse."""
        order = self.some(Order, number, state="awaiting")
        if order is None:
            return
        leader = self.world.person("leader")
        with contextlib.suppress(Refused):
            done = (
                orders.approve(leader, order.id)
                if yes
                else orders.refuse(leader, order.id, "Vi har nok")
            )
            self.remember(leader, done)

    @rule(number=st.integers(0, 9), whole=st.booleans())
    def cancel(self, number: int, whole: bool) -> None:
        """Take an order back, or one line of it."""
        line = self.some(OrderLine, number, state="open")
        if line is None:
            return
        order = trade.row(self.context, Order, line.order_id)
        who = self.buyer(here=order.institution_id == self.school)[0]
        with contextlib.suppress(Refused):
            self.remember(who, orders.cancel(who, order.id, None if whole else [line.id]))

    @rule(number=st.integers(0, 9))
    def pick(self, number: int) -> None:
        """The warehouse picks a line."""
        line = self.some(OrderLine, number, state="open")
        if line is not None:
            lager = self.world.person("lager")
            with contextlib.suppress(Refused):
                self.remember(lager, deliveries.pick(lager, [line.id]))

    @rule(number=st.integers(0, 9))
    def undo(self, number: int) -> None:
        """Take one of the latest changes back."""
        if not self.done:
            return
        who, change_id = self.done[-1 - number % min(3, len(self.done))]
        with contextlib.suppress(Refused):
            changes.undo(who, change_id)
            self.done.remove((who, change_id))

    @invariant()
    def every_piece_is_in_one_place(self) -> None:
        """States, open lines and baskets agree for each piece."""
        if not hasattr(self, "database"):
            return
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
        if not hasattr(self, "database"):
            return
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
        if not hasattr(self, "database"):
            return
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
                    assert not states["open"] + states["picked"]
                if order.state == "awaiting":
                    assert not states["picked"]

    @invariant()
    def holds_equal_their_events(self) -> None:
        """The rows are what the events say."""
        if not hasattr(self, "database"):
            return
        told: dict[str, dict[str, Any]] = {}
        with self.context.read() as session:
            events = select(Event).where(Event.entity == "hold").order_by(Event.id)
            for event in session.scalars(events):
                if event.after is None:
                    told.pop(event.entity_id)
                else:
                    told.setdefault(event.entity_id, {}).update(event.after)
            rows = {
                str(hold.unit_id): {
                    name: encode(getattr(hold, name))
                    for name in ("unit_id", "basket_id", "exact", "answer", "expires_at")
                }
                for hold in session.scalars(select(Hold))
            }
        assert told == rows


def test_on_sqlite(sqlite_file: Path) -> None:
    on_sqlite(Trading, sqlite_file, steps=25)


def test_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Trading, postgres_cluster, steps=20)
