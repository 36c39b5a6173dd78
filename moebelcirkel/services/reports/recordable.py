"""What has to be in order before a report is recorded: what it says then is said for good."""

import datetime as dt

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.reports import names
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.services.reports.rates import need_confirmed
from moebelcirkel.storage.queries.figures import sums
from moebelcirkel.storage.work import Session


def need_recordable(session: Session, asked: ReportScope, settled_at: dt.datetime) -> None:
    """Refuse on rates that nobody has confirmed, and on names that are lost."""
    need_confirmed(session)
    _need_names(session, asked, settled_at)


def _need_names(session: Session, asked: ReportScope, settled_at: dt.datetime) -> None:
    """A draft says of whom the name is lost; a seal would keep that where the name comes back."""
    receivers = set() if asked.institution_id is None else {asked.institution_id}
    categories: set[str] = set()
    for selection in (asked.selection(settled_at), asked.late(settled_at)):
        for receiver, category in sums.named(session, selection):
            categories.add(category)
            if receiver is not None:
                receivers.add(receiver)
    lost = [
        *names.institutions(session).lost(receivers),
        *names.categories(session).lost(categories),
    ]
    if lost:
        raise Refused(_LOST, lost="; ".join(lost))


#: What is said of a lost name refers to the check.
_LOST = N_("The report cannot be recorded: {lost}. Restore a copy from before that.")
