"""Wants: what an institution needs and the shop does not have, and what is found for it."""

from moebelcirkel.services.wants.asking import WantForm, Wrote, correct, create, end
from moebelcirkel.services.wants.demand import (
    DemandLine,
    demand_file,
    demand_list,
    forget_demand,
    note,
)
from moebelcirkel.services.wants.lists import (
    ListedWant,
    WantChoices,
    WantDetail,
    choices,
    detail,
    found_count,
    listed,
)
from moebelcirkel.services.wants.ordering import order
from moebelcirkel.services.wants.serving import is_due, serve
from moebelcirkel.storage.queries.wants import HeldPiece
