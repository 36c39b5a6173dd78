"""Reading pickups: lists within one's reach, one report with what became of it, what is coming."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.fold import fold, words
from moebelcirkel.domain.pickups import EXPECTED, RECEIVING, GiftKind, PickupState, PickupStep, may
from moebelcirkel.domain.prices import suggested_price
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import Offer, words_of
from moebelcirkel.services import articles, figures
from moebelcirkel.services.context import Context
from moebelcirkel.services.photos import Picture
from moebelcirkel.services.shop.weeks import by_category
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.articles import ArticleHit
from moebelcirkel.storage.queries.institutions import InstitutionChoice
from moebelcirkel.storage.queries.pickups import (
    Coming,
    Fate,
    ListedPickup,
    PickupEvent,
    PickupLineRow,
    PickupReach,
)
from moebelcirkel.storage.queries.runs import MissedStop
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.work import Session, gone, load_parameter

PAGE = 60
#: Lines of reported furniture that are named beside the hits of a search.
_MOST_COMING = 50
#: Types that are offered for words.
_MOST_TYPES = 8


@dataclass(frozen=True, slots=True)
class PickupRow(ListedPickup):
    """One report in a list; of its ``pieces`` so many are ``received`` by now.

    ``offered`` are those that are on sale where they stand.

    ``litres`` is the room that the measured ones take up, ``unmeasured`` how many are not.
    """

    litres: int | None
    own: bool
    firm: bool

    @property
    def receiving(self) -> bool:
        """Whether some of it has come and the rest is expected."""
        return self.received > 0 and self.state in RECEIVING


@dataclass(frozen=True, slots=True)
class PickupPage:
    """One page of a list; ``holds`` says whether the report asked about is in the list."""

    rows: tuple[PickupRow, ...]
    total: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class LineDetail(PickupLineRow):
    """Alike pieces that were reported, how many came, and the pictures' fingerprints.

    ``price_ore`` is what one would cost by the rules, told to who may put them on sale.
    """

    photos: tuple[str, ...]
    price_ore: int

    @property
    def left(self) -> int:
        """As many as were reported and have no number yet."""
        return max(0, self.pieces - self.received - self.offered)


@dataclass(frozen=True, slots=True)
class PickupDetail:
    """Everything about one report; ``unreported`` came without standing on it.

    ``wanted`` are as many of what has not come as others wait for, told to the warehouse alone.
    """

    row: PickupRow
    institution_id: int | None
    value_ore: int | None
    gift: str | None
    note: str
    question: str
    answer: str
    reason: str
    lines: tuple[LineDetail, ...]
    unreported: int
    fates: tuple[Fate, ...]
    history: tuple[PickupEvent, ...]
    steps: frozenset[PickupStep]
    wanted: int
    missed: tuple[MissedStop, ...]


@dataclass(frozen=True, slots=True)
class Receivable:
    """A report that furniture can be received for, with its lines."""

    row: PickupRow
    institution_id: int | None
    lines: tuple[LineDetail, ...]


def listed(
    context: Context,
    *,
    states: frozenset[PickupState] = frozenset(),
    text: str = "",
    offset: int = 0,
    limit: int = PAGE,
    by_day: bool = False,
    holding: int | None = None,
) -> PickupPage:
    """Reports within reach, newest first or by the day; ``holding`` is shown beside the list."""
    context.require(Action.HAND_IN)
    reach = PickupReach(
        context.reach(Action.HAND_IN), frozenset(map(str, states)), text.strip(), by_day=by_day
    )
    with context.read() as session:
        found = pickup_queries.listed(session, reach, limit, offset)
        total = pickup_queries.count(session, reach)
        only = PickupReach(reach.institutions, reach.states, reach.text, only=holding)
        holds = holding is not None and pickup_queries.count(session, only) > 0
    return PickupPage(tuple(_row(context, row) for row in found), total, holds)


def open_count(context: Context) -> int:
    """For the badge in the rail: what waits for the warehouse, or for the giver's answer."""
    if not context.allows(Action.HAND_IN):
        return 0
    state = PickupState.REPORTED if context.allows(Action.PICKUP) else PickupState.QUESTION
    with context.read() as session:
        reach = PickupReach(context.reach(Action.HAND_IN), frozenset({state.value}))
        return pickup_queries.count(session, reach)


def detail(context: Context, pickup_id: int) -> PickupDetail:
    """One report with its lines, what became of them, and its history."""
    context.require(Action.HAND_IN)
    with context.read() as session:
        pickup = session.get(Pickup, pickup_id)
        row = pickup_queries.one(session, pickup_id)
        if pickup is None or row is None or pickup.state == PickupState.VOID:
            raise gone()
        context.require(
            Action.HAND_IN if pickup.institution_id is not None else Action.PICKUP,
            pickup.institution_id,
        )
        lines = pickup_queries.lines(session, [pickup_id])
        repair = repair_queries.of_pickup(session, pickup_id)
        shown = pickup_queries.photos(session, (line.id for line in lines))
        told = _lines(lines, shown)
        if context.allows(Action.PICKUP) and repair is None:
            told = tuple(_priced(session, context.today(), told))
        expected = repair is None and pickup.state in EXPECTED and context.allows(Action.PICKUP)
        return like(
            PickupDetail,
            pickup,
            row=_row(context, row),
            lines=told,
            unreported=pickup_queries.unreported(session, pickup_id),
            fates=tuple(pickup_queries.fates(session, pickup_id)),
            history=tuple(pickup_queries.history(session, pickup_id)),
            steps=_steps(context, pickup, told, repair=repair is not None),
            wanted=_wanted(session, context, told) if expected else 0,
            missed=tuple(run_queries.missed_of(session, pickup_id)),
        )


def _wanted(session: Session, context: Context, lines: Sequence[LineDetail]) -> int:
    """Of what is expected so many as open wants would take, the first in line first."""
    waiting = want_queries.lacking(session, context.now(), context.today())
    also = shop_queries.alike(session, words_of(want.wanted for want in waiting))
    offers = [as_offer(line) for line in lines]
    left = [line.left for line in lines]
    expected = sum(left)
    for want in waiting:
        wish, missing = want.wanted.wish(also), want.missing
        for at, offer in enumerate(offers):
            taken = min(missing, left[at]) if want.wanted.fits(offer, wish) else 0
            left[at] -= taken
            missing -= taken
    return expected - sum(left)


def _steps(
    context: Context, pickup: Pickup, lines: Sequence[LineDetail], *, repair: bool
) -> frozenset[PickupStep]:
    """What the asker can do with the report as it stands; a repair is only fetched here."""
    if repair:
        plans = context.allows(Action.PICKUP) and pickup.state in RECEIVING
        return frozenset({PickupStep.PLAN} if plans else ())
    mine = {PickupStep.CORRECT, PickupStep.WITHDRAW}
    decides = context.allows(Action.PICKUP)
    found = {step for step in PickupStep if may(step, pickup.state) and (step in mine or decides)}
    if any(line.received for line in lines):
        found.discard(PickupStep.REFUSE)
    # What was ordered once has its numbers.
    material = pickup.gift == GiftKind.MATERIAL
    if pickup.order_id is not None or material or not any(line.left for line in lines):
        found.discard(PickupStep.OFFER)
    if not any(line.offered for line in lines):
        found.discard(PickupStep.BRING)
    return frozenset(found)


def _row(context: Context, row: ListedPickup) -> PickupRow:
    return like(
        PickupRow,
        row,
        own=row.reporter_id == context.actor.user_id,
        firm=row.institution_id is None,
        litres=None if row.litres is None else round(row.litres),
    )


def _lines(
    lines: Sequence[PickupLineRow], photos: Mapping[int, Sequence[str]]
) -> tuple[LineDetail, ...]:
    return tuple(
        like(LineDetail, line, photos=tuple(photos.get(line.id, ())), price_ore=0) for line in lines
    )


def receivable(context: Context) -> list[Receivable]:
    """Reports that furniture can be received for, those that are fetched first at the top."""
    context.require(Action.INTAKE)
    with context.read() as session:
        found = pickup_queries.receivable(session)
        lines = pickup_queries.lines(session, (row.id for row in found))
    by_report: dict[int, list[PickupLineRow]] = {}
    for line in lines:
        by_report.setdefault(line.pickup_id, []).append(line)
    return [
        Receivable(_row(context, row), row.institution_id, _lines(by_report.get(row.id, ()), {}))
        for row in found
    ]


def coming(context: Context, text: str = "", institution_id: int | None = None) -> list[Coming]:
    """Reported furniture that stands with its giver still and fits the words.

    With an ``institution_id`` each says in which week it can be there, but not what stands there.

    For so many days as the municipality has said it is there for the giver's own department only.
    """
    if not context.allows(Action.STOCK_VIEW):
        context.require(Action.SHOP, institution_id)
    own = None if context.allows(Action.STOCK_VIEW) else context.reach(Action.SHOP)
    with context.read() as session:
        days = int(load_parameter(session, "pickup_own_days"))
        since = context.now() - dt.timedelta(days=days)
        found = pickup_queries.coming(session, text, own, since, _MOST_COMING, institution_id)
        priced = _priced(session, context.today(), found)
        return _dated(session, institution_id, context.today(), priced)


_Priced = TypeVar("_Priced", Coming, LineDetail)


def _priced(session: Session, today: dt.date, lines: Sequence[_Priced]) -> list[_Priced]:
    """What was reported, with the price of its condition as the giver sees it."""
    if not lines:
        return []
    factors, rule = figures.load_factors(session, today), articles.price_rule(session)

    def price(line: _Priced) -> int:
        factor = factors.by_category.get(line.category_key)
        new = line.new_price_ore or (factor.new_price_mid_ore if factor is not None else None)
        return suggested_price(new or 0, Condition(line.condition), rule)

    return [replace(line, price_ore=price(line)) for line in lines]


def _dated(
    session: Session, institution_id: int | None, today: dt.date, lines: Sequence[Coming]
) -> list[Coming]:
    """With the week that would be promised if each is on sale and ordered when it is fetched."""
    if institution_id is None or not lines:
        return list(lines)
    known = shop_queries.categories(session)
    ordered = {line.line_id: max(today, line.planned_on or today) for line in lines}
    weeks = {day: by_category(session, institution_id, known, day) for day in set(ordered.values())}
    return [
        replace(line, week=weeks[ordered[line.line_id]].get(line.category_key)) for line in lines
    ]


def as_offer(each: Coming | LineDetail) -> Offer:
    """What was reported, seen as a search sees it: nobody has measured it."""
    words = f" {fold(each.name)} "
    return Offer(0, each.article_id or 0, each.category_key, each.condition, each.price_ore, words)


def givers(context: Context) -> list[InstitutionChoice]:
    """The institutions that the asker can report for."""
    context.require(Action.HAND_IN)
    with context.read() as session:
        return order_queries.institutions(session, context.reach(Action.HAND_IN))


def types(context: Context, text: str) -> list[ArticleHit]:
    """Furniture types that fit the words, to report by."""
    context.require(Action.HAND_IN)
    found = words(text)
    with context.read() as session:
        return article_queries.hits(session, found, _MOST_TYPES) if found else []


def pictures(context: Context, pickup_id: int) -> dict[int, tuple[Picture, ...]]:
    """The whole pictures of a report by line, for the form that corrects it."""
    found: dict[int, tuple[Picture, ...]] = {}
    for line in detail(context, pickup_id).lines:
        with context.read() as session:
            blobs = [session.get(PhotoBlob, key) for key in line.photos]
        found[line.id] = tuple(
            like(Picture, blob)
            for blob in blobs
            if blob is not None and blob.jpeg is not None and blob.thumb is not None
        )
    return found
