"""`moebelcirkel server prepare`: run again, killed half-way, dry, and what it refuses."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql

from moebelcirkel.cli import server as server_cli
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import users
from moebelcirkel.services.start import opening
from tests import postgres
from tests.cli.commands import Answer, Run, said


@dataclass(frozen=True)
class House:
    """A name that nothing on the server has yet, and how to ask for it."""

    cluster: postgres.Cluster
    name: str

    @property
    def owner(self) -> str:
        return f"{self.name}_owner"

    @property
    def program(self) -> str:
        return f"{self.name}_program"

    def words(self, *more: str) -> tuple[str, ...]:
        address = self.cluster.url("postgres").replace("+psycopg", "")
        return ("server", "prepare", "--admin-url", address, "--name", self.name, *more)

    def asks(self, query: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What the server answers to who runs it."""
        with psycopg.connect(self.cluster.url(database).replace("+psycopg", "")) as connection:
            return connection.execute(query.encode(), {"name": self.name}).fetchall()

    def roles(self) -> set[object]:
        """The accounts that begin with the name."""
        return {
            row[0]
            for row in self.asks(
                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %(name)s)"
            )
        }


@pytest.fixture
def house(postgres_cluster: postgres.Cluster) -> Iterator[House]:
    made = House(postgres_cluster, f"hus_{secrets.token_hex(4)}")
    yield made
    postgres_cluster.drop(made.name)
    address = postgres_cluster.url("postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        for role in made.roles():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(str(role))))


def prepared(run: Run, house: House, *more: str) -> Answer:
    answer = run(*house.words(*more), database=None, user=None)
    assert answer.code == 0, answer.err
    return answer


def test_an_empty_server_is_made_ready_and_the_program_works_on_it(run: Run, house: House) -> None:
    answer = prepared(run, house)
    assert "Bevist" in answer.out
    assert f'CREATE DATABASE "{house.name}" OWNER "{house.owner}"' in answer.out
    program = house.cluster.url(house.name, house.program)
    assert run("check", database=program).code == 1  # nobody is there to log in yet
    assert run("migrate", database=house.cluster.url(house.name, house.owner)).code == 0
    assert "må ikke ændre, hvordan" in said(run("migrate", database=program))


def test_it_may_be_run_again_and_puts_right_what_is_not(run: Run, house: House) -> None:
    prepared(run, house)
    program, owner = f'"{house.program}"', f'"{house.owner}"'
    with psycopg.connect(house.cluster.url(house.name).replace("+psycopg", "")) as connection:
        for statement in (
            f"GRANT {owner} TO {program}",
            f"GRANT DELETE ON event TO {program}",
            "GRANT SELECT ON app_user TO PUBLIC",
            f"REVOKE INSERT ON unit FROM {program}",
            f"ALTER TABLE charge OWNER TO {program}",
            f"ALTER ROLE {program} CREATEROLE",
            f"GRANT CREATE ON SCHEMA public TO {program}",
            "ALTER TABLE event DISABLE TRIGGER event_no_update",
        ):
            connection.execute(statement.encode())
    prepared(run, house)
    assert prepared(run, house).out == prepared(run, house).out


def test_a_dry_run_prints_the_sql_and_makes_nothing(
    run: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(server_cli.PROGRAM_VARIABLE, "meget hemmelig")
    dry = prepared(run, house, "--dry-run").out
    assert house.roles() == set()
    assert house.asks("SELECT 1 FROM pg_database WHERE datname = %(name)s") == []
    real = prepared(run, house).out
    assert set(_sql(real)) == set(_sql(dry))
    for text in (dry, real):
        assert "hemmelig" not in text
        assert "SCRAM" not in text
    again = prepared(run, house, "--dry-run").out
    assert "CREATE ROLE" not in again
    assert "CREATE DATABASE" not in again


def _sql(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("--")]


def test_a_password_is_set_from_the_environment_and_is_kept_as_a_proof(
    run: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(run, house)
    query = "SELECT rolname, rolpassword FROM pg_authid WHERE starts_with(rolname, %(name)s)"
    assert dict(house.asks(query)) == {house.owner: None, house.program: None}
    monkeypatch.setenv(server_cli.PROGRAM_VARIABLE, "rød sofa i gangen")
    prepared(run, house)
    monkeypatch.delenv(server_cli.PROGRAM_VARIABLE)
    kept: dict[str, str | None] = dict(house.asks(query))
    assert str(kept[house.program]).startswith("SCRAM-SHA-256$")
    prepared(run, house)
    assert dict(house.asks(query)) == kept


def test_what_one_account_made_before_there_was_an_owner_becomes_the_owner_s(
    run: Run, house: House
) -> None:
    address = house.cluster.url("postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        old = sql.Identifier(house.program)
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(old))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(house.name), old)
        )
    before = house.cluster.url(house.name, house.program)
    assert run("migrate", database=before, user=None).code == 0
    assert run("migrate", database=before, user=None).code == 0
    prepared(run, house)
    assert "må ikke ændre" in said(run("migrate", database=before, user=None))
    owner = house.cluster.url(house.name, house.owner)
    assert run("migrate", database=owner, user=None).code == 0


def test_names_that_cannot_be_used_are_refused_and_nothing_is_made(run: Run, house: House) -> None:
    def refused(*more: str) -> str:
        return said(run(*house.words(*more), database=None, user=None))

    assert "tester må alt" in refused("--program", "tester")
    assert "hver sin konto" in refused("--program", house.owner)
    assert house.roles() == set()
    prepared(run, house)
    admin = house.cluster.url(house.name, house.program).replace("+psycopg", "")
    answer = run("server", "prepare", "--admin-url", admin, database=None, user=None)
    assert "må ikke lave konti" in said(answer)
    file = run("server", "prepare", "--admin-url", "her.sqlite", database=None, user=None)
    assert "Kun en PostgreSQL-server" in said(file)


def test_one_that_was_killed_is_run_again(run: Run, house: House) -> None:
    """It ends after each of its first lines in turn; whatever is there then, it goes on."""
    command = [sys.executable, "-u", "-m", "moebelcirkel", *house.words()]
    for lines in (1, 3, 5, 9, 40):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ
        ) as process:
            assert process.stdout is not None
            for _line in range(lines):
                process.stdout.readline()
            process.kill()
    prepared(run, house)


def test_each_person_is_given_an_account_once_that_was_chosen(run: Run, house: House) -> None:
    assert "Hver person arbejder" in prepared(run, house, "--personal-roles").out
    context = opening.open_unchecked(house.cluster.url(house.name, house.owner))
    grants = frozenset({Grant(Role.WAREHOUSE)})
    anna = f"{house.name}_anna"
    users.save(context, users.UserForm(anna, "Anna", grants=grants))
    users.save(context, users.UserForm("tester", "Den, der driver serveren", grants=grants))
    opening.close(context)
    dry = prepared(run, house, "--dry-run").out
    assert f'CREATE ROLE "{anna}" LOGIN;' in dry
    assert house.roles() == {house.owner, house.program}
    assert _sql(prepared(run, house).out) == _sql(dry)
    again = prepared(run, house).out
    assert f'GRANT "{house.program}" TO "{anna}";' in again
    assert '"tester"' not in again  # who may do everything acts in nobody's name
    assert house.roles() == {house.owner, house.program, anna}
