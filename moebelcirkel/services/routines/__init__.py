"""What is done without a person: by a scheduler's `work`, or by the window that is open."""

from moebelcirkel.services.routines.lists import State, Told, listed
from moebelcirkel.services.routines.running import Outcome, place, run_asked, run_due, run_now
from moebelcirkel.services.routines.table import ROUTINES, Place, Routine
from moebelcirkel.storage.queries.routines import Run

__all__ = [
    "ROUTINES",
    "Outcome",
    "Place",
    "Routine",
    "Run",
    "State",
    "Told",
    "listed",
    "place",
    "run_asked",
    "run_due",
    "run_now",
]
