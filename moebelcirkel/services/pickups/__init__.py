"""Pickups: furniture that is reported to go, decided, fetched, and what became of it."""

from moebelcirkel.services.pickups.deciding import accept, ask, close, plan, refuse
from moebelcirkel.services.pickups.lists import (
    LineDetail,
    PickupDetail,
    PickupPage,
    PickupRow,
    Receivable,
    as_offer,
    coming,
    detail,
    givers,
    listed,
    open_count,
    pictures,
    receivable,
    types,
)
from moebelcirkel.services.pickups.offering import Arrival, bring_home, offer
from moebelcirkel.services.pickups.reporting import (
    PickupReported,
    Report,
    ReportedLine,
    correct,
    report,
    withdraw,
)
from moebelcirkel.storage.queries.pickups import Coming, Fate, PickupEvent
