"""Baskets and holds in the database: one statement takes a unit, and its row count decides.

A unit's hold is one row. Whoever inserts it first has it until it runs out; then anyone may take
the row over, and the basket it is taken from is told.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import rows
from moebelcirkel.storage.events import encode
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries.shop import Asker, CardKey, is_card
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.server import persons
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.shop import Basket, BasketLoss, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import CHUNK, Work, chunks


def basket_id(session: Session, institution_id: int | None) -> int | None:
    """The institution's basket, if it has ever had one."""
    if institution_id is None:
        return None
    return session.scalar(_BASKET_ID, {"institution_id": institution_id})


_OF_INSTITUTION = Basket.institution_id == bindparam("institution_id")
_BASKET_ID = select(Basket.id).where(_OF_INSTITUTION)
_BASKET = select(Basket).where(_OF_INSTITUTION)


def open_basket(work: Work, institution_id: int) -> Basket:
    """The institution's basket, made when it is needed first."""
    basket = work.session.scalar(_BASKET, {"institution_id": institution_id})
    if basket is None:
        basket = Basket(institution_id=institution_id)
        work.session.add(basket)
        work.session.flush()
    return basket


def free_units(
    work: Work,
    institution_id: int,
    key: CardKey,
    count: int,
    among: Sequence[int] | None,
    single: Sequence[ColumnElement[bool]] = (),
) -> list[int]:
    """Ids of pieces of a card that lie in nobody's basket, each of which fulfils ``single``.

    What others than the institution have first refusal of is not among them.
    """
    places = pickup_queries.kept_back(work.session, [institution_id], work.now)
    more = (*pickup_queries.not_at(places), *single)
    query = _FREE.where(*more) if more else _FREE
    if among is not None:
        query = query.where(Unit.id.in_(among))
    of = {name: getattr(key, name) for name in _CARD}
    return list(work.session.scalars(query, {**of, "now": work.now, "most": count}))


_CARD = ("article_id", "condition", "price_ore")
_HELD = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > bindparam("now"))
_FREE = (
    select(Unit.id)
    .where(ON_SALE, *[getattr(Unit, name) == bindparam(name) for name in _CARD], ~_HELD)
    .order_by(Unit.id)
    .limit(bindparam("most"))
)

_NO_WANTS: Mapping[int, int] = {}
#: What a hold becomes that is taken over; writing it so costs less than asking for each column.
_TAKEN_OVER: dict[str, Any] = {
    name: literal_column(f"excluded.{name}")
    for name in ("basket_id", "exact", "answer", "expires_at", "want_id")
}


def take(
    work: Work,
    basket: Basket,
    unit_ids: Sequence[int],
    expires_at: dt.datetime,
    *,
    exact: bool,
    want_ids: Mapping[int, int] = _NO_WANTS,
) -> list[int]:
    """Hold what can be held of these units, each for its want if any; returns what was taken.

    The statement itself decides, so two baskets that reach for the same unit never both get it.
    """
    work.session.flush()
    taken: list[int] = []
    for part in chunks(sorted(unit_ids)):
        before = {row.unit_id: row for row in _existing(work.session, part)}
        wanted = [
            {
                "unit_id": unit_id,
                "basket_id": basket.id,
                "exact": exact,
                "answer": None,
                "expires_at": expires_at,
                "want_id": want_ids.get(unit_id),
                "now": work.now,
                "own": basket.id,
            }
            for unit_id in part
        ]
        # Rows apart from the statement, so that it is compiled once and not for every number.
        found = work.session.connection().execute(_take_over(rows.own_insert(work.session)), wanted)
        won = sorted(found.scalars())
        after = {"basket_id": basket.id, "exact": exact, "answer": None}
        _note(work, basket, won, before, {**after, "expires_at": encode(expires_at)}, want_ids)
        taken.extend(won)
    return taken


@functools.cache
def _take_over(insert: Any) -> Any:
    """The statement that takes units nobody holds, or has held too long ago, or the basket has."""
    upsert = insert(Hold.__table__).on_conflict_do_update(
        index_elements=["unit_id"],
        set_=_TAKEN_OVER,
        where=or_(Hold.expires_at <= bindparam("now"), Hold.basket_id == bindparam("own")),
    )
    return upsert.returning(Hold.unit_id)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A hold as it stands."""

    unit_id: int
    basket_id: int
    exact: bool
    answer: str | None
    expires_at: dt.datetime
    want_id: int | None


def _existing(session: Session, unit_ids: Sequence[int]) -> list[_Kept]:
    return rows.fill(_Kept, session, _KEPT, {"ids": list(unit_ids)})


_AMONG: BindParameter[Any] = bindparam("ids", expanding=True)
_KEPT = rows.query(_Kept, Hold).where(Hold.unit_id.in_(_AMONG))


def _note(
    work: Work,
    basket: Basket,
    unit_ids: Sequence[int],
    before: dict[int, _Kept],
    after: dict[str, Any],
    want_ids: Mapping[int, int],
) -> None:
    """Events of what the statement did, and word to the baskets that lost something."""
    events: list[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]] = []
    for unit_id in unit_ids:
        new = {"unit_id": unit_id, **after, "want_id": want_ids.get(unit_id)}
        old = before.get(unit_id)
        if old is None:
            events.append((Hold.__tablename__, str(unit_id), None, new))
            continue
        was = {name: encode(getattr(old, name)) for name in new}
        changed = [name for name in new if new[name] != was[name]]
        events.append(
            (
                Hold.__tablename__,
                str(unit_id),
                {name: was[name] for name in changed},
                {name: new[name] for name in changed},
            )
        )
        if old.basket_id != basket.id:
            note_loss(work, old.basket_id, unit_id)
    work.recorder.note_many(events)
    forget_losses(work.session, basket.id, unit_ids)


def note_loss(work: Work, basket_id: int, unit_id: int) -> None:
    """Remember that someone else took what this basket held too long ago, or took it out."""
    row = {"basket_id": basket_id, "unit_id": unit_id, "lost_at": work.now}
    insert = rows.own_insert(work.session)
    work.session.execute(insert(BasketLoss).values(row).on_conflict_do_nothing())


def forget_losses(session: Session, basket_id: int, unit_ids: Sequence[int] | None = None) -> None:
    """The basket knows of these by now, or has them again."""
    session.flush()
    # By the connection, as no session ever holds such a row: it would look for them.
    of: dict[str, object] = {"basket_id": basket_id}
    if unit_ids is None:
        _FORGET_ALL.run(session.connection(), of)
    else:
        _FORGET_SOME.run(session.connection(), of | {"ids": list(unit_ids)})


_FORGET = delete(BasketLoss).where(BasketLoss.basket_id == bindparam("basket_id"))
_FORGET_ALL = rows.Ready(_FORGET)
_FORGET_SOME = rows.Ready(_FORGET.where(BasketLoss.unit_id.in_(_AMONG)))


def holds(session: Session, basket_id: int) -> list[Hold]:
    """Everything in a basket, run out or not, in unit order."""
    return list(session.scalars(_IN_BASKET, {"basket_id": basket_id}))


# Plain statements may have changed rows the session still remembers otherwise.
_IN_BASKET = (
    select(Hold)
    .where(Hold.basket_id == bindparam("basket_id"))
    .order_by(Hold.unit_id)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class Gone:
    """A piece that is no longer held for the basket; ``free`` when it can be taken again."""

    number: str
    name: str
    free: bool = False


def losses(session: Session, basket_id: int, now: dt.datetime) -> list[Gone]:
    """What others took from the basket, by name of its type."""
    return rows.fill(Gone, session, _LOSSES, {"basket_id": basket_id, "now": now})


_LOSSES = (
    select(Unit.number, Article.name, and_(ON_SALE, ~_HELD).label("free"))
    .join(BasketLoss, BasketLoss.unit_id == Unit.id)
    .join(Article, Article.id == Unit.article_id)
    .where(BasketLoss.basket_id == bindparam("basket_id"))
    .order_by(Article.sort_key, Unit.id)
)


def held_by_card(
    session: Session, asker: Asker, single: Sequence[ColumnElement[bool]] = ()
) -> dict[CardKey, int]:
    """How many pieces of each card lie in the asker's own basket."""
    if asker.basket_id is None:
        return {}
    of = {"basket_id": asker.basket_id, "now": asker.now}
    found = session.execute(_HELD_BY_CARD.where(*single) if single else _HELD_BY_CARD, of)
    return {CardKey(one, grade, price or 0): n for one, grade, price, n in found}


_HELD_BY_CARD = (
    select(Unit.article_id, Unit.condition, Unit.price_ore, func.count())
    .join(Hold, Hold.unit_id == Unit.id)
    .where(ON_SALE, Hold.basket_id == bindparam("basket_id"), Hold.expires_at > bindparam("now"))
    .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
)


def own_units(session: Session, asker: Asker, unit_ids: Iterable[int]) -> set[int]:
    """Those of the units that lie in the asker's own basket."""
    if asker.basket_id is None:
        return set()
    query = select(Hold.unit_id).where(
        Hold.basket_id == asker.basket_id,
        Hold.expires_at > asker.now,
        Hold.unit_id.in_(sorted(unit_ids)),
    )
    return set(session.scalars(query))


def listed(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """Those of the units that are on sale."""
    session.flush()
    connection, found = session.connection(), set[int]()
    for part in chunks(sorted(set(unit_ids))):
        found.update(key for (key,) in _LISTED.tuples(connection, {"ids": list(part)}))
    return found


#: By their state SQLite would look at all that are on sale.
_LISTED = rows.Ready(
    select(Unit.id)
    .where(Unit.id.in_(_AMONG), Unit.state == State.LISTED)
    .with_hint(Unit, "NOT INDEXED", "sqlite")
)


def units(session: Session, unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Units by id, for reading."""
    found: dict[int, Unit] = {}
    for part in chunks(sorted(set(unit_ids))):
        found.update({unit.id: unit for unit in session.scalars(_UNITS, {"ids": list(part)})})
    return found


_UNITS = select(Unit).where(Unit.id.in_(_AMONG))


def articles(session: Session, article_ids: Iterable[int]) -> dict[int, Article]:
    """Articles by id, for reading."""
    found: dict[int, Article] = {}
    for part in chunks(sorted(set(article_ids))):
        asked = session.scalars(_ARTICLES, {"ids": list(part)})
        found.update({article.id: article for article in asked})
    return found


_ARTICLES = select(Article).where(Article.id.in_(_AMONG))


def available(session: Session, keys: Iterable[CardKey], asker: Asker) -> dict[CardKey, int]:
    """How many pieces of each card are on sale and not held by others."""
    wanted = set(keys)
    if not wanted:
        return {}
    elsewhere = exists().where(
        Hold.unit_id == Unit.id, Hold.expires_at > asker.now, Hold.basket_id != asker.basket_id
    )
    query = (
        select(Unit.article_id, Unit.condition, Unit.price_ore, func.count())
        .where(
            ON_SALE,
            or_(*[is_card(key) for key in wanted]),
            ~elsewhere,
            *pickup_queries.not_at(asker.kept_back),
        )
        .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
    )
    return {CardKey(one, grade, price or 0): n for one, grade, price, n in session.execute(query)}


def of_units(session: Session, unit_ids: Iterable[int]) -> list[Hold]:
    """The holds on these units, whoever has them."""
    query = select(Hold).where(Hold.unit_id.in_(sorted(unit_ids))).order_by(Hold.unit_id)
    return list(session.scalars(query))


def is_somebodys(session: Session) -> bool:
    """Whether this connection is one person's account on the server."""
    return persons.user_of(session.connection()) is not None


def ran_out(session: Session, before: dt.datetime, most: int = CHUNK) -> list[Hold]:
    """Holds that ran out before a moment, at most so many, the oldest first."""
    query = select(Hold).where(Hold.expires_at < before).order_by(Hold.expires_at, Hold.unit_id)
    return list(session.scalars(query.limit(most)))
