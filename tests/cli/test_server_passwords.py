"""Passwords on a server: asked for or given, kept as proofs, and seen by nobody on the way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from moebelcirkel.cli import arguments, running
from moebelcirkel.cli import server as server_cli
from tests import postgres

ADMIN, THEIRS = "kun-den-der-driver", "rød sofa i gangen"


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Cluster]:
    """A server that lets nobody in without a password."""
    try:
        made = postgres.start()
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    with psycopg.connect(address(made, "tester"), autocommit=True) as connection:
        connection.execute(f"ALTER ROLE tester PASSWORD '{ADMIN}'".encode())
        rules = made.folder / "data" / "pg_hba.conf"
        rules.write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        connection.execute("SELECT pg_reload_conf()")
    yield made
    made.stop()


def address(cluster: postgres.Cluster, user: str, database: str = "postgres") -> str:
    return cluster.url(database, user).replace("+psycopg", "")


def let_in(cluster: postgres.Cluster, user: str, password: str, database: str) -> bool:
    try:
        psycopg.connect(address(cluster, user, database), password=password).close()
    except psycopg.OperationalError:
        return False
    return True


def test_no_password_is_seen_while_a_server_is_made_ready(cluster: postgres.Cluster) -> None:
    given = address(cluster, "tester").replace("tester@", f"tester:{ADMIN}@")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "moebelcirkel", "server", "prepare", "--admin-url", given],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, server_cli.PROGRAM_VARIABLE: THEIRS},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        listed = Path(f"/proc/{process.pid}/cmdline")
        words = listed.read_bytes().decode() if listed.exists() else ""
        rest = process.stdout.read()
    assert process.returncode == 0, rest
    assert "Bevist" in rest
    for seen in (first, words, rest):
        assert ADMIN not in seen
        assert THEIRS not in seen
    assert let_in(cluster, "moebelcirkel_program", THEIRS, "moebelcirkel")
    assert not let_in(cluster, "moebelcirkel_program", "noget andet", "moebelcirkel")
    assert not let_in(cluster, "moebelcirkel_owner", "", "moebelcirkel")  # none was set


def test_a_password_that_is_missing_is_asked_for(
    cluster: postgres.Cluster, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return ADMIN if "tester" in question else THEIRS

    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)
    words = ("server", "prepare", "--admin-url", address(cluster, "tester"), "--name", "anden")
    assert running.run(arguments.parse(words)) == 0
    whose = ("tester", "anden_owner", "anden_program")
    assert asked == [f"Adgangskode for {name}: " for name in whose]
    assert let_in(cluster, "anden_owner", THEIRS, "anden")
    assert THEIRS not in capsys.readouterr().out


def test_a_wrong_one_is_called_so(
    cluster: postgres.Cluster, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PGPASSWORD", "forkert")
    words = ("server", "prepare", "--admin-url", address(cluster, "tester"))
    assert running.run(arguments.parse(words)) == 1
    told = capsys.readouterr()
    assert told.err.startswith("moebelcirkel: Serveren godtog ikke kontoen eller dens adgangskode.")
    assert told.out == ""
