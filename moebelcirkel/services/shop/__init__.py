"""The shop: finding furniture and keeping it in the institution's basket."""

from moebelcirkel.services.shop.baskets import (
    BasketLine,
    BasketView,
    Choice,
    Held,
    Kept,
    Payer,
    Released,
    Taken,
    basket,
    extend,
    forget_gone,
    hold,
    institutions,
    release,
    set_answer,
    set_cost_bearer,
)
from moebelcirkel.services.shop.cards import CardDetail, Piece, card
from moebelcirkel.services.shop.finding import (
    Card,
    Facet,
    Facets,
    Found,
    Labelled,
    NotOnSale,
    search,
)
from moebelcirkel.services.shop.gone import Gone
from moebelcirkel.storage.queries.shop import CardKey

__all__ = [
    "BasketLine",
    "BasketView",
    "Card",
    "CardDetail",
    "CardKey",
    "Choice",
    "Facet",
    "Facets",
    "Found",
    "Gone",
    "Held",
    "Kept",
    "Labelled",
    "NotOnSale",
    "Payer",
    "Piece",
    "Released",
    "Taken",
    "basket",
    "card",
    "extend",
    "forget_gone",
    "hold",
    "institutions",
    "release",
    "search",
    "set_answer",
    "set_cost_bearer",
]
