"""What of a report is on sale where it stands, and is taken off sale because it is not there."""

from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.services.context import Work
from moebelcirkel.services.intake import corrections
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.units import Unit


def let_go(work: Work, pickup: Pickup, units: Sequence[Unit]) -> None:
    """These were never there: they leave shop and baskets; what is ordered is given up first."""
    ordered = [unit for unit in units if unit.state not in pickup_queries.LOOSE]
    if ordered:
        raise Refused(
            N_(
                "{count} of the pieces of {number} are ordered where they stand: {orders}. Give"
                " these orders up first, or another piece for each, so that who ordered is told."
            ),
            count=len(ordered),
            number=pickup.number,
            orders=", ".join(pickup_queries.orders_of(work.session, [unit.id for unit in ordered])),
        )
    for hold in shop_holds.of_units(work.session, [unit.id for unit in units]):
        if hold.expires_at > work.now:
            shop_holds.note_loss(work, hold.basket_id, hold.unit_id)
        work.session.delete(hold)
    work.session.flush()
    for unit in units:
        corrections.take_out(work, unit)


def take_off(work: Work, pickup: Pickup) -> None:
    """Nothing of a report is on sale where it stands any more."""
    let_go(work, pickup, pickup_queries.standing_units(work.session, pickup.id))
