"""What is done without a person: by a scheduler's `work`, or by the window that is open."""

from moebelcirkel.services.routines.beside import WAY as BESIDE
from moebelcirkel.services.routines.lists import RoutineOverview, RoutineState, listed
from moebelcirkel.services.routines.running import (
    RoutineOutcome,
    place,
    run_asked,
    run_due,
    run_now,
)
from moebelcirkel.services.routines.table import ROUTINES, RoutinePlace
from moebelcirkel.storage.queries.routines import RunOfRoutine
