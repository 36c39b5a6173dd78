"""What the program's role may do on a server: what its statements need, and nothing else.

All of it follows from the declared tables (``schema``): it reads and adds everywhere, deletes where
a change may be undone by deleting, and changes the columns that change. The owner alone may alter
the schema, and with it take the triggers away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.storage.schema import APPEND_ONLY, KEPT, METADATA, WRITTEN_ONCE
from moebelcirkel.storage.tables.base import Base

VERSION_TABLE = "alembic_version"
ONLY_OWNER = N_(
    "The account {user} may not change how the database is built. Ask whoever runs the server to "
    "do it with the owner's account."
)

#: What no role but the owner has on any table.
_NEVER = ("TRUNCATE", "REFERENCES", "TRIGGER")


@dataclass(frozen=True, slots=True)
class Right:
    """What the role may do with one table: whole statements, and the columns it may change."""

    table: str
    verbs: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def grants(self, role: str) -> Iterator[str]:
        """The statements that give exactly this, whatever the role had."""
        yield f"REVOKE ALL ON TABLE {quoted(self.table)} FROM PUBLIC, {quoted(role)}"
        what = list(self.verbs)
        if self.columns:
            what.append(f"UPDATE ({', '.join(map(quoted, self.columns))})")
        yield f"GRANT {', '.join(what)} ON TABLE {quoted(self.table)} TO {quoted(role)}"


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def declared() -> tuple[Right, ...]:
    """The rights on every table of the program, by the rules above."""
    deleted = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if mapper.class_.__undo__ == "delete"
    } - {*APPEND_ONLY, *KEPT}
    tables = tuple(_of(table, deleted) for table in METADATA.sorted_tables)
    return (*tables, Right(VERSION_TABLE, ("SELECT",)))


def _of(table: Table, deleted: Iterable[str]) -> Right:
    verbs = ("SELECT", "INSERT", *(("DELETE",) if table.name in deleted else ()))
    return Right(table.name, verbs, _changing(table))


def _changing(table: Table) -> tuple[str, ...]:
    stay = WRITTEN_ONCE.get(table.name, None if table.name not in APPEND_ONLY else ())
    if stay == ():
        return ()
    return tuple(
        column.name
        for column in table.columns
        if not column.primary_key and column.name not in (stay or ())
    )


def statements(role: str) -> Iterator[str]:
    """All statements that give the role its rights in the schema they are run in."""
    for right in declared():
        yield from right.grants(role)
    for table in METADATA.sorted_tables:
        if "id" in table.c:
            sequence = quoted(f"{table.name}_id_seq")
            yield f"REVOKE ALL ON SEQUENCE {sequence} FROM PUBLIC, {quoted(role)}"
            # Without UPDATE nobody sets a sequence back; SELECT is what a dump of it needs.
            yield f"GRANT USAGE, SELECT ON SEQUENCE {sequence} TO {quoted(role)}"


# --- looking -----------------------------------------------------------------------------------

_PROGRAMS = text(
    "SELECT DISTINCT CAST(pg_get_userbyid(grantee) AS text) FROM pg_class, aclexplode(relacl) "
    "WHERE oid = to_regclass('change') AND privilege_type = 'INSERT' "
    "AND grantee NOT IN (0, relowner) ORDER BY 1"
)
_OWNS = text(
    "SELECT count(*) = 0 OR bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
    "WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
)
_MAY_CREATE = text("SELECT has_schema_privilege(current_schema(), 'CREATE')")


def programs(connection: Connection) -> list[str]:
    """The program's roles in a database: those that may add a change without owning it."""
    return list(connection.execute(_PROGRAMS).scalars())


def renew(connection: Connection) -> None:
    """After a migration: rights on what is new, and on nothing that is gone."""
    for role in programs(connection):
        for statement in statements(role):
            connection.execute(text(statement))


def refuse_but_owner(connection: Connection) -> None:
    """Say plainly that this role may not migrate, where trying would end half-way."""
    if connection.dialect.name == "sqlite":
        return
    if connection.scalar(_OWNS) and connection.scalar(_MAY_CREATE):
        return
    raise Unavailable(ONLY_OWNER, user=str(connection.scalar(text("SELECT current_user"))))


_HAS = text(
    """
    SELECT relname, verb, has_table_privilege(:role, pg_class.oid, verb)
    FROM pg_class, unnest(CAST(:verbs AS text[])) AS verb
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')
    """
)
_HAS_COLUMNS = text(
    """
    SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')
    AND attnum > 0 AND NOT attisdropped
    AND has_column_privilege(:role, pg_class.oid, attnum, 'UPDATE')
    """
)


def strange(connection: Connection, role: str, *more: Right) -> list[str]:
    """Each right of the role on tables that is missing or too much, e.g. ``+DELETE event``.

    ``more`` are rights besides the declared ones.
    """
    ought = {
        f"{verb} {right.table}"
        for right in (*declared(), *more)
        for verb in (*right.verbs, *(f"UPDATE({column})" for column in right.columns))
    }
    verbs = ["SELECT", "INSERT", "DELETE", *_NEVER]
    asked = connection.execute(_HAS, {"role": role, "verbs": verbs})
    there = {f"{verb} {table}" for table, verb, has in asked if has}
    columns = connection.execute(_HAS_COLUMNS, {"role": role})
    there |= {f"UPDATE({column}) {table}" for table, column in columns}
    return [f"-{each}" for each in sorted(ought - there)] + [
        f"+{each}" for each in sorted(there - ought)
    ]
