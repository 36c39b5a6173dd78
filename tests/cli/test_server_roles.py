"""Who logs in on a server with psql, and what they may not do there.

A municipality's file is moved to a server that was made ready for it, as an administrator does it.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, update

from moebelcirkel import settings
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import changes, check, places, users, wants
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import login, moving, opening, server
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import APPEND_ONLY
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.shop import Hold
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
    wanted = server.WantedServer(HOUSE, OWNER, PROGRAM)
    server.prepare(cluster.url("postgres"), wanted, lambda _sql: None)
    moving.move(str(file), cluster.url(HOUSE, OWNER), lambda *_: None)
    return file


def passed(
    cluster: postgres.Cluster, user: str, attempts: dict[str, str], database: str = HOUSE
) -> list[str]:
    """Those of the attempts that the server let pass."""
    through = []
    address = cluster.url(database, user).replace("+psycopg", "")
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
    assert (
        passed(
            cluster,
            OWNER,
            {"become who runs it": "SET ROLE tester", "make an account": "CREATE ROLE mine LOGIN"},
        )
        == []
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE app_user SET password_hash = 'x' WHERE login = 'eva'",
        "UPDATE unit SET price_ore = 1 WHERE id = (SELECT min(id) FROM unit WHERE price_ore > 1)",
        """WITH made AS (INSERT INTO change (request_id, kind, actor_id, session, at)
       SELECT 'mine', 'unit.list', min(id), 'mine', now() FROM app_user RETURNING id)
       SELECT id FROM made""",
        "DELETE FROM user_role WHERE id = (SELECT max(id) FROM user_role)",
    ],
)
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
    other = server.WantedServer("anden", OWNER, PROGRAM)
    server.prepare(cluster.url("postgres"), other, lambda _sql: None)
    settings.Settings().set(settings.DATABASE, str(house))
    moving.move(str(house), cluster.url("anden", OWNER), lambda *_: None)
    assert settings.Settings().get(settings.DATABASE) == cluster.url("anden", PROGRAM).replace(
        "+psycopg", ""
    )


# --- each person an account ---------------------------------------------------------------------

PERSONS, THEIRS = "personer", "personer_program"


@pytest.fixture(scope="module")
def persons(cluster: postgres.Cluster, house: Path) -> server.WantedServer:
    """Another database on the server, where each person logs in with an account of their own."""
    wanted = server.WantedServer(PERSONS, OWNER, THEIRS)
    server.prepare(cluster.url("postgres"), wanted, lambda _sql: None)
    moving.move(str(house), cluster.url(PERSONS, OWNER), lambda *_: None)
    wanted = replace(wanted, personal=True)
    server.prepare(cluster.url("postgres"), wanted, lambda _sql: None)
    return wanted


def ids(cluster: postgres.Cluster) -> dict[str, int]:
    """The people by their logins."""
    with psycopg.connect(cluster.url(PERSONS, OWNER).replace("+psycopg", "")) as connection:
        return dict(connection.execute("SELECT login, id FROM app_user").fetchall())


def a_change(actor: object, moment: str = "now()") -> str:
    return (
        "INSERT INTO change (request_id, kind, actor_id, session, at) "
        f"VALUES ('mine', 'unit.list', {actor}, 'mine', {moment})"
    )


def test_nobody_acts_as_another(cluster: postgres.Cluster, persons: server.WantedServer) -> None:
    people = ids(cluster)
    mine, other = people["lager"], people["eva"]
    password = "UPDATE app_user SET password_hash = 'x' WHERE id"
    attempts = {
        "a change of another": a_change(other),
        "a change of nobody": a_change("NULL"),
        "a change of yesterday": a_change(mine, "now() - interval '1 day'"),
        "a change of tomorrow": a_change(mine, "now() + interval '1 day'"),
        "the password of another": f"{password} = {other}",
        "one's own name": f"UPDATE app_user SET name = 'Direktøren' WHERE id = {mine}",
        "a role for oneself": (
            f"INSERT INTO user_role (user_id, role) VALUES ({mine}, 'administrator')"
        ),
        "the roles of another": f"DELETE FROM user_role WHERE user_id = {other}",
        "a person": "DELETE FROM app_user",
        "whose account it is": f"UPDATE person_role SET user_id = {other}",
        "another account": "INSERT INTO person_role VALUES ('mine', 1)",
        "a change with the program's account": f"SET ROLE {THEIRS}; {a_change(other)}",
        **_FORBIDDEN,
    }
    assert passed(cluster, "lager", attempts, PERSONS) == []
    kept = {"a change": a_change(mine), "the own password": f"{password} = {mine}"}
    assert passed(cluster, "lager", kept, cluster.create(PERSONS)) == list(kept)


def test_nobody_works_with_the_program_s_account(
    cluster: postgres.Cluster, persons: server.WantedServer
) -> None:
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(cluster.url(PERSONS, THEIRS).replace("+psycopg", ""))


def test_a_person_works_as_before_and_logs_in_as_nobody_else(
    cluster: postgres.Cluster, persons: server.WantedServer, run: Run, tmp_path: Path
) -> None:
    database = Database(cluster.url(PERSONS, "eva"))
    door = Context(database, SYSTEM)
    eva = login.log_in_by_server(door)
    assert eva is not None
    assert eva == login.log_in(door, "eva", SECRET)
    saved = places.save(door.as_actor(eva), places.PlaceForm("9-09-Z"))
    changes.undo(door.as_actor(eva), saved.change_id or 0)
    other = replace(eva, user_id=ids(cluster)["lager"], version=None, since=None)
    with pytest.raises(Unavailable, match="does not have the right"):
        places.save(door.as_actor(other), places.PlaceForm("9-09-Y"))
    assert check.run(door.as_actor(eva)).ok
    database.close()
    database = Database(cluster.url(PERSONS, "lager"))
    with pytest.raises(Refused, match="You are connected to the server as"):
        login.log_in(Context(database, SYSTEM), "eva", SECRET)
    database.close()
    report = ("report", "savings", "--from", "1.1.2026", "--to", "20.11.2026", "--out")
    made = run(*report, str(tmp_path / "b.pdf"), database=cluster.url(PERSONS, "eva"), user=None)
    assert made.code == 0, made.err


def test_a_hold_that_ran_out_passes_on_in_the_name_of_whose_window_sees_it(
    cluster: postgres.Cluster, persons: server.WantedServer
) -> None:
    own = cluster.create(PERSONS)
    owner = Context(Database(cluster.url(own, OWNER)), SYSTEM)
    window = Context(Database(cluster.url(own, "lager")), SYSTEM)
    with owner.read() as session:
        first, second = session.scalars(select(Institution.id).order_by(Institution.id).limit(2))
    soon = owner.today() + dt.timedelta(days=30)
    form = wants.WantForm(soon, Answer.YES, "kontorstole", pieces=200)
    leads = frozenset({Grant(Role.LEADER, first), Grant(Role.LEADER, second)})
    both = users.save(owner, users.UserForm("begge", "Leder af to", grants=leads)).id
    leader = owner.as_actor(login.actor_of(owner, both))
    wants.create(leader, first, form)
    wants.create(leader, second, form)
    assert not wants.is_due(window)
    with owner.database.write() as session:
        held = session.scalars(select(Hold.unit_id)).first()
        over = owner.now() - dt.timedelta(minutes=1)
        session.execute(update(Hold).where(Hold.unit_id == held).values(expires_at=over))
    assert wants.is_due(window)
    served = wants.serve(window)
    assert served.unit_ids == (held,)
    with owner.read() as session:
        change = session.get_one(Change, served.change_id)
        assert change.actor_id == ids(cluster)["lager"]
    assert not wants.is_due(window)
    for context in (owner, window):
        context.database.close()


def test_who_is_inactive_loses_the_account_and_who_is_new_gets_one(
    cluster: postgres.Cluster, persons: server.WantedServer
) -> None:
    people, admin = ids(cluster), Context(Database(cluster.url(PERSONS, OWNER)), SYSTEM)
    grants = frozenset({Grant(Role.WAREHOUSE)})
    users.save(admin, users.UserForm("nyansat", "Ny Ansat", grants=grants))
    form = users.UserForm("elev", "Elev", grants=grants)
    left = users.save(admin, form).id
    server.prepare(cluster.url("postgres"), persons, lambda _sql: None)
    for name in ("nyansat", "elev"):
        psycopg.connect(cluster.url(PERSONS, name).replace("+psycopg", "")).close()
    users.save(admin, replace(form, active=False), left, version=1)
    again = replace(persons, personal=False)  # what was chosen once stays
    server.prepare(cluster.url("postgres"), again, lambda _sql: None)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(cluster.url(PERSONS, "elev").replace("+psycopg", ""))
    assert passed(cluster, "nyansat", {"another's": a_change(people["eva"])}, PERSONS) == []
    opening.close(admin)


def test_a_trigger_that_is_gone_is_named_by_the_check(
    cluster: postgres.Cluster, persons: server.WantedServer
) -> None:
    name = cluster.create(PERSONS)
    with psycopg.connect(cluster.url(name).replace("+psycopg", "")) as connection:
        connection.execute("DROP TRIGGER change_of_oneself ON change")
    context = Context(Database(cluster.url(name)), SYSTEM)
    told = [each.values.get("name") for each in check.run(context).findings]
    assert told == ["change_of_oneself"]
    opening.close(context)
    cluster.drop(name)
