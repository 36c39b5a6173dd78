"""Lists of types that the warehouse or an administrator puts before everyone's own in the shop."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries.shop import lists as queries
from moebelcirkel.storage.tables.shop import OwnList, ShopList, ShopListType
from moebelcirkel.storage.work import Session

#: A longer list is no short way any more.
MOST_TYPES = 200


@dataclass(frozen=True, slots=True)
class ListForm:
    """All that can be filled in; ``types`` has the number or the name of a type in each line.

    ``kind`` is the kind of institution it is for, and ``first`` lets their shop open with it.
    """

    name: str
    types: str = ""
    kind: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class ListRow(registers.FormRow[ListForm]):
    """One list, and the ids of its types."""

    type_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists, and the kinds of institution that they can be for."""

    rows: tuple[ListRow, ...]
    kinds: tuple[str, ...]


def lists(context: Context) -> Lists:
    """All lists, for whoever keeps them."""
    context.require(Action.ARTICLE)
    with context.read() as session:
        return Lists(_rows(session, queries.lists(session)), tuple(queries.kinds(session)))


def favourites(context: Context) -> tuple[ListRow, ...]:
    """The lists for the kinds of institution that somebody shops for; what opens first is first."""
    context.require(Action.SHOP)
    with context.read() as session:
        kinds = queries.kinds(session, context.reach(Action.SHOP))
        found = _rows(session, queries.lists(session, kinds))
    return tuple(sorted(found, key=lambda row: not row.form.first))


def _rows(session: Session, found: Iterable[ShopList]) -> tuple[ListRow, ...]:
    known = list(found)
    types = queries.types(session, [row.id for row in known], ShopListType)
    rows = []
    for row in known:
        names = dict.fromkeys(name for _key, name in types.get(row.id, ()))
        form = ListForm(row.name, "\n".join(names), row.kind, row.first)
        ids = frozenset(key for key, _name in types.get(row.id, ()))
        rows.append(ListRow(row.id, row.version, form, ids))
    return tuple(rows)


@writes("list.save", Action.ARTICLE)
def save_list(
    work: Work, form: ListForm, list_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a list, or correct one with the version its form was opened with."""
    row = ShopList() if list_id is None else work.get(ShopList, list_id, version)
    fields = Fields()
    values: dict[str, object] = {"first": form.first}
    with fields.field("name"):
        values["name"] = registers.free_name(work, ShopList.name, form.name, list_id)
    with fields.field("kind"):
        values["kind"] = short_text(form.kind, limits.INSTITUTION_KIND)
    with fields.field("types"):
        types = meant(work.session, form.types)
        if not types:
            raise Refused(N_("Write at least one furniture type."))
    fields.finish()
    done = registers.keep(work, row, values)
    put(work, row, ShopListType, types)
    return done


def put(work: Work, row: ShopList | OwnList, kind: type[queries.ListedT], types: list[int]) -> None:
    """Let these types stand on a list; where they do already, they stay the rows they were."""
    there = queries.rows_of(work.session, row.id, kind)
    if [each.article_id for each in there] == types:
        return
    clear(work, row, kind)
    work.session.add_all(kind(list_id=row.id, article_id=key) for key in types)
    if there:
        registers.touch(work, row)
    work.session.flush()


def clear(work: Work, row: ShopList | OwnList, kind: type[queries.ListedT]) -> None:
    """Let nothing stand on a list."""
    for each in queries.rows_of(work.session, row.id, kind):
        work.session.delete(each)
    work.session.flush()


def meant(session: Session, text: str) -> list[int]:
    """The types that the lines name: by number, or all that are called so."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    known: defaultdict[str, list[int]] = defaultdict(list)
    for key, code, name in queries.names(session):
        for word in {fold(name), fold(code or "")} - {""}:
            known[word].append(key)
    found: dict[int, None] = {}
    for line in lines:
        if fold(line) not in known:
            raise Refused(
                N_("No furniture type is called “{name}” or has that number."), name=line[:80]
            )
        found.update(dict.fromkeys(known[fold(line)]))
    if len(found) > MOST_TYPES:
        raise Refused(N_("A list has at most {most} furniture types."), most=MOST_TYPES)
    return list(found)


@writes("list.delete", Action.ARTICLE)
def delete_list(work: Work, list_id: int, version: int) -> Saved:
    """Take a list out of the shop."""
    row = work.get(ShopList, list_id, version)
    clear(work, row, ShopListType)
    work.session.delete(row)
    return Saved(id=list_id)
