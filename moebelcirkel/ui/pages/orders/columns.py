"""The columns of the list of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.orders import ORDER_STATE_NAMES
from moebelcirkel.language import _, day, kroner, moment, number, zone
from moebelcirkel.ui.kit.chips import Chip, column_width
from moebelcirkel.ui.kit.order_card import progress, state_chip
from moebelcirkel.ui.kit.tables import Column

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderRow


def _chip(row: OrderRow) -> Chip:
    """The state, or how far a running order has come."""
    chip = state_chip(row.state)
    return Chip(progress(row) or chip.text, chip.tone)


def columns(*, many_institutions: bool) -> list[Column[OrderRow]]:
    """Number, state and amount; the institution for those who see several."""
    longest = _("{count} of {all} delivered").format(count=88, all=88)
    states = (*(_(name) for name in ORDER_STATE_NAMES.values()), longest)
    return [
        Column("number", _("Number"), lambda row: row.number, width=84, strong=True),
        Column(
            "institution", _("Institution"), lambda row: row.institution,
            hidden=not many_institutions,
        ),
        Column("orderer", _("Ordered by"), lambda row: row.orderer, hidden=many_institutions),
        Column(
            "sent", _("Sent"), lambda row: day(row.sent_at.astimezone(zone()).date()),
            width=80, tone="small", tip=lambda row: moment(row.sent_at),
        ),
        Column(
            "pieces", _("Pieces"), lambda row: number(row.pieces), align="right", width=72,
            hidden=True,
        ),
        Column("total", _("Amount"), lambda row: kroner(row.total_ore), align="right", width=92),
        Column(
            "state", _("State"), lambda row: _chip(row).text, chip=_chip,
            width=column_width(states),
        ),
    ]  # fmt: skip
