"""What is asked of single pieces on sale: where each stands, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.facts import SHOP_FACTS, ShopFacts
from moebelcirkel.domain.places import site_of
from moebelcirkel.domain.shop import Query
from moebelcirkel.storage import remembered, rows
from moebelcirkel.storage.queries.shop import cards
from moebelcirkel.storage.queries.shop.cards import Asker, CardKey
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit

#: The site of what still stands with whoever gives it.
WITH_GIVER = "@giver"
_ASKED = tuple(getattr(Unit, column) for column in SHOP_FACTS)


@dataclass(frozen=True, slots=True)
class Lot(ShopFacts):
    """How many pieces there are that no filter of single pieces tells apart."""

    place_id: int | None
    pieces: int


@dataclass(frozen=True, slots=True)
class CardLot(Lot):
    """The same of the pieces of one card."""

    article_id: int
    condition: str
    price_ore: int


def lots_by_card(session: Session, asker: Asker) -> dict[CardKey, list[CardLot]]:
    """What is told of single pieces, by the cards of the shop."""
    key = (Unit.article_id, Unit.condition, Unit.price_ore)
    columns = (*key, Unit.place_id, *_ASKED)
    query = (
        select(*columns, func.count().label("pieces"))
        .where(*cards.open_to(asker))
        .group_by(*columns)
        .order_by(*columns)
    )
    found: dict[CardKey, list[CardLot]] = {}
    for lot in rows.fill(CardLot, session, query):
        found.setdefault(CardKey(lot.article_id, lot.condition, lot.price_ore), []).append(lot)
    return found


def sites(session: Session) -> Mapping[int, str]:
    """The site of each place."""
    return remembered.of(session, "sites", {"place"}, lambda: _sites(session))


def _sites(session: Session) -> dict[int, str]:
    query = select(Place.id, Place.code, Place.name, Place.pickup_id)
    return {
        key: WITH_GIVER if pickup is not None else site_of(code, name)
        for key, code, name, pickup in session.execute(query)
    }


def wanted(session: Session, query: Query) -> list[ColumnElement[bool]]:
    """The filters of single pieces, as conditions on pieces."""
    found: list[ColumnElement[bool]] = []
    for name, chosen in query.single.items():
        if name == "places":
            there = (key for key, site in sites(session).items() if site in chosen)
            found.append(Unit.place_id.in_(sorted(there)))
        else:
            kept = [SHOP_FACTS[name].kept(key) for key in sorted(chosen)]
            found.append(getattr(Unit, name).in_(kept))
    return found
