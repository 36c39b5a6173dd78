"""Orders: sent from a basket, approved, refused or cancelled, with one line per piece."""

from moebelcirkel.services.orders.adapting import (
    Adaptable,
    AdaptChoices,
    AdaptWish,
    Quote,
    adapt,
    adapt_choices,
    quote,
)
from moebelcirkel.services.orders.deciding import (
    Adjusted,
    Cancelled,
    OrderDecided,
    adjust,
    approve,
    call_off,
    cancel,
    refuse,
)
from moebelcirkel.services.orders.feedback import give_back, give_feedback
from moebelcirkel.services.orders.groups import OrderGroup
from moebelcirkel.services.orders.lists import (
    OrderDetail,
    OrderEvent,
    OrderPage,
    OrderRow,
    TakenOut,
    approval_count,
    detail,
    listed,
    open_count,
    waiting,
)
from moebelcirkel.services.orders.sending import OrderSent, send
