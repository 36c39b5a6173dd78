"""Free pieces go to the wants that fit them, the first in line first.

It follows every write that can make a piece free or a want fit, as a change of its own in the same
transaction: nobody sees a piece free that somebody waits for, and of two at once the second finds
what the first has left. Holds that run out are no write, so ``wants.serve`` asks for these.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.wants import Offer, Sought, words_of
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.done import Done
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.wants import Lacking
from moebelcirkel.storage.tables.shop import Basket
from moebelcirkel.storage.tables.wants import WantOffer
from moebelcirkel.storage.work import ZONE, Follower, Work

KIND = "want.serve"
#: The kinds of rows after whose change somebody may be served.
AFTER = frozenset({"unit", "hold", "want"})


@dataclass(frozen=True, slots=True)
class Served(Done):
    """The pieces that are held now, and the wants they are held for."""

    unit_ids: tuple[int, ...]
    want_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Free pieces for one want."""

    want: Lacking
    unit_ids: tuple[int, ...]


def after(session: Session, now: dt.datetime, change_id: int) -> Callable[[Work], Done] | None:
    """What is held for whom after a change; ``None`` where nobody is served by it.

    All others were served before, so only the pieces and the wants it touched are looked at.
    """
    if not want_queries.any_open(session):
        return None
    units, wants = want_queries.touched(session, change_id)
    found = matches(session, now, units, wants)
    return (lambda work: hold(work, found)) if found else None


#: How the unit of work asks for it.
FOLLOWER = Follower(KIND, AFTER, after)


def matches(
    session: Session,
    now: dt.datetime,
    units: Collection[int] | None = None,
    wants: Collection[int] = (),
) -> list[Match]:
    """Who gets which free piece: of the pieces given (or of all), and of all for the wants given.

    A piece goes to one want only, and never twice to the same one.
    """
    line = want_queries.lacking(session, now, now.astimezone(ZONE).date())
    everything = units is None or any(want.id in wants for want in line)
    offers = want_queries.free(session, now, None if everything else units) if line else []
    cards = _by_card(offers)
    new = None if units is None else set(units)
    also = shop_queries.alike(session, words_of(want.wanted for want in line)) if cards else {}
    found: list[Match] = []
    for want in line if cards else ():
        only = None if want.id in wants else new
        wish = want.wanted.wish(also)
        chosen = _choose(session, want, wish, cards, only)
        if chosen:
            found.append(Match(want, tuple(sorted(chosen))))
            _remove(cards, chosen)
    return found


_Cards = dict[tuple[int, str, int], dict[int, Offer]]


def _by_card(offers: Iterable[Offer]) -> _Cards:
    """Alike pieces together, since a want fits all of them or none."""
    cards: _Cards = defaultdict(dict)
    for offer in offers:
        cards[offer.article_id, offer.condition, offer.price_ore][offer.unit_id] = offer
    return cards


def _choose(
    session: Session, want: Lacking, wish: Sought, cards: _Cards, only: Collection[int] | None
) -> list[int]:
    """Pieces for one want: where most are alike, then the cheapest, then in order."""
    fitting = [
        (key, [unit_id for unit_id in pieces if only is None or unit_id in only])
        for key, pieces in cards.items()
        if want.wanted.fits(next(iter(pieces.values())), wish)
    ]
    if not any(pieces for _key, pieces in fitting):
        return []
    before = want_queries.offered(session, want.id)
    left = [(key, [each for each in pieces if each not in before]) for key, pieces in fitting]
    left.sort(key=lambda card: (-min(len(card[1]), want.missing), card[0][2], card[0]))
    return [unit_id for _key, pieces in left for unit_id in pieces][: want.missing]


def _remove(cards: _Cards, unit_ids: Iterable[int]) -> None:
    gone = set(unit_ids)
    for key, pieces in list(cards.items()):
        kept = {unit_id: offer for unit_id, offer in pieces.items() if unit_id not in gone}
        if kept:
            cards[key] = kept
        else:
            del cards[key]


def until(work: Work) -> dt.datetime:
    """The end of the last working day that a found piece is held."""
    last = working_day_after(work.today, int(work.parameter("want_days")))
    return dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)


def hold(work: Work, found: Sequence[Match]) -> Served:
    """Put what was found into the baskets of those who want it."""
    expires_at = until(work)
    served: dict[int, list[int]] = {}
    baskets = {
        key: _basket(work, key) for key in sorted({match.want.institution_id for match in found})
    }
    offers: list[dict[str, object]] = []
    for match in found:
        basket = baskets[match.want.institution_id]
        if off_sale := want_queries.off_sale(work.session, match.want.id):
            let_go(work, match.want.id, off_sale)  # or they would be held too once on sale again
        taken = shop_holds.take(
            work, basket, match.unit_ids, expires_at, exact=False, want_id=match.want.id
        )
        offers += [
            {"want_id": match.want.id, "unit_id": unit_id, "offered_at": work.now}
            for unit_id in taken
        ]
        served[match.want.id] = taken
    work.bulk_insert(WantOffer, offers)
    return Served(
        unit_ids=tuple(sorted(unit_id for taken in served.values() for unit_id in taken)),
        want_ids=tuple(sorted(served)),
    )


def _basket(work: Work, institution_id: int) -> Basket:
    """An institution's basket; what was answered for something else is no answer for this."""
    basket = shop_holds.open_basket(work, institution_id)
    if not shop_holds.holds(work.session, basket.id):
        basket.answer = None
    return basket


def let_go(work: Work, want_id: int, unit_ids: Collection[int] | None = None) -> int:
    """Release what is held for a want, or only those pieces; returns how many they were."""
    released = [
        row
        for row in want_queries.holds_of(work.session, want_id)
        if unit_ids is None or row.unit_id in unit_ids
    ]
    for row in released:
        work.session.delete(row)
    return len(released)
