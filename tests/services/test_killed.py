"""kill -9 at any moment of intake, order, hand-over and import: nothing is lost or doubled."""

import json
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.roles import Role
from moebelcirkel.services import check
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User, UserRole
from tests import forking, killed
from tests.world import World

KILLS = 4
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")


@pytest.fixture(scope="module")
def program() -> Iterator[forking.Source]:
    """What is killed, loaded once."""
    with forking.source("tests.killed") as source:
        yield source


@pytest.fixture
def world(world: World) -> World:
    world.context.write("setup", None, _everybody)
    return world


def _everybody(work: Work) -> None:
    user = User(login="alt", name="Alt", created_at=work.now)
    work.session.add(user)
    work.session.flush()
    for institution in work.session.scalars(select(Institution)):
        # What lay in the basket when it was killed is ordered too, and nobody is there to approve.
        institution.limit_ore = 100_000_000
    for role in Role:
        work.session.add(UserRole(user_id=user.id, role=role.value, institution_id=None))


def _work_until_killed(
    program: forking.Source, url: str, log: Path, first: int, seconds: float
) -> None:
    process = program.start(url, str(log), str(first))
    # The first line in the log says that it is at work; only then is the time measured.
    for _ in range(600):
        if log.exists() and f'"run": {first}' in log.read_text("utf-8"):
            break
        process.assert_alive()
        threading.Event().wait(0.05)
    threading.Event().wait(seconds)
    process.kill()


def _log(log: Path) -> Iterator[dict[str, Any]]:
    for line in log.read_text("utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return  # the line it was killed in


def test_killed_again_and_again_the_base_stays_whole(
    world: World, engine_url: str, tmp_path: Path, program: forking.Source
) -> None:
    dice = random.Random(7)
    for kill in range(KILLS):
        log = tmp_path / f"work-{kill}.log"
        _work_until_killed(program, engine_url, log, kill * 10_000, dice.uniform(0.05, 1.2))
        _nothing_promised_is_lost(world.context, log)
        _cut_off_step_acts_once(world.context, log)
        report = check.run(world.person("controller"))
        assert report.findings == ()
    with world.context.read() as session:
        units = session.scalar(select(func.count(Unit.id))) or 0
        batches = select(func.count(Change.id)).where(Change.kind == "intake.register")
        assert units == killed.PIECES * (session.scalar(batches) or 0) > 0


def _nothing_promised_is_lost(context: Context, log: Path) -> None:
    ended = [entry["end"] for entry in _log(log) if "end" in entry]
    with context.read() as session:
        known = set(session.scalars(select(Change.request_id)))
    assert set(ended) <= known


def _cut_off_step_acts_once(context: Context, log: Path) -> None:
    """What was cut off is sent again with its own id, as the window does, and acts once."""
    begun = [entry for entry in _log(log) if "begin" in entry]
    ended = {entry["end"] for entry in _log(log) if "end" in entry}
    last = begun[-1]
    if last["begin"] in ended or last["name"] not in ("intake", "import"):
        return
    own = killed.worker(context).with_request(last["begin"])
    run = int(last["run"])
    step = dict(_independent_steps(own, run))[last["name"]]
    first, again = step(), step()
    assert first == again
    with context.read() as session:
        query = select(func.count(Change.id)).where(Change.request_id == last["begin"])
        assert session.scalar(query) == 1


def _independent_steps(own: Context, run: int) -> Iterator[tuple[str, Any]]:
    from moebelcirkel.services import imports, intake

    yield "intake", lambda: intake.register(own, killed.batch(own))
    source, choices = killed.price_list(own, run)
    yield "import", lambda: imports.run(own, source, choices)
