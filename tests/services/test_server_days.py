"""Bad days of the server, on real processes: cut at any statement, frozen, killed, half prepared.

What was asked for is tried again with its own request id, as the window does, and acts once.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, func, select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import check, deliveries, places, shop
from moebelcirkel.services.context import SYSTEM, Context, Done
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.services.start import server
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.orders import Order
from tests import postgres
from tests.clock import Clock
from tests.services import delivering, ordering, shopping
from tests.world import World, build

#: Seconds; any longer is the same to who waits.
STANDS_STILL = float(os.environ.get("MOEBELCIRKEL_TEST_STILL", "1"))
ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="finds the server's processes in /proc")


# --- the connection cut at any statement ---------------------------------------------------------


@contextmanager
def cut_at(database: Database, number: int) -> Iterator[list[int]]:
    """The server ends the connection when the program is about to say its statement ``number``."""
    said: list[int] = []
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def before(_connection: Any, cursor: Any, *_rest: object) -> None:
        said.append(1)
        if len(said) == number:
            with psycopg.connect(address, autocommit=True) as other:
                ended = "SELECT pg_terminate_backend(%s, 5000)"
                other.execute(ended, [cursor.connection.info.backend_pid])

    event.listen(database.engine, "before_cursor_execute", before)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", before)


def kept(world: World) -> tuple[int, int]:
    """How many changes and events there are."""
    with world.context.read() as session:
        changes = session.scalar(select(func.count(Change.id))) or 0
        return changes, session.scalar(select(func.count(Event.id))) or 0


#: The first statements of a write, which are said again by another connection.
_SAID_AGAIN = 2


@pytest.mark.parametrize("number", range(1, _SAID_AGAIN + 1))
@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_write_takes_another_connection_where_its_own_was_cut(world: World, number: int) -> None:
    before = kept(world)
    with cut_at(world.context.database, number) as said:
        places.save(world.context, PlaceForm("9-77-A"))
    assert len(said) > number
    assert kept(world) == (before[0] + 1, before[1] + 1)
    assert check.run(world.context).findings == ()


def _cut_everywhere(world: World, own: Context, act: Callable[[Context], Done]) -> None:
    before, once = kept(world), own.with_request("once and only once")
    for number in count(_SAID_AGAIN + 1):
        with cut_at(world.context.database, number) as said:
            try:
                done = act(once)
            except Unavailable:
                assert kept(world) == before
                continue
        if len(said) < number:
            break
        assert kept(world)[0] == before[0] + 1
    assert number > 10
    assert act(once).change_id == done.change_id
    assert kept(world)[0] == before[0] + 1
    assert check.run(world.context).findings == ()


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_an_order_is_sent_once_wherever_the_connection_is_cut(world: World) -> None:
    leader = world.person("leader")
    ordering.fill(leader, world, 2)
    shop.set_answer(leader, world.school, Answer.YES)
    _cut_everywhere(world, leader, lambda own: shopping.send(own, world.school))
    with world.context.read() as session:
        assert session.scalar(select(func.count(Order.id))) == 1


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_hand_over_is_made_once_wherever_the_connection_is_cut(world: World) -> None:
    _units, lines = delivering.picked(world, 2)
    _cut_everywhere(
        world,
        world.person("lager"),
        lambda own: deliveries.hand_over(own, line_ids=lines, received_by="Mette"),
    )
    assert [line.kind for line in delivering.figures(world.context)] == ["hand_over"] * 2


# --- the server frozen or killed -----------------------------------------------------------------


@pytest.fixture
def cluster() -> Iterator[postgres.Cluster]:
    """A server of the test's own that keeps what it answered for, as real ones do."""
    try:
        made = postgres.start(durable=True)
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    yield made
    made.stop()


@pytest.fixture
def own(cluster: postgres.Cluster) -> Iterator[Context]:
    """The program itself, at work on that server."""
    database = Database(cluster.url(cluster.create()))
    migrate(database)
    context = Context(database, SYSTEM)
    places.save(context, PlaceForm("1-01-A"))
    yield context
    database.close()


def _all_of(cluster: postgres.Cluster) -> list[int]:
    """The server's processes, the one that makes the others first."""
    first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def _places(context: Context) -> list[str]:
    return sorted(row.code for row in places.choices(context))


@linux
def test_a_server_that_stands_still_is_waited_for_and_what_was_asked_is_done_once(
    cluster: postgres.Cluster, own: Context
) -> None:
    once = own.with_request("asked while it stood still")
    stopped = _all_of(cluster)
    with ThreadPoolExecutor(1) as pool:
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            asked = pool.submit(places.save, once, PlaceForm("1-02-A"))
            with pytest.raises(TimeoutError):
                asked.result(3)
        finally:
            for process in reversed(stopped):
                os.kill(process, signal.SIGCONT)
        first = asked.result(60)
    assert places.save(once, PlaceForm("1-02-A")).change_id == first.change_id
    assert _places(own) == ["1-01-A", "1-02-A"]


@pytest.fixture
def busy(cluster: postgres.Cluster) -> Iterator[World]:
    """The small municipality on that server."""
    database = Database(cluster.url(cluster.create()))
    migrate(database)
    yield build(Context(database, SYSTEM, clock=Clock()))
    database.close()


@contextmanager
def frozen_at(world: World, cluster: postgres.Cluster, number: int) -> Iterator[threading.Event]:
    """All of the server stands still when the program is about to say its statement ``number``.

    Number 0 is the COMMIT: the server has all of it, and cannot say whether it is kept.
    """
    engine, said = world.context.database.engine, list[int]()
    stands, stopped = threading.Event(), list[int]()

    def freeze() -> None:
        stopped.extend(_all_of(cluster))
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        stands.set()

    def before(*_asked: object) -> None:
        said.append(1)
        if len(said) == number:
            freeze()

    def commits(_connection: object) -> None:
        if number == 0 and not stands.is_set() and len(said) > 10:
            freeze()

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", commits)
    try:
        yield stands
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "commit", commits)
        for process in reversed(stopped):
            os.kill(process, signal.SIGCONT)


def _frozen(
    world: World, cluster: postgres.Cluster, number: int, act: Callable[[str], Done]
) -> None:
    before, once = kept(world), "once and only once"
    with ThreadPoolExecutor(1) as pool:
        with frozen_at(world, cluster, number) as stands:
            asked = pool.submit(act, once)
            assert stands.wait(60)
            with pytest.raises(TimeoutError):
                asked.result(STANDS_STILL)
        first = asked.result(60)
    assert act(once).change_id == first.change_id
    assert kept(world)[0] == before[0] + 1
    assert check.run(world.context).findings == ()


@linux
@pytest.mark.parametrize("number", [4, 15, 0])
def test_a_server_that_stands_still_in_the_middle_of_an_order_makes_no_two(
    cluster: postgres.Cluster, busy: World, number: int
) -> None:
    leader = busy.person("leader")
    ordering.fill(leader, busy, 2)
    shop.set_answer(leader, busy.school, Answer.YES)
    _frozen(
        busy, cluster, number, lambda once: shopping.send(leader.with_request(once), busy.school)
    )
    with busy.context.read() as session:
        assert session.scalar(select(func.count(Order.id))) == 1


@linux
@pytest.mark.parametrize("number", [4, 15, 0])
def test_a_server_that_stands_still_in_the_middle_of_a_hand_over_books_it_once(
    cluster: postgres.Cluster, busy: World, number: int
) -> None:
    _units, lines = delivering.picked(busy, 2)
    _frozen(
        busy,
        cluster,
        number,
        lambda once: deliveries.hand_over(
            busy.person("lager").with_request(once), line_ids=lines, received_by="Mette"
        ),
    )
    assert [line.kind for line in delivering.figures(busy.context)] == ["hand_over"] * 2


@linux
def test_a_server_that_was_killed_and_is_there_again_keeps_what_it_answered(
    cluster: postgres.Cluster, own: Context
) -> None:
    once = own.with_request("asked while it was down")
    for process in _all_of(cluster):
        os.kill(process, signal.SIGKILL)
    with pytest.raises(Unavailable):
        places.save(once, PlaceForm("1-02-A"))
    with pytest.raises(Unavailable):
        places.choices(own)
    cluster.start_again()
    assert _places(own) == ["1-01-A"]
    first = places.save(once, PlaceForm("1-02-A"))
    assert places.save(once, PlaceForm("1-02-A")).change_id == first.change_id
    assert _places(own) == ["1-01-A", "1-02-A"]
    assert check.run(own).findings == ()


# --- killed while it is prepared -----------------------------------------------------------------

#: Prepares for real, and stands still before a statement until it is killed.
_SLOW = """
import sys, threading
from moebelcirkel.services.start import server

said = []

def tell(_statement):
    said.append(1)
    if len(said) == int(sys.argv[2]):
        print("there", flush=True)
        threading.Event().wait()

server.prepare(sys.argv[1], server.WantedServer("kommune", "ejer", "program"), tell)
"""


@linux
def test_a_preparation_that_was_killed_anywhere_is_done_anew(cluster: postgres.Cluster) -> None:
    wanted = server.WantedServer("kommune", "ejer", "program")
    admin = cluster.url("postgres")
    statements: list[str] = []
    for at in (1, 3, 6, 12):
        killed = subprocess.Popen(
            [sys.executable, "-c", _SLOW, admin, str(at)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"there\n"
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    server.prepare(admin, wanted, statements.append)
    assert len(statements) > 12
    database = Database(cluster.url("kommune", "program"))
    context = Context(database, SYSTEM)
    places.save(context, PlaceForm("1-01-A"))
    assert _places(context) == ["1-01-A"]
    database.close()
