"""What a person keeps in the shop: lists and searches, and the types that were looked at lately."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.shop import OwnList, ShopSeen
from moebelcirkel.storage.tables.users import User

#: No column of keys holds this or more.
_TOO_HIGH = 2**31


def kept(session: Session, user_id: int, *, search: bool) -> list[OwnList]:
    """The lists, or the searches, that a person keeps."""
    query = select(OwnList).where(OwnList.user_id == user_id, OwnList.search == search)
    return list(session.scalars(query.order_by(OwnList.id)))


def seen(session: Session, user_id: int) -> list[int]:
    """The types that a person looked at, the newest first; of two that became one, that one."""
    query = select(ShopSeen.article_id).where(ShopSeen.user_id == user_id)
    return list(dict.fromkeys(session.scalars(query.order_by(ShopSeen.position))))


def see(
    session: Session, user_id: int, article_ids: Sequence[int], now: dt.datetime, most: int
) -> None:
    """These types were looked at, the newest first; the oldest are forgotten."""
    query = select(ShopSeen.article_id, ShopSeen.at).where(ShopSeen.user_id == user_id)
    known = session.execute(query.order_by(ShopSeen.position))
    moments = dict.fromkeys(article_ids, now)
    for article_id, at in known:
        moments.setdefault(article_id, at)
    forget_seen(session, user_id)
    rows = [
        {"user_id": user_id, "position": position, "article_id": key, "at": at}
        for position, (key, at) in enumerate([*moments.items()][:most])
    ]
    if rows:
        session.execute(insert(ShopSeen), rows)


def may_log_in(session: Session, user_id: int) -> bool:
    """Whether a person still may, whatever a window that is open knows of it."""
    return bool(session.scalar(select(User.active).where(User.id == user_id)))


def standing(session: Session, article_ids: Collection[int]) -> dict[int, int]:
    """What types there are of these, each as what it is today if it was merged."""
    query = select(Article.id, func.coalesce(Article.merged_into_id, Article.id))
    known = sorted({key for key in article_ids if 0 < key < _TOO_HIGH})
    found = session.execute(query.where(Article.id.in_(known)))
    return {row[0]: row[1] for row in found}


def forget_seen(session: Session, user_id: int) -> None:
    """Nothing is known any more of what a person looked at."""
    session.execute(delete(ShopSeen).where(ShopSeen.user_id == user_id))
