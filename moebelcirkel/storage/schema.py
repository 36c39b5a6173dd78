"""All tables in one import, for migration, check and tests."""

from moebelcirkel.storage.tables import (
    articles,
    cases,
    changes,
    charges,
    deliveries,
    factors,
    figures,
    imports,
    institutions,
    orders,
    parameters,
    photos,
    places,
    reports,
    shop,
    tasks,
    units,
    users,
)
from moebelcirkel.storage.tables.base import Base

__all__ = [
    "APPEND_ONLY",
    "METADATA",
    "articles",
    "cases",
    "changes",
    "charges",
    "deliveries",
    "factors",
    "figures",
    "imports",
    "institutions",
    "orders",
    "parameters",
    "photos",
    "places",
    "reports",
    "shop",
    "tasks",
    "units",
    "users",
]

METADATA = Base.metadata

#: Tables whose rows are written once; triggers refuse everything else on both engines.
APPEND_ONLY = (
    "change",
    "change_result",
    "change_link",
    "event",
    "unit_cost",
    "figure_line",
    "charge",
    "report_record",
    "report_line",
)

# A deleted row's id is never given out again: events, sessions and open forms still speak of it.
# PostgreSQL's sequences never go back; SQLite has to be told, table by table.
for _table in METADATA.tables.values():
    if "id" in _table.c and _table.name not in APPEND_ONLY:
        _table.dialect_options["sqlite"]["autoincrement"] = True
