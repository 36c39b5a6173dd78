"""Holds that have run out pass to the next in line: asked for by windows and by the scheduler.

What a write makes free is given on with that write (``storage/want_serving.py``).
"""

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.start import login
from moebelcirkel.storage import shop_holds, want_serving
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.want_serving import Served
from moebelcirkel.storage.work import not_allowed

_NOTHING = Served(unit_ids=(), want_ids=())

declare(want_serving.KIND, Kind(stays="what was found is let go in the basket, or with its want"))


def is_due(context: Context) -> bool:
    """Whether something is free that somebody waits for, and may be held for them."""
    if context.actor.grants is not None:
        raise not_allowed()
    with context.read() as session:
        if not want_queries.any_open(session):
            return False
        found = bool(want_serving.matches(session, context.now()))
    return found and _in_whose_name(context) is not None


def serve(context: Context) -> Served:
    """Hold all that is free and wanted; asked again, or by two at once, nothing is held twice."""
    context.require_role()
    own = _in_whose_name(context)
    if own is None:
        return _NOTHING
    try:
        return own.write(want_serving.KIND, None, _serve)
    except _Done:
        return _NOTHING


def _in_whose_name(context: Context) -> Context | None:
    """Where each person is an account of the server's, that person's: no other is let write.

    ``None`` where the person has been closed out meanwhile.
    """
    with context.read() as session:
        if not shop_holds.is_somebodys(session):
            return context
    try:
        actor = login.log_in_by_server(context)
    except Refused:
        return None
    return None if actor is None else context.as_actor(actor)


class _Done(Refused):
    """Somebody else was faster: nothing is left to write."""


def _serve(work: Work) -> Served:
    found = want_serving.matches(work.session, work.now)
    if not found:
        raise _Done(N_("There is nothing to do."))
    return want_serving.hold(work, found)
