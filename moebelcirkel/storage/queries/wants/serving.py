"""Wants that lack pieces, what is free for them, and what is held and ordered for each."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain import facts
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.wants import TYPE_FILTERS, TYPES, Offer, Wanted, WantState, read_within
from moebelcirkel.storage import rows
from moebelcirkel.storage.events import Touched
from moebelcirkel.storage.queries.shop import cards
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.rows import Ready
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want, WantOffer
from moebelcirkel.storage.work import CHUNK, chunks

#: Lines that keep a piece for the want they were ordered through.
KEPT_LINES = ("open", "picked", "delivered")

#: What a type is looked for by.
OF_TYPE = (
    Article.category_key,
    Article.search_text,
    Article.width_mm,
    Article.depth_mm,
    Article.height_min_mm,
    Article.height_max_mm,
    Article.size_mark,
    Article.colour,
)
_PRICE = func.coalesce(Unit.price_ore, 0).label("price_ore")
#: Pieces as a want looks at them.
_OFFERS = select(Unit.id.label("unit_id"), Unit.article_id, Unit.condition, _PRICE, *OF_TYPE).join(
    Article, Article.id == Unit.article_id
)


@dataclass(frozen=True, slots=True)
class Lacking:
    """An open want that still lacks ``missing`` pieces; the lowest id is first in line."""

    id: int
    institution_id: int
    missing: int
    wanted: Wanted


def count_ordered() -> ColumnElement[int]:
    query = select(func.count(OrderLine.id)).where(
        OrderLine.want_id == Want.id, OrderLine.state.in_(KEPT_LINES)
    )
    return query.correlate(Want).scalar_subquery()


def live(now: dt.datetime) -> ColumnElement[bool]:
    on_sale = exists().where(Unit.id == Hold.unit_id, ON_SALE)
    return (Hold.want_id == Want.id) & (Hold.expires_at > now) & on_sale


def count_held(now: dt.datetime) -> ColumnElement[int]:
    return select(func.count(Hold.unit_id)).where(live(now)).correlate(Want).scalar_subquery()


def has_too_many(session: Session, want_id: int, now: dt.datetime) -> bool:
    """Whether more is ordered and held for a want than it asks for."""
    session.flush()
    query = select(Want.pieces < count_ordered() + count_held(now)).where(Want.id == want_id)
    return bool(session.scalar(query))


#: Whether there is any want at all that could be served.
ANY_OPEN = exists().where(Want.state == WantState.OPEN)
_ASKED_ALONE = select(ANY_OPEN)


def any_open(session: Session) -> bool:
    """The same, asked by itself."""
    return bool(session.connection().scalar(_ASKED_ALONE))


def touched(session: Session, written: Touched) -> tuple[set[int], set[int]]:
    """The pieces and the wants of what a change has written: their rows and holds, and lost lines.

    A hold's key is its piece's.
    """
    units, wants, lines = (
        {int(key) for entity in entities for key in written.get(entity, ())}
        for entities in (("unit", "hold"), ("want",), ("order_line",))
    )
    for part in chunks(sorted(lines)):
        lost = OrderLine.want_id.is_not(None), OrderLine.state.not_in(KEPT_LINES)
        wants.update(
            key
            for key in session.scalars(
                select(OrderLine.want_id).where(OrderLine.id.in_(part), *lost)
            )
            if key is not None
        )
    return units, wants


def asking(session: Session, today: dt.date, offers: Sequence[Offer]) -> list[tuple[int, str]]:
    """Open wants that pieces of these may be for, by type, category, condition and price.

    Each with its words, which the database cannot compare as the shop does. Of the many wants of
    other things nothing is counted up then.
    """
    session.flush()
    types = {offer.article_id for offer in offers}
    if len(types) > CHUNK:
        found = _ALL_ASKING.tuples(session.connection(), {"today": today})
    else:
        values = {
            "today": today,
            "types": sorted(types),
            "categories": sorted({offer.category_key for offer in offers}),
            "best": min(offer.condition for offer in offers),
            "least": min(offer.price_ore for offer in offers),
        }
        found = _ASKING.tuples(session.connection(), values)
    return [(want_id, words) for want_id, words in found]


_EVERY_ASKING = select(Want.id, Want.words).where(
    Want.state == WantState.OPEN, Want.use_by >= bindparam("today")
)
_ALL_ASKING = Ready(_EVERY_ASKING)
_ASKING = Ready(
    _EVERY_ASKING.where(
        or_(Want.article_id.is_(None), Want.article_id.in_(bindparam("types", expanding=True))),
        or_(
            Want.category_key.is_(None),
            Want.category_key.in_(bindparam("categories", expanding=True)),
        ),
        Want.condition >= bindparam("best"),
        or_(Want.ceiling_ore.is_(None), Want.ceiling_ore >= bindparam("least")),
    )
)


def lacking(
    session: Session, now: dt.datetime, today: dt.date, only: Iterable[int] | None = None
) -> list[Lacking]:
    """Open wants of institutions in use that lack pieces, the first in line first.

    Of all of them, or of those with some ids.
    """
    query = _lacking(now, today)
    if only is None:
        return _filled(session, query)
    parts = chunks(sorted(only))
    return [each for part in parts for each in _filled(session, query.where(Want.id.in_(part)))]


def _filled(session: Session, query: Select[Any]) -> list[Lacking]:
    return [
        Lacking(row.id, row.institution_id, row.missing, rows.like(Wanted, row))
        for row in session.execute(query)
    ]


def _lacking(now: dt.datetime, today: dt.date) -> Select[Any]:
    ordered, held = count_ordered(), count_held(now)
    return (
        select(
            Want.id,
            Want.institution_id,
            (Want.pieces - ordered - held).label("missing"),
            Want.words,
            Want.condition,
            Want.category_key,
            Want.article_id,
            Want.ceiling_ore,
            Want.within,
            *(getattr(Want, column) for column in SHOP_FACTS),
        )
        .join(Institution, Institution.id == Want.institution_id)
        .where(
            Want.state == WantState.OPEN,
            Want.use_by >= today,
            Institution.active,
            Want.pieces > ordered + held,
        )
        .order_by(Want.id)
    )


def known_as(session: Session, unit_ids: Iterable[int], wanted: Wanted) -> set[int]:
    """Those of some pieces of which that is known which a want asks; all where it asks nothing."""
    asked = [getattr(Unit, column) == kept for column, kept in facts.wanted(wanted).items()]
    asked += _within(read_within(wanted.within))
    if not asked:
        return set(unit_ids)
    query = select(Unit.id).where(*asked)
    return {
        key
        for part in chunks(sorted(unit_ids))
        for key in session.scalars(query.where(Unit.id.in_(part)))
    }


def _within(chosen: Mapping[str, Collection[str]]) -> Iterator[ColumnElement[bool]]:
    """What the shop's filters ask, of types and of pieces."""
    of_type = cards.facet_filters(
        cards.OF_TYPES, {name: values for name, values in chosen.items() if name in TYPE_FILTERS}
    )
    if of_type:
        yield Unit.article_id.in_(select(Article.id).where(*of_type))
    if types := chosen.get(TYPES):
        now = func.coalesce(Article.merged_into_id, Article.id)
        yield Unit.article_id.in_(select(now).where(Article.id.in_(sorted(map(int, types)))))
    for name, values in chosen.items():
        if name in SHOP_FACTS:
            yield getattr(Unit, name).in_([SHOP_FACTS[name].kept(key) for key in sorted(values)])


def free(session: Session, now: dt.datetime, unit_ids: Collection[int] | None) -> list[Offer]:
    """Pieces on sale that nobody holds, of those given or of all, in the order of their ids."""
    session.flush()
    connection = session.connection()
    if unit_ids is None:
        return rows.fill(Offer, connection, _FREE, {"now": now})
    found: list[Offer] = []
    for part in chunks(sorted(unit_ids)):
        found.extend(_FREE_OF.fill(Offer, connection, {"now": now, "units": part}))
    return found


def _free(now: Any) -> tuple[ColumnElement[bool], ...]:
    held = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > now)
    return ON_SALE, ~held


_FREE = _OFFERS.where(*_free(bindparam("now"))).order_by(Unit.id)
_FREE_OF = Ready(_FREE.where(Unit.id.in_(bindparam("units", expanding=True))))


def free_alike(session: Session, now: dt.datetime) -> list[Offer]:
    """One of all free pieces that are alike in type, condition and price."""
    alike = (
        select(func.min(Unit.id).label("unit_id"), Unit.article_id, Unit.condition, _PRICE)
        .where(*_free(now))
        .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
        .subquery()
    )
    query = select(*alike.c, *OF_TYPE).join(Article, Article.id == alike.c.article_id)
    return rows.fill(Offer, session, query.order_by(alike.c.unit_id))


def free_of(
    session: Session, now: dt.datetime, article_ids: Iterable[int]
) -> list[tuple[int, int, str, int]]:
    """The free pieces of some types in the order of their ids: id, type, condition and price."""
    found: list[tuple[int, int, str, int]] = []
    for part in chunks(sorted(article_ids)):
        query = select(Unit.id, Unit.article_id, Unit.condition, _PRICE).where(
            *_free(now), Unit.article_id.in_(part)
        )
        found.extend(map(tuple[Any, ...], session.execute(query.order_by(Unit.id))))
    return found


def offered(session: Session, want_ids: Sequence[int]) -> dict[int, set[int]]:
    """By want the pieces that were held for it before."""
    found: dict[int, set[int]] = {}
    for part in chunks(want_ids):
        query = select(WantOffer.want_id, WantOffer.unit_id).where(WantOffer.want_id.in_(part))
        for want_id, unit_id in map(tuple[Any, ...], session.execute(query)):
            found.setdefault(want_id, set()).add(unit_id)
    return found


def holds_of(session: Session, want_id: int) -> list[Hold]:
    """The holds that were taken for a want, run out or not."""
    query = select(Hold).where(Hold.want_id == want_id).order_by(Hold.unit_id)
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def offers_of(session: Session, unit_ids: Iterable[int]) -> dict[int, Offer]:
    """Pieces by id as a want looks at them, held or not."""
    found: dict[int, Offer] = {}
    for part in chunks(sorted(set(unit_ids))):
        filled = rows.fill(Offer, session, _OFFERS.where(Unit.id.in_(part)))
        found.update((offer.unit_id, offer) for offer in filled)
    return found


def lapsed(
    session: Session, want_ids: Sequence[int], now: dt.datetime
) -> dict[int, tuple[list[int], list[int]]]:
    """By want the pieces that are not on sale any more, and those whose hold has run out."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    for part in chunks(want_ids):
        query = (
            select(Hold.want_id, Hold.unit_id, ON_SALE)
            .join(Unit, Unit.id == Hold.unit_id)
            .where(Hold.want_id.in_(part), or_(~ON_SALE, Hold.expires_at <= now))
            .order_by(Hold.unit_id)
        )
        for want_id, unit_id, on_sale in map(tuple[Any, ...], session.execute(query)):
            found.setdefault(want_id, ([], []))[bool(on_sale)].append(unit_id)
    return found


def ordered_of(session: Session, want_id: int) -> int:
    """How many pieces were ordered through a want."""
    query = select(func.count(OrderLine.id)).where(
        OrderLine.want_id == want_id, OrderLine.state.in_(KEPT_LINES)
    )
    return session.scalar(query) or 0
