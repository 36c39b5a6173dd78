"""The filters of the table of all pieces, as conditions on pieces."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, literal_column, or_, select

from moebelcirkel.domain.facts import FACTS, PieceFact
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.units import Unit

#: Written out, not bound, or neither engine would use its partial index.
_IN_HOUSE = Unit.state.in_([literal_column(f"'{state}'") for state in sorted(IN_STOCK)])


def conditions(wanted: StockFilter) -> list[ColumnElement[bool]]:
    """The filter, without its words, as conditions on pieces; others are asked in subqueries."""
    found = [*_states(wanted), *_choices(wanted), *_ranges(wanted)]
    if wanted.without_photo:
        found.append(_no_photo())
    if wanted.without_price:
        found.append(Unit.price_ore.is_(None))
    return found


def only_in_house(wanted: StockFilter) -> bool:
    """Whether nothing is asked for that has left the stock."""
    return bool(wanted.states) and wanted.states <= IN_STOCK


def narrow(wanted: StockFilter) -> bool:
    """Whether one of the filters has an index that leaves few pieces."""
    keys = (wanted.article_id, wanted.place_id, wanted.institution_id)
    days = (wanted.received_from, wanted.received_to)
    return any(each is not None for each in (*keys, *days))


def _states(wanted: StockFilter) -> Iterable[ColumnElement[bool]]:
    if only_in_house(wanted):
        yield _IN_HOUSE
    if not wanted.states:
        yield Unit.state != State.VOID
    elif wanted.states != IN_STOCK:
        yield Unit.state.in_(sorted(wanted.states))


def _choices(wanted: StockFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.conditions:
        yield Unit.condition.in_(sorted(wanted.conditions))
    if wanted.groups:
        yield Unit.article_id.in_(
            select(Article.id)
            .join(Category, Category.key == Article.category_key)
            .where(Category.group_key.in_(sorted(wanted.groups)))
        )
    for column, fact in FACTS.items():
        if keys := wanted.box(column):
            yield or_(*(has_answer(fact, key) for key in sorted(keys)))
    if wanted.article_id is not None:
        yield Unit.article_id == wanted.article_id
    if wanted.place_id is not None:
        yield Unit.place_id == wanted.place_id
    if wanted.institution_id is not None:
        own = select(Institution.id).where(
            or_(
                Institution.id == wanted.institution_id,
                Institution.merged_into_id == wanted.institution_id,
            )
        )
        yield or_(Unit.giver_id.in_(own), Unit.holder_id.in_(own))


def has_answer(fact: PieceFact, key: str) -> ColumnElement[bool]:
    """The piece has this answer; it is unknown only where somebody asks."""
    column, kept = getattr(Unit, fact.column), fact.kept(key)
    if kept is not None:
        return and_(column == kept)
    asked = select(Article.id).where(Article.category_key.in_(sorted(fact.categories)))
    return and_(column.is_(None), Unit.article_id.in_(asked))


def _ranges(wanted: StockFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.received_from is not None:
        yield Unit.received_on >= wanted.received_from
    if wanted.received_to is not None:
        yield Unit.received_on <= wanted.received_to
    if wanted.price_from_ore is not None:
        yield Unit.price_ore >= wanted.price_from_ore
    if wanted.price_to_ore is not None:
        yield Unit.price_ore <= wanted.price_to_ore


def _no_photo() -> ColumnElement[bool]:
    own = select(Photo.unit_id).where(Photo.unit_id.is_not(None))
    shared = select(Photo.article_id).where(Photo.article_id.is_not(None))
    return and_(Unit.id.not_in(own), Unit.article_id.not_in(shared))
