"""What was found for a want becomes an order, by one click."""

from collections.abc import Collection

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Work, writes
from moebelcirkel.services.orders import sending
from moebelcirkel.services.orders.sending import Contents, OrderSent
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want


@writes("order.send", Action.ORDER)
def order(work: Work, want_id: int, unit_ids: Collection[int]) -> OrderSent:
    """Order what is held for a want, as its payer and answer say; all of it or nothing.

    ``unit_ids`` are the pieces that were shown: one that went to the next in line is named.
    """
    row = work.get(Want, want_id)
    work.require(Action.ORDER, row.institution_id)
    units = {unit.id: unit for unit in work.rows(Unit, unit_ids)}
    held = [
        hold
        for hold in want_queries.holds_of(work.session, want_id)
        if hold.unit_id in units and units[hold.unit_id].state == State.LISTED
    ]
    lost = sorted(units.keys() - {hold.unit_id for hold in held})
    if lost or not held:
        names = ", ".join(units[key].number for key in lost[:5]) or row.number
        raise Refused(
            N_("{names} is not held for you any more. Nothing has been sent. Look again."),
            names=names,
        )
    contents = Contents(row.institution_id, _payer(work, row), row.answer, held, units)
    return sending.place(work, contents, row.note)


def _payer(work: Work, row: Want) -> int | None:
    """The want's account, or the institution's first where that is no longer in use."""
    known = [each.id for each in order_queries.cost_bearers(work.session, row.institution_id)]
    if row.cost_bearer_id in known:
        return row.cost_bearer_id
    return known[0] if known else None
