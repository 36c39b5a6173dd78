"""Reading articles: what fits a half-typed name, what stands of one, and which words are in use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.fold import like_pattern, sort_key
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.storage import rows, search_index
from moebelcirkel.storage.queries import article_left
from moebelcirkel.storage.queries.photos import first_of_article
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.units import Unit

_MERGED = aliased(Article)

_STOCK_STATES = sorted(state.value for state in IN_STOCK)
#: The room a piece takes up in litres: as it was written down, else its measures multiplied.
LITRES = func.coalesce(
    cast(Article.volume_l, Float),
    cast(Article.width_mm, Float)
    * cast(Article.depth_mm, Float)
    * cast(Article.height_max_mm, Float)
    / 1_000_000.0,
)


def matching(query_words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions that each word is somewhere in the article's search text.

    A type is also found by what one that was merged into it was called.
    """
    if not query_words:
        return []
    patterns = [f"%{like_pattern(word)}%" for word in query_words]
    own = and_(*(Article.search_text.like(each, escape="\\") for each in patterns))
    return [or_(own, formerly_called([each] for each in patterns))]


def called(session: Session, wanted: search_index.Needles) -> Select[int]:
    """Types with a piece of every word in their text, as what they are today if they were merged.

    Pieces say which type they are of today, also those that were registered under the old name.
    """
    texts = search_index.ARTICLES, Article.id, Article.search_text
    today = func.coalesce(Article.merged_into_id, Article.id)
    return select(today).where(search_index.containing(session, *texts, wanted))


def formerly_called(patterns: Iterable[Iterable[str]]) -> ColumnElement[bool]:
    """The condition that something merged into the type has one of the patterns of every word."""
    words = (or_(*(_MERGED.search_text.like(p, escape="\\") for p in each)) for each in patterns)
    there = _MERGED.merged_into_id.is_not(None)
    return Article.id.in_(select(_MERGED.merged_into_id).where(there, *words))


def rank(query_words: Iterable[str]) -> ColumnElement[int]:
    """0 for a whole word, 1 for the start of one, 2 inside a compound; summed over the words."""
    total: ColumnElement[int] = func.coalesce(0, 0)
    for word in query_words:
        pattern = like_pattern(word)
        total = total + case(
            (Article.search_text.like(f"% {pattern} %", escape="\\"), 0),
            (Article.search_text.like(f"% {pattern}%", escape="\\"), 1),
            else_=2,
        )
    return total


def outside_name(session: Session, query_words: Iterable[str]) -> ColumnElement[int]:
    """How many of the words are not in the name: the search text begins with it.

    A chair called Birk comes before a shelf of birch.
    """
    sqlite = session.get_bind().dialect.name == "sqlite"
    position = func.instr if sqlite else func.strpos
    total: ColumnElement[int] = func.coalesce(0, 0)
    for word in query_words:
        at = position(Article.search_text, word)
        total = total + case((at <= func.length(Article.name) + 1, 0), else_=1)
    return total


def called_in(session: Session, name: str, category_key: str) -> int | None:
    """The type in use of a category that is called exactly so."""
    query = select(Article.id).where(
        Article.sort_key == sort_key(name),
        Article.category_key == category_key,
        article_left.shown(),
    )
    return session.scalar(query.order_by(Article.id).limit(1))


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """A known article that fits what is being typed."""

    id: int
    name: str
    category_key: str
    category: str
    in_stock: int
    new_price_ore: int | None
    photo: str | None


def hits(session: Session, found: Sequence[str], limit: int) -> list[ArticleHit]:
    """Known types that fit, best first."""
    stock = (
        select(func.count(Unit.id))
        .where(Unit.article_id == Article.id, Unit.state.in_(_STOCK_STATES))
        .correlate(Article)
        .scalar_subquery()
    )
    query = (
        rows.query(
            ArticleHit, Article, category=Category.name_da, in_stock=stock, photo=first_of_article()
        )
        .join(Category, Category.key == Article.category_key)
        .where(*matching(found), article_left.shown())
        .order_by(outside_name(session, found), rank(found), Article.sort_key, Article.id)
        .limit(limit)
    )
    return rows.fill(ArticleHit, session, query)


def in_stock(session: Session, article_id: int) -> int:
    """Pieces of the article that stand in the warehouse."""
    query = select(func.count(Unit.id)).where(Unit.article_id == article_id)
    return session.scalar(query.where(Unit.state.in_(_STOCK_STATES))) or 0


def registered(session: Session, article_id: int) -> int:
    """All pieces of the article there ever were."""
    query = select(func.count(Unit.id)).where(Unit.article_id == article_id)
    return session.scalar(query.where(Unit.state != State.VOID)) or 0


def photos(session: Session, article_id: int) -> tuple[str, ...]:
    """The fingerprints of its photos, the first one first."""
    query = select(Photo.sha256).where(Photo.article_id == article_id)
    return tuple(session.scalars(query.order_by(Photo.position, Photo.id)))


def categories(session: Session) -> Sequence[Category]:
    """All categories in the order of the reference data."""
    return session.scalars(select(Category).order_by(Category.group_order, Category.sort_key)).all()


def ecolabels(session: Session, *, inactive: bool = True) -> list[Ecolabel]:
    """The register of ecolabels by name."""
    query = select(Ecolabel)
    found = session.scalars(query if inactive else query.where(Ecolabel.active))
    return sorted(found, key=lambda row: sort_key(row.name))


def has_ecolabels(session: Session) -> bool:
    """Whether the register was filled."""
    return session.scalar(select(Ecolabel.id).limit(1)) is not None


def types_by_ecolabel(session: Session) -> dict[str, int]:
    """How many types have each ecolabel that some type has."""
    query = select(Article.ecolabel, func.count()).where(Article.ecolabel != "")
    return dict(session.execute(query.group_by(Article.ecolabel)).all())


def of_ecolabel(session: Session, name: str) -> list[Article]:
    """Every type with the ecolabel, also those that were merged into others."""
    query = select(Article).where(Article.ecolabel == name).order_by(Article.id)
    return list(session.scalars(query))


def colours(session: Session, limit: int) -> list[str]:
    """The colours in use, the most used first."""
    query = (
        select(Article.colour)
        .where(Article.colour != "")
        .group_by(Article.colour)
        .order_by(func.count(Article.id).desc(), Article.colour)
        .limit(limit)
    )
    return list(session.scalars(query))


def by_key(session: Session, key: str) -> Article | None:
    """The article with a number of its own."""
    return session.scalar(select(Article).where(Article.key == key))


def of_category(session: Session, category_key: str) -> Sequence[Article]:
    """The types of a category that are in use, to change."""
    query = select(Article).where(
        Article.category_key == category_key, Article.merged_into_id.is_(None)
    )
    return session.scalars(query.order_by(Article.id)).all()
