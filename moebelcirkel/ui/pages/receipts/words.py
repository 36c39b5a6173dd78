"""A delivery in words: how it stands, and the columns of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.receipts import Standing
from moebelcirkel.language import _, day, number
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.parts.order_words import receipt

if TYPE_CHECKING:
    from moebelcirkel.services.receipts import Receipt

_TONES = {Standing.WAITING: "warning", Standing.CONFIRMED: "accent"}


def chip(row: Receipt) -> Chip:
    """How it stands."""
    return Chip(_(row.standing.label), _TONES.get(row.standing, "neutral"))


def columns(*, many_institutions: bool) -> list[Column[Receipt]]:
    """Which, for whom, how many, when, and how it stands."""
    return [
        Column("number", _("Number"), lambda row: row.number, width=90, strong=True),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            hidden=not many_institutions,
        ),
        Column(
            "received_by", _("Received by"), lambda row: row.received_by, hidden=many_institutions
        ),
        Column("pieces", _("Pieces"), lambda row: number(row.pieces), align="right", width=72),
        Column("handed", _("Handed over"), lambda row: day(row.handed_on), width=96, tone="small"),
        chip_column("state", _("State"), chip, width=172, tip=receipt),
    ]
