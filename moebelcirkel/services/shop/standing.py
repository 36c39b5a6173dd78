"""What an institution has reported and still has itself: it can be found, and not ordered there."""

from collections.abc import Iterable

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session

#: So many are named.
_NAMED = 5


def stays(session: Session, institution_id: int, units: Iterable[Unit]) -> Refused | None:
    """Why these cannot be ordered: they would be credited for going nowhere."""
    own = [unit.id for unit in units if unit.giver_id == institution_id]
    standing = pickup_queries.standing_of(session, own) if own else []
    if not standing:
        return None
    pieces = sorted(unit.number for unit, _pickup in standing)
    return Refused(
        N_(
            "This stands with you yourselves: {pieces} ({reports}). Take it out of the basket,"
            " and tell the warehouse if you keep it."
        ),
        pieces=", ".join(pieces[:_NAMED]) + (" …" if len(pieces) > _NAMED else ""),
        reports=", ".join(sorted({pickup.number for _unit, pickup in standing})),
    )
