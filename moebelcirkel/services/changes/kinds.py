"""The kinds of change of all services, with what must hold when they are undone."""

import functools
from collections.abc import Mapping

from moebelcirkel import loading
from moebelcirkel.storage.kinds import KINDS, Kind

#: Where services write, and say what must hold after an undo: whoever undoes must know all of it,
#: also of what this program has not done since it began. A test holds the list.
_WRITING = (
    "approvals.deputies articles articles.merging articles.removing badges cases.costs"
    " cases.outside cases.work"
    " changes.history copies.taking deliveries.handing_over deliveries.picking deliveries.returns"
    " complaints.deciding complaints.reporting"
    " ecolabels factors.register figures.lines imports.articles imports.institutions imports.pieces"
    " imports.places imports.prices imports.users institutions intake.batches intake.corrections"
    " loans.ending loans.moving"
    " orders.deciding orders.feedback orders.sending orders.undoing parameters persons photos"
    " pickups.deciding pickups.receiving"
    " pickups.reporting places purchases.gathering purchases.planning reports.recording"
    " receipts.confirming repairers.errands repairers.register"
    " repairs.agreeing repairs.asking repairs.offering"
    " repairs.receiving runs.closing runs.dated runs.papers runs.planning"
    " runs.vehicles settlement.batches shop.baskets"
    " shop.forgotten shop.lending shop.lists shop.own start.clock start.setup stock.handling"
    " stock.parts tasks"
    " units.values users"
    " wants.asking wants.ordering wants.serving"
)


@functools.cache
def declared() -> Mapping[str, Kind]:
    """Every kind by its name."""
    for module in _WRITING.split():
        loading.module(f"moebelcirkel.services.{module}")
    return KINDS
