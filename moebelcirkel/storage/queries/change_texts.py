"""Names for the ids in events, so that the history can be read as words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.cases import Case, CaseUnit
from moebelcirkel.storage.tables.changes import Event, PersonText
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.factors import Category, FactorSet
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.purchases import Purchase, PurchaseLine
from moebelcirkel.storage.tables.repairs import Repair, Repairer
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.tables.runs import Run, Vehicle
from moebelcirkel.storage.tables.settlement import SettlementBatch
from moebelcirkel.storage.tables.shop import OwnList, ShopList
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

#: How a row of a table is called.
_NAMES: dict[str, tuple[Any, Any]] = {
    "unit": (Unit.id, Unit.number + " · " + Article.name),
    "article": (Article.id, Article.name),
    "place": (Place.id, func.coalesce(func.nullif(Place.name, ""), Place.code)),
    "institution": (Institution.id, Institution.name),
    "app_user": (User.id, User.name),
    "category": (Category.key, Category.name_da),
    "category_group": (Category.group_key, Category.group_da),
    "task_type": (TaskTypeRow.id, TaskTypeRow.name),
    "hour_rate": (HourRate.id, HourRate.name),
    "shop_order": (Order.id, Order.number),
    "complaint": (Complaint.id, Complaint.number),
    "delivery": (Delivery.id, Delivery.number),
    "pickup": (Pickup.id, Pickup.number),
    "pickup_line": (PickupLine.id, PickupLine.name),
    "purchase": (Purchase.id, Purchase.number),
    "purchase_line": (PurchaseLine.id, PurchaseLine.words),
    "factor_set": (FactorSet.id, FactorSet.name),
    "cost_bearer": (CostBearer.id, CostBearer.code + " " + CostBearer.name),
    "report_record": (ReportRecord.id, ReportRecord.number),
    "run": (Run.id, Run.number),
    "vehicle": (Vehicle.id, Vehicle.name),
    "shop_list": (ShopList.id, ShopList.name),
    "own_list": (OwnList.id, OwnList.name),
    "ecolabel": (Ecolabel.id, Ecolabel.name),
    "repairer": (Repairer.id, Repairer.name),
    "repair": (
        Repair.id,
        select(Pickup.number).where(Pickup.id == Repair.pickup_id).scalar_subquery(),
    ),
    "settlement_batch": (SettlementBatch.id, SettlementBatch.number),
    "import_batch": (ImportBatch.id, ImportBatch.file_name),
    "workshop_case": (
        Case.id,
        select(Unit.number + " · " + Article.name)
        .join(CaseUnit, CaseUnit.unit_id == Unit.id)
        .join(Article, Article.id == Unit.article_id)
        .where(CaseUnit.case_id == Case.id)
        .order_by(CaseUnit.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery(),
    ),
}
#: Rows without a name of their own are called what the first of these columns leads to.
LEADS = (
    "unit_id",
    "task_type_id",
    "user_id",
    "category_key",
    "article_id",
    "institution_id",
    "giver_id",
    "case_id",
    "batch_id",
    "pickup_id",
    "repair_id",
    "complaint_id",
    "line_id",
    "order_line_id",
    "stop_id",
)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EventLine:
    """What a change did to one row."""

    entity: str
    entity_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def events(
    session: Session, change_id: int, limit: int, entity: str | None = None
) -> list[EventLine]:
    """The events of a change in the order they were written: all, or those of one table."""
    query = (
        rows.query(EventLine, Event)
        .where(Event.change_id == change_id)
        .order_by(Event.id)
        .limit(limit)
    )
    if entity is not None:
        query = query.where(Event.entity == entity)
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
    led: dict[Key, Key] = {}
    for table, keys in wanted.items():
        if table in _NAMES:
            found.update(_own_names(session, table, keys))
        else:
            led.update(_leads(session, table, keys))
    if led:
        further: dict[str, set[str]] = {}
        for table, key in led.values():
            further.setdefault(table, set()).add(key)
        named = names(session, further)
        found.update({row: named[to] for row, to in led.items() if to in named})
    return found


def _own_names(session: Session, table: str, keys: Collection[str]) -> dict[Key, str]:
    column, name = _NAMES[table]
    query = select(column, name).where(column.in_(_typed(column, keys)))
    if table == "unit":
        query = query.join(Article, Article.id == Unit.article_id)
    return {(table, str(row[0])): row[1] for row in session.execute(query) if row[1]}


def _leads(session: Session, entity: str, keys: Collection[str]) -> dict[Key, Key]:
    """What rows without a name are called after."""
    table = Base.metadata.tables.get(entity)
    to = targets(entity)
    columns = [each for each in LEADS if each in to]
    if table is None or not columns:
        return {}
    (own,) = table.primary_key.columns
    query = select(own, *(table.columns[each] for each in columns))
    found: dict[Key, Key] = {}
    for row in session.execute(query.where(own.in_(_typed(own, keys)))):
        given = ((to[name], str(key)) for name, key in zip(columns, row[1:], strict=True) if key)
        if (first := next(given, None)) is not None:
            found[entity, str(row[0])] = first
    return found


def _typed(column: Any, keys: Collection[str]) -> list[Any]:
    if column.type.python_type is str:
        return sorted(keys)
    return sorted(int(key) for key in keys if key.isdigit())


def former(session: Session, wanted: Collection[Key]) -> list[EventLine]:
    """How rows that are gone were written whole, when they were made or removed."""
    by_table: dict[str, set[str]] = {}
    for table, key in wanted:
        by_table.setdefault(table, set()).add(key)
    found: list[EventLine] = []
    for table, keys in by_table.items():
        query = rows.query(EventLine, Event).where(
            Event.entity == table,
            Event.entity_id.in_(sorted(keys)),
            or_(Event.before.is_(None), Event.after.is_(None)),
        )
        found += rows.fill(EventLine, session, query)
    return found


def targets(entity: str) -> dict[str, str]:
    """The columns of a table that point to another one, or name a group, with what they lead to."""
    table = Base.metadata.tables.get(entity)
    if table is None:
        return {}
    found = {
        column.name: key.column.table.name
        for column in table.columns
        for key in column.foreign_keys
    }
    return found | {name: name for name in ("category_group",) if name in table.columns}
