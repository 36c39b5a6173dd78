"""The day that is promised to whoever orders."""

import datetime as dt

from moebelcirkel.domain.orders import Small, promised_on, small_order
from moebelcirkel.domain.runs import closing_weeks
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Session, load_parameter


def small_now(session: Session, total_ore: int, today: dt.date) -> Small | None:
    """What applies to an order of so much that is small; off until the municipality sets it."""
    return small_order(
        total_ore,
        int(load_parameter(session, "small_order_ore")),
        int(load_parameter(session, "small_fee_ore")),
        int(load_parameter(session, "small_weekday")),
        today,
    )


def promise(session: Session, institution: Institution, ordered: dt.date) -> dt.date:
    """The last day on which what is ordered that day comes to the institution."""
    lead = int(load_parameter(session, "lead_days"))
    closed = closing_weeks(institution.closed_weeks or "")
    return promised_on(ordered, lead, institution.weekday, closed)
