"""The shop: finding furniture and keeping it in the institution's basket."""

from moebelcirkel.services.orders.offers import DeliveryOffer
from moebelcirkel.services.shop.basket_view import (
    BasketLine,
    BasketView,
    InstitutionChoice,
    basket,
    institutions,
)
from moebelcirkel.services.shop.baskets import (
    Taken,
    again,
    extend,
    forget_gone,
    hold,
    release,
    set_answer,
    set_cost_bearer,
)
from moebelcirkel.services.shop.cards import CardDetail, Piece, card, type_name
from moebelcirkel.services.shop.exporting import Exported, export, export_into
from moebelcirkel.services.shop.facets import Facet, Labelled, ShopFacets
from moebelcirkel.services.shop.finding import Card, Found, NotOnSale, newest, search
from moebelcirkel.services.shop.forgotten import has_forgotten, put_back_forgotten
from moebelcirkel.services.shop.gone import Gone
from moebelcirkel.services.shop.lending import Loan, set_loan
from moebelcirkel.services.shop.lists import (
    ListForm,
    ListRow,
    Lists,
    delete_list,
    favourites,
    lists,
    save_list,
)
from moebelcirkel.services.shop.own import (
    Own,
    OwnRow,
    TakenOver,
    delete_own,
    keep_search,
    kept,
    mark,
    save_own,
    saw,
    take_over,
)
from moebelcirkel.storage.queries.shop import CardKey
