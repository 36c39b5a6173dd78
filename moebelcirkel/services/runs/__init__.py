"""Runs of the van: vehicles, planning a week, and what is driven."""

from moebelcirkel.services.runs.closing import MOST_KM, RunClosed, cancel, close
from moebelcirkel.services.runs.dated import RunForm, change, create
from moebelcirkel.services.runs.errands import see_to
from moebelcirkel.services.runs.lists import (
    PlannedWeek,
    WaitingDelivery,
    one,
    picked_at,
    planned_week,
    run_of_note,
    run_of_stop,
)
from moebelcirkel.services.runs.papers import (
    errand_words,
    notes_pdf,
    pick_list_pdf,
    prepare_notes,
    repair_words,
    sheet_pdf,
)
from moebelcirkel.services.runs.planning import (
    RunChanged,
    add_delivery,
    add_errands,
    add_pickup,
    remove,
    reorder,
)
from moebelcirkel.services.runs.stops import Halt, MissedStop, Planned, Stop
from moebelcirkel.services.runs.vehicles import (
    VehicleForm,
    VehicleRow,
    delete_vehicle,
    save_vehicle,
    vehicles,
)
