"""Free pieces go to the wants that fit them, the first in line first.

It follows every write that can make a piece free or a want fit, as a change of its own in the same
transaction: nobody sees a piece free that somebody waits for, and of two at once the second finds
what the first has left. Holds that run out are no write, so ``wants.serve`` asks for these.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.orm import Session

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.wants import Offer, Sought, Wanted
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.done import Done
from moebelcirkel.storage.events import Touched
from moebelcirkel.storage.queries import pickups as pickup_queries
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


def after(session: Session, now: dt.datetime, touched: Touched) -> Callable[[Work], Done] | None:
    """What is held for whom after a change; ``None`` where nobody is served by it.

    All others were served before, so only the pieces and the wants it touched are looked at.
    """
    units, wants = want_queries.touched(session, touched)
    found = matches(session, now, units, wants)
    return (lambda work: hold(work, found)) if found else None


#: How the unit of work asks for it.
FOLLOWER = Follower(KIND, AFTER, want_queries.ANY_OPEN, "want", after)


def matches(
    session: Session,
    now: dt.datetime,
    units: Collection[int] | None = None,
    wants: Collection[int] = (),
) -> list[Match]:
    """Who gets which free piece: of the pieces given (or of all), and of all for the wants given.

    A piece goes to one want only, and never twice to the same one.
    """
    cards = None if units is None or wants else _Cards(session, now, units)
    if cards is not None and not cards.one:
        return []
    today = now.astimezone(ZONE).date()
    asking = None if cards is None else _asking(session, today, cards)
    line = want_queries.lacking(session, now, today, asking) if asking != [] else []
    new = None if units is None else set(units)
    if new is not None and not new:  # nothing became free: the others had their turn
        line = [want for want in line if want.id in wants]
    if not line:
        return []
    if cards is None:
        everything = units is None or any(want.id in wants for want in line)
        cards = _Cards(session, now, None if everything else units)
    return _shared(session, now, cards, line, new, wants)


def _asking(session: Session, today: dt.date, cards: "_Cards") -> list[int]:
    """The wants that some of the cards may be for: most others ask for something else."""
    offers = list(cards.one.values())
    shop_queries.expect_asked(session)
    found = want_queries.asking(session, today, offers)
    if not found:
        return []
    lines = {words for _want_id, words in found}
    wishes = shop_queries.asked(session, lines)
    fit = {words for words in lines if any(map(wishes[words].finds, offers))}
    return [want_id for want_id, words in found if words in fit]


def _shared(
    session: Session,
    now: dt.datetime,
    cards: "_Cards",
    line: Sequence[Lacking],
    new: Collection[int] | None,
    wants: Collection[int],
) -> list[Match]:
    """Who of the line gets what; most fit none of the cards, and are not looked at any closer."""
    wishes = shop_queries.asked(session, {want.wanted.words for want in line})
    fitting = [want for want in line if cards.fitting(want.wanted, wishes[want.wanted.words])]
    before = want_queries.offered(session, [want.id for want in fitting])
    found: list[Match] = []
    first = _FirstRefusal(session, now)
    for want in fitting:
        only = None if want.id in wants else new
        wish = wishes[want.wanted.words]
        chosen = _choose(
            session, want, wish, cards, only, before.get(want.id, set()) | first.of_others(want)
        )
        if chosen:
            found.append(Match(want, tuple(sorted(chosen))))
            cards.remove(chosen)
    return found


class _FirstRefusal:
    """Pieces at their giver that others' departments may take first; asked once per institution."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self._session, self._now = session, now
        self._of: dict[int, set[int]] = {}

    def of_others(self, want: Lacking) -> set[int]:
        """What this want does not get as long as they may."""
        place = want.institution_id
        if place not in self._of:
            found = pickup_queries.pieces_kept_back(self._session, [place], self._now)
            self._of[place] = found
        return self._of[place]


_Key = tuple[int, str, int]


class _Cards:
    """Free pieces, alike ones together, since a want fits all of them or none.

    Of all that is free only one of each card is read; the others when somebody wants them.
    """

    def __init__(self, session: Session, now: dt.datetime, units: Collection[int] | None) -> None:
        self._session, self._now = session, now
        self.one: dict[_Key, Offer] = {}
        self._pieces: dict[_Key, list[int]] = {}
        if units is None:
            self.one = {_key(offer): offer for offer in want_queries.free_alike(session, now)}
            return
        for offer in want_queries.free(session, now, units):
            self.one.setdefault(_key(offer), offer)
            self._pieces.setdefault(_key(offer), []).append(offer.unit_id)

    def fitting(self, wanted: Wanted, wish: Sought) -> list[_Key]:
        """The cards that fit a want."""
        return [key for key, offer in self.one.items() if wanted.fits(offer, wish)]

    def pieces(self, keys: Sequence[_Key]) -> list[list[int]]:
        """The free pieces of each card, in the order of their ids."""
        unread = {key[0] for key in keys if key not in self._pieces}
        found = want_queries.free_of(self._session, self._now, unread)
        for unit_id, article_id, condition, price_ore in found:
            self._pieces.setdefault((article_id, condition, price_ore), []).append(unit_id)
        return [self._pieces.get(key, []) for key in keys]

    def remove(self, unit_ids: Iterable[int]) -> None:
        """These are somebody's now."""
        gone = set(unit_ids)
        for key, pieces in self._pieces.items():
            if not gone.isdisjoint(pieces):
                self._pieces[key] = [each for each in pieces if each not in gone]
                if not self._pieces[key]:
                    self.one.pop(key, None)


def _key(offer: Offer) -> _Key:
    return offer.article_id, offer.condition, offer.price_ore


def _choose(
    session: Session,
    want: Lacking,
    wish: Sought,
    cards: _Cards,
    only: Collection[int] | None,
    before: Collection[int],
) -> list[int]:
    """Pieces for one want: where most are alike, then the cheapest, then in order.

    What was held for it ``before`` it does not get again.
    """
    keys = cards.fitting(want.wanted, wish)
    pieces_of = cards.pieces(keys)
    known = want_queries.known_as(session, chain.from_iterable(pieces_of), want.wanted)
    fitting = [
        (key, [each for each in pieces if each in known and (only is None or each in only)])
        for key, pieces in zip(keys, pieces_of, strict=True)
    ]
    if not any(pieces for _key, pieces in fitting):
        return []
    left = [(key, [each for each in pieces if each not in before]) for key, pieces in fitting]
    left.sort(key=lambda card: (-min(len(card[1]), want.missing), card[0][2], card[0]))
    return [unit_id for _key, pieces in left for unit_id in pieces][: want.missing]


def until(work: Work) -> dt.datetime:
    """The end of the last working day that a found piece is held."""
    last = working_day_after(work.today, int(work.parameter("want_days")))
    return dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)


def hold(work: Work, found: Sequence[Match]) -> Served:
    """Put what was found into the baskets of those who want it."""
    expires_at = until(work)
    _let_lapse(work, found)
    whose = {unit_id: match.want.id for match in found for unit_id in match.unit_ids}
    units: list[int] = []
    for place in sorted({match.want.institution_id for match in found}):
        basket = _basket(work, place)
        wanted = [
            each for match in found if match.want.institution_id == place for each in match.unit_ids
        ]
        units += shop_holds.take(work, basket, wanted, expires_at, exact=False, want_ids=whose)
    work.bulk_insert(
        WantOffer,
        [
            {"want_id": whose[unit_id], "unit_id": unit_id, "offered_at": work.now}
            for unit_id in units
        ],
    )
    return Served(
        unit_ids=tuple(sorted(units)), want_ids=tuple(sorted(match.want.id for match in found))
    )


def _let_lapse(work: Work, found: Sequence[Match]) -> None:
    """What was held before goes where it would be held, or sent with the basket, beyond the want.

    That is what is not on sale, and what ran out and nobody took, where no room is left for it.
    """
    lapsed = want_queries.lapsed(work.session, [match.want.id for match in found], work.now)
    for match in found:
        off_sale, ran_out = lapsed.get(match.want.id, ([], []))
        room = match.want.missing - len(match.unit_ids)
        let_go(work, match.want.id, [*off_sale, *ran_out[room:]])


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
