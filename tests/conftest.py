"""What every test stands on: folders of its own, Danish, quiet threads, and real databases."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

# Before Qt and the program are imported: no screen, one scale, a clock that is not Denmark's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ.pop("QT_FONT_DPI", None)
os.environ["TZ"] = "America/New_York"
if sys.platform != "win32":
    time.tzset()

import hypothesis
import pytest
from PySide6.QtWidgets import QApplication

from moebelcirkel import language, paths
from tests import postgres

hypothesis.settings.register_profile("house", deadline=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.open_meeting()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.close_meeting()


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
