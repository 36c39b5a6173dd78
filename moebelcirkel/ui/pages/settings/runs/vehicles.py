"""Vehicles: how much each takes, and what a kilometre costs in kroner and CO2e."""

from collections.abc import Sequence

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
from moebelcirkel.ui.kit.lists.tables import Column, figure_column
from moebelcirkel.ui.pages.settings.calls import of_few
from moebelcirkel.ui.pages.settings.columns import around
from moebelcirkel.ui.pages.settings.register import Register


class VehiclesSection(Register[VehicleRow]):
    """The register of vehicles."""

    title = N_("Vehicles")
    new_text = N_("New vehicle")
    calls = of_few(runs.vehicles, runs.save_vehicle, runs.delete_vehicle, VehicleForm(""))
    icon = "truck"
    empty_text = N_("Runs are planned with a vehicle. There are none yet.")
    given_up = ("co2e", "price", "payload")

    def columns(self) -> Sequence[Column[VehicleRow]]:
        """Name, room, load, price and CO2e of a kilometre."""
        return around(
            _("Name"),
            figure_column(
                "volume", _("Room, litres"), lambda row: row.form.volume_l, number, width=128
            ),
            figure_column(
                "payload", _("Load, kg"), lambda row: row.form.payload_kg, number, width=92
            ),
            figure_column(
                "price",
                _("Cost per km"),
                lambda row: row.form.ore_per_km,
                kroner,
                tone="money",
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
        )

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
