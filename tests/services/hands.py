"""What people do in a day from the van to the school, with whatever happens to be there.

Each act takes a number that chooses among the rows; nothing is done where there is none. A refusal
is an answer like another, everything else is a fault.
"""

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import cases, changes, deliveries, intake, orders, shop, stock
from moebelcirkel.services.context import Context, Done
from moebelcirkel.services.deliveries.returns import Returned, take_back
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.world import World

_DESTINATIONS: tuple[intake.Destination, ...] = ("shelf", "sale", "workshop")


class Hands:
    """One in the hall and one at an institution, and what they did and may take back."""

    def __init__(
        self, world: World, hall: str = "lager", leader: str = "leader", institution: int = 0
    ) -> None:
        self.world, self.institution = world, institution or world.school
        self.hall, self.leader = world.person(hall), world.person(leader)
        self.done: list[tuple[Context, int]] = []
        self.undone: list[tuple[Context, int]] = []
        self.made: list[int] = []
        self.refused = 0
        self._last: tuple[Context, Callable[[Context], Done], Done | None] | None = None

    def attempt(
        self, who: Context, call: Callable[..., Done], *args: Any, **more: Any
    ) -> Done | None:
        """Do it, unless a rule says no; what was done may be undone later."""
        own = who.with_request(uuid.uuid4().hex)
        return self._ask(own, lambda asker: call(asker, *args, **more))

    def _ask(self, own: Context, call: Callable[[Context], Done]) -> Done | None:
        self._last = own, call, None
        try:
            done = call(own)
        except Refused:
            self.refused += 1
            return None
        assert done.change_id is not None
        self._last = own, call, done
        self.done.append((own, done.change_id))
        self.made.append(done.change_id)
        return done

    def again(self) -> None:
        """The last request is sent once more, as after a lost connection: it acts only once."""
        if self._last is None:
            return
        own, call, answer = self._last
        if answer is None:
            self._ask(own, call)
        else:
            assert call(own) == answer

    def some(self, number: int, model: type[Any], *conditions: ColumnElement[bool]) -> Any | None:
        """One of the rows, if there are any."""
        query = select(model).where(*conditions).order_by(model.id)
        found = trade.rows(self.world.context, query)
        return found[number % len(found)] if found else None

    def unit(self, number: int, *states: str) -> Unit | None:
        """One of the pieces in these states, if there are any."""
        return self.some(number, Unit, Unit.state.in_(states))

    # --- the hall ------------------------------------------------------------------------------

    def receive(self, count: int, condition: str, to: int) -> int:
        """The van brings alike pieces; how many were registered."""
        part = intake.Part(condition, count, _DESTINATIONS[to], self.world.shelf)
        batch = intake.Batch(giver_id=self.world.home, article_id=self.world.chair, parts=(part,))
        return count if self.attempt(self.hall, intake.register, batch) else 0

    def to_workshop(self, number: int) -> None:
        """A piece goes to the bench."""
        if unit := self.unit(number, "received", "ready", "listed"):
            self.attempt(self.hall, cases.send, [unit.id])

    def repair(self, number: int, kind: int, condition: str) -> None:
        """A case gets a task done and is finished."""
        if case := self.some(number, Case, Case.state == "assess"):
            kinds = trade.rows(self.world.context, select(TaskTypeRow).order_by(TaskTypeRow.id))
            bench = self.world.person("bench")
            self.attempt(bench, cases.add_task, case.id, kinds[kind].id, done=True)
            self.attempt(bench, cases.finish, case.id, condition, place_id=self.world.shelf)

    def sell(self, number: int) -> None:
        """A piece goes on sale."""
        if unit := self.unit(number, "received", "ready"):
            self.attempt(self.hall, stock.put_on_sale, [unit.id])

    def take_off(self, number: int) -> None:
        """A piece is taken out of the shop."""
        if unit := self.unit(number, "listed"):
            self.attempt(self.hall, stock.take_off_sale, [unit.id])

    def scrap(self, number: int) -> None:
        """A piece is given up."""
        if unit := self.unit(number, "received", "ready", "listed", "workshop", "delivered"):
            self.attempt(self.hall, stock.scrap, [unit.id], "broken")

    # --- the institution -------------------------------------------------------------------------

    def hold(self, number: int, count: int) -> None:
        """Alike pieces are put into the basket."""
        if unit := self.unit(number, "listed"):
            key = shop.CardKey(unit.article_id, unit.condition, unit.price_ore or 0)
            self.attempt(self.leader, shop.hold, self.institution, key, count)

    def send(self) -> None:
        """The basket is ordered; what has gone meanwhile is left out next time."""
        self.attempt(self.leader, shop.set_answer, self.institution, Answer.YES)
        if self.attempt(self.leader, orders.send, self.institution) is None:
            self.attempt(self.leader, shop.forget_gone, self.institution)

    def approve(self) -> None:
        """Whatever waits is agreed to."""
        waiting = select(Order).where(Order.state == "awaiting")
        for order in trade.rows(self.world.context, waiting):
            self.attempt(self.world.person("approver"), orders.approve, order.id)

    def order(self, number: int, count: int) -> None:
        """Alike pieces are ordered; above the limit the approver agrees."""
        self.hold(number, count)
        self.send()
        self.approve()

    def cancel(self, number: int) -> None:
        """An order, or what is left of it, is taken back."""
        if order := self.some(number, Order, Order.state.in_(["awaiting", "approved"])):
            self.attempt(self.leader, orders.cancel, order.id)

    # --- from the shelf to the van ---------------------------------------------------------------

    def pick(self, number: int, *, by_scan: bool) -> None:
        """A line is picked, by click or by scanning any alike piece."""
        unit = self.unit(number, "ordered", *(["listed"] if by_scan else []))
        if unit is None:
            return
        if by_scan:
            self.attempt(self.hall, deliveries.pick_by_scan, unit.number)
            return
        own = OrderLine.unit_id == unit.id, OrderLine.state == "open"
        if line := self.some(0, OrderLine, *own):
            self.attempt(self.hall, deliveries.pick, [line.id])

    def unpick(self, number: int) -> None:
        """A piece is put back on its shelf."""
        if line := self.some(number, OrderLine, OrderLine.state == "picked"):
            self.attempt(self.hall, deliveries.unpick, [line.id])

    def note(self, number: int) -> None:
        """What is picked for an institution gets its delivery note."""
        if line := self.some(number, OrderLine, OrderLine.state == "picked"):
            order = trade.row(self.world.context, Order, line.order_id)
            self.attempt(self.hall, deliveries.prepare_note, order.institution_id)

    def hand_over(self, number: int) -> None:
        """Something picked is handed over, with its note where it has one."""
        if line := self.some(number, OrderLine, OrderLine.state == "picked"):
            if line.delivery_id is None:
                self.attempt(self.hall, deliveries.hand_over, line_ids=[line.id])
            else:
                self.attempt(self.hall, deliveries.hand_over, delivery_id=line.delivery_id)

    def come_back(self, number: int, condition: str) -> None:
        """A piece is returned and starts its next loop."""
        if unit := self.unit(number, "delivered"):
            pieces = [Returned(unit.number, condition)]
            self.attempt(self.hall, take_back, pieces, place_id=self.world.shelf)

    # --- and back --------------------------------------------------------------------------------

    def undo(self, number: int) -> None:
        """Take one of the latest changes back, where nothing rests on it."""
        if self.done:
            self._undo(-1 - number % min(4, len(self.done)))

    def undo_back(self, count: int) -> None:
        """Take the latest changes back, one after the other, as far as it goes."""
        for _time in range(min(count, len(self.done))):
            if not self._undo(-1):
                return

    def _undo(self, place: int) -> bool:
        who, change_id = self.done[place]
        try:
            done = changes.undo(who.with_request(uuid.uuid4().hex), change_id)
        except Refused:
            self.refused += 1
            return False
        del self.done[place]
        self.made.append(done.change_id or 0)
        self.undone.append((who, done.change_id or 0))
        return True
