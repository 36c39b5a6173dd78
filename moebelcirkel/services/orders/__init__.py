"""Orders: sent from a basket, approved, refused or cancelled, with one line per piece."""

from moebelcirkel.services.orders.lists import (
    OrderDetail,
    OrderEvent,
    OrderGroup,
    OrderPage,
    OrderRow,
    approval_count,
    detail,
    listed,
    open_count,
    waiting,
)
from moebelcirkel.services.orders.sending import (
    Cancelled,
    Decided,
    Sent,
    approve,
    cancel,
    refuse,
    send,
)
