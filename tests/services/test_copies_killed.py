"""kill -9 at any moment of copying and restoring: the database and every copy stay whole."""

import contextlib
import hashlib
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.services import check, copies, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.tables.places import Place
from tests import forking
from tests.world import build

KILLS = 6
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")


@pytest.fixture(scope="module")
def program() -> Iterator[forking.Source]:
    """What is killed, loaded once."""
    with forking.source("tests.copying") as source:
        yield source


def run_until_killed(
    program: forking.Source, file: Path, how: str, log: Path, seconds: float
) -> None:
    process = program.start(str(file), how, str(log))
    for _ in range(1_200):
        # The first round reads the program's code; from the second on only the copies take time.
        if log.exists() and len(log.read_text("utf-8").splitlines()) > 1:
            break
        process.assert_alive()
        threading.Event().wait(0.05)
    threading.Event().wait(seconds)
    process.kill()


def codes(file: Path) -> frozenset[str]:
    """What the database holds, after its books were checked."""
    context = opening.open_existing(file)
    try:
        assert check.run(context).findings == ()
        with context.read() as session:
            return frozenset(session.scalars(select(Place.code)))
    finally:
        opening.close(context)


def assert_every_copy_is_whole(file: Path, scratch: Path) -> int:
    found = copies.there(file)
    for number, copy in enumerate(found):
        assert hashlib.sha256(copy.path.read_bytes()).hexdigest() == copy.facts.sha256
        target = scratch / f"{number}.sqlite"
        assert copies.restore(target, copy.path) == copies.Restored(None, 0, 0)
        codes(target)
        target.unlink()
    return len(found)


def begun(sqlite_file: Path, code: str) -> None:
    context = Context(Database(sqlite_file), SYSTEM)
    build(context)
    copies.take(context)
    places.save(context, places.PlaceForm(code))
    opening.close(context)


def test_killed_while_copying_nothing_is_lost_and_no_half_copy_counts(
    sqlite_file: Path, tmp_path: Path, program: forking.Source
) -> None:
    begun(sqlite_file, "9-01-A")
    dice = random.Random(5)
    for kill in range(KILLS):
        log = tmp_path / f"{kill}.log"
        run_until_killed(program, sqlite_file, "take", log, dice.uniform(0.0, 1.5))
        assert "9-01-A" in codes(sqlite_file)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    assert assert_every_copy_is_whole(sqlite_file, scratch) > KILLS
    # Nobody holds the claim any more.
    context = opening.open_existing(sqlite_file)
    copies.take(context)
    opening.close(context)


def test_killed_while_restoring_one_of_both_is_there_whole(
    sqlite_file: Path, tmp_path: Path, program: forking.Source
) -> None:
    begun(sqlite_file, "9-01-A")
    copied = codes(sqlite_file) - {"9-01-A"}
    dice = random.Random(6)
    for kill in range(KILLS):
        log = tmp_path / f"{kill}.log"
        run_until_killed(program, sqlite_file, "restore", log, dice.uniform(0.0, 1.0))
        assert codes(sqlite_file) in (copied, copied | {"9-01-A"})
        context = opening.open_existing(sqlite_file)
        if "9-01-A" not in places.codes(context):
            places.save(context, places.PlaceForm("9-01-A"))
        opening.close(context)
    kept = list(sqlite_file.parent.glob("*.before-restore.sqlite"))
    assert kept
    for file in kept:
        codes(file)


#: Makes one file of a database, and stands still until it is killed: while it writes, or proves.
_SLOW = """
import sys, time
from pathlib import Path
from moebelcirkel.services.start import opening
from moebelcirkel.storage.copies import dumps, taking

source, target = sys.argv[1], Path(sys.argv[2])

def wait(*_asked):
    if list(target.parent.glob(".moebelcirkel-copy-*")):
        print("half-way", flush=True)
        time.sleep(120)

context = opening.open_existing(source)
if context.database.is_sqlite:
    taking.take_file(Path(source), target, lambda _file: None, wait)
else:
    dumps.take(context.database.url, target, wait)
"""


@contextlib.contextmanager
def half_way(source: str, target: Path) -> Iterator[None]:
    """Another program is at a copy into one file; killed at the end."""
    command = [sys.executable, "-c", _SLOW, source, str(target)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            assert process.stdout.readline().strip() == "half-way"
            yield
        finally:
            process.kill()
            process.wait()


def names(folder: Path) -> list[str]:
    return sorted(path.name.split("-")[0] for path in folder.iterdir())


@pytest.mark.parametrize("cleaned_by", ["the next copy", "a start"])
def test_what_a_killed_copy_into_another_folder_left_is_swept_and_one_being_written_is_not(
    sqlite_file: Path, tmp_path: Path, cleaned_by: str
) -> None:
    context = Context(Database(sqlite_file), SYSTEM)
    build(context)
    folder = tmp_path / "andet sted"
    folder.mkdir()
    (folder / "regneark.part").write_text("somebody else's")
    with half_way(str(sqlite_file), folder / "a.sqlite"):
        copies.take_file(context, folder / "b.sqlite")
        assert names(folder) == [".moebelcirkel", "b.sqlite", "regneark.part"]
    if cleaned_by == "the next copy":
        copies.take_file(context, folder / "c.sqlite")
        assert names(folder) == ["b.sqlite", "c.sqlite", "regneark.part"]
    else:
        opening.close(opening.open_existing(folder / "b.sqlite"))
        assert names(folder) == ["b.sqlite", "regneark.part"]
    opening.close(context)


def proofs(url: str) -> list[str]:
    database = Database(url)
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT datname FROM pg_database").scalars().all()
    database.close()
    return [name for name in found if name.startswith("moebelcirkel_proof")]


def test_the_database_that_a_killed_dump_proved_in_is_dropped_by_the_next_one(
    postgres_url: str, tmp_path: Path
) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL's programs are not on the path here")
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    context = Context(Database(postgres_url), SYSTEM)
    migrate(context.database)
    with half_way(postgres_url, dumps / "a.dump"):
        assert len(proofs(postgres_url)) == 1
        copies.take_file(context, dumps / "b.dump")
        assert len(proofs(postgres_url)) == 1, "it is being looked at just now"
    copies.take_file(context, dumps / "c.dump")
    assert proofs(postgres_url) == []
    assert names(dumps) == ["b.dump", "c.dump"]
    opening.close(context)
