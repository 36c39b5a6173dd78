"""All furniture types as pages of frozen rows, and what has been changed on one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services.changes import details as change_details
from moebelcirkel.services.changes.details import RowWords
from moebelcirkel.services.context import Context
from moebelcirkel.services.units.history import Happening
from moebelcirkel.storage.queries import article_lists as article_list_queries
from moebelcirkel.storage.queries import passport as passport_queries
from moebelcirkel.storage.queries.article_lists import ArticleRow
from moebelcirkel.storage.queries.change_texts import EventLine

PAGE = 60
#: More values than these make a line too long to read; the history page has them all.
_MOST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class ArticleListing:
    """The first page of a search, and how many types it found."""

    total: int
    rows: tuple[ArticleRow, ...]


def find(
    context: Context,
    text: str = "",
    *,
    without_price: bool = False,
    unused: bool = False,
    limit: int = PAGE,
) -> ArticleListing:
    """The first page and the number of types."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        total = article_list_queries.count(
            session, text, without_price=without_price, unused=unused
        )
        rows = article_list_queries.page(
            session, text, without_price=without_price, unused=unused, limit=limit
        )
    return ArticleListing(total, tuple(rows))


def page(
    context: Context,
    text: str = "",
    *,
    first: int,
    without_price: bool = False,
    unused: bool = False,
    limit: int = PAGE,
    after: ArticleRow | None = None,
) -> list[ArticleRow]:
    """More types: behind one that is known, else from a number counted from 0."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        return article_list_queries.page(
            session,
            text,
            without_price=without_price,
            unused=unused,
            limit=limit,
            offset=first,
            after=None if after is None else (after.sort_key, after.id),
        )


def unused_ids(context: Context, text: str = "", *, without_price: bool = False) -> list[int]:
    """All types that fit and that nothing speaks of."""
    context.require(Action.ARTICLE)
    with context.read() as session:
        return article_list_queries.ids(session, text, without_price=without_price, unused=True)


def history(context: Context, article_id: int) -> list[Happening]:
    """What has been written about a type, newest first."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        events = passport_queries.events(session, "article", article_id)
        lines = [
            EventLine("article", str(article_id), event.before, event.after) for event in events
        ]
        rows = change_details.words(session, lines)
        merges = [event.change_id for event in events if event.kind == "article.merge"]
        taken_in = article_list_queries.taken_in(session, article_id, merges)
    told = [
        Happening(
            _title(event.kind, row, taken_in.get(event.change_id, [])),
            event.at,
            event.actor,
            undone=event.undone,
        )
        for event, row in zip(events, rows, strict=True)
    ]
    return told[::-1]


def _title(kind: str, row: RowWords, taken_in: Sequence[str]) -> str:
    if taken_in:
        return _("Took in {names}").format(names=", ".join(taken_in))
    if kind == "article.merge":
        return _("Merged into {name}").format(name=row.fields[0].after if row.fields else "–")
    if kind.startswith("undo"):
        return _(kind_name(kind))
    if row.created:
        by_import = kind.startswith("import.")
        return _("Created by an import") if by_import else _("Created")
    changes = [
        f"{field.label.lower()} {field.before or '–'} → {field.after or '–'}"
        for field in row.fields
    ]
    shown = ", ".join(changes[:_MOST_FIELDS])
    more = len(changes) - _MOST_FIELDS
    if more > 0:
        shown = _("{fields} and {count} more").format(fields=shown, count=more)
    return _("Corrected: {fields}").format(fields=shown) if shown else _("Corrected")
