"""Vehicles: how much each takes, and what a kilometre costs in kroner and CO2e."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.fold import fold, matches_rank, sort_key, words
from moebelcirkel.language import N_, NBSP, _, decimal, kroner, number
from moebelcirkel.services import runs
from moebelcirkel.services.runs import VehicleForm, VehicleRow
from moebelcirkel.services.runs.vehicles import (
    MOST_KG,
    MOST_KG_PER_KM,
    MOST_LITRES,
    MOST_ORE_PER_KM,
)
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.pages.settings.columns import state_column, tone
from moebelcirkel.ui.pages.settings.register import Opened, Register

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Saved


class VehiclesSection(Register[VehicleRow]):
    """The register of vehicles."""

    title = N_("Vehicles")
    new_text = N_("New vehicle")
    icon = "truck"
    empty_text = N_("Runs are planned with a vehicle. There are none yet.")
    given_up = ("co2e", "price")

    def columns(self) -> Sequence[Column[VehicleRow]]:
        """Name, room, load, price and CO2e of a kilometre."""
        return [
            Column(
                "name",
                _("Name"),
                lambda row: row.form.name,
                lambda row: sort_key(row.form.name),
                strong=True,
                tone=lambda row: tone(active=row.form.active),
            ),
            Column(
                "volume",
                _("Room, litres"),
                lambda row: number(row.form.volume_l),
                lambda row: row.form.volume_l,
                "right",
                width=110,
            ),
            Column(
                "payload",
                _("Greatest load, kg"),
                lambda row: number(row.form.payload_kg),
                lambda row: row.form.payload_kg,
                "right",
                width=140,
            ),
            Column(
                "price",
                _("Cost per km"),
                lambda row: kroner(row.form.ore_per_km),
                lambda row: row.form.ore_per_km,
                "right",
                "money",
                width=110,
            ),
            Column(
                "co2e",
                _("CO₂e per km"),
                lambda row: f"{decimal(row.form.co2e_kg_per_km)}{NBSP}kg",
                lambda row: row.form.co2e_kg_per_km,
                "right",
                width=120,
            ),
            state_column(lambda row: row.form.active),
        ]

    def key(self, row: VehicleRow) -> int:
        """The vehicle's id."""
        return row.id

    def make_form(self) -> Form:
        """Name, how much it takes, what a kilometre costs."""
        form = Form(columns=1)
        form.add("name", LineField(_("Name"), required=True))
        form.add(
            "volume_l",
            NumberField(_("Room, litres"), required=True, minimum=1, maximum=MOST_LITRES),
        )
        form.add(
            "payload_kg",
            NumberField(_("Greatest load, kg"), required=True, minimum=1, maximum=MOST_KG),
        )
        form.add(
            "ore_per_km", MoneyField(_("Cost per km, kr."), required=True, maximum=MOST_ORE_PER_KM)
        )
        helper = _("A small diesel van with the making of its fuel: 0.31689 (DESNZ 2025).")
        form.add(
            "co2e_kg_per_km",
            DecimalField(
                _("CO₂e per km, kg"), helper=helper, required=True, maximum=MOST_KG_PER_KM, places=5
            ),
        )
        form.add("active", CheckField(_("Active")))
        return form

    def read_rows(self, context: Context, text: str) -> Sequence[VehicleRow]:
        """All vehicles with these words."""
        wanted = words(text)
        rows = runs.vehicles(context, inactive=True)
        return [row for row in rows if matches_rank(wanted, fold(row.form.name)) is not None]

    def read_one(self, context: Context, key: int) -> Opened | None:
        """One vehicle."""
        rows = runs.vehicles(context, inactive=True)
        row = next((row for row in rows if row.id == key), None)
        return Opened(row.id, row.version, row.form.name, _values(row.form)) if row else None

    def fresh(self) -> Opened:
        """A new vehicle."""
        return Opened(None, None, _("New vehicle"), _values(VehicleForm("")))

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save it."""
        return runs.save_vehicle(context, VehicleForm(**values), opened.id, opened.version)

    def remove(self, context: Context, opened: Opened) -> Saved:
        """Delete one that has driven nothing."""
        assert opened.id is not None
        assert opened.version is not None
        return runs.delete_vehicle(context, opened.id, opened.version)


def _values(form: VehicleForm) -> dict[str, Any]:
    names = ("name", "volume_l", "payload_kg", "ore_per_km", "co2e_kg_per_km", "active")
    return {name: getattr(form, name) for name in names}
