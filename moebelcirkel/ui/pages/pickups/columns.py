"""The columns of the list of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.language import _, day, moment, number, zone
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.pages.pickups.words import volume
from moebelcirkel.ui.parts.pickup_words import state_chip

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import PickupRow


def columns(*, many_givers: bool, warehouse: bool) -> list[Column[PickupRow]]:
    """Number, giver, pieces and state; what a plan of the day needs for the warehouse."""
    return [
        Column("number", _("Number"), lambda row: row.number, width=88, strong=True),
        Column("giver", _("Giver"), lambda row: row.giver, hidden=not many_givers),
        Column("building", _("Building and room"), lambda row: row.building, hidden=many_givers),
        Column("address", _("Address"), lambda row: row.address, hidden=True),
        Column("contact", _("Ask there for"), lambda row: row.contact, hidden=True),
        Column(
            "reported",
            _("Reported"),
            lambda row: day(row.reported_at.astimezone(zone()).date()),
            width=84,
            tone="small",
            tip=lambda row: moment(row.reported_at),
            hidden=warehouse,
        ),
        Column(
            "day",
            _("Is fetched"),
            lambda row: day(row.planned_on) if row.planned_on else "",
            width=84,
            tone="small",
            hidden=not warehouse,
        ),
        Column("pieces", _("Pieces"), lambda row: number(row.pieces), align="right", width=72),
        Column("volume", _("Volume"), volume, align="right", width=110, hidden=True),
        chip_column("state", _("State"), state_chip),
    ]
