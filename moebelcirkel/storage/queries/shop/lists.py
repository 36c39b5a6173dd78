"""Lists of types that the shop shows, and the types that words of a list mean."""

from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.shop import OwnListType, ShopList, ShopListType

ListedT = TypeVar("ListedT", ShopListType, OwnListType)


def lists(session: Session, kinds: Collection[str] | None = None) -> list[ShopList]:
    """The lists by name; only those for all or for these kinds of institution, where given."""
    query = select(ShopList).order_by(ShopList.name, ShopList.id)
    if kinds is not None:
        query = query.where(ShopList.kind.in_({"", *kinds}))
    return list(session.scalars(query))


def types(
    session: Session, list_ids: Collection[int], kind: type[ShopListType] | type[OwnListType]
) -> dict[int, list[tuple[int, str]]]:
    """Id and name of the types of each list, in their order."""
    query = (
        select(kind.list_id, Article.id, Article.name)
        .join(Article, Article.id == kind.article_id)
        .where(kind.list_id.in_(sorted(list_ids)))
        .order_by(kind.id)
    )
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for list_id, article_id, name in session.execute(query):
        found[list_id].append((article_id, name))
    return found


def rows_of(session: Session, list_id: int, kind: type[ListedT]) -> list[ListedT]:
    """What stands on a list."""
    query = select(kind).where(kind.list_id == list_id)
    return list(session.scalars(query.order_by(kind.id)))


def names(session: Session) -> list[tuple[int, str | None, str]]:
    """Id, key and name of all types that can be chosen."""
    query = (
        select(Article.id, Article.key, Article.name)
        .where(Article.merged_into_id.is_(None))
        .order_by(Article.sort_key, Article.id)
    )
    return [(key, code, name) for key, code, name in session.execute(query)]


def kinds(session: Session, reach: Collection[int] | None = None) -> list[str]:
    """The kinds of institution that there are, within reach."""
    query = select(Institution.kind).where(Institution.kind != "").distinct()
    if reach is not None:
        query = query.where(Institution.id.in_(sorted(reach)))
    return sorted(session.scalars(query))
