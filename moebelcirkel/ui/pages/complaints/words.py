"""The columns of the list of complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.language import _, moment
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.parts.complaints.words import chip

if TYPE_CHECKING:
    from moebelcirkel.services.complaints import ListedComplaint


def columns(*, many_institutions: bool) -> list[Column[ListedComplaint]]:
    """Which, whose, about what, and how it stands."""
    return [
        Column("number", _("Number"), lambda row: row.number, width=80, strong=True),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            weight=4,
            hidden=not many_institutions,
        ),
        Column(
            "what",
            _("Furniture"),
            lambda row: row.name,
            weight=5,
            tip=lambda row: f"{row.name} · {row.unit}",
            keeps_end=True,
        ),
        Column(
            "reported",
            _("Reported"),
            lambda row: moment(row.reported_at),
            width=130,
            tone="small",
            hidden=True,
        ),
        chip_column("state", _("State"), lambda row: chip(row.state, row.outcome), width=150),
    ]
