"""The register of vehicles: how much each takes, and what a kilometre costs in øre and CO2e."""

from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, whole_number
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.runs import Vehicle

MOST_LITRES = 200_000
MOST_KG = 50_000
MOST_KG_PER_KM = Decimal(10)
MOST_ORE_PER_KM = 100_000


@dataclass(frozen=True, slots=True)
class VehicleForm:
    """All that can be filled in about a vehicle; the CO2e of a small diesel van to begin with."""

    name: str
    volume_l: int = 12_000
    payload_kg: int = 1_000
    co2e_kg_per_km: Decimal = Decimal("0.31689")
    ore_per_km: int = 379
    active: bool = True


VehicleRow = registers.FormRow[VehicleForm]


def vehicles(context: Context, *, inactive: bool = False) -> list[VehicleRow]:
    """The vehicles by name; open to all who work here."""
    context.require_role()
    with context.read() as session:
        return [
            registers.FormRow(row.id, row.version, like(VehicleForm, row))
            for row in run_queries.vehicles(session, inactive=inactive)
        ]


@writes("vehicle.save", Action.SETTINGS)
def save_vehicle(
    work: Work, form: VehicleForm, vehicle_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a vehicle, or correct one with the version its form was opened with."""
    row = Vehicle() if vehicle_id is None else work.get(Vehicle, vehicle_id, version)
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("name"):
        values["name"] = registers.free_name(work, Vehicle.name, form.name, vehicle_id)
    with fields.field("volume_l"):
        values["volume_l"] = whole_number(form.volume_l, 1, MOST_LITRES)
    with fields.field("payload_kg"):
        values["payload_kg"] = whole_number(form.payload_kg, 1, MOST_KG)
    with fields.field("ore_per_km"):
        values["ore_per_km"] = whole_number(form.ore_per_km, 0, MOST_ORE_PER_KM)
    with fields.field("co2e_kg_per_km"):
        values["co2e_kg_per_km"] = _kg_per_km(form.co2e_kg_per_km)
    fields.finish()
    return registers.keep(work, row, values)


def _kg_per_km(value: Decimal) -> Decimal:
    if not 0 <= value <= MOST_KG_PER_KM or value != round(value, 5):
        raise Refused(N_("Write kg from 0 to 10 with at most 5 decimals."))
    return value


@writes("vehicle.delete", Action.SETTINGS)
def delete_vehicle(work: Work, vehicle_id: int, version: int) -> Saved:
    """Delete a vehicle that has driven no run."""
    return registers.delete_unused(work, Vehicle, vehicle_id, version)
