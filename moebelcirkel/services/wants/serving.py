"""Holds that have run out pass to the next in line: asked for by windows and by the scheduler.

What a write makes free is given on with that write (``storage/want_serving.py``).
"""

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage import shop_holds, want_serving
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.want_serving import Served
from moebelcirkel.storage.work import not_allowed

_NOTHING = Served(unit_ids=(), want_ids=())

declare(want_serving.KIND, Kind(stays="what was found is let go in the basket, or with its want"))


def is_due(context: Context) -> bool:
    """Whether something is free that somebody waits for, and may be held for them.

    Where each person is an account of the server's, nobody writes in the program's own name.
    """
    if context.actor.grants is not None:
        raise not_allowed()
    with context.read() as session:
        if shop_holds.is_somebodys(session) or not want_queries.any_open(session):
            return False
        return bool(want_serving.matches(session, context.now()))


def serve(context: Context) -> Served:
    """Hold all that is free and wanted; asked again, or by two at once, nothing is held twice."""
    context.require_role()
    try:
        return context.write(want_serving.KIND, None, _serve)
    except _Done:
        return _NOTHING


class _Done(Refused):
    """Somebody else was faster: nothing is left to write."""


def _serve(work: Work) -> Served:
    found = want_serving.matches(work.session, work.now)
    if not found:
        raise _Done(N_("There is nothing to do."))
    return want_serving.hold(work, found)
