"""Pages in a real window over real services on a SQLite file, for each person of the small town."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.labels import parse_label
from moebelcirkel.services import changes
from moebelcirkel.services.context import SYSTEM, Context, Lane
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.drafts import Drafts
from moebelcirkel.ui.kit.jobs import Jobs
from moebelcirkel.ui.kit.shell import Person, RailItem
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.menu import PersonMenu
from tests import templates, world
from tests.clock import Clock
from tests.ui.pages.customer import Customer, items, stock

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def town(sqlite_file: Path, clock: Clock) -> Iterator[world.World]:
    """The small municipality on a SQLite file."""
    database = Database(sqlite_file, durable=False)
    yield world.build(Context(database, SYSTEM, clock=clock))
    database.close()


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, town: world.World, tmp_path: Path
) -> Iterator[OpenWindow]:
    """Opens windows: ``open_window("lager", items)`` shows the first item's page.

    All windows of a test share the folder of drafts, as a restarted program does.
    """
    theme.apply(qapp, "light")
    opened: list[MainWindow] = []

    def open_one(
        login: str, items: list[RailItem], *, size: tuple[int, int] = (1440, 900)
    ) -> MainWindow:
        own = town.person(login)

        def contexts(lane: str, request_id: str | None) -> Context:
            return replace(own, lane=Lane(), request_id=request_id)

        window = MainWindow(
            items,
            context=own,
            jobs=Jobs(contexts),
            drafts=Drafts(tmp_path / "drafts", "test", login),
            person=Person(login.capitalize(), login),
            undo=changes.undo,
            menu=PersonMenu(),
            is_code=lambda text: parse_label(text, "MC") is not None,
        )
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.go(items[0].word)
        assert window.jobs.wait_idle()
        return window

    yield open_one
    for window in opened:
        window.close()
        window.jobs.shutdown()
        window.drafts.close()


@templates.begun
def stocked(town: world.World, _clock: Clock) -> None:
    """Two dozen office chairs, and a few other things."""
    stock(town)


@pytest.fixture
def customer(stocked: world.World, open_window: OpenWindow, qtbot: QtBot) -> Customer:
    """The leader in the shop."""
    return Customer(open_window("leader", items(stocked.person("leader"))), qtbot)
