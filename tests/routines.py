"""What is due, done by a process of its own: `python -m tests.routines URL LOG [dies]`.

Each routine is replaced by nothing: one is added that writes a line when it begins and one when it
ends, and that in between waits for ever where it is to die.
"""

import datetime as dt
import sys
import threading
from pathlib import Path

from moebelcirkel.domain.routines import RoutinePace
from moebelcirkel.services import routines
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.routines import running
from moebelcirkel.services.routines.table import Routine, RoutineAnswer, RoutinePlace
from moebelcirkel.storage.engine import Database

NAMES = ("one", "two", "three")
PACE = RoutinePace(dt.timedelta(hours=1), dt.timedelta(minutes=15))


def noting(name: str, log: Path, *, dies: bool = False) -> Routine:
    """A routine that notes in a file what it does."""

    def run(_context: Context, place: RoutinePlace) -> RoutineAnswer:
        note(log, f"begin {name}")
        if dies:
            threading.Event().wait()
        place.step()
        note(log, f"end {name}")
        return RoutineAnswer("It is done.")

    return Routine(name, name, PACE, run)


def note(log: Path, line: str) -> None:
    """One line, whole also where others write at the same moment."""
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def main(url: str, log: Path, *, dies: bool) -> None:
    """Do it once."""
    running.ROUTINES = tuple(noting(name, log, dies=dies) for name in NAMES)
    database = Database(url)
    list(routines.run_due(Context(database, SYSTEM), routines.place("command")))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), dies="dies" in sys.argv[3:])
