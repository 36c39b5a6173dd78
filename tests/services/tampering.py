"""Changing rows as someone with the file and no scruples would, for tests of the check."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

from sqlalchemy import text
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Finding, Findings
from moebelcirkel.services import check
from moebelcirkel.storage.checks import file as check_file
from moebelcirkel.storage.schema import APPEND_ONLY
from moebelcirkel.storage.triggers import expected, install, installed
from tests.world import World


def tamper(world: World, *statements: str, **values: object) -> None:
    """Take the triggers away, run the statements, and put the triggers back as if nothing were.

    Without statements they stay away.
    """
    engine = world.context.database.engine
    with engine.begin() as connection:
        sqlite = engine.dialect.name == "sqlite"
        on = "" if sqlite else " ON {}"
        for name in expected(engine.dialect.name) & installed(connection):
            table = next(table for table in APPEND_ONLY if name.startswith(f"{table}_no_"))
            connection.execute(text(f"DROP TRIGGER {name}{on.format(table)}"))
        if sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            wanted = {key: values[key] for key in values if f":{key}" in statement}
            connection.execute(text(statement), wanted)
        if statements:
            install(connection)


def found_after(
    world: World, part: Callable[[Session, Findings], None], statement: str, **values: object
) -> list[Finding]:
    """What a part of the check finds after a statement that is rolled back again.

    The triggers must be away.
    """
    findings = Findings(world.context.now())
    with Session(world.context.database.engine) as session:
        session.execute(text(statement), values)
        part(session, findings)
    return findings.found


def said_after(world: World, statement: str) -> Iterator[str]:
    """What the check says after a statement that is rolled back again, part by part as asked for.

    The triggers must be away.
    """
    with Session(world.context.database.engine) as session:
        session.execute(text(statement))
        for part in check.PARTS:
            findings = Findings(world.context.now())
            check_file.guarded(part, session, findings)
            yield from (each.message.format(**each.values) for each in findings.found)


def loosely(world: World, *statements: str) -> None:
    """The same with no foreign key and, on SQLite, no check constraint in the way."""
    database = world.context.database
    if not database.is_sqlite:
        tamper(world, "SET LOCAL session_replication_role = replica", *statements)
        return
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        guards = file.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND name LIKE '%\\_no\\_%' ESCAPE '\\'"
        ).fetchall()
        for name, _words in guards:
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        for _name, words in guards:
            file.execute(words)
