"""Whether the clock can be right: said at the start, before anything is written by a wrong one."""

import datetime as dt

from moebelcirkel.domain.errors import ClockDoubt
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.start import setup
from moebelcirkel.storage import beginning
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import login as login_queries

#: A PC that is further off than this from the shared database's clock is told.
_NOTICED = dt.timedelta(minutes=1)


def doubt(context: Context) -> ClockDoubt | None:
    """Why this PC's clock cannot be right, on SQLite; example data has a calendar of its own."""
    if not context.database.is_sqlite or context.clock is not None:
        return None
    with context.read() as session:
        newest = beginning.newest_change(session)
    now = context.now()
    if newest is None or not beginning.doubtful(now, newest) or context.parameter("demo"):
        return None
    return beginning.clock_doubt(now, newest)


@writes(beginning.CLOCK_KIND, None, Kind(stays="what was said of the clock was true then"))
def confirm(work: Work) -> Done:
    """Say that this PC's clock is right: from now on it is measured by this moment.

    What an update could not bring while the clock was in doubt comes along. Waits after wrong
    tries at log-in begin anew, so that no clock that is set shortens one.
    """
    login_queries.keep_tries(work.session, work.now)
    setup.bring_newest_set(work)
    return Done()


def off(context: Context) -> dt.timedelta | None:
    """How far this PC is off from the shared database's clock, where that is worth telling."""
    ahead = context.database.ahead
    return ahead if abs(ahead) > _NOTICED else None
