"""`doctor`: what a support file tells, what it never holds, and that a sick database gets one."""

import getpass
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from moebelcirkel import paths
from moebelcirkel.services.start import opening
from tests.cli.commands import Run, said

#: Texts of the small municipality that may stand nowhere in it.
_PEOPLE = ("Eva Holm", "eva@", "Plejecenter", "Kontorstol", "5799999000010", "tre grønne stole")


def told(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_it_tells_versions_sizes_and_counts(run: Run, town: Path, tmp_path: Path) -> None:
    file = tmp_path / "hjælp.zip"
    answer = run("doctor", str(file), user=None)
    assert answer.code == 0
    assert answer.out == f"Supportfilen ligger i {file}. Der står intet om personer i den.\n"
    body = told(file)["doctor.txt"]
    for line in ("condition = current", "journal_mode = wal", "app_user = 8", "PySide6 = 6."):
        assert line in body, line
    assert f"schema = {opening.schema()}" in body
    assert f"alembic_version = {opening.schema()}" in body
    assert "label_columns = 3" in body
    assert "error = " not in body


def test_nothing_in_it_tells_of_people_or_folders(
    run: Run, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = paths.made(paths.logs())
    home = Path.home()
    secret = f"{home}/x failed for eva@randers.dk at postgresql://bo:hemmelig@10.1.2.3/db"
    (logs / "moebelcirklen.log").write_text(f"WARNING {secret} {town.parent}\n", "utf-8")
    file = tmp_path / "hjælp.zip"
    assert run("doctor", str(file), user=None).code == 0
    whole = "\n".join(told(file).values())
    hidden = (*_PEOPLE, str(home), str(town.parent), "randers", "hemmelig", "10.1.2.3")
    assert [word for word in hidden if word in whole] == []
    assert "ADDRESS" in told(file)["log/moebelcirklen.log"]
    assert f" {getpass.getuser()} " not in whole


def test_a_damaged_an_older_and_no_database_get_one_too(
    run: Run, town: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "skadet.sqlite"
    broken.write_bytes(b"SQLite format 3\x00" + bytes(5_000))
    for turn, database in enumerate((str(broken), str(tmp_path / "findes ikke.sqlite"))):
        file = tmp_path / f"hjælp-{turn}.zip"
        assert run("doctor", str(file), database=database, user=None).code == 0
        body = told(file)["doctor.txt"]
        assert "[database]\nerror = " in body
        assert str(tmp_path) not in body
        assert "[machine]\nsystem = " in body


def test_a_shared_database_tells_of_its_server(run: Run, postgres_url: str, tmp_path: Path) -> None:
    run("migrate", database=postgres_url, user=None)
    file = tmp_path / "hjælp.zip"
    assert run("doctor", str(file), database=postgres_url, user=None).code == 0
    body = told(file)["doctor.txt"]
    for line in ("server_version = ", "ssl = ", "superuser = ", "condition = current"):
        assert line in body, line
    assert "127.0.0.1" not in body


def test_an_account_and_a_server_are_not_named(run: Run, postgres_url: str, tmp_path: Path) -> None:
    logs = paths.made(paths.logs())
    name = make_url(postgres_url).username
    said = f"WARNING {name} may not do that on dbserver.randers.dk, said dbserver"
    (logs / "moebelcirklen.log").write_text(said, "utf-8")
    for turn, host in enumerate(("dbserver.randers.dk", "[")):
        file = tmp_path / f"hjælp-{turn}.zip"
        address = f"postgresql://{name}@{host}/moebler?connect_timeout=1"
        assert run("doctor", str(file), database=address, user=None).code == 0
        assert "[database]\nerror = " in told(file)["doctor.txt"]
    assert told(tmp_path / "hjælp-0.zip")["log/moebelcirklen.log"] == (
        "WARNING ACCOUNT may not do that on SERVER, said dbserver"
    )


def test_a_schema_of_another_version_is_left_as_it_is(run: Run, town: Path, tmp_path: Path) -> None:
    context = opening.open_unchecked(town)
    with context.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opening.close(context)
    file = tmp_path / "hjælp.zip"
    assert run("doctor", str(file), user=None).code == 0
    assert "condition = newer" in told(file)["doctor.txt"]
    assert "alembic_version = 9999" in told(file)["doctor.txt"]


def test_a_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "hjælp.zip"
    file.write_bytes(b"mine")
    assert "allerede en fil" in said(run("doctor", str(file), user=None))
    assert file.read_bytes() == b"mine"
