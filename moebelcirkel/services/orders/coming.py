"""The ways in which an order can come, each with its fee and the day that is promised."""

import datetime as dt

from moebelcirkel.domain.orders import Pace, Small, Way, promised_on, small_order
from moebelcirkel.domain.runs import closing_weeks, next_delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Session, load_parameter


def small_now(session: Session, total_ore: int, today: dt.date, opens: dt.date) -> Small | None:
    """What applies to an order of so much that is small; off until the municipality sets it.

    What waits longer anyhow, for a round or for the workshop, has no fee to save.
    """
    small = small_order(
        total_ore,
        int(load_parameter(session, "small_order_ore")),
        int(load_parameter(session, "small_fee_ore")),
        int(load_parameter(session, "small_weekday")),
        today,
    )
    return small if small is not None and opens <= small.waits_for else None


def ways(
    session: Session, institution: Institution, total_ore: int, today: dt.date, opens: dt.date
) -> tuple[Way, ...]:
    """How an order of so much can come: the usual way first, then what costs a fee.

    What waits for a round counts as ordered when that ``opens``. Urgent ones are offered where
    they come sooner than all others; their fee is the only one.
    """
    small = small_now(session, total_ore, today, opens)
    soonest = promise(session, institution, opens)
    found = [Way(Pace.USUAL, 0, soonest)]
    if small is not None:
        waits = promise(session, institution, small.waits_for)
        found = [Way(Pace.USUAL, 0, waits), Way(Pace.NOW, small.fee_ore, soonest)]
    days = int(load_parameter(session, "urgent_days"))
    closed = closing_weeks(institution.closed_weeks or "")
    if days and (day := next_delivery(opens, None, closed, days)) < soonest:
        fee = int(load_parameter(session, "urgent_fee_ore"))
        found.append(Way(Pace.URGENT, fee, day, days))
    return tuple(found)


def promise(session: Session, institution: Institution, ordered: dt.date) -> dt.date:
    """The last day on which what is ordered that day comes to the institution."""
    lead = int(load_parameter(session, "lead_days"))
    closed = closing_weeks(institution.closed_weeks or "")
    return promised_on(ordered, lead, institution.weekday, closed)
