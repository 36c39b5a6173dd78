"""Many rows of one table that change the same columns are written by one statement.

SQLAlchemy sends an UPDATE for each versioned row; a batch of some hundred pieces would then spend
most of its time there. The version is checked all the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Update, bindparam, inspect, update
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import PASSIVE_NO_INITIALIZE, instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.storage.tables.base import Base, Versioned

#: Below this the one statement costs as much as it saves.
_FEWEST = 6


def write(session: Session, rows: Iterable[Base]) -> None:
    """Write the changed rows that come in numbers; the session writes the others itself."""
    models: dict[type[Base], list[Base]] = {}
    for row in rows:
        # What is filled, or heard of, while the session writes is left to it.
        if isinstance(row, Versioned) and not _is_watched(type(row)):
            models.setdefault(type(row), []).append(row)
    for model, some in models.items():
        if len(some) < _FEWEST:
            continue
        groups: dict[tuple[str, ...], list[Base]] = {}
        for row in some:
            groups.setdefault(_changed(row), []).append(row)
        for names, alike in groups.items():
            if names and len(alike) >= _FEWEST:
                _write(session, inspect(model), names, alike)


def _is_watched(model: type[Base]) -> bool:
    dispatch = inspect(model).dispatch
    return bool(dispatch.before_update or dispatch.after_update)


def _changed(row: Base) -> tuple[str, ...]:
    state = instance_state(row)
    return tuple(
        sorted(
            name
            for name in state.committed_state
            if state.get_history(name, PASSIVE_NO_INITIALIZE).has_changes()
        )
    )


def _write(
    session: Session, mapper: Mapper[Any], names: tuple[str, ...], rows: Sequence[Any]
) -> None:
    keys = [str(column.key) for column in mapper.primary_key]
    # A version that was raised by hand, as only the row's parts changed, is raised once.
    names = tuple(name for name in names if name != "version")
    versions = [instance_state(row).committed_state.get("version", row.version) for row in rows]
    values = [
        {
            **{f"old_{key}": getattr(row, key) for key in keys},
            "old_version": version,
            "new_version": version + 1,
            **{f"new_{name}": getattr(row, name) for name in names},
        }
        for row, version in zip(rows, versions, strict=True)
    ]
    result = session.connection().execute(_statement(mapper, keys, names), values)
    if result.rowcount != len(rows):
        raise StaleDataError(f"{len(rows)} rows of {mapper.class_.__name__} were expected")
    for row, version in zip(rows, versions, strict=True):
        for name in names:
            set_committed_value(row, name, getattr(row, name))
        set_committed_value(row, "version", version + 1)
    # The session would look at every column of each row to find nothing left to write. One stays
    # with it: without any it would not go on to what comes after its writing.
    for state in map(instance_state, rows[1:]):
        state._commit_all(state.dict, session.identity_map)  # noqa: SLF001 - no other way to say so


def _statement(mapper: Mapper[Any], keys: Sequence[str], names: tuple[str, ...]) -> Update:
    table: Any = mapper.local_table
    return (
        update(table)
        .where(*[table.c[key] == bindparam(f"old_{key}") for key in keys])
        .where(table.c.version == bindparam("old_version"))
        .values(
            {
                table.c.version: bindparam("new_version"),
                **{
                    mapper.column_attrs[name].columns[0]: bindparam(f"new_{name}") for name in names
                },
            }
        )
    )
