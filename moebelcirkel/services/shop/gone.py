"""What a basket no longer holds although nobody of its own took it out."""

import datetime as dt
from collections.abc import Mapping, Sequence

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.shop_holds import Gone
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session


def of(
    session: Session,
    basket_id: int | None,
    held: Sequence[Hold],
    units: Mapping[int, Unit],
    now: dt.datetime,
) -> tuple[Gone, ...]:
    """What others took or somebody's undo let go, and what is no longer on sale."""
    if basket_id is None:
        return ()
    left = [units[hold.unit_id] for hold in held if units[hold.unit_id].state != State.LISTED]
    names = shop_holds.articles(session, (unit.article_id for unit in left))
    lost = shop_holds.losses(session, basket_id, now)
    return (*lost, *(Gone(unit.number, names[unit.article_id].name) for unit in left))
