"""One card opened: the facts of its type, the estimate, and its single pieces to choose from."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.measures import Measures, write_measures
from moebelcirkel.domain.orders import fits
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import Week
from moebelcirkel.domain.shop import Query
from moebelcirkel.language import current_language
from moebelcirkel.services import figures
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop.finding import Card, asker_of, one_card
from moebelcirkel.services.shop.weeks import by_category
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.queries.shop.rows import FreePiece
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.work import Session

MOST_PIECES = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """One single piece of a card; ``thumb`` where it has a picture of its own.

    ``place`` is whom it still stands with, where it has not been fetched; ``facts`` is what is
    known of it, as msgids of fact and answer.
    """

    unit_id: int
    number: str
    refurbished: bool
    loop: int
    mine: bool
    thumb: str | None
    place: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CardDetail:
    """What one wants to know before taking; measures in cm, weight in grams.

    ``adaptable``: there is something that the workshop can do to it before it comes. ``levy_ore``
    is the climate levy on a new one, 0 where there is none; ``week`` is when it comes
    to the asker's institution, ordered today.
    """

    card: Card
    measures: str
    weight_g: int | None
    size_mark: str
    materials: str
    new_price_source: str
    pieces: tuple[Piece, ...]
    adaptable: bool = False
    levy_ore: int = 0
    week: Week | None = None


def card(
    context: Context, key: CardKey, institution_id: int | None = None, within: Query | None = None
) -> CardDetail:
    """A card with its pieces, those in one's own basket too; ``within`` filters of single ones."""
    context.require(Action.SHOP, institution_id)
    with context.read() as session:
        asker = asker_of(context, session, institution_id)
        found = one_card(context, session, key, asker, within)
        article = session.get(Article, key.article_id)
        if found is None or article is None:
            raise Stale(
                N_("There are no more of these. Others hold the rest, or it has been sold.")
            )
        single = shop_search.wanted(session, within or Query())
        rows = shop_search.units_of(session, key, asker, MOST_PIECES, single)
        ids = [row.id for row in rows]
        own = shop_holds.own_units(session, asker, ids)
        photos = photo_queries.first_of_units(session, ids)
        places = shop_search.standing_with_givers(session).get(key, {})
        return CardDetail(
            card=found,
            measures=_measures(article),
            weight_g=article.weight_g,
            size_mark=article.size_mark,
            materials=article.materials,
            new_price_source=article.new_price_source,
            pieces=tuple(
                Piece(
                    row.id,
                    row.number,
                    row.refurbished,
                    row.loop,
                    row.id in own,
                    photos.get(row.id),
                    places.get(row.id, ""),
                    _known(row),
                )
                for row in rows
            ),
            adaptable=_adaptable(session, article),
            levy_ore=figures.load_factors(session, context.today()).new_levy_ore(
                article.category_key, article.epd_kg
            ),
            week=by_category(
                session, institution_id, shop_search.categories(session), context.today()
            ).get(article.category_key),
        )


def _known(row: FreePiece) -> tuple[tuple[str, str], ...]:
    known = ((fact, getattr(row, column)) for column, fact in SHOP_FACTS.items())
    return tuple((fact.name, fact.label(kept)) for fact, kept in known if kept is not None)


def _adaptable(session: Session, article: Article) -> bool:
    """Whether the workshop offers something for its kind of furniture."""
    category = session.get_one(Category, article.category_key)
    return any(fits(kind.adapt_for, category) for kind in task_queries.adapting(session))


def type_name(context: Context, article_id: int) -> str:
    """What a type is called that an address names; refused where there is none of that number."""
    context.require(Action.SHOP)
    with context.read() as session:
        article = session.get(Article, article_id)
        if article is None:
            raise Refused(
                N_("There is no furniture type with the number {number}."), number=str(article_id)
            )
        return article.name


def _measures(article: Article) -> str:
    known = Measures(
        article.width_mm, article.depth_mm, article.height_min_mm, article.height_max_mm
    )
    return write_measures(known, "," if current_language() == "da" else ".")
