"""Pairs of writes about runs, on what lies there in the middle of a day."""

from decimal import Decimal

from moebelcirkel.services import changes, deliveries, pickups, runs
from tests.services.beside import Call
from tests.services.running import VAN
from tests.services.working_day import Day


def form(day: Day) -> runs.RunForm:
    """Another driver."""
    return runs.RunForm(day.context.today(), day["vehicle"], "Vikar")


RUNNING: tuple[tuple[Call, Call], ...] = (
    (
        Call(runs.save_vehicle, "admin", lambda _: (runs.VehicleForm("Lastbil"),)),
        Call(
            runs.save_vehicle, "admin", lambda day: (runs.VehicleForm("Lastbil"), day["vehicle"], 1)
        ),
    ),
    (
        Call(runs.delete_vehicle, "admin", lambda day: (day["spare_vehicle"], 1)),
        Call(
            runs.create,
            "lager",
            lambda day: (runs.RunForm(day.context.today(), day["spare_vehicle"]),),
        ),
    ),
    (
        Call(runs.add_delivery, "lager", lambda day: (day["run"], day["run_receiver"])),
        Call(runs.add_delivery, "lager2", lambda day: (day["other_run"], day["run_receiver"])),
    ),
    (
        Call(runs.add_pickup, "lager", lambda day: (day["run"], day["accepted"])),
        Call(runs.add_pickup, "lager2", lambda day: (day["other_run"], day["accepted"])),
    ),
    (
        Call(runs.add_pickup, "lager", lambda day: (day["run"], day["accepted"])),
        Call(pickups.close, "lager2", lambda day: (day["accepted"],)),
    ),
    (
        Call(runs.change, "lager", lambda day: (day["run"], form(day), 1)),
        Call(runs.cancel, "lager2", lambda day: (day["run"], 1)),
    ),
    (
        Call(runs.remove, "lager", lambda day: (day["run_stops"][0],)),
        Call(runs.reorder, "lager2", lambda day: (day["full_run"], day["run_stops"][::-1])),
    ),
    (
        Call(runs.close, "lager", lambda day: (day["driven_run"], Decimal("12.5"))),
        Call(runs.close, "lager2", lambda day: (day["driven_run"], Decimal(20))),
    ),
    (
        Call(runs.close, "lager", lambda day: (day["driven_run"], Decimal("12.5"))),
        Call(changes.undo, "lager2", lambda day: (day["driven"],)),
    ),
    (
        Call(runs.add_errands, "lager", lambda day: (day["run"], day.home)),
        Call(runs.add_errands, "lager2", lambda day: (day["other_run"], day.home)),
    ),
    (
        Call(runs.see_to, "lager", lambda day: (day["errand_stop"], [day["errand"]])),
        Call(runs.see_to, "lager2", lambda day: (day["errand_stop"], [day["errand"]])),
    ),
    (
        Call(runs.see_to, "lager", lambda day: (day["errand_stop"], [day["errand"]])),
        Call(runs.remove, "lager2", lambda day: (day["errand_stop"],)),
    ),
    (
        Call(runs.see_to, "lager", lambda day: (day["fetch_stop"], [], [day["fetch_stop"]])),
        Call(runs.remove, "lager2", lambda day: (day["fetch_stop"],)),
    ),
    (
        Call(runs.prepare_notes, "lager", lambda day: (day["picked_run"],)),
        Call(deliveries.unpick, "lager2", lambda day: (day["run_picked"],)),
    ),
    (
        Call(changes.undo, "lager", lambda day: (day["run_made"],)),
        Call(runs.add_delivery, "lager2", lambda day: (day["run"], day["run_receiver"])),
    ),
)

__all__ = ["RUNNING", "VAN"]
