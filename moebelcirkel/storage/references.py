"""Whether a row is used: asked of every foreign key that points to it, as the tables declare."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ForeignKey, Table, exists, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.base import Base


def pointing_to(table: Table) -> list[ForeignKey]:
    """Every foreign key to the table, from other tables and from itself."""
    return [
        key
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is table
    ]


def is_used(session: Session, row: Base, *, apart_from: Collection[str] = ()) -> bool:
    """Whether any row points to this one; ``apart_from`` names tables that are part of it."""
    table: Any = type(row).__table__
    return any(
        session.scalar(select(exists().where(key.parent == getattr(row, key.column.key))))
        for key in pointing_to(table)
        if key.parent.table.name not in apart_from
    )
