"""Names for the ids in events, so that the history can be read as words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Event, PersonText
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.factors import Category, FactorSet
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.tables.tasks import HourRate, TaskType
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

#: How a row of a table is called; tables not named here are called by their number.
_NAMES: dict[str, tuple[Any, Any]] = {
    "unit": (Unit.id, Unit.number + " · " + Article.name),
    "article": (Article.id, Article.name),
    "place": (Place.id, func.coalesce(func.nullif(Place.name, ""), Place.code)),
    "institution": (Institution.id, Institution.name),
    "app_user": (User.id, User.name),
    "category": (Category.key, Category.name_da),
    "task_type": (TaskType.id, TaskType.name),
    "hour_rate": (HourRate.id, HourRate.name),
    "shop_order": (Order.id, Order.number),
    "delivery": (Delivery.id, Delivery.number),
    "pickup": (Pickup.id, Pickup.number),
    "pickup_line": (PickupLine.id, PickupLine.name),
    "factor_set": (FactorSet.id, FactorSet.name),
    "cost_bearer": (CostBearer.id, CostBearer.code + " " + CostBearer.name),
    "report_record": (ReportRecord.id, ReportRecord.number),
    "import_batch": (ImportBatch.id, ImportBatch.file_name),
}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EventLine:
    """What a change did to one row."""

    entity: str
    entity_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def events(session: Session, change_id: int, limit: int) -> list[EventLine]:
    """The events of a change in the order they were written."""
    query = (
        select(Event.entity, Event.entity_id, Event.before, Event.after)
        .where(Event.change_id == change_id)
        .order_by(Event.id)
        .limit(limit)
    )
    return rows.fill(EventLine, session, query)


def person_texts(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names and notes that events refer to; erased ones are empty."""
    found: dict[int, str] = {}
    for part in chunks(sorted(ids)):
        query = select(PersonText.id, PersonText.body).where(PersonText.id.in_(part))
        found.update({row.id: row.body or "" for row in session.execute(query)})
    return found


def names(session: Session, wanted: Mapping[str, Collection[str]]) -> dict[Key, str]:
    """Names of rows by table and key; rows that are gone are left out."""
    found: dict[Key, str] = {}
    for table, keys in wanted.items():
        if table not in _NAMES:
            continue
        column, name = _NAMES[table]
        typed: list[Any] = [int(key) for key in keys if key.isdigit()]
        if column is Category.key:
            typed = list(keys)
        query = select(column, name).where(column.in_(sorted(typed)))
        if table == "unit":
            query = query.join(Article, Article.id == Unit.article_id)
        found.update({(table, str(row[0])): row[1] for row in session.execute(query)})
    return found


def targets(entity: str) -> dict[str, str]:
    """The columns of a table that point to another one, with its name."""
    table = Base.metadata.tables.get(entity)
    if table is None:
        return {}
    return {
        column.name: key.column.table.name
        for column in table.columns
        for key in column.foreign_keys
    }
