"""Moving the day a loan is to be returned."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import loans
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.queries import loans as loan_queries
from moebelcirkel.storage.tables.orders import Order


@dataclass(frozen=True, slots=True)
class LoanMoved(Done):
    """The loan that has another last day."""

    order_id: int
    number: str


@writes("loan.move", Action.RETURN)
def move(work: Work, order_id: int, until: dt.date, version: int | None = None) -> LoanMoved:
    """Let the pieces that are out stay until another day; what was booked stays as it is.

    The return puts figures and charge right by the real days, whatever was planned.
    """
    order = work.get(Order, order_id, version)
    if order.loan_until is None or not loan_queries.pieces_out(work.session, None, order_id):
        raise Refused(N_("Nothing of {number} is out on loan any more."), number=order.number)
    if until == order.loan_until:
        raise Refused(N_("That is the day it has already. Choose another one."), field="loan")
    loans.check_until(until, work.today)
    order.loan_until = until
    return LoanMoved(order_id=order.id, number=order.number)
