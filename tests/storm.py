"""Many people at once for minutes on a throw-away database, through the real services.

``python3 dev.py storm`` starts ten processes on PostgreSQL, or on one SQLite file. Each does
whatever people do, to whatever is there at the moment, and takes some of it back; the check looks
again and again meanwhile. At the end is printed how many calls there were, how many raw errors (all
that is neither an answer nor a plain refusal), and how many wrong states (what the check finds, and
acknowledged changes that are not there). Both must be 0.
"""

import argparse
import json
import pickle
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.work import chunks
from tests import postgres
from tests.services import working_day
from tests.services.errands import ERRANDS
from tests.services.hands import Hands
from tests.services.working_day import Day
from tests.world import build

_BETWEEN_CHECKS = 10.0
_MOST = 10_000

Act = Callable[[Hands, random.Random], object]


def main() -> int:
    """Start the clients, check while they work, and say what came of it."""
    parser = argparse.ArgumentParser(prog="dev.py storm", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(_MOST))
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--client", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        url, day = options.client
        print(json.dumps(work(_opened(url, day), options.seed, options.seconds)))
        return 0
    with _throw_away(options.database) as url:
        return _storm(url, options)


@contextmanager
def _throw_away(kind: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="moebelcirkel-storm-") as folder:
            yield f"sqlite:///{folder}/storm.sqlite"
        return
    cluster = postgres.start()
    try:
        yield cluster.url(cluster.create())
    finally:
        cluster.stop()


# --- one client ----------------------------------------------------------------------------------


def _opened(url: str, day: str) -> Day:
    known: Day = pickle.loads(Path(day).read_bytes())
    return replace(known, context=Context(Database(url), SYSTEM))


def work(day: Day, seed: int, seconds: float) -> dict[str, Any]:
    """Act until the time is over; what came of it as plain values."""
    dice = random.Random(seed)
    school = seed % 2 == 0
    hands = Hands(
        day,
        hall="lager" if seed % 4 < 2 else "lager2",
        leader="leader" if school else "naboleder",
        institution=day.school if school else day.home,
    )
    errors: list[str] = []
    calls, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        calls += 1
        try:
            dice.choice(ACTS)(hands, dice)
        except Exception:  # noqa: BLE001 - whatever it is, it is told at the end
            errors.append(traceback.format_exc())
    day.context.database.close()
    return {"rounds": calls, "made": hands.made, "refused": hands.refused, "errors": errors}


def _n(dice: random.Random) -> int:
    return dice.randrange(_MOST)


#: What somebody may do next; what comes twice is done twice as often.
ACTS: Sequence[Act] = (
    *[lambda hands, dice: hands.receive(dice.randint(1, 4), dice.choice("ABC"), _n(dice) % 3)] * 2,
    lambda hands, dice: hands.to_workshop(_n(dice)),
    lambda hands, dice: hands.repair(_n(dice), dice.randrange(15), dice.choice("ABC")),
    lambda hands, dice: hands.sell(_n(dice)),
    lambda hands, dice: hands.take_off(_n(dice)),
    lambda hands, dice: hands.scrap(_n(dice)),
    *[lambda hands, dice: hands.order(_n(dice), dice.randint(1, 4))] * 3,
    lambda hands, dice: hands.hold(_n(dice), dice.randint(1, 3)),
    lambda hands, dice: hands.cancel(_n(dice)),
    *[lambda hands, dice: hands.pick(_n(dice), by_scan=dice.random() < 0.5)] * 5,
    lambda hands, dice: hands.unpick(_n(dice)),
    lambda hands, dice: hands.note(_n(dice)),
    *[lambda hands, dice: hands.hand_over(_n(dice))] * 4,
    *[lambda hands, dice: hands.come_back(_n(dice), dice.choice("BCD"))] * 2,
    *[lambda hands, dice: hands.undo(_n(dice))] * 4,
    lambda hands, dice: hands.undo_back(dice.randint(2, 5)),
    *ERRANDS,
    lambda hands, _dice: hands.again(),
)


# --- all of them ---------------------------------------------------------------------------------


def _storm(url: str, options: argparse.Namespace) -> int:
    database = Database(url)
    migrate(database)
    day = working_day.begin(build(Context(database, SYSTEM)))
    controller = day.person("controller")
    size = f"{options.clients} clients, {options.seconds:.0f} s, seed {options.seed}"
    print(f"storm on {options.database}: {size}", flush=True)
    findings: set[str] = set()
    checks = 0
    with _clients(url, day, options) as clients:
        while any(client.poll() is None for client in clients):
            findings |= _found(controller)
            checks += 1
            _wait(clients[0])
        told = [json.loads(client.communicate()[0]) for client in clients]
    findings |= _found(controller)
    made = [change for each in told for change in each["made"]]
    lost = set(made) - _kept(database, made)
    database.close()
    errors = [error for each in told for error in each["errors"]]
    for error in dict.fromkeys(errors):
        print(error, file=sys.stderr)
    for finding in sorted(findings):
        print(finding, file=sys.stderr)
    rounds, refused = (sum(each[name] for each in told) for name in ("rounds", "refused"))
    print(f"rounds {rounds}, changes {len(made)}, refused {refused}, checks {checks + 1}")
    print(f"raw errors {len(errors)}, wrong states {len(findings) + len(lost)}")
    return 1 if errors or findings or lost else 0


@contextmanager
def _clients(
    url: str, day: Day, options: argparse.Namespace
) -> Iterator[list[subprocess.Popen[str]]]:
    with tempfile.TemporaryDirectory(prefix="moebelcirkel-storm-") as folder:
        file = Path(folder) / "day"
        file.write_bytes(pickle.dumps(replace(day, context=None)))  # type: ignore[arg-type]
        known = ["--seconds", str(options.seconds), "--client", url, str(file)]
        command = [sys.executable, "-m", "tests.storm", *known]
        clients = [
            subprocess.Popen(
                [*command, "--seed", str(options.seed + number)], stdout=subprocess.PIPE, text=True
            )
            for number in range(options.clients)
        ]
        try:
            yield clients
        finally:
            for client in clients:
                client.kill()
                client.wait()


def _wait(client: subprocess.Popen[str]) -> None:
    """Until it is time for the next check, or the storm is over."""
    end = time.monotonic() + _BETWEEN_CHECKS
    while client.poll() is None and time.monotonic() < end:
        time.sleep(0.2)


def _found(controller: Context) -> set[str]:
    return {check.text(finding) for finding in check.run(controller).findings}


def _kept(database: Database, changes: Sequence[int]) -> set[int]:
    with database.read() as session:
        return {
            key
            for part in chunks(changes)
            for key in session.scalars(select(Change.id).where(Change.id.in_(part)))
        }


if __name__ == "__main__":
    sys.exit(main())
