"""A server that stands still, or is put back to an older dump, under an open window."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Wishes
from moebelcirkel.services import orders, shop
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.ui.window import entries, live
from moebelcirkel.ui.window.main_window import MainWindow
from tests import postgres, trade, world
from tests.clock import Clock
from tests.services import ordering
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.test_live_pages import _shows as shows
from tests.ui.pages.warehouse import settle
from tests.world import World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
#: Milliseconds; the server has to come back first.
LONG = 60_000


@pytest.fixture
def cluster() -> Iterator[postgres.Cluster]:
    """A server of the test's own, which no other test waits for."""
    try:
        made = postgres.start()
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    yield made
    made.stop()


@pytest.fixture
def town(cluster: postgres.Cluster, clock: Clock) -> Iterator[World]:
    """The small municipality on that server."""
    database = Database(cluster.url(cluster.create()))
    migrate(database)
    yield world.build(Context(database, SYSTEM, clock=clock))
    database.close()


@pytest.fixture
def window(open_window: OpenWindow, town: World, qtbot: QtBot) -> MainWindow:
    own = town.person("leader")
    items = [each for each in entries.items_for(own) if each.word == "orders"]
    window = open_window("leader", items)
    watching = live.Live(window)
    window.messages.banner._timer.setInterval(50)
    qtbot.waitUntil(lambda: watching._seen is not None)
    assert window.page is not None
    settle(window.page)
    return window


def processes(cluster: postgres.Cluster) -> list[int]:
    """The server's processes, the one that makes the others first."""
    first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def test_it_says_that_the_server_stands_still_and_goes_on_by_itself(
    window: MainWindow,
    town: World,
    cluster: postgres.Cluster,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leader = town.person("leader")
    ordering.fill(leader, town, 2)
    shop.set_answer(leader, town.school, Answer.YES)
    monkeypatch.setattr(live, "_SILENT_MS", 200)
    banner, answered = window.messages.banner, list[object]()
    stopped = processes(cluster)
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        window.jobs.write(lambda own: orders.send(own, town.school, "", Wishes()), answered.append)
        qtbot.waitUntil(banner.isVisible, timeout=LONG)
        assert banner._text.text().startswith("Databasen har ikke svaret et stykke tid")
        assert not banner._again.isVisible()
        assert answered == []
    finally:
        for process in reversed(stopped):
            os.kill(process, signal.SIGCONT)
    qtbot.waitUntil(lambda: len(answered) == 1, timeout=LONG)
    qtbot.waitUntil(banner.isHidden, timeout=LONG)
    assert orders.listed(leader).total == 1


def test_a_dump_older_than_what_is_shown_is_read_anew_and_nothing_is_done_to_what_is_gone(
    window: MainWindow, town: World, cluster: postgres.Cluster, qtbot: QtBot, tmp_path: Path
) -> None:
    page, dump = window.page, tmp_path / "older.dump"
    tools = Path(postgres._program("initdb")).parent
    assert page is not None
    name = str(town.context.database.url.database)
    address = ["-h", "127.0.0.1", "-p", str(cluster.port), "-U", "tester"]
    employee = replace(town.person("employee"), session="another workstation")
    ordering.send(employee, town)
    saved = [str(tools / "pg_dump"), *address, "-Fc", "-f", str(dump), name]
    subprocess.run(saved, check=True)
    key = ordering.send(employee, town)
    number = str(trade.row(town.context, ordering.Order, key).number)
    qtbot.waitUntil(lambda: shows(page, number), timeout=LONG)

    cluster.drop(name)
    with psycopg.connect(
        f"host=127.0.0.1 port={cluster.port} user=tester dbname=postgres", autocommit=True
    ) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
    put_back = [str(tools / "pg_restore"), *address, "-d", name, str(dump)]
    subprocess.run(put_back, check=True)

    qtbot.waitUntil(lambda: not shows(page, number), timeout=LONG)
    with pytest.raises(Refused):
        orders.approve(town.person("leader"), key)
    again = ordering.send(employee, town)
    newer = str(trade.row(town.context, ordering.Order, again).number)
    assert newer != number
    qtbot.waitUntil(lambda: shows(page, newer), timeout=LONG)
    qtbot.waitUntil(window.messages.banner.isHidden, timeout=LONG)
