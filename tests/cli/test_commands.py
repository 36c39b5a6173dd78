"""The commands as they are typed: what they do, their exit codes, and errors in one Danish line."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from moebelcirkel import settings
from moebelcirkel.cli import running
from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import articles, intake, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import first_start, opening, system_user
from moebelcirkel.storage import engine
from moebelcirkel.storage.engine import Database
from tests.cli.commands import IKEA, SECRET, Run, said

_NOBODY = 65_534


# --- labels ------------------------------------------------------------------------------------


@pytest.fixture
def chairs(town: Path) -> list[str]:
    """Two chairs on the shelf; their numbers."""
    database = Database(town)
    context = Context(database, SYSTEM)
    chair, shelf = articles.suggest(context, "kontorstol")[0].id, 1
    batch = intake.Batch(parts=(intake.Part("B", 2, "shelf", shelf),), article_id=chair)
    numbers = intake.register(context, batch).numbers
    database.close()
    return [str(number) for number in numbers]


def test_labels_are_written_whole(run: Run, chairs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "ark.pdf"
    assert run("labels", *chairs, "--out", str(out), "--start", "3").code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.glob("*.part")) == []
    before = out.read_bytes()
    assert "allerede en fil" in said(run("labels", chairs[0], "--out", str(out)))
    assert out.read_bytes() == before


def test_a_number_nobody_has_is_named(run: Run, tmp_path: Path) -> None:
    number = label_number("MC", 999)
    assert number in said(run("labels", number, "--out", str(tmp_path / "a.pdf")))
    assert not (tmp_path / "a.pdf").exists()


def test_a_folder_that_is_not_there(run: Run, chairs: list[str], tmp_path: Path) -> None:
    text = said(run("labels", *chairs, "--out", str(tmp_path / "nix" / "a.pdf")))
    assert text == f"Mappen {tmp_path / 'nix'} findes ikke. Opret den først."


def test_labels_are_a_pdf_by_name_too(run: Run, chairs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "ark.txt"
    assert said(run("labels", *chairs, "--out", str(out))) == "ark.txt skal ende på .pdf."
    assert not out.exists()


# --- check, migrate, backup --------------------------------------------------------------------


def test_check_says_that_all_agrees(run: Run) -> None:
    answer = run("check")
    assert answer.code == 0
    assert answer.out.startswith("Alt stemmer: ")


def test_check_finds_what_was_changed_behind_its_back(run: Run, town: Path) -> None:
    with contextlib.closing(sqlite3.connect(town)) as connection, connection:
        connection.execute("UPDATE article SET supplier = 'En anden' WHERE id = 1")
    answer = run("check")
    assert answer.code == 1
    assert "1 ting er forkert" in answer.out
    assert answer.err == ""


def test_migrate_changes_nothing_where_all_is_up_to_date(run: Run) -> None:
    first = run("migrate", user=None)
    assert (first.code, first.out) == (0, "Databasen er opdateret.\n")
    assert run("migrate", user=None).out == first.out


_EVERY_WORD = (
    ("migrate",),
    ("backup", "kopi.sqlite"),
    ("check",),
    IKEA,
    ("labels", "MC-000001-9", "--out", "a.pdf"),
    ("report", "savings", "--from", "1.1.2026", "--to", "2.1.2026", "--out", "a.pdf"),
    ("user", "reset-password", "eva"),
    ("person", "paper", "--login", "eva", "--out", "a.pdf"),
)


@pytest.mark.parametrize("words", _EVERY_WORD, ids=lambda words: words[0])
def test_no_command_makes_a_database_of_a_wrong_name(
    run: Run, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    missing, empty = tmp_path / "nix.sqlite", tmp_path / "tom.sqlite"
    empty.touch()
    assert f"ingen database i {missing}" in said(run(*words, database=str(missing)))
    assert f"{empty} er tom" in said(run(*words, database=str(empty)))
    assert not missing.exists()
    assert empty.read_bytes() == b""
    assert list(tmp_path.glob("[nt][io]*.sqlite-*")) == []
    assert not (tmp_path / "kopi.sqlite").exists()


def test_a_shared_database_is_set_up_and_started(
    run: Run, postgres_url: str, tmp_path: Path
) -> None:
    assert "moebelcirkel migrate" in said(run("check", database=postgres_url))
    assert run("migrate", database=postgres_url, user=None).code == 0
    context = opening.open_existing(postgres_url)
    assert first_start.is_needed(context)
    first_start.begin(context, first_start.FirstStart("Randers", "Eva", "eva", SECRET))
    opening.close(context)
    assert run("check", database=postgres_url).code == 0
    dump = tmp_path / "kopi.dump"
    assert run("backup", str(dump), database=postgres_url).code == 0
    assert dump.read_bytes().startswith(b"PGDMP")


def test_a_backup_is_a_whole_database(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "kopi.sqlite"
    answer = run("backup", str(copy), user=None)
    assert (answer.code, answer.out) == (0, f"Kopien ligger i {copy}\n")
    assert run("check", database=str(copy)).code == 0
    assert "allerede en fil" in said(run("backup", str(copy), user=None))
    assert "er en mappe" in said(run("backup", str(tmp_path), user=None))
    assert "Opret den først" in said(run("backup", str(tmp_path / "nix" / "kopi"), user=None))
    assert not (tmp_path / "nix").exists()


# --- who asks ----------------------------------------------------------------------------------


def test_a_wrong_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(running.PASSWORD_VARIABLE, "forkert")
    assert "Brugernavn eller adgangskode" in said(run("check"))


def test_somebody_without_the_right(run: Run, town: Path) -> None:
    database = Database(town)
    grants = frozenset({Grant(Role.WORKSHOP, None)})
    form = users.UserForm(login="ib", name="Ib", password=SECRET, grants=grants)
    users.save(Context(database, SYSTEM), form)
    database.close()
    assert said(run(*IKEA, user="ib")) == "Det har du ikke ret til. Spørg en administrator."


def test_without_password_and_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(running.PASSWORD_VARIABLE)
    assert running.PASSWORD_VARIABLE in said(run("check"))


def test_the_systems_user_where_it_is_linked(run: Run, town: Path) -> None:
    assert "ikke knyttet" in said(run("check", user=None))
    database = Database(town)
    context = Context(database, SYSTEM)
    form = users.UserForm(
        login="maskine",
        name="Natjob",
        os_login=system_user.names()[0],
        grants=frozenset({Grant(Role.ADMINISTRATOR, None)}),
    )
    users.save(context, form)
    database.close()
    assert run("check", user=None).code == 0


# --- databases that cannot be used -------------------------------------------------------------


def test_no_database_is_named(run: Run) -> None:
    assert "--database" in said(run("check", database=None))


def test_the_database_this_pc_remembers(run: Run, town: Path) -> None:
    settings.Settings().set(settings.DATABASE, str(town))
    assert run("check", database=None).code == 0


def test_a_missing_database(run: Run, tmp_path: Path) -> None:
    assert "ingen database" in said(run("check", database=str(tmp_path / "nix.sqlite")))
    assert not (tmp_path / "nix.sqlite").exists()


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "brev.sqlite"
    file.write_text("Kære kommune " * 1000)
    assert "ikke en database" in said(run("check", database=str(file)))
    assert "ikke en database" in said(run("migrate", database=str(file)))
    assert "ikke en database" in said(run("backup", str(tmp_path / "kopi"), database=str(file)))


def test_a_database_of_somebody_else_is_not_ours_to_copy(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "fremmed.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bog (titel TEXT)")
    before = file.read_bytes()
    for words in (("backup", str(tmp_path / "kopi")), ("migrate",)):
        assert "ikke en af vores" in said(run(*words, database=str(file), user=None))
    assert file.read_bytes() == before
    assert not (tmp_path / "kopi").exists()


def test_a_backup_blames_the_damaged_file_and_not_the_folder(
    run: Run, town: Path, tmp_path: Path
) -> None:
    file = tmp_path / "halv.sqlite"
    file.write_bytes(town.read_bytes()[: town.stat().st_size // 2])
    assert "beskadiget" in said(run("backup", str(tmp_path / "kopi"), database=str(file)))
    assert sorted(path.name for path in tmp_path.glob("kopi*")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_a_database_that_may_only_be_read(
    run: Run, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    with tempfile.TemporaryDirectory(prefix="moebelcirkel-") as name:
        file = Path(name) / "laas.sqlite"
        file.write_bytes(town.read_bytes())
        file.chmod(0o444)
        Path(name).chmod(0o555)
        os.seteuid(_NOBODY if os.geteuid() == 0 else os.geteuid())
        try:
            answer = run(*IKEA, database=str(file))
        finally:
            os.seteuid(os.getuid())
            Path(name).chmod(0o755)
    assert "skrivebeskyttet" in said(answer)


# --- as processes ------------------------------------------------------------------------------


def process(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program as somebody starts it."""
    return subprocess.run(
        [sys.executable, "-m", "moebelcirkel", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    )


def test_a_refusal_of_a_process_has_no_traceback(tmp_path: Path) -> None:
    done = process("--database", str(tmp_path / "nix.sqlite"), "check")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"moebelcirkel: Der er ingen database i {tmp_path / 'nix.sqlite'}.")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("words", [(), ("--database", "hus.sqlite")])
def test_without_a_screen_there_is_no_window(words: tuple[str, ...]) -> None:
    none = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "WAYLAND_SOCKET": "", "QT_QPA_PLATFORM": ""}
    done = process(*words, **none)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("moebelcirkel: Her er ingen skærm til vinduet.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no drive that is always full")
def test_an_answer_nobody_gets_is_no_success(sqlite_file: Path) -> None:
    words = ("--database", str(sqlite_file), "migrate")
    assert process(*words).stdout
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "moebelcirkel", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            encoding="utf-8",
            cwd=Path(__file__).parents[2],
        )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("moebelcirkel: Svaret kunne ikke skrives ud.")


@pytest.mark.parametrize("code", ["cp437", "ascii"])
def test_a_terminal_without_our_letters_still_gets_an_answer(tmp_path: Path, code: str) -> None:
    """Those of Windows have a code page, and a file that is written into has another."""
    helped = process("shop", "--help", PYTHONIOENCODING=f"{code}:strict")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "butikken" in helped.stdout
    name = "m\N{GREEK SMALL LETTER OMEGA}bler \N{RIGHTWARDS ARROW}.sqlite"
    done = process("--database", str(tmp_path / name), "check", PYTHONIOENCODING=f"{code}:strict")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert line.startswith("moebelcirkel: Der er ingen database i ")


def test_example_data_is_made_and_used(tmp_path: Path) -> None:
    target = tmp_path / "eksempel.sqlite"
    done = process("demo", "--create", str(target), "--units", "60", "--today", "2026-11-20")
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout
    again = process("demo", "--create", str(target), "--units", "60")
    assert again.returncode == 1
    assert "allerede en database" in again.stderr
    password = done.stdout.split()[-1]
    checked = process(
        "--database",
        str(target),
        "--user",
        "admin",
        "check",
        **{running.PASSWORD_VARIABLE: password},
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_self_test_passes() -> None:
    done = process("self-test")
    assert done.returncode == 0, done.stderr
    assert "plugin" not in done.stderr
    assert done.stdout.splitlines()[-1] == "selvtest: vinduet er i orden"
