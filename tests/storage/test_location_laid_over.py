"""Another file in the place of a database that is open: said at once, and nothing is mixed."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import text

from moebelcirkel.domain.errors import Exchanged
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.location import Watch

_FILL = "INSERT INTO thing (name) VALUES (:name)"
_ELSEWHERE = """
import sys
from pathlib import Path
Path(sys.argv[2]).write_bytes(Path(sys.argv[1]).read_bytes())
"""


def copied(source: Path, target: Path) -> None:
    """As another program does it: the file stays the same one, with other contents."""
    subprocess.run([sys.executable, "-c", _ELSEWHERE, str(source), str(target)], check=True)


def backed_up(source: Path, target: Path) -> None:
    """As this program copies: without a log."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")


def write(database: Database, name: str, count: int = 1) -> None:
    with database.write() as session:
        for number in range(count):
            session.execute(text(_FILL), {"name": f"{name}{number} " + "x" * 900})


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0].split()[0] for row in connection.execute("SELECT name FROM thing")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "moebel.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)")
    return path


@pytest.mark.parametrize("way", [copied, backed_up])
def test_a_copy_laid_over_an_open_file_stops_all_writing_and_is_not_mixed(
    file: Path, tmp_path: Path, way: Callable[[Path, Path], object]
) -> None:
    copy = tmp_path / "kopi.sqlite"
    database, other = Database(file), Database(file)
    write(database, "old", 10)
    write(other, "old1", 1)
    database.cut_back()
    way(file, copy)
    before = copy.read_bytes()
    write(database, "new", 40)
    database.cut_back()
    write(database, "newest", 3)
    write(other, "newest too")
    copied(copy, file)
    with pytest.raises(Exchanged, match="are mixed. Nothing more is saved"):
        write(database, "lost")
    with pytest.raises(Exchanged), database.read():
        pass
    with pytest.raises(Exchanged, match="are mixed. Nothing more is saved"):
        write(other, "lost")
    assert database.damaged
    database.close()
    other.close()
    assert file.read_bytes() == before
    assert names(file) == [*[f"old{number}" for number in range(10)], "old10"]
    assert Path(f"{file}-wal.left").stat().st_size > 0
    with closing(Database(file)) as again:
        write(again, "later")
    assert names(file)[-1] == "later0"


def test_a_copy_laid_over_in_the_middle_of_a_write_keeps_nothing_of_it(
    file: Path, tmp_path: Path
) -> None:
    database = Database(file)
    write(database, "old", 10)
    database.cut_back()
    copied(file, tmp_path / "kopi.sqlite")
    write(database, "new", 40)
    database.cut_back()

    def interrupted() -> None:
        with database.write() as session:
            session.execute(text(_FILL), {"name": "lost"})
            copied(tmp_path / "kopi.sqlite", file)

    with pytest.raises(Exchanged):
        interrupted()
    database.close()
    assert names(file) == [f"old{number}" for number in range(10)]


def test_a_file_that_is_moved_away_is_written_no_more_and_whole_when_it_is_back(
    file: Path, tmp_path: Path
) -> None:
    database = Database(file)
    write(database, "one")
    gone = file.rename(tmp_path / "flyttet.sqlite")
    with pytest.raises(Exchanged, match="moved away or exchanged"):
        write(database, "lost")
    database.close()
    gone.rename(file)
    assert names(file) == ["one0"]


def test_a_file_that_took_the_name_of_an_open_one_is_not_written_to(
    file: Path, tmp_path: Path
) -> None:
    database = Database(file)
    write(database, "old", 10)
    database.cut_back()
    copied(file, tmp_path / "kopi.sqlite")
    write(database, "new", 40)
    database.cut_back()
    write(database, "newest")
    (tmp_path / "kopi.sqlite").replace(file)
    with pytest.raises(Exchanged, match="moved away or exchanged"):
        write(database, "lost")
    with pytest.raises(Exchanged), database.read():
        pass
    database.close()
    assert Path(f"{file}-wal.left").stat().st_size > 0
    assert names(file) == [f"old{number}" for number in range(10)]


def test_two_who_have_it_open_write_on_while_the_log_is_cut_back(file: Path) -> None:
    first, second = Database(file), Database(file)
    for number in range(20):
        write(first, f"first{number}", 7)
        write(second, f"second{number}", 7)
        (first if number % 2 else second).cut_back()
    first.close()
    with closing(sqlite3.connect(file, timeout=0)) as other:
        # What the first closed took no lock away from the second.
        mode = subprocess.run(
            [sys.executable, "-c", _SWITCH, str(file)], capture_output=True, text=True, check=True
        )
        assert mode.stdout.strip() == "locked"
        assert other.execute("SELECT count(*) FROM thing").fetchone() == (280,)
    write(second, "last")
    second.close()
    assert len(names(file)) == 281


def test_a_file_that_was_made_smaller_in_order_is_written_on(file: Path) -> None:
    database = Database(file)
    write(database, "old", 200)
    with database.write() as session:
        session.execute(text("DELETE FROM thing WHERE id > 1"))
    database.cut_back()
    before = file.stat().st_size
    subprocess.run([sys.executable, "-c", _VACUUM, str(file)], check=True)
    assert file.stat().st_size < before
    write(database, "later")
    database.cut_back()
    write(database, "last")
    database.close()
    assert names(file) == ["old0", "later0", "last0"]


def test_what_another_thread_has_seen_since_is_not_taken_for_an_older_file(file: Path) -> None:
    watch, others, refused = Watch(str(file)), list[threading.Thread](), list[Exchanged]()

    def look() -> None:
        try:
            watch.look()
        except Exchanged as error:
            refused.append(error)

    def overtaken(frame: FrameType, event: str, _told: Any) -> Any:
        """Between reading the first page and looking at it, it is written, and another looks."""
        if event == "return" and frame.f_code.co_name == "read" and len(others) < 3:
            write_on_first_page(file)
            others.append(threading.Thread(target=look))
            others[-1].start()
            others[-1].join(0.5)  # it may have to wait for this one
        return overtaken

    def first() -> None:
        sys.settrace(overtaken)
        look()

    write_on_first_page(file)
    watch.look()
    one = threading.Thread(target=first)
    one.start()
    for thread in (one, *others):
        thread.join()
    assert others
    assert not refused
    watch.end()


def test_whoever_writes_while_it_is_closed_keeps_the_locks(file: Path) -> None:
    database = Database(file)
    inside, closed = threading.Event(), threading.Event()

    def write_on() -> None:
        with database.write() as session:
            session.execute(text(_FILL), {"name": "late"})
            inside.set()
            closed.wait()

    write(database, "early")
    writer = threading.Thread(target=write_on)
    writer.start()
    inside.wait()
    database.close()
    # Another process that thinks it is the last one brings the log into the file and removes it.
    subprocess.run([sys.executable, "-c", _LOOKED_INTO, str(file)], check=True)
    closed.set()
    writer.join()
    database.close()
    assert names(file) == ["early0", "late"]


def write_on_first_page(file: Path) -> None:
    subprocess.run([sys.executable, "-c", _VACUUM, str(file)], check=True)


_VACUUM = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("VACUUM")
other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""
_LOOKED_INTO = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("SELECT count(*) FROM thing").fetchone()
other.close()
"""
_SWITCH = """
import sqlite3, sys
try:
    other = sqlite3.connect(sys.argv[1], timeout=0)
    print(other.execute("PRAGMA journal_mode = DELETE").fetchone())
except sqlite3.OperationalError as error:
    print("locked" if "locked" in str(error) else error)
"""
