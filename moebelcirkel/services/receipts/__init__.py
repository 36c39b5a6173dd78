"""What was handed over and whether its receiver has confirmed it."""

from moebelcirkel.services.receipts.confirming import Confirmed, confirm
from moebelcirkel.services.receipts.lists import (
    OrderReceipt,
    Receipt,
    ReceiptDetail,
    ReceiptPage,
    detail,
    listed,
    waiting_count,
)
from moebelcirkel.storage.queries.receipts import HandedPiece
