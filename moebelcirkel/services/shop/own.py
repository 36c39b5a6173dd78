"""What a person keeps in the shop, at whatever PC: lists of types, searches, and what was seen.

Each is its person's alone: nobody else reads it, and only an administrator may take a change back.
"""

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, ClockDoubt, Refused, Unavailable
from moebelcirkel.domain.fields import Fields, required_text
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Done, Saved, Work, writes
from moebelcirkel.services.shop.lists import MOST_TYPES, clear, meant, put
from moebelcirkel.storage import registers, undo
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries.shop import lists as list_queries
from moebelcirkel.storage.queries.shop import own as queries
from moebelcirkel.storage.tables.shop import OwnList, OwnListType
from moebelcirkel.storage.work import gone, moment, not_allowed

#: More would be no short way any more.
MOST_LISTS, MOST_SEARCHES, MOST_SEEN = 30, 12, 12
_OWN = Kind(others=Action.USERS)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A list with the names of its types in a line each, or a search without any."""

    id: int
    version: int
    name: str
    types: str
    type_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Own:
    """All that one person keeps; ``seen`` are ids of types, the newest first."""

    lists: tuple[OwnRow, ...] = ()
    searches: tuple[OwnRow, ...] = ()
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOver(Done):
    """The last list or search of a PC that is kept now, and how many searches are not."""

    id: int
    searches_left_out: int


def kept(context: Context) -> Own:
    """What the asker keeps."""
    context.require(Action.SHOP)
    user_id = context.actor.user_id
    if user_id is None:
        return Own()
    with context.read() as session:
        found = [queries.kept(session, user_id, search=search) for search in (False, True)]
        types = list_queries.types(session, [row.id for row in found[0]], OwnListType)
        lists, searches = (tuple(_row(row, types.get(row.id, [])) for row in of) for of in found)
        return Own(lists, searches[::-1], tuple(queries.seen(session, user_id)))


def _row(row: OwnList, types: Sequence[tuple[int, str]]) -> OwnRow:
    names = "\n".join(dict.fromkeys(name for _key, name in types))
    return OwnRow(row.id, row.version, row.name, names, frozenset(key for key, _name in types))


def saw(context: Context, article_id: int) -> None:
    """Note that one looked at a type; it is no change, and where it cannot be noted it is not.

    Nothing is noted of who may not log in any more: it would outlive what was erased of them.
    """
    context.require(Action.SHOP)
    user_id = context.actor.user_id
    if user_id is None:
        return
    with contextlib.suppress(Unavailable, ClockDoubt), context.database.write() as session:
        if not queries.may_log_in(session, user_id):
            return
        now = moment(session, context.database, context.clock and context.clock())
        today = queries.standing(session, [article_id]).values()
        queries.see(session, user_id, [*today], now, MOST_SEEN)


@writes("own.save", Action.SHOP, _OWN)
def save_own(
    work: Work, name: str, types: str = "", list_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a list, or name and fill one anew; ``types`` has a number or a name in each line."""
    row = None if list_id is None else _own(work, list_id, version, search=False)
    fields = Fields()
    meant_types: list[int] = []
    with fields.field("name"):
        name = required_text(name, limits.NAME)
        if (known := _called(work, name)) is not None and known is not row:
            raise Refused(N_("You have a list called “{name}” already."), name=name)
    with fields.field("types"):
        meant_types = meant(work.session, types)
    fields.finish()
    row = row or _made(work, name)
    done = registers.keep(work, row, {"name": name})
    put(work, row, OwnListType, meant_types)
    return done


@writes("own.mark", Action.SHOP, _OWN)
def mark(
    work: Work, article_id: int, list_id: int | None = None, name: str = "", *, on: bool = True
) -> Saved:
    """Put a type on a list or take it off; without its id, the list of that name, made if need be.

    Where somebody at another PC did the same just now, there is nothing to do.
    """
    name = name if list_id is not None else required_text(name, limits.NAME)
    if list_id is None:
        row = _called(work, name) or _made(work, name)
    else:
        row = _own(work, list_id, search=False)
    there = list_queries.rows_of(work.session, row.id, OwnListType)
    today = queries.standing(work.session, [article_id]).get(article_id)
    if today is None:
        raise gone()
    if on:
        _add(work, row, [today], {each.article_id for each in there})
    for each in there:
        if each.article_id == today and not on:
            work.session.delete(each)
    work.session.flush()
    return Saved(id=row.id)


@writes("own.search", Action.SHOP, _OWN)
def keep_search(work: Work, text: str) -> Saved:
    """Keep a search, to be made again."""
    return Saved(id=_searched(work, required_text(" ".join(text.split()), limits.NAME)).id)


@writes("own.delete", Action.SHOP, _OWN)
def delete_own(work: Work, list_id: int, version: int) -> Saved:
    """Keep a list, or a search, no longer."""
    row = _own(work, list_id, version)
    clear(work, row, OwnListType)
    work.session.delete(row)
    return Saved(id=list_id)


@writes("own.take_over", Action.SHOP, _OWN)
def take_over(
    work: Work, name: str, types: Collection[int], searches: Collection[str], seen: Sequence[int]
) -> TakenOver:
    """Keep what a PC had kept for the person, the types on the list of that name.

    What there is no more, what there is no room for, and what cannot be kept, is left out.
    """
    row, known = None, queries.standing(work.session, [*types, *seen])
    if wanted := [known[key] for key in types if key in known]:
        row = _taken_over(work, name, wanted)
    room = MOST_SEARCHES - len(queries.kept(work.session, _me(work), search=True))
    texts = _storable(searches)
    for text in texts[: max(0, room)][::-1]:
        row = _searched(work, text)
    looked_at = list(dict.fromkeys(known[key] for key in seen if key in known))
    queries.see(work.session, _me(work), looked_at, work.now, MOST_SEEN)
    left_out = len(searches) - len(texts[: max(0, room)])
    return TakenOver(id=0 if row is None else row.id, searches_left_out=left_out)


def _storable(searches: Collection[str]) -> list[str]:
    """The searches that can be kept; a file of a PC may hold anything."""
    found = []
    for text in searches:
        with contextlib.suppress(Refused):
            found.append(required_text(text, limits.NAME))
    return found


def _taken_over(work: Work, name: str, wanted: Collection[int]) -> OwnList | None:
    row = _called(work, name)
    if row is None and len(queries.kept(work.session, _me(work), search=False)) >= MOST_LISTS:
        return None
    row = row or _made(work, name)
    there = {each.article_id for each in list_queries.rows_of(work.session, row.id, OwnListType)}
    new = [key for key in dict.fromkeys(wanted) if key not in there]
    _add(work, row, new[: max(0, MOST_TYPES - len(there))], there)
    return row


def erase(work: Work, user_id: int) -> None:
    """Nothing is kept any more of what somebody kept; part of another change."""
    for search in (False, True):
        for row in queries.kept(work.session, user_id, search=search):
            clear(work, row, OwnListType)
            work.session.delete(row)
    queries.forget_seen(work.session, user_id)


def _me(work: Work) -> int:
    if work.actor_id is None:
        raise not_allowed()
    return work.actor_id


def _own(
    work: Work, list_id: int, version: int | None = None, *, search: bool | None = None
) -> OwnList:
    """One of the writer's own; another one's, or no ``search`` or list, is as if not there."""
    row = work.get(OwnList, list_id, version)
    if row.user_id != _me(work) or search not in (None, row.search):
        raise gone()
    return row


def _called(work: Work, name: str, *, search: bool = False) -> OwnList | None:
    mine = queries.kept(work.session, _me(work), search=search)
    return next((row for row in mine if _same(row.name, name)), None)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _made(work: Work, name: str, *, search: bool = False) -> OwnList:
    _refuse_beyond(len(queries.kept(work.session, _me(work), search=search)), search=search)
    row = OwnList(user_id=_me(work), name=name, search=search)
    work.session.add(row)
    work.session.flush()
    return row


def _refuse_beyond(kept: int, *, search: bool) -> None:
    """One more than are ``kept`` must have room."""
    most = MOST_SEARCHES if search else MOST_LISTS
    if kept >= most:
        said = (
            N_("You keep {most} searches already. Forget one of them first.")
            if search
            else N_("You have {most} lists already. Delete one of them first.")
        )
        raise Refused(said, most=most)


def _searched(work: Work, text: str) -> OwnList:
    return _called(work, text, search=True) or _made(work, text, search=True)


def _refuse_long(types: int) -> None:
    if types > MOST_TYPES:
        raise Refused(N_("A list has at most {most} furniture types."), most=MOST_TYPES)


def _add(work: Work, row: OwnList, types: Sequence[int], there: Collection[int]) -> None:
    new = [key for key in types if key not in there]
    _refuse_long(len(there) + len(new))
    work.session.add_all(OwnListType(list_id=row.id, article_id=key) for key in new)
    work.session.flush()


# --- undo ---------------------------------------------------------------------------------------


def _check_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """What comes back, or gets its old name, keeps to what a person may have."""
    back = {int(event.entity_id): event.after is None for event in events}
    for row in filter(None, (work.session.get(OwnList, key) for key in back)):
        mine = queries.kept(work.session, row.user_id, search=row.search)
        if any(each is not row and _same(each.name, row.name) for each in mine):
            raise Refused(
                N_("It cannot be undone, because “{name}” has been kept again since."),
                name=row.name,
            )
        if back[row.id]:
            _refuse_beyond(len(mine) - 1, search=row.search)


def _check_types_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """A list does not grow beyond its end by what comes back to it."""
    back = [int(event.entity_id) for event in events if event.after is None]
    for key in {row.list_id for row in work.rows(OwnListType, back)}:
        _refuse_long(len(list_queries.rows_of(work.session, key, OwnListType)))


undo.AFTERWARDS[OwnList.__tablename__].append(_check_after_undo)
undo.AFTERWARDS[OwnListType.__tablename__].append(_check_types_after_undo)
