"""Queries about repairs of what institutions own."""

from moebelcirkel.storage.queries.repairs.listing import (
    ListedRepair,
    RepairReach,
    Task,
    listed,
    numbers,
    one,
    tasks,
)
from moebelcirkel.storage.queries.repairs.parts import FittingPart, fitting
from moebelcirkel.storage.queries.repairs.single import (
    away,
    goes_home,
    going_home,
    number_on_order,
    of_order,
    of_pickup,
    shares_of,
    task_rows,
)
