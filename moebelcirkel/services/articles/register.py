"""Articles (furniture types): suggest while typing, look at, create and correct."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain import categories as category_rules
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.fold import words
from moebelcirkel.domain.prices import PriceRule, suggested_price
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import ecolabels, figures
from moebelcirkel.services.articles.values import PRICE_FIELDS, ArticleValues
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries.articles import ArticleHit
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.work import Session, gone, load_parameter


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """All of an article, with its version for saving and what stands of it in stock."""

    id: int
    version: int
    values: ArticleValues
    category: str
    in_stock: int
    units: int
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureSuggestion:
    """What the program suggests for a piece in one condition; CO2e in grams, an estimate."""

    new_price_ore: int
    new_price_own: bool
    new_price_source: str
    new_price_on: dt.date | None
    price_ore: int
    net_g: int | None
    low_g: int | None
    high_g: int | None


def suggest(context: Context, text: str, limit: int = 8) -> list[ArticleHit]:
    """Known articles for a half-typed name, best first."""
    context.require(Action.STOCK_VIEW)
    found = words(text)
    if not found:
        return []
    with context.read() as session:
        return article_queries.hits(session, found, limit)


def get(context: Context, article_id: int) -> ArticleDetail:
    """One article; refuses plainly when it is gone."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        article = session.get(Article, article_id)
        if article is None:
            raise gone()
        return _detail(session, article)


def _detail(session: Session, article: Article) -> ArticleDetail:
    values = ArticleValues(
        **{name: getattr(article, name) for name in ArticleValues.__dataclass_fields__}
    )
    return ArticleDetail(
        id=article.id,
        version=article.version,
        values=values,
        category=session.get_one(Category, article.category_key).name_da,
        in_stock=article_queries.in_stock(session, article.id),
        units=article_queries.registered(session, article.id),
        photos=article_queries.photos(session, article.id),
    )


def categories(context: Context) -> list[category_rules.ReferenceCategory]:
    """All categories in the order of the reference data."""
    context.require_role()
    with context.read() as session:
        return all_categories(session)


def all_categories(session: Session) -> list[category_rules.ReferenceCategory]:
    """The same, inside a read or a write."""
    return [
        category_rules.ReferenceCategory(
            row.key,
            row.name_da,
            row.name_en,
            row.group_key,
            row.group_da,
            row.group_en,
            row.group_order,
            category_rules.split_keywords(row.keywords),
        )
        for row in article_queries.categories(session)
    ]


def colours(context: Context, limit: int = 60) -> list[str]:
    """The colours in use, the most used first."""
    context.require_role()
    with context.read() as session:
        return article_queries.colours(session, limit)


def price_rule(session: Session) -> PriceRule:
    """The municipality's price rule."""
    percents = {
        letter: int(load_parameter(session, f"price_percent_{letter}")) for letter in "abcd"
    }
    return PriceRule(**percents, step_ore=int(load_parameter(session, "price_step_ore")))


@dataclass(frozen=True, slots=True)
class _Draft:
    """The figures of an article that is not saved yet."""

    category_key: str
    weight_g: int | None = None
    new_price_ore: int | None = None
    new_price_on: dt.date | None = None
    new_price_source: str = ""
    epd_kg: Decimal | None = None
    epd_source: str = ""


def suggestion(
    context: Context,
    condition: str,
    *,
    article_id: int | None = None,
    category_key: str | None = None,
    new_price_ore: int | None = None,
) -> FigureSuggestion | None:
    """Price and avoided CO2e for a known article, or for a new one of the category."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        article = _for_figures(session, article_id, category_key, new_price_ore)
        if article is None:
            return None
        factors = figures.load_factors(session, context.today())
        price, own = figures.new_price(factors, article)
        values = figures.at_a_glance(factors, article, condition)
        return FigureSuggestion(
            new_price_ore=price,
            new_price_own=own,
            new_price_source=article.new_price_source if own else "",
            new_price_on=article.new_price_on if own else None,
            price_ore=suggested_price(price, Condition(condition), price_rule(session)),
            net_g=values.net_g,
            low_g=values.low_g,
            high_g=values.high_g,
        )


def _for_figures(
    session: Session, article_id: int | None, category_key: str | None, new_price_ore: int | None
) -> figures.ArticleFigures | None:
    article = session.get(Article, article_id) if article_id else None
    if article is not None and new_price_ore is None:
        return article
    key = article.category_key if article is not None else category_key
    return _Draft(key, new_price_ore=new_price_ore) if key else None


@writes("article.create", Action.ARTICLE)
def add(work: Work, values: ArticleValues) -> Saved:
    """Create an article, with its new price as part of it."""
    return Saved(id=create(work, values).id)


#: Each field asks for the right that it needs; whoever undoes it for others needs all of them.
@writes("article.save", Action.STOCK_VIEW, Kind(others=Action.ARTICLE))
def save(work: Work, values: ArticleValues, article_id: int, version: int | None = None) -> Saved:
    """Correct an article; new prices need their own right when they change."""
    work.get(Article, article_id, version)
    article = work.choose(Article, article_id)
    columns = values.as_columns(work.today, article)
    if columns["ecolabel"] != article.ecolabel:
        columns["ecolabel"] = ecolabels.chosen(work.session, str(columns["ecolabel"]))
    changed = {name for name, value in columns.items() if getattr(article, name) != value}
    if changed & PRICE_FIELDS:
        work.require(Action.NEW_PRICE)
    if changed - PRICE_FIELDS:
        work.require(Action.ARTICLE)
    key = columns["key"]
    _refuse_double_key(work, None if key is None else str(key), article.id)
    for name in changed:
        setattr(article, name, columns[name])
    return Saved(id=article.id)


def create(work: Work, values: ArticleValues) -> Article:
    """Check the values and add an article of them, inside another change."""
    columns = values.as_columns(work.today)
    if work.session.get(Category, columns["category_key"]) is None:
        raise Invalid({"category_key": Refused(N_("Choose a category from the list."))})
    columns["ecolabel"] = ecolabels.chosen(work.session, str(columns["ecolabel"]))
    article = Article(**columns)
    _refuse_double_key(work, article.key, None)
    work.session.add(article)
    work.session.flush()
    return article


def _refuse_double_key(work: Work, key: str | None, own_id: int | None) -> None:
    if key is None:
        return
    other = article_queries.by_key(work.session, key)
    if other is not None and other.id != own_id:
        error = Refused(N_("{name} already has this number."), name=other.name)
        raise Invalid({"key": error})
