"""Queries of runs: vehicles, runs and their stops, and what waits to be driven."""

from moebelcirkel.storage.queries.runs.closing import (
    booked,
    closed,
    closed_with_open_lines,
    closed_with_pickups,
    closed_with_stops,
    fetched,
    handed_over,
    idle_stop,
    is_on_van,
    ridden,
    unfetched,
    unfinished_pickup,
)
from moebelcirkel.storage.queries.runs.errands import (
    Ride,
    StopErrand,
    WaitingErrands,
    astray,
    errand_rows,
    errands_of,
    planned_away,
    rides_of,
    waiting_at,
    waiting_errands,
)
from moebelcirkel.storage.queries.runs.missed import MissedStop, missed, missed_of
from moebelcirkel.storage.queries.runs.papers import StopPiece, loose_lines, note_ids, stop_pieces
from moebelcirkel.storage.queries.runs.planning import (
    BY_RUN,
    COUNTS,
    RunRow,
    StopLoad,
    StopRow,
    WayIn,
    delivered_that_week,
    fetches_on,
    has_pickup,
    houses_of,
    last_position,
    lines_of_stop,
    loads_of_stops,
    one_run,
    open_stop_lines,
    picked_at,
    run_of_note,
    run_of_stop,
    runs_between,
    stop_at,
    stop_rows,
    stops_of,
    vehicles,
    void_runs_with_stops,
    ways_in,
)
from moebelcirkel.storage.queries.runs.riding import loads_of_pickups
from moebelcirkel.storage.queries.runs.straight import (
    Straight,
    at_giver,
    on_run,
    set_down_first,
    straight,
    taken_up_at,
)
from moebelcirkel.storage.queries.runs.waiting import (
    WaitingInstitution,
    WaitingPickup,
    is_urgent,
    ride,
    waiting_deliveries,
    waiting_lines,
    waiting_pickups,
)
