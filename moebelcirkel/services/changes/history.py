"""History and undo: what was done, by whom, and taking it back."""

from dataclasses import dataclass, replace

from moebelcirkel.domain.errors import N_, Anew, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.changes import naming
from moebelcirkel.services.changes.kinds import declared
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.storage import undo as storage_undo
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import settlement as settlement_queries
from moebelcirkel.storage.queries.changes import ChangeFilter, ChangeRow, OthersChanges
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.work import AlreadyReversed, Session, gone, not_allowed

#: The kind of a change that does again what was undone; it is undone like any other.
REDO = "undo.redo"
declare("undo", Kind(stays="what it took back is done again instead"))
declare(REDO, Kind())

#: What was undone of these is not done again by itself: others may have acted on it meanwhile, or
#: it stands in books in which every row is answered once.
_ONLY_ANEW = frozenset(
    {
        "basket",
        "charge",
        "delivery",
        "figure_line",
        "hold",
        "order_line",
        "settlement_step",
        "shop_order",
        "unit_cost",
    }
)

_BASKETS = frozenset({"basket", "hold"})


@dataclass(frozen=True, slots=True)
class Undone(Done):
    """The kind of change that was undone or done again, and what it was about.

    ``settled`` is the settlement that has what this gives back or takes again. All but the kind are
    read after it: what is stored with an answer names nobody.
    """

    kind: str
    thing: str = ""
    created: bool = False
    settled: str = ""


def page(
    context: Context,
    wanted: ChangeFilter,
    *,
    first: int = 0,
    limit: int = 60,
    before_id: int | None = None,
) -> list[ChangeRow]:
    """A page, newest first: behind a known change, else from a number counted from 0."""
    context.require(Action.HISTORY)
    with context.read() as session:
        return change_queries.latest(
            session, wanted, before_id=before_id, limit=limit, offset=first
        )


def count(context: Context, wanted: ChangeFilter) -> int:
    """How many changes the filter leaves."""
    context.require(Action.HISTORY)
    with context.read() as session:
        return change_queries.count(session, wanted)


def actors(context: Context) -> list[tuple[int, str]]:
    """Everybody who has changed something, for the filter."""
    context.require(Action.HISTORY)
    with context.read() as session:
        return change_queries.actors(session)


def elsewhere(context: Context, seen: int | None) -> OthersChanges:
    """What others have touched since the change ``seen``; nothing where nothing was seen yet.

    Asked once a second by an open window, so that it also knows the server's clock as it is now.
    """
    if context.clock is None:
        context.database.ask_clock()
    with context.read() as session:
        return change_queries.elsewhere(session, seen, context.session)


def undo(context: Context, change_id: int) -> Undone:
    """Take a change back that one might have made: one's own, or with the history anybody's."""

    def body(work: Work) -> Undone:
        change = _need(work, change_id)
        kind = _check(work, change)
        known = declared().get(kind)
        if known is not None and known.own_rule is not None:
            known.own_rule(work, change)
        else:
            storage_undo.undo(work, change)
        return Undone(kind=kind)

    try:
        return _named(context, change_id, context.write("undo", None, body, reverses_id=change_id))
    except AlreadyReversed as error:
        # Two people undo the same change at once: the unique column lets one of them.
        raise _already_undone() from error


def redo(context: Context, change_id: int) -> Undone:
    """Do again what a change undid; refused where it has to be done anew."""

    def body(work: Work) -> Undone:
        change = _need(work, change_id)
        kind = _check_again(work, change)
        if kind == "intake.remove":
            first = _first(work.session, change).id
            intake_corrections.refuse_again(work, change_queries.keys(work.session, first, "unit"))
        storage_undo.undo(work, change)
        return Undone(kind=kind)

    try:
        return _named(context, change_id, context.write(REDO, None, body, reverses_id=change_id))
    except AlreadyReversed as error:
        raise _already_done_again() from error


def _named(context: Context, change_id: int, done: Undone) -> Undone:
    with context.read() as session:
        first = _first(session, session.get_one(Change, change_id))
        return replace(
            done,
            thing=naming.thing(session, first.id, first.kind),
            created=change_queries.has_created(session, first.id),
            settled=settlement_queries.settled_before(session, done.change_id or 0),
        )


def _need(work: Work, change_id: int) -> Change:
    change = work.session.get(Change, change_id)
    if change is None:
        raise gone()
    return change


def undoable(kind: str) -> bool:
    """Whether a change of this kind can be undone at all."""
    return not declared().get(kind, Kind()).stays


def may_undo(asker: Context | Work, kind: str, *, own: bool) -> bool:
    """Tell whether somebody has the right that a change of this kind needs."""
    known = declared().get(kind, Kind())
    needed = known.right if own else known.others
    return (own or asker.allows(Action.HISTORY)) and (needed is None or asker.allows(needed))


def _check(work: Work, change: Change) -> str:
    """The kind of what is undone; refuses what may not be."""
    if not undoable(change.kind):
        raise Refused(N_("This cannot be undone."))
    kind = _first(work.session, change).kind
    if not may_undo(work, kind, own=change.actor_id == work.actor_id):
        raise not_allowed()
    if change_queries.is_answered(work.session, change.id, but_by=work.change_id):
        raise _already_undone()
    return kind


def _check_again(work: Work, change: Change) -> str:
    """The kind of what is done again; refuses what has to be done anew."""
    if change.kind != "undo":
        raise Refused(N_("Only what was undone can be done again."))
    kind = _first(work.session, change).kind
    if not may_undo(work, kind, own=change.actor_id == work.actor_id):
        raise not_allowed()
    if change_queries.is_answered(work.session, change.id, but_by=work.change_id):
        raise _already_done_again()
    touched = change_queries.entities(work.session, change.id)
    if touched and touched <= _BASKETS:
        raise Anew(N_("Take it again in the shop: it is held for you from then on."))
    if _ONLY_ANEW & touched:
        raise Anew(
            N_(
                "It cannot be done again by itself, because it concerns orders or figures."
                " Do it anew on its page."
            )
        )
    return kind


def _first(session: Session, change: Change) -> Change:
    """What was done first, before it was undone and done again."""
    while change.reverses_id is not None:
        change = session.get_one(Change, change.reverses_id)
    return change


def _already_undone() -> Refused:
    return Refused(N_("It has already been undone."))


def _already_done_again() -> Refused:
    return Refused(N_("It has already been done again."))
