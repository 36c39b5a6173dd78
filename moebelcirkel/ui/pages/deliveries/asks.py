"""What the page asks of the services; run on a job's thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import Note, PickedByScan


def find_note(context: Context, number: str) -> Note | None:
    """The delivery note with this number, if it still waits."""
    return services.deliveries.find_note(context, number)


def draw_list(context: Context, receiver: int | None) -> bytes:
    """The pick list of one receiver or of all, as PDF."""
    return services.deliveries.pick_list_pdf(context, receiver)


def draw_notes(context: Context, delivery_ids: Sequence[int]) -> bytes:
    """Delivery notes as PDF."""
    return services.deliveries.notes_pdf(context, delivery_ids)


def pick(context: Context, code: str, institution_id: int | None) -> PickedByScan:
    """Pick the scanned piece."""
    return services.deliveries.pick_by_scan(context, code, institution_id=institution_id)
