"""kill -9 at any moment of copying and restoring: the database and every copy stay whole."""

import hashlib
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.services import check, copies, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.places import Place
from tests.world import build

KILLS = 6
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")


def run_until_killed(file: Path, how: str, log: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "tests.copying", str(file), how, str(log)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for _ in range(1_200):
        # The first round reads the program's code; from the second on only the copies take time.
        if log.exists() and len(log.read_text("utf-8").splitlines()) > 1:
            break
        assert process.poll() is None, process.communicate()[1].decode()
        threading.Event().wait(0.05)
    threading.Event().wait(seconds)
    process.send_signal(signal.SIGKILL)
    _out, errors = process.communicate()
    assert process.returncode == -signal.SIGKILL, errors.decode()


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
    sqlite_file: Path, tmp_path: Path
) -> None:
    begun(sqlite_file, "9-01-A")
    dice = random.Random(5)
    for kill in range(KILLS):
        run_until_killed(sqlite_file, "take", tmp_path / f"{kill}.log", dice.uniform(0.0, 1.5))
        assert "9-01-A" in codes(sqlite_file)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    assert assert_every_copy_is_whole(sqlite_file, scratch) > KILLS
    # Nobody holds the claim any more.
    context = opening.open_existing(sqlite_file)
    copies.take(context)
    opening.close(context)


def test_killed_while_restoring_one_of_both_is_there_whole(
    sqlite_file: Path, tmp_path: Path
) -> None:
    begun(sqlite_file, "9-01-A")
    copied = codes(sqlite_file) - {"9-01-A"}
    dice = random.Random(6)
    for kill in range(KILLS):
        run_until_killed(sqlite_file, "restore", tmp_path / f"{kill}.log", dice.uniform(0.0, 1.0))
        assert codes(sqlite_file) in (copied, copied | {"9-01-A"})
        context = opening.open_existing(sqlite_file)
        if "9-01-A" not in places.codes(context):
            places.save(context, places.PlaceForm("9-01-A"))
        opening.close(context)
    kept = list(sqlite_file.parent.glob("*.before-restore.sqlite"))
    assert kept
    for file in kept:
        codes(file)
