"""An example municipality whose every text, wherever people write, looks like markup."""

import json
import sqlite3
from pathlib import Path

from sqlalchemy import inspect

from moebelcirkel.storage import texts
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.base import Base

#: What someone may have typed, or a supplier have sent in a price list.
TYPED = '<b>x</b> & <img src="file:///etc/hostname"> "Åse" 😀'
#: Codes that the program chooses from, numbers with rules of their own, and ways in.
_CHOSEN = {
    "app_user.login",
    "article.size_mark",
    "basket.answer",
    "category.group_key",
    "category.key",
    "category.unspsc",
    "import_batch.kind",
    "institution.cvr",
    "institution.ean",
    "order_line.answer",
    "order_line.condition",
    "parameter.key",
    "parameter.value",
    "shop_order.needs",
    "unit.condition",
    "unit.scrap_reason",
    "user_role.role",
}


def columns() -> list[tuple[str, str]]:
    """Tables and columns with people's own words."""
    found = []
    for mapper in Base.registry.mappers:
        model: type[Base] = mapper.class_
        table = model.__tablename__
        checked = {str(rule.name) for rule in METADATA.tables[table].constraints if rule.name}
        for name, rule in texts.rules(model).items():
            chosen = f"ck_{table}_{name}" in checked or f"{table}.{name}" in _CHOSEN
            if rule.people and not chosen and model.__track__ == "full":
                found.append((table, inspect(model).column_attrs[name].columns[0].name))
    return sorted(found)


def spoil(file: Path, more: str = "") -> None:
    """Write it into all of them, behind what stands there."""
    connection = sqlite3.connect(file)
    for table, column in columns():
        # Furniture comes from a firm or from an institution, and of the one the other is empty.
        where = " WHERE institution_id IS NULL" if (table, column) == ("pickup", "firm") else ""
        words = (f" {TYPED}{more}",)
        connection.execute(f"UPDATE {table} SET {column} = {column} || ?{where}", words)
    for key in ("municipality", "warehouse_name", "warehouse_address"):
        value = json.dumps(TYPED)
        connection.execute(
            "INSERT INTO parameter (key, value, version) VALUES (?, ?, 1)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
    connection.execute("UPDATE person_text SET body = body || ?", (f" {TYPED}",))
    connection.commit()
    connection.close()
