"""Several types of one thing become one: what spoke of the others speaks of the one that stays."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.changes import details as change_details
from moebelcirkel.services.changes.details import FieldWords
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import references, registers
from moebelcirkel.storage.events import encode
from moebelcirkel.storage.queries import article_lists as article_list_queries
from moebelcirkel.storage.queries.article_lists import Speaking
from moebelcirkel.storage.queries.change_texts import EventLine
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.work import gone

MOST_AT_ONCE = 50

#: What tells two types apart by itself, and so is no news in a preview.
_OWN = frozenset({"name", "key", "category_key"})


# --- what would change ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merging:
    """One of the types: what speaks of it, and which values its pieces would have instead.

    ``instead`` is empty for the one that stays, and for one that says the same.
    """

    id: int
    version: int
    name: str
    key: str
    category_key: str
    speaking: Speaking
    instead: tuple[FieldWords, ...]


def preview(
    context: Context, article_ids: Sequence[int], kept_id: int | None = None
) -> list[Merging]:
    """The types, the one that stays first, and what merging them would change.

    Where nobody has chosen, the one with the most furniture stays.
    """
    context.require(Action.ARTICLE)
    wanted = {*article_ids}
    with context.read() as session:
        articles = article_list_queries.of_ids(session, wanted)
        if not articles or len(articles) != len(wanted):
            raise gone()
        speaking = article_list_queries.speaking(session, wanted)
        articles.sort(
            key=lambda row: (
                row.id != kept_id,
                -speaking[row.id].pieces,
                -speaking[row.id].pictures,
                row.id,
            )
        )
        kept = articles[0]
        lines = [_differing(kept, row) for row in articles]
        words = change_details.words(session, lines)
        return [
            Merging(
                row.id,
                row.version,
                row.name,
                row.key or "",
                row.category_key,
                speaking[row.id],
                each.fields,
            )
            for row, each in zip(articles, words, strict=True)
        ]


def _differing(kept: Article, other: Article) -> EventLine:
    """As the history would tell it of a piece's type: before, and after."""
    names = [
        field.name
        for field in dataclasses.fields(ArticleValues)
        if field.name not in _OWN and getattr(kept, field.name) != getattr(other, field.name)
    ]
    before = {name: encode(getattr(other, name)) for name in names}
    after = {name: encode(getattr(kept, name)) for name in names}
    return EventLine(Article.__tablename__, str(other.id), before, after)


# --- merging --------------------------------------------------------------------------------------


@writes("article.merge", Action.ARTICLE)
def merge(
    work: Work, kept_id: int, article_ids: Sequence[int], versions: Mapping[int, int] | None = None
) -> Saved:
    """Let the kept type take in the others, as they were when ``versions`` were shown.

    Its own values stay. Figure lines keep the type they were booked with, and everything else
    speaks of the kept one.
    """
    wanted = {kept_id, *article_ids}
    if len(wanted) < 2:
        raise Refused(N_("Choose at least two furniture types to merge."))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(N_("Merge at most {most} furniture types at once."), most=MOST_AT_ONCE)
    work.rows(Article, wanted)
    for key, version in (versions or {}).items():
        work.get(Article, key, version)
    kept = work.choose(Article, kept_id)
    others = [work.choose(Article, key) for key in sorted(wanted - {kept_id})]
    for other in others:
        _refuse_other_category(work, kept, other)
    references.merge_types(work, [other.id for other in others], kept_id)
    for other in others:
        other.merged_into_id = kept_id
    registers.touch(work, kept)
    work.session.flush()
    return Saved(id=kept_id)


def _refuse_other_category(work: Work, kept: Article, other: Article) -> None:
    if kept.category_key == other.category_key:
        return
    raise Refused(
        N_(
            "{name} is in the category {category}, {other} in {other_category}: they count with"
            " different figures. Correct the category of one of them first."
        ),
        name=kept.name,
        category=work.session.get_one(Category, kept.category_key).name_da,
        other=other.name,
        other_category=work.session.get_one(Category, other.category_key).name_da,
    )
