"""What was looked for in vain: counting it, forgetting it, and what the list of it is made of."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.wants import WantState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.shop.register import found_by
from moebelcirkel.storage.queries.wants.serving import count_ordered
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.tables.wants import Demand, Want
from moebelcirkel.storage.work import Session

#: So many words are asked about in one statement.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that found nothing: how often, and the last week of it."""

    text: str
    times: int
    week: dt.date


@dataclass(frozen=True, slots=True)
class Lacked:
    """A want without whose it is."""

    words: str
    category_key: str | None
    category_da: str | None
    category_en: str | None
    article: str | None
    condition: str
    ceiling_ore: int | None
    pieces: int
    ordered: int
    state: str
    use_by: dt.date
    created_at: dt.datetime


def telling(session: Session) -> frozenset[str]:
    """The words of what people and institutions are called, folded."""
    people = session.execute(select(User.name, User.login)).all()
    names = (
        *(name for both in people for name in both),
        *session.scalars(select(Institution.name)),
    )
    return frozenset(word for name in names for word in fold(name).split() if len(word) > 1)


def known(session: Session, words: Iterable[str]) -> frozenset[str]:
    """Those of the words that types are found by."""
    found, asked = set[str](), sorted(set(words))
    for at in range(0, len(asked), _AT_ONCE):
        part = asked[at : at + _AT_ONCE]
        there = session.execute(select(*(found_by(session, word) for word in part))).one()
        found |= {word for word, is_there in zip(part, there, strict=True) if is_there}
    return frozenset(found)


def count(session: Session, text: str, week: dt.date) -> None:
    """Once more in this week."""
    first = rows.own_insert(session)(Demand).values(text=text, week=week, times=1)
    again = {"times": Demand.times + 1}
    session.execute(first.on_conflict_do_update(index_elements=["text", "week"], set_=again))


def searched(session: Session, first: dt.date, last: dt.date) -> list[Searched]:
    """The searches of these weeks, both included."""
    query = (
        select(
            Demand.text, func.sum(Demand.times).label("times"), func.max(Demand.week).label("week")
        )
        .where(Demand.week.between(first, last))
        .group_by(Demand.text)
    )
    return rows.fill(Searched, session, query)


def lacked(session: Session, start: dt.datetime, end: dt.datetime) -> list[Lacked]:
    """The wants that were made then and have not been ended by whoever made them."""
    query = (
        rows.query(
            Lacked,
            Want,
            category_da=Category.name_da,
            category_en=Category.name_en,
            article=Article.name,
            ordered=count_ordered(),
        )
        .outerjoin(Category, Category.key == Want.category_key)
        .outerjoin(Article, Article.id == Want.article_id)
        .where(Want.created_at >= start, Want.created_at < end, Want.state == WantState.OPEN)
    )
    return rows.fill(Lacked, session, query)


def forget(session: Session, before: dt.date, texts: Collection[str] = ()) -> int:
    """Forget what is older, and these searches of whenever."""
    old = session.execute(delete(Demand).where(Demand.week < before))
    gone = session.execute(delete(Demand).where(Demand.text.in_(texts)))
    return int(old.rowcount + gone.rowcount)  # type: ignore[attr-defined]


def texts(session: Session) -> list[str]:
    """Every search that is counted."""
    return list(session.scalars(select(Demand.text).distinct()))
