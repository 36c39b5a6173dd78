"""A basket that is to be a loan: until when, and what each piece costs until then."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import loans
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.tables.shop import Basket
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class Loan:
    """The day the pieces are to be returned, and what each costs a day until then."""

    until: dt.date
    days: int
    rate_ore: int

    @property
    def price_ore(self) -> int:
        """What one piece costs for all of the days."""
        return loans.price_ore(self.rate_ore, self.days)


def loan_of(session: Session, basket: Basket, today: dt.date) -> Loan | None:
    """The loan that a basket is; None where it is for good."""
    if basket.loan_until is None:
        return None
    days = loans.days_between(today, basket.loan_until)
    return Loan(basket.loan_until, days, int(load_parameter(session, "loan_rate_ore")))


def take_loan(work: Work, basket: Basket) -> Loan | None:
    """The loan that a basket is sent as; the next one is for good again."""
    found = loan_of(work.session, basket, work.today)
    if found is not None:
        loans.check_until(found.until, work.today)
        basket.loan_until = None
    return found


@writes("shop.loan", Action.ORDER)
def set_loan(work: Work, institution_id: int, until: dt.date | None) -> Done:
    """Make the basket a loan until a day, or have it for good."""
    work.require(Action.ORDER, institution_id)
    if until is not None:
        loans.check_until(until, work.today)
    shop_holds.open_basket(work, institution_id).loan_until = until
    return Done()
