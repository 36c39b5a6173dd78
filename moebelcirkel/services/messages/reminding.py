"""Reminders: approvals that wait too long, held furniture soon let go, loans due and overdue."""

import datetime as dt

from moebelcirkel.services.context import Context
from moebelcirkel.storage.messages import reminders
from moebelcirkel.storage.messages.writing import Origin, write
from moebelcirkel.storage.queries.messages import outbox
from moebelcirkel.storage.work import load_parameter, moment, not_allowed

_SOON = dt.timedelta(hours=24)


def remind(context: Context) -> int:
    """Write the reminders that are due, each once, however often it is asked; tells how many."""
    if context.actor.grants is not None:
        raise not_allowed()
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        days = int(load_parameter(session, "reminder_days"))
        drafts = reminders.of_orders(session, now, days) if days else []
        drafts += reminders.of_wants(session, now, _SOON)
        drafts += reminders.of_loans(session, now, int(load_parameter(session, "loan_due_days")))
        known = outbox.written_once(session, [draft.once for draft in drafts if draft.once])
        return write(session, Origin(now), [each for each in drafts if each.once not in known])
