"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from moebelcirkel import services
from moebelcirkel.ui.kit.pictures.thumbnails import decode

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders import Decided, OrderDetail, OrderPage


def waiting(context: Context) -> OrderPage:
    """What waits for the asker."""
    return services.orders.waiting(context, limit=500)


def detail(context: Context, order_id: int) -> OrderDetail:
    """One order."""
    return services.orders.detail(context, order_id)


def approve(context: Context, order_id: int, version: int) -> Decided:
    """Say yes."""
    return services.orders.approve(context, order_id, version)


def refuse(context: Context, order_id: int, reason: str, version: int) -> Decided:
    """Say no."""
    return services.orders.refuse(context, order_id, reason, version)


def pictures(context: Context, fingerprints: Sequence[str]) -> dict[str, QImage]:
    """Decoded thumbnails by fingerprint."""
    return {
        key: decode(data) for key, data in services.photos.thumbs(context, fingerprints).items()
    }
