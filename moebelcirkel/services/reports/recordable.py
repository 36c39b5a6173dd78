"""What has to be in order before a report is recorded: what it says then is said for good."""

import datetime as dt
from collections.abc import Callable

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.reports import names
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.services.reports.rates import need_confirmed
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures import sums
from moebelcirkel.storage.work import Session


def need_recordable(
    session: Session,
    asked: ReportScope,
    settled_at: dt.datetime,
    progress: Callable[[int, int], object],
) -> None:
    """Refuse on rates that nobody has confirmed, on names that are lost, and on changed lines."""
    need_confirmed(session)
    _need_names(session, asked, settled_at)
    _need_lines(session, asked, settled_at, progress)


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


def _need_lines(
    session: Session,
    asked: ReportScope,
    settled_at: dt.datetime,
    progress: Callable[[int, int], object],
) -> None:
    """A draft counts lines as they stand; a seal would say for good what somebody made of them.

    At 100,000 pieces a year has 58,000 lines, and to prove them takes about as long as the rest.
    """
    from moebelcirkel.services.check import counted, spoiled  # the check loads the reports itself

    findings = Findings(settled_at)
    for selection in (asked.selection(settled_at), asked.late(settled_at)):
        ids = line_queries.line_ids(session, selection)
        counted.lines_are_as_written(session, findings, ids, progress)
    if findings.found:
        raise Refused(_CHANGED, what=spoiled.said(session, findings))


#: What is said of a lost name refers to the check.
_LOST = N_("The report cannot be recorded: {lost}. Restore a copy from before that.")
_CHANGED = N_(
    "The report cannot be recorded: figures in it were changed outside the program. {what} See the"
    " check of the figures, and restore a copy from before that."
)
