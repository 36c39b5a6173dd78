"""Opening: what is there is opened as it is; a file is only made where one is begun."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import check, copies, places
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import first_start, opening
from moebelcirkel.services.start.first_start import FirstStart
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import DatabaseState, condition
from moebelcirkel.storage.tables.articles import Ecolabel
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.places import Place
from tests import postgres, templates

FORM = FirstStart("Åby Kommune", "Anna", "anna", "blå stol i hallen")


@pytest.mark.parametrize("way", [opening.open_existing, opening.open_unchecked])
def test_nothing_is_made_of_a_name_that_is_wrong(way: object, tmp_path: Path) -> None:
    assert callable(way)
    missing, empty = tmp_path / "missing.sqlite", tmp_path / "empty.sqlite"
    empty.touch()
    with pytest.raises(Unavailable, match=r"no database at .*missing.sqlite"):
        way(missing)
    with pytest.raises(Unavailable, match=r"empty.sqlite is empty"):
        way(empty)
    assert [path.name for path in tmp_path.glob("*.sqlite*")] == ["empty.sqlite"]
    assert empty.read_bytes() == b""


@pytest.mark.parametrize("left", ["nothing", "an empty file", "a header"])
def test_the_first_start_makes_its_own_also_after_a_power_cut(left: str, tmp_path: Path) -> None:
    target = tmp_path / "house.sqlite"
    if left == "an empty file":
        target.touch()
    elif left == "a header":
        with contextlib.closing(sqlite3.connect(target)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        assert target.stat().st_size
    context = opening.open_or_create(target)
    first_start.begin(context, FORM)
    opening.close(context)
    again = opening.open_or_create(target)
    assert not first_start.is_needed(again)
    opening.close(again)


def test_an_empty_shared_database_is_set_up_by_an_update(postgres_url: str) -> None:
    with pytest.raises(Unavailable, match="must set it up first"):
        opening.open_existing(postgres_url)
    context = opening.open_unchecked(postgres_url)
    opening.update(context)
    assert condition(context.database) is DatabaseState.CURRENT
    opening.close(context)
    opening.close(opening.open_existing(postgres_url))


def test_no_password_is_shown_with_an_address() -> None:
    shown = opening.without_password("postgresql://anna:hemmelig@server/moebel")
    assert "hemmelig" not in shown
    assert "server/moebel" in shown


def _place(context: Context, code: str) -> None:
    places.save(context, places.PlaceForm(code))


def _codes(context: Context) -> set[str]:
    with context.read() as session:
        return set(session.scalars(select(Place.code)))


def test_a_copy_laid_over_a_database_that_was_not_closed_is_what_is_opened(
    sqlite_file: Path, tmp_path: Path
) -> None:
    context = opening.open_existing(sqlite_file)
    _place(context, "1-01-A")
    copy = tmp_path / "kopi.sqlite"
    copies.take_file(context, copy)
    for number in range(40):
        _place(context, f"2-{number:02d}-A")
    log = Path(f"{sqlite_file}-wal")
    left = log.read_bytes()
    opening.close(context)
    shutil.copy(copy, sqlite_file)
    log.write_bytes(left)
    again = opening.open_existing(sqlite_file)
    assert _codes(again) == {"1-01-A"}
    _place(again, "3-01-A")
    assert check.run(again).findings == ()
    assert Path(f"{log}.left").read_bytes() == left
    told = copies.status(again)
    assert told is not None
    assert told.reason == opening.LAID_OVER
    assert f"{log.name}.left" in told.reason.format(**told.values)
    opening.close(again)


@pytest.mark.parametrize("since", [3, 60])
def test_a_file_kept_by_hand_and_laid_over_is_what_is_opened(
    sqlite_file: Path, tmp_path: Path, since: int
) -> None:
    """It says of itself that it has a log, as the database did when it was copied."""
    _kept_place(sqlite_file, "1-01-A")
    kept = shutil.copy(sqlite_file, tmp_path / "kept.sqlite")
    _kept_place(sqlite_file, *(f"2-{number:02d}-A" for number in range(150)))
    context = opening.open_existing(sqlite_file)
    for number in range(since):
        _place(context, f"3-{number:02d}-A")
    log = Path(f"{sqlite_file}-wal")
    left = log.read_bytes()
    opening.close(context)
    shutil.copy(kept, sqlite_file)
    log.write_bytes(left)
    again = opening.open_existing(sqlite_file)
    assert _codes(again) == {"1-01-A"}
    assert check.run(again).findings == ()
    assert Path(f"{log}.left").read_bytes() == left
    assert copies.status(again).reason == opening.LAID_OVER
    opening.close(again)


def test_opening_what_is_open_here_already_leaves_its_locks(sqlite_file: Path) -> None:
    context = opening.open_existing(sqlite_file)
    _place(context, "1-01-A")
    again = opening.open_existing(sqlite_file)
    with context.read() as session:
        session.scalars(select(Place.code)).all()
        out = subprocess.run(
            [sys.executable, "-c", _TAKES_THE_LOG_AWAY, str(sqlite_file)],
            check=True,
            capture_output=True,
            text=True,
        )
    assert out.stdout.strip() == "database is locked"
    opening.close(again)
    opening.close(context)


#: Only who is alone with a file may do without its log.
_TAKES_THE_LOG_AWAY = """
import sqlite3, sys
try:
    connection = sqlite3.connect(sys.argv[1], timeout=0)
    print(connection.execute("PRAGMA journal_mode = DELETE").fetchone())
except sqlite3.OperationalError as error:
    print(error)
"""


def _kept_place(file: Path, *codes: str) -> None:
    context = opening.open_existing(file)
    for code in codes:
        _place(context, code)
    opening.close(context)


def test_the_log_of_a_database_that_was_not_closed_is_read(
    sqlite_file: Path, tmp_path: Path
) -> None:
    context = opening.open_existing(sqlite_file)
    _place(context, "1-01-A")
    cut = tmp_path / "cut.sqlite"
    for end in ("", "-wal"):
        shutil.copy(f"{sqlite_file}{end}", f"{cut}{end}")
    opening.close(context)
    again = opening.open_existing(cut)
    assert _codes(again) == {"1-01-A"}
    opening.close(again)


@pytest.mark.parametrize(
    "name", ["", ".", "/", "x" * 300, "a/" * 3000], ids=["none", "here", "root", "long", "deep"]
)
def test_what_cannot_be_the_name_of_a_file_is_said(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for way in (opening.open_existing, opening.open_unchecked, opening.create):
        with pytest.raises(Unavailable, match="cannot be opened|cannot be created|no database"):
            way(name)
    assert list(tmp_path.glob("x*")) == []


def test_only_the_owner_brings_a_shared_database_up_to_date(
    postgres_cluster: postgres.Cluster,
) -> None:
    name = postgres_cluster.create(templates.in_cluster(postgres_cluster, "migrated"))
    postgres_cluster.give_rights(name)
    address = postgres_cluster.url(name, postgres.PROGRAM)
    owner = Database(postgres_cluster.url(name))
    with owner.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    with pytest.raises(Unavailable, match="Whoever runs it must update it"):
        opening.open_existing(address)
    context = opening.open_unchecked(address)
    with pytest.raises(Unavailable, match=f"The account {postgres.PROGRAM} may not change"):
        opening.update(context)
    with pytest.raises(Unavailable, match="may not change"):
        opening.renew_search(context)
    opening.close(context)
    owner.close()
    postgres_cluster.drop(name)


def test_the_programs_role_brings_what_an_older_program_has_not_brought(
    postgres_cluster: postgres.Cluster,
) -> None:
    name = postgres_cluster.create(templates.for_program(postgres_cluster, "world"))
    owner = Database(postgres_cluster.url(name))
    with owner.engine.begin() as connection:
        connection.execute(text("DELETE FROM ecolabel"))
        connection.execute(text("UPDATE category SET group_key = 'school' WHERE key = 'toys_box'"))
    owner.close()
    address = postgres_cluster.url(name, postgres.PROGRAM)
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(opening.open_existing, [address] * 2))
    with opened[0].read() as session:
        assert session.get_one(Category, "toys_box").group_key == "toys"
        labels = session.scalars(select(Ecolabel.name)).all()
        assert "Svanemærket" in labels
        assert len(labels) == len(set(labels))
        told = session.scalars(select(Change.kind).order_by(Change.id)).all()
        assert told[-2:] == ["factor.categories", "ecolabel.bring"]
        assert told.count("factor.categories") == told.count("ecolabel.bring") == 1
    for context in opened:
        opening.close(context)
    postgres_cluster.drop(name)
