"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.settlement import (
        Asked,
        BatchDetail,
        Made,
        Overview,
        Preview,
        Saved,
        Stepped,
    )


def overview(context: Context) -> Overview:
    """All batches."""
    return services.settlement.overview(context)


def preview(context: Context, asked: Asked) -> Preview:
    """What a batch would be."""
    return services.settlement.preview(context, asked)


def detail(context: Context, batch_id: int) -> BatchDetail:
    """One batch."""
    return services.settlement.detail(context, batch_id)


def make(context: Context, asked: Asked, seen: str | None) -> Made:
    """Make a batch of what was seen."""
    return services.settlement.make(context, asked, seen)


def release(context: Context, batch_id: int, path: Path) -> Saved:
    """Save the file and lock the batch."""
    return services.settlement.save_and_release(context, batch_id, path)


def file(context: Context, batch_id: int) -> bytes:
    """The file as it was made."""
    return services.settlement.posting_file(context, batch_id)


def vouchers(context: Context, batch_id: int) -> bytes:
    """The voucher of each institution."""
    return services.settlement.vouchers_pdf(context, batch_id)


def book(context: Context, batch_id: int, voucher: str) -> Stepped:
    """Note the voucher number."""
    return services.settlement.book(context, batch_id, voucher)


def withdraw(context: Context, batch_id: int) -> Stepped:
    """Give a batch up."""
    return services.settlement.withdraw(context, batch_id)


def reverse(context: Context, batch_id: int) -> Made:
    """Make the opposite batch."""
    return services.settlement.reverse(context, batch_id)
