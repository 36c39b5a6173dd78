"""All that is kept of a person, for the paper that tells them."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, SQLColumnExpression, func, inspect, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moebelcirkel.storage import rows, texts
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.badges import UserBadge
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Change, Event, PersonText
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.purchases import Purchase
from moebelcirkel.storage.tables.shop import OwnList, OwnListType, ShopSeen
from moebelcirkel.storage.tables.users import Deputy, User
from moebelcirkel.storage.tables.wants import Want

_AT_ONCE = 1_000
#: Told in other ways: the account itself, and the history, whose texts lie in ``person_text``.
_APART = frozenset({"app_user", "change", "change_result", "event", "person_text", "login_try"})
#: Written by the program, and what it quotes was written by people.
_QUOTING: tuple[tuple[type[Base], str], ...] = ((Message, "subject"), (Message, "body"))


def _name_of(key: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    return select(User.name).where(User.id == key).scalar_subquery()


def _types_of(key: InstrumentedAttribute[int]) -> SQLColumnExpression[str]:
    """What stands on an own list, behind its name; of a search there is nothing."""
    names = func.aggregate_strings(Article.name, ", ")
    query = select(literal(": ") + names).join_from(OwnListType, Article)
    return func.coalesce(query.where(OwnListType.list_id == key).scalar_subquery(), "")


def _type_of(key: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    return select(Article.name).where(Article.id == key).scalar_subquery()


#: The number and the moment of what names somebody, by the column that does.
NAMED_BY: dict[tuple[str, str], tuple[Any, Any]] = {
    ("shop_order", "orderer_id"): (Order.number, Order.sent_at),
    ("shop_order", "decided_by_id"): (Order.number, Order.decided_at),
    ("shop_order", "decided_for_id"): (Order.number, Order.decided_at),
    ("delivery", "confirmed_by_id"): (Delivery.number, None),
    ("complaint", "reporter_id"): (Complaint.number, Complaint.reported_at),
    ("complaint", "decided_by_id"): (Complaint.number, Complaint.decided_at),
    ("deputy", "user_id"): (_name_of(Deputy.deputy_id), None),
    ("deputy", "deputy_id"): (_name_of(Deputy.user_id), None),
    ("message", "recipient_id"): (Message.subject, Message.created_at),
    ("pickup", "reporter_id"): (Pickup.number, Pickup.reported_at),
    ("purchase", "planner_id"): (Purchase.number, Purchase.created_at),
    ("want", "asker_id"): (Want.number, Want.created_at),
    ("own_list", "user_id"): (OwnList.name + _types_of(OwnList.id), None),
    ("shop_seen", "user_id"): (_type_of(ShopSeen.article_id), ShopSeen.at),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One change that somebody made."""

    id: int
    kind: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Naming:
    """A row that names somebody by their account."""

    number: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class TextWithName:
    """A text in which a name stands: of which row it is, and the whole of it."""

    table: str
    column: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """What is kept beside the register's row; moments of what there is none of are ``None``."""

    created_at: dt.datetime
    badge_at: dt.datetime | None
    tried_at: dt.datetime | None


def account(session: Session, person: User) -> KeptAccount:
    """When the account and its badge were made, and the last wrong password."""
    badge = session.get(UserBadge, person.id)
    key = login_queries.key_of(person.login)
    tried = login_queries.tries(session, [key]).get(key)
    return KeptAccount(
        person.created_at, badge.made_at if badge else None, tried.last_at if tried else None
    )


def deeds(session: Session, user_id: int) -> list[Deed]:
    """Every change of a person, the newest first."""
    query = select(Change.id, Change.kind, Change.at).where(Change.actor_id == user_id)
    return rows.fill(Deed, session, query.order_by(Change.id.desc()))


def named_by(session: Session, user_id: int, table: str, column: str) -> list[Naming]:
    """The rows of a table that name the person in this column, the newest first."""
    number, at = NAMED_BY[table, column]
    key: Any = Base.metadata.tables[table].columns[column]
    query = select(number.label("number"), (null() if at is None else at).label("at"))
    newest = () if at is None else (at.desc(),)
    return rows.fill(Naming, session, query.where(key == user_id).order_by(*newest, number))


def searched() -> Iterator[tuple[type[Base], str]]:
    """Every column in which people write or are quoted, but the account's and the history's."""
    yield from _QUOTING
    models: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    for model in sorted(models, key=lambda each: each.__tablename__):
        if model.__tablename__ not in _APART:
            for name, rule in texts.rules(model).items():
                if rule.people:
                    yield model, name


def places(session: Session, found: re.Pattern[str]) -> list[TextWithName]:
    """Where a name stands in texts, whether or not they are meant for names."""
    return [each for model, name in searched() for each in _places(session, model, name, found)]


def _places(
    session: Session, model: type[Base], name: str, found: re.Pattern[str]
) -> Iterator[TextWithName]:
    column: InstrumentedAttribute[Any] = getattr(model, name)
    key: InstrumentedAttribute[Any] = inspect(model).primary_key[0]  # type: ignore[assignment]
    for row in session.execute(select(key, column).order_by(key)).yield_per(_AT_ONCE):
        text = row[1] if isinstance(row[1], str) else json.dumps(row[1], ensure_ascii=False)
        if found.search(text):
            yield TextWithName(model.__tablename__, name, str(row[0]), text)


def former_names(session: Session, user_id: int) -> dict[str, set[str]]:
    """By column what the account's texts were at any time, but for what has been erased."""
    ids: dict[int, str] = {}
    query = select(Event.before, Event.after).where(
        Event.entity == User.__tablename__, Event.entity_id == str(user_id)
    )
    for payloads in session.execute(query):
        for name, value in ((n, v) for each in payloads if each for n, v in each.items()):
            if isinstance(value, dict) and "text" in value:
                ids[value["text"]] = name
    found: dict[str, set[str]] = {}
    texts_now = select(PersonText.id, PersonText.body).where(PersonText.id.in_(sorted(ids)))
    for key, body in session.execute(texts_now):
        if body is not None:
            found.setdefault(ids[key], set()).add(body)
    return found


def former_texts(session: Session, found: re.Pattern[str]) -> list[TextWithName]:
    """The texts of the history in which a name stands, whether or not they still hold."""
    query = select(PersonText.id, PersonText.body).where(PersonText.body.is_not(None))
    written = session.execute(query.order_by(PersonText.id)).yield_per(_AT_ONCE)
    return [
        TextWithName(PersonText.__tablename__, "body", str(row.id), row.body)
        for row in written
        if found.search(row.body)
    ]
