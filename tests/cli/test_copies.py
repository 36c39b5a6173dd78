"""`backup` and `restore` at the command line."""

import contextlib
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from moebelcirkel.services.start import opening
from tests.cli.commands import Run, said


def test_a_copy_is_taken_listed_and_put_back(run: Run, town: Path, tmp_path: Path) -> None:
    taken = run("backup", user=None)
    assert taken.code == 0
    listed = run("restore", user=None)
    path = taken.out.removeprefix("Kopien ligger i ").strip()
    assert listed.out.startswith(f"{path} · ")
    assert "0 møbler · senest ændret " in listed.out
    other = str(tmp_path / "anden.sqlite")
    words = ("restore", "--newest", "--folder", str(Path(path).parent))
    put_back = run(*words, database=other, user=None)
    assert (put_back.code, put_back.out) == (0, f"Databasen er gendannet fra {Path(path).name}.\n")
    assert run("check", database=other).code == 0


def test_a_restore_without_copies_says_where_to_look(run: Run) -> None:
    assert run("restore", user=None).out == ""
    assert "--folder" in said(run("restore", "--newest", user=None))


def test_a_restore_waits_until_nobody_has_it_open(run: Run, town: Path) -> None:
    run("backup", user=None)
    assert "åben i et andet vindue" in said(run("restore", "--newest", user=None))


def test_a_shared_database_is_restored_by_its_server(run: Run, postgres_url: str) -> None:
    run("migrate", database=postgres_url, user=None)
    for word in ("backup", "restore"):
        assert "server" in said(run(word, database=postgres_url, user=None))


def test_a_shared_database_is_dumped_and_the_dump_is_proved(
    run: Run, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL's programs are not on the path here")
    run("migrate", database=postgres_url, user=None)
    dump = tmp_path / "kopi.dump"
    taken = run("backup", str(dump), database=postgres_url, user=None)
    assert (taken.code, taken.out) == (0, f"Kopien ligger i {dump}\n")
    assert dump.read_bytes().startswith(b"PGDMP")
    context = opening.open_existing(postgres_url)
    with context.read() as session:
        left = session.execute(text("SELECT datname FROM pg_database")).scalars().all()
    opening.close(context)
    assert not [name for name in left if name.startswith("moebelcirkel_proof")]
    monkeypatch.setenv("PATH", str(tmp_path))
    other = str(tmp_path / "anden.dump")
    assert "pg_dump findes ikke" in said(run("backup", other, database=postgres_url, user=None))
    assert not list(tmp_path.glob("anden*"))


def test_a_damaged_database_is_never_copied_over_a_good_copy(
    run: Run, town: Path, tmp_path: Path
) -> None:
    assert run("backup", user=None).code == 0
    good = {path: path.read_bytes() for path in town.parent.rglob("kopier/**/*") if path.is_file()}
    whole = bytearray(run_file(town))
    chance = random.Random(3)
    for turn in range(20):
        place = chance.randrange(100, len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 + chance.randrange(255)
        file = tmp_path / f"skadet-{turn}.sqlite"
        file.write_bytes(flipped)
        answer = run("backup", str(tmp_path / f"kopi-{turn}.sqlite"), database=str(file), user=None)
        if answer.code == 0:
            # The byte was in an empty part of a page: what it holds is the same.
            assert run("check", database=str(tmp_path / f"kopi-{turn}.sqlite")).code == 0
    assert all(path.read_bytes() == data for path, data in good.items())


def run_file(town: Path) -> bytes:
    """The database's bytes without a log beside."""
    with contextlib.closing(sqlite3.connect(town)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return town.read_bytes()
