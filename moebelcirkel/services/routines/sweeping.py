"""What nobody asks for any more: files of interrupted copies, old tries of passwords, old runs."""

import datetime as dt
from pathlib import Path

from moebelcirkel.domain import users
from moebelcirkel.services import wants
from moebelcirkel.services.context import Context
from moebelcirkel.storage.copies import parts
from moebelcirkel.storage.location import sweep as swept_beside
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.queries import messages as message_queries
from moebelcirkel.storage.queries import routines as queries
from moebelcirkel.storage.work import moment, not_allowed

#: So long messages stand in the program.
MESSAGES_KEPT = dt.timedelta(days=365)
#: No wrong try counts longer than this.
_REMEMBERED = max(
    each.forgotten for each in (users.OF_A_LOGIN, users.OF_A_NAME, users.OF_A_STATION)
)


def sweep(context: Context) -> int:
    """Remove it; tells how much that was."""
    if context.actor.grants is not None:
        raise not_allowed()
    count = 0
    if context.database.is_sqlite:
        file = Path(str(context.database.url.database)).absolute()
        count += len(swept_beside(file))
        parts.sweep(file.parent)
    count += wants.forget_demand(context)
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        login_queries.forget_old_tries(session, now - _REMEMBERED)
        kept = [run.id for run in queries.newest(session).values()]
        count += message_queries.forget_old(session, now - MESSAGES_KEPT)
        return count + queries.forget_old(session, now, kept)
