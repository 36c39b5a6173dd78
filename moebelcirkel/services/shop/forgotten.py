"""Baskets nobody has looked at for long: what lay in them goes back, with its events."""

from moebelcirkel.domain.routines import BASKET_KEPT
from moebelcirkel.services.context import Context, Pieces, Work, writes
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.work import not_allowed


def has_forgotten(context: Context) -> bool:
    """Whether something lies in a basket whose time ran out long ago, and may be put back.

    Where each person is an account of the server's, nobody writes in the program's own name.
    """
    if context.actor.grants is not None:
        raise not_allowed()
    with context.read() as session:
        if shop_holds.is_somebodys(session):
            return False
        return bool(shop_holds.ran_out(session, context.now() - BASKET_KEPT, most=1))


@writes("shop.expire", None, Kind(stays="nobody looked at the basket for long"))
def put_back_forgotten(work: Work) -> Pieces:
    """Empty the baskets that were forgotten; the program itself does so."""
    if work.grants is not None:
        raise not_allowed()
    found = shop_holds.ran_out(work.session, work.now - BASKET_KEPT)
    for row in found:
        work.session.delete(row)
    return Pieces(pieces=len(found))
