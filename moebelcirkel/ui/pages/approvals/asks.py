"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from moebelcirkel.ui.kit.thumbnails import decode

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.orders import OrderDetail, OrderPage


def waiting(context: Context) -> OrderPage:
    """What waits for the asker."""
    from moebelcirkel.services import orders

    return orders.waiting(context, limit=500)


def detail(context: Context, order_id: int) -> OrderDetail:
    """One order."""
    from moebelcirkel.services import orders

    return orders.detail(context, order_id)


def approve(context: Context, order_id: int, version: int) -> Done:
    """Say yes."""
    from moebelcirkel.services import orders

    return orders.approve(context, order_id, version)


def refuse(context: Context, order_id: int, reason: str, version: int) -> Done:
    """Say no."""
    from moebelcirkel.services import orders

    return orders.refuse(context, order_id, reason, version)


def pictures(context: Context, fingerprints: Sequence[str]) -> dict[str, QImage]:
    """Decoded thumbnails by fingerprint."""
    from moebelcirkel.services import photos

    return {key: decode(data) for key, data in photos.thumbs(context, fingerprints).items()}
