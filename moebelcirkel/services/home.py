"""What an institution has going on: what it needs, what it gave, what waits, and this year."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.figures import Sums
from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.domain.receipts import Standing as Receiving
from moebelcirkel.domain.repairs import FOR_OWNER
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import WantStanding
from moebelcirkel.services import orders, pickups, receipts, repairs, wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import OrderPage, OrderRow
from moebelcirkel.services.orders.lists import OPEN
from moebelcirkel.services.pickups import Fate, PickupPage, PickupRow
from moebelcirkel.services.receipts import Receipt, ReceiptPage
from moebelcirkel.services.repairs import RepairRow
from moebelcirkel.services.wants import ListedWant
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries.figures import sums as figure_queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.queries.orders import furniture
from moebelcirkel.storage.queries.orders.furniture import Names
from moebelcirkel.storage.queries.pickups import Given

#: So many of each kind are named; the rest is behind a line of its own.
MOST = 4
#: Reports whose furniture went nowhere.
_NOTHING = frozenset({PickupState.REFUSED, PickupState.WITHDRAWN, PickupState.VOID})


@dataclass(frozen=True, slots=True)
class Gift:
    """A report of one's own furniture, and where its pieces are now."""

    row: PickupRow
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class FurnitureNames:
    """What furniture orders, deliveries and reports are of, by their ids; the most pieces first."""

    orders: Names
    deliveries: Names
    reports: Names


@dataclass(frozen=True, slots=True)
class Home:
    """One's institutions together: the newest of each kind, and how many there are.

    ``wants`` have something held for them. ``asked`` are reports with a question of the
    warehouse, ``priced`` repairs whose price nobody has agreed to, and ``received`` is what came
    and nobody has confirmed. ``reported`` counts all reports, ``given`` is what was received from
    them this year, and ``sums`` what they got.
    """

    many: bool
    year: int
    orders: OrderPage
    wants: tuple[ListedWant, ...]
    to_approve: OrderPage
    asked: PickupPage
    priced: tuple[RepairRow, ...]
    received: ReceiptPage
    gifts: tuple[Gift, ...]
    names: FurnitureNames
    reported: int
    given: Given
    sums: Sums

    @property
    def waiting(self) -> int:
        """How much waits for the asker."""
        counted = self.to_approve.total, self.asked.total, self.received.total
        return sum(counted) + len(self.priced)


def home(context: Context) -> Home:
    """The start page of whoever belongs to institutions."""
    context.require(Action.HAND_IN)
    reach = context.reach(Action.HAND_IN)
    today = context.today()
    start = dt.date(today.year, 1, 1)
    reported = pickups.listed(context, states=frozenset(PickupState) - _NOTHING, limit=MOST)
    asked = pickups.listed(context, states=frozenset({PickupState.QUESTION}), limit=MOST)
    sent, decide, received = _orders(context), _to_approve(context), _received(context)
    with context.read() as session:
        fates = pickup_queries.fates_of(session, [row.id for row in reported.rows])
        given = pickup_queries.given(session, reach, start)
        year = Selection(start, today, context.now(), reach)
        sums = figure_queries.total(session, year)
        names = FurnitureNames(
            furniture.in_orders(session, _ids(*sent.rows, *decide.rows)),
            furniture.in_deliveries(session, _ids(*received.rows)),
            furniture.in_reports(session, _ids(*reported.rows, *asked.rows)),
        )
    return Home(
        many=reach is None or len(reach) > 1,
        year=today.year,
        orders=sent,
        wants=_found(context),
        to_approve=decide,
        asked=asked,
        priced=_priced(context),
        received=received,
        gifts=tuple(Gift(row, tuple(fates.get(row.id, ()))) for row in reported.rows),
        names=names,
        reported=reported.total,
        given=given,
        sums=sums,
    )


def _ids(*rows: OrderRow | Receipt | PickupRow) -> list[int]:
    return [row.id for row in rows]


def _orders(context: Context) -> OrderPage:
    if not context.allows(Action.ORDER_VIEW):
        return OrderPage((), 0)
    return orders.listed(context, states=OPEN, limit=MOST)


def _to_approve(context: Context) -> OrderPage:
    if not context.allows(Action.APPROVE):
        return OrderPage((), 0)
    return orders.waiting(context, limit=MOST)


def _priced(context: Context) -> tuple[RepairRow, ...]:
    """Repairs with a price that the asker can agree to."""
    return tuple(
        row
        for row in repairs.listed(context)
        if row.stage in FOR_OWNER and context.allows(Action.ORDER, row.listed.institution_id)
    )


def _received(context: Context) -> ReceiptPage:
    if not context.allows(Action.ORDER):
        return ReceiptPage((), 0)
    return receipts.listed(context, standing=Receiving.WAITING, limit=MOST)


def _found(context: Context) -> tuple[ListedWant, ...]:
    if not context.allows(Action.ORDER):
        return ()
    open_ones = wants.listed(context, open_only=True)
    return tuple(row for row in open_ones if row.standing is WantStanding.FOUND)
