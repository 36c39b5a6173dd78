"""The columns of the list of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.language import _, current_language, day, kroner, moment, number, zone
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.parts.order_words import names, waiting_chip

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderRow


def columns(*, many_institutions: bool) -> list[Column[OrderRow]]:
    """Number, state and amount; the institution for those who see several."""
    return [
        Column("number", _("Number"), lambda row: row.number, width=90, strong=True),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            hidden=not many_institutions,
        ),
        Column(
            "orderer", _("Ordered by"), lambda row: row.orderer, width=116, hidden=many_institutions
        ),
        Column(
            "sent",
            _("Sent"),
            lambda row: day(row.sent_at.astimezone(zone()).date()),
            width=84,
            tone="small",
            tip=lambda row: moment(row.sent_at),
        ),
        Column(
            "pieces",
            _("Pieces"),
            lambda row: number(row.pieces),
            align="right",
            width=72,
            hidden=True,
        ),
        Column(
            "total",
            _("Amount"),
            lambda row: kroner(row.total_ore),
            align="right",
            width=92 if current_language() == "da" else 106,
        ),
        chip_column(
            "state",
            _("State"),
            waiting_chip,
            tip=lambda row: names(row.approvers) or waiting_chip(row).text,
        ),
    ]
