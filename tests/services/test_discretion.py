"""What the program leaves behind holds nobody's name, password or values, and no half files."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moebelcirkel import app
from moebelcirkel.domain.errors import Refused, without_values
from moebelcirkel.services import institutions, photos, places, tasks
from moebelcirkel.services.context import SYSTEM, Actor, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage import location
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.users import User
from moebelcirkel.ui.kit import crash
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]


def test_a_crash_report_holds_no_names_of_people(world: World) -> None:
    """The database's own words name the row that was there already."""
    with world.context.read() as session:
        known = session.query(User).first()
        assert known is not None
        login = known.login
    text = ""
    try:
        with world.context.database.write() as session:
            session.add(
                User(
                    login=login,
                    name="Anna Jensen",
                    password_hash="$argon2$geheim",
                    created_at=world.context.now(),
                )
            )
            session.flush()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        text = crash.report("1", type(error), error, error.__traceback__)
    assert "IntegrityError" in text
    for secret in (f"({login})", f"'{login}'", "Anna Jensen", "geheim"):
        assert secret not in text


@pytest.mark.parametrize(
    "line",
    [
        "KeyError: 'Anna Jensen'",
        'ValueError: "Anna Jensen" is no number',
        "DETAIL:  Key (login)=(Anna Jensen) already exists.",
    ],
)
def test_values_are_left_out_of_a_traceback_and_code_is_kept(line: str) -> None:
    code = "  File \"moebelcirkel/app.py\", line 3, in main\n    name = 'kept'"
    trace = f"Traceback (most recent call last):\n{code}\n{line}"
    assert "Anna" not in without_values(trace)
    assert code in without_values(trace)


def test_a_password_in_an_address_leaves_the_list_of_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    clean = app.hide_password(["--database", "postgresql://anna:h%40m@server/moebel", "check"])
    assert clean == ["--database", "postgresql://anna@server/moebel", "check"]
    assert os.environ["PGPASSWORD"] == "h@m"
    monkeypatch.delenv("PGPASSWORD")
    assert app.hide_password(["--database", "a.sqlite"]) == ["--database", "a.sqlite"]
    assert "PGPASSWORD" not in os.environ


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX's here")
@pytest.mark.parametrize("shared", [False, True])
def test_a_database_of_ones_own_is_read_by_its_owner_only(shared: bool) -> None:
    path = opening.own_file(shared=shared)
    opening.close(opening.create(path))
    mode = stat.S_IMODE(path.stat().st_mode)
    assert (mode == 0o600) is not shared


def test_what_was_interrupted_is_swept_away_after_a_day(sqlite_file: Path) -> None:
    left = [
        sqlite_file.with_name(f"{sqlite_file.name}.part"),
        sqlite_file.with_name(f"{sqlite_file.name}.part-wal"),
        sqlite_file.with_name(f"{sqlite_file.stem}-20260101-1.before-update.sqlite.part"),
    ]
    other = sqlite_file.with_name("regneark.xlsx.part")
    for path in (*left, other):
        path.write_text("half")
    assert location.sweep(sqlite_file) == [], "another program may be at it"
    swept = location.sweep(sqlite_file, now=sqlite_file.stat().st_mtime + 3 * 86_400)
    assert sorted(swept) == sorted(left)
    assert other.exists()
    assert sqlite_file.exists()


@pytest.mark.skipif(os.name != "posix", reason="the limit is POSIX's")
def test_example_data_on_a_full_drive_fails_plainly_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "from moebelcirkel import app; sys.exit(app.main(sys.argv[1:]))"
    )
    target = tmp_path / "e.sqlite"
    asked = [sys.executable, "-c", program, "demo", "--create", str(target), "--units", "20"]
    done = subprocess.run(
        asked,
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "moebelcirkel:" in done.stderr
    assert list(tmp_path.glob("e.sqlite*")) == []


def test_who_has_no_role_reads_no_register(world: World) -> None:
    nobody = world.context.as_actor(Actor(999, "Ingen", frozenset()))
    asked = (
        lambda: places.choices(nobody),
        lambda: institutions.choices(nobody),
        lambda: photos.thumbs(nobody, ()),
        lambda: photos.image(nobody, "x"),
        lambda: photos.of_owner(nobody, article_id=1),
        lambda: tasks.task_types(nobody),
        lambda: tasks.hour_rates(nobody),
    )
    for question in asked:
        with pytest.raises(Refused):
            question()


def test_the_system_itself_reads_them(sqlite_file: Path) -> None:
    database = Database(sqlite_file)
    assert places.choices(Context(database, SYSTEM)) == []
    database.close()
