"""What every test stands on: folders of its own, Danish, quiet threads, and real databases."""

import gc
import itertools
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# Before Qt and the program are imported: no screen, one scale, a clock that is not Denmark's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ.pop("QT_FONT_DPI", None)
os.environ["TZ"] = "America/New_York"
if sys.platform != "win32":
    time.tzset()

import font_source_sans_pro
import hypothesis
import pytest
from PySide6.QtWidgets import QApplication

from moebelcirkel import language, paths
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests import compiled, hashing, postgres, templates
from tests.clock import Clock

hypothesis.settings.register_profile("house", deadline=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


# Pictures of windows are the same on every machine only if its fonts and their hinting are.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font"><edit name="hinting"><bool>false</bool></edit></match>
</fontconfig>
"""


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until all tests are known: what is imported for them stays
    compiled.share()
    hashing.cheaply()
    language.set_language("da")  # as at the program's start: else each text looks for its catalogue
    if not hasattr(config, "workerinput"):
        postgres.open_meeting()
        fonts = postgres.meeting() / "fonts.conf"
        folder = Path(font_source_sans_pro.__file__).parent
        fonts.write_text(FONTS.format(folder=folder, cache=postgres.meeting() / "fonts"))
        os.environ["FONTCONFIG_FILE"] = str(fonts)


#: Rooms of tests that take long, each maybe as long as hundreds of others, or wait for what they
#: make once in a run.
_LONG = ("test_demo", "test_copies_killed", "test_killed", "test_released", "_machine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, after they were shuffled: else a worker may be left with one at the end.

    They stay together, so that no two workers wait for the same example.
    """
    items.sort(key=lambda item: not any(word in item.path.stem for word in _LONG))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests and all libraries are there to the end: no collection looks at them.

    What the tests make, much of it in circles, is looked for less often than Python would.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    postgres.let_go()
    if not hasattr(config, "workerinput"):
        postgres.close_meeting()


_NUMBERS = itertools.count(1)


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own; to find a free name pytest would read all those before it."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    return tmp_path_factory.mktemp(f"{next(_NUMBERS)}-{name}", numbered=False)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what belongs to the person who runs it."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    """Every test begins in Danish, whatever the one before spoke."""
    yield
    if language.current_language() != "da":
        language.set_language("da")


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    """A forgotten executor would silently finish its jobs in the middle of the next test."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in left:
        thread.join(timeout=2)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, f"threads still running after the test: {names}"


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, with what would make two pictures of the same window differ switched off."""
    qapp.setStyle("Fusion")
    qapp.setCursorFlashTime(0)
    return qapp


@pytest.fixture
def postgres_cluster() -> postgres.Cluster:
    """The running throw-away PostgreSQL; on a desktop without it the test is skipped, in CI not."""
    try:
        return postgres.shared()
    except postgres.NoPostgres as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture
def postgres_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    name = postgres_cluster.create()
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Runs a test once on each engine."""
    return str(request.param)


@pytest.fixture
def empty_url(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any tables, once on each engine."""
    if engine_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def copied(
    engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[str], str]]:
    """Gives the address of a fresh copy of a template, once on each engine."""
    if engine_kind == "sqlite":
        file = tmp_path / "test.sqlite"
        yield lambda template: f"sqlite:///{shutil.copy(templates.in_file(template), file)}"
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    made: list[str] = []

    def copy(template: str) -> str:
        made.append(cluster.create(template=templates.in_cluster(cluster, template)))
        return cluster.url(made[-1])

    yield copy
    for name in made:
        cluster.drop(name)


@pytest.fixture
def engine_url(copied: Callable[[str], str], request: pytest.FixtureRequest) -> str:
    """The address of a fresh database at the newest schema, once on each engine.

    Where the test asks for the small municipality too, it is there already.
    """
    return copied(_template(request))


@pytest.fixture
def sqlite_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A fresh SQLite file at the newest schema, for what needs a database and not an engine."""
    return Path(shutil.copy(templates.in_file(_template(request)), tmp_path / "test.sqlite"))


def _template(request: pytest.FixtureRequest) -> str:
    return templates.wanted(request.module.__name__, request.fixturenames)


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    """An open database at the newest schema, once on each engine; it never waits for the disk."""
    opened = Database(engine_url, durable=False)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    """The morning of 20 November 2026; `clock.advance(days=1)` moves it."""
    return Clock()


@pytest.fixture
def context(database: Database, clock: Clock) -> Context:
    """The system itself asking on a fresh database, once on each engine."""
    return Context(database, SYSTEM, clock=clock)
