"""Who logs in on a server with psql, and what they may not do there.

A municipality's file is moved to a server that was made ready for it, as an administrator does it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from moebelcirkel import settings
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import check, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import moving, opening, server
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import APPEND_ONLY
from tests import postgres, templates
from tests.cli.commands import SECRET, Run, said

OWNER, PROGRAM, HOUSE = "kommune_ejer", "kommune_program", "kommune"


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Cluster]:
    """A server of this module's own, as accounts belong to the whole of it."""
    try:
        made = postgres.start()
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def house(cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that was moved; eva is a controller and an administrator there."""
    file = tmp_path_factory.mktemp("house") / "kommune.sqlite"
    shutil.copy(templates.in_file("example-120"), file)
    context = Context(Database(file, durable=False), SYSTEM)
    grants = frozenset({Grant(Role.CONTROLLER), Grant(Role.ADMINISTRATOR), Grant(Role.WAREHOUSE)})
    users.save(context, users.UserForm("eva", "Eva Holm", password=SECRET, grants=grants))
    opening.close(context)
    wanted = server.Wanted(HOUSE, OWNER, PROGRAM)
    server.prepare(cluster.url("postgres"), wanted, lambda _sql: None)
    moving.move(str(file), cluster.url(HOUSE, OWNER), lambda *_: None)
    return file


def passed(cluster: postgres.Cluster, user: str, attempts: dict[str, str]) -> list[str]:
    """Those of the attempts that the server let pass."""
    through = []
    address = cluster.url(HOUSE, user).replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        for name, statement in attempts.items():
            try:
                connection.execute(statement.encode())
                through.append(name)
            except psycopg.errors.InsufficientPrivilege:
                pass
    return through


#: By name what somebody tries who has the program's password.
_FORBIDDEN = {
    "disable a trigger": "ALTER TABLE event DISABLE TRIGGER event_no_update",
    "disable all triggers": "SET session_replication_role = replica",
    "drop a trigger": "DROP TRIGGER event_no_update ON event",
    "drop the triggers' function": "DROP FUNCTION refuse_rewrite CASCADE",
    "hollow out the triggers' function": (
        "CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$"
    ),
    "make a trigger": (
        "CREATE TRIGGER mine BEFORE INSERT ON charge FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    ),
    "change an event": "UPDATE event SET after = NULL",
    "change a figure line": "UPDATE figure_line SET cash_ore = cash_ore * 2",
    "change a charge": "UPDATE charge SET amount_ore = 0",
    "change a report": "UPDATE report_record SET totals = '{}'",
    "write over an event": (
        "INSERT INTO event SELECT * FROM event ON CONFLICT (id) DO UPDATE SET entity = 'x'"
    ),
    "give a piece another number": "UPDATE unit SET number = 'MC-999999-9'",
    "change the price of an order": "UPDATE order_line SET price_ore = 0",
    "give an order to another": "UPDATE shop_order SET institution_id = 1",
    "delete an order": "DELETE FROM shop_order",
    "set a sequence back": "SELECT setval('change_id_seq', 1)",
    "begin ids anew": "ALTER SEQUENCE unit_id_seq RESTART",
    "drop a table": "DROP TABLE unit CASCADE",
    "add a column": "ALTER TABLE unit ADD COLUMN mine text",
    "drop an index": "DROP INDEX uq_order_line_open_unit",
    "make a table": "CREATE TABLE mine (id int)",
    "make a table for the moment": "CREATE TEMPORARY TABLE mine (id int)",
    "make a schema": "CREATE SCHEMA mine",
    "say that it is of another version": "UPDATE alembic_version SET version_num = '0001'",
    "become the owner": f"SET ROLE {OWNER}",
    "make oneself mightier": f"ALTER ROLE {PROGRAM} CREATEROLE",
    "make an account": "CREATE ROLE mine LOGIN",
    "make a database": "CREATE DATABASE mine",
    "read a file of the server": "SELECT pg_read_file('postgresql.conf')",
    "run a program on the server": "COPY unit TO PROGRAM 'cat'",
    "read the accounts' passwords": "SELECT rolpassword FROM pg_authid",
    **{f"empty {table}": f"TRUNCATE {table} CASCADE" for table in APPEND_ONLY},
    **{f"delete from {table}": f"DELETE FROM {table}" for table in APPEND_ONLY},
}


def test_the_program_s_account_may_do_nothing_that_the_program_does_not(
    cluster: postgres.Cluster, house: Path
) -> None:
    assert passed(cluster, PROGRAM, _FORBIDDEN) == []


def test_nobody_else_on_the_server_reads_anything(cluster: postgres.Cluster, house: Path) -> None:
    with psycopg.connect(
        cluster.url("postgres").replace("+psycopg", ""), autocommit=True
    ) as connection:
        connection.execute("CREATE ROLE naboen LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(cluster.url(HOUSE, "naboen").replace("+psycopg", ""))


def test_the_owner_too_meets_the_triggers_but_may_take_them_away(
    cluster: postgres.Cluster, house: Path
) -> None:
    """What stays open, as the page on servers says."""
    address = cluster.url(HOUSE, OWNER).replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        for verb in ("UPDATE event SET after = NULL", "DELETE FROM charge", "TRUNCATE event"):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                connection.execute(verb.encode())
            connection.rollback()
        connection.execute("ALTER TABLE event DISABLE TRIGGER event_no_update")
        connection.rollback()
    assert passed(cluster, OWNER, {
        "become who runs it": "SET ROLE tester", "make an account": "CREATE ROLE mine LOGIN",
    }) == []  # fmt: skip


@pytest.mark.parametrize("statement", [
    "UPDATE app_user SET password_hash = 'x' WHERE login = 'eva'",
    "UPDATE unit SET price_ore = 1 WHERE id = (SELECT min(id) FROM unit WHERE price_ore > 1)",
    """WITH made AS (INSERT INTO change (request_id, kind, actor_id, session, at)
       SELECT 'mine', 'unit.list', min(id), 'mine', now() FROM app_user RETURNING id)
       SELECT id FROM made""",
    "DELETE FROM user_role WHERE id = (SELECT max(id) FROM user_role)",
])  # fmt: skip
def test_what_stays_open_to_the_program_s_account_is_named_by_the_check(
    cluster: postgres.Cluster, house: Path, statement: str
) -> None:
    name = cluster.create(HOUSE)
    with psycopg.connect(cluster.url(name, PROGRAM).replace("+psycopg", "")) as connection:
        connection.execute(statement.encode())
    database = Database(cluster.url(name, PROGRAM))
    assert not check.run(Context(database, SYSTEM)).ok
    database.close()
    cluster.drop(name)


def test_a_dump_is_the_owner_s_to_take(
    cluster: postgres.Cluster, house: Path, run: Run, tmp_path: Path
) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL's programs are not on the path here")
    refused = run("backup", str(tmp_path / "a"), database=cluster.url(HOUSE, PROGRAM), user=None)
    assert f"{PROGRAM} ikke må oprette en database" in said(refused)
    taken = run("backup", str(tmp_path / "b"), database=cluster.url(HOUSE, OWNER), user=None)
    assert taken.code == 0, taken.err


def test_the_program_works_with_its_own_account(
    cluster: postgres.Cluster, house: Path, run: Run, tmp_path: Path
) -> None:
    program = cluster.url(HOUSE, PROGRAM)
    report = ("report", "savings", "--from", "1.1.2026", "--to", "20.11.2026", "--out")
    made = run(*report, str(tmp_path / "besparelse.pdf"), database=program)
    assert made.code == 0, made.err
    assert (tmp_path / "besparelse.pdf").stat().st_size > 10_000
    checked = run("check", database=program)
    assert checked.code == 0, checked.out


def test_a_pc_that_used_the_file_goes_on_with_the_program_s_account(
    cluster: postgres.Cluster, house: Path
) -> None:
    other = server.Wanted("anden", OWNER, PROGRAM)
    server.prepare(cluster.url("postgres"), other, lambda _sql: None)
    settings.Settings().set(settings.DATABASE, str(house))
    moving.move(str(house), cluster.url("anden", OWNER), lambda *_: None)
    assert settings.Settings().get(settings.DATABASE) == cluster.url("anden", PROGRAM).replace(
        "+psycopg", ""
    )
