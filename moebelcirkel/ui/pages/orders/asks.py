"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from moebelcirkel import services
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.ui.kit.pictures.thumbnails import decode

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders import Cancelled, OrderDetail, OrderPage


def listed(
    context: Context,
    states: frozenset[OrderState],
    text: str,
    before_id: int | None = None,
    offset: int = 0,
    holding: int | None = None,
) -> OrderPage:
    """One page of the list, and whether it holds the order beside it."""
    return services.orders.listed(
        context, states=states, text=text, before_id=before_id, offset=offset, holding=holding
    )


def detail(context: Context, order_id: int) -> OrderDetail:
    """One order."""
    return services.orders.detail(context, order_id)


def cancel(
    context: Context, order_id: int, line_ids: Sequence[int] | None, version: int
) -> Cancelled:
    """Take back the order or some of its lines."""
    return services.orders.cancel(context, order_id, line_ids, version)


def pictures(context: Context, fingerprints: Sequence[str]) -> dict[str, QImage]:
    """Decoded thumbnails by fingerprint."""
    return {
        key: decode(data) for key, data in services.photos.thumbs(context, fingerprints).items()
    }
