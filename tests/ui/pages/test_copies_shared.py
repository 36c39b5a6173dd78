"""The administrator of a shared database sees how old the last proved dump is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.services import changes, check, copies
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.copies import SharedCopies
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.copying import Copying
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]
pytestmark = pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's programs")


@pytest.fixture
def town(postgres_url: str, clock: Clock) -> Iterator[world.World]:
    """The small municipality on a server."""
    database = Database(postgres_url, durable=False)
    migrate(database)
    yield world.build(Context(database, SYSTEM, clock=clock))
    database.close()


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


def section_of(window: MainWindow) -> SharedCopies:
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_part("copies")
    page.reload()
    settle(page)
    found = page.section()
    assert isinstance(found, SharedCopies)
    return found


def test_the_age_of_the_last_proved_dump_is_seen_and_goes_amber(
    window: MainWindow, town: world.World, clock: Clock, tmp_path: Path
) -> None:
    admin = town.person("admin")
    copying = Copying(window)
    assert window.jobs.wait_idle()
    assert not window.rail.copies.isVisibleTo(window)
    before = section_of(window)
    assert before.state.isHidden()
    assert before.told.text() == "Programmet har ikke taget nogen kopi af den endnu."
    page = window.page
    assert isinstance(page, SettingsPage)
    assert page.extra_button.isHidden()
    assert copies.take_file(admin, tmp_path / "nat.dump") == 0
    copying.show_age()
    section = section_of(window)
    assert section.state.text() == "Kopi i dag 09.05"
    assert not section.state.isHidden()
    assert window.rail.copies.isVisibleTo(window)
    newest = changes.page(admin, changes.ChangeFilter())[0]
    assert newest.kind == "copy.dump"
    with pytest.raises(Refused):
        changes.undo(admin, newest.id)
    clock.advance(days=3)
    assert copies.status(admin).worry
    assert section_of(window).state.text() == "Kopi 3 dage gammel"
    assert check.run(admin).ok


def test_one_that_cannot_be_written_is_no_good_dump(town: world.World, tmp_path: Path) -> None:
    admin = town.person("admin")
    taken = tmp_path / "nat.dump"
    taken.write_bytes(b"mine")
    with pytest.raises(Unavailable, match="already a file"):
        copies.take_file(admin, taken)
    assert copies.status(admin).good_at is None
