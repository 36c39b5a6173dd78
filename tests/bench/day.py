"""The window as a process of its own: every page once, then many switches; prints what it holds.

``python -m tests.bench.day DATABASE``. Nothing of the rest of the bench is imported here, as that
would count as the window's own.
"""

import random
import re
import sys
import tempfile
from pathlib import Path

import moebelcirkel.ui  # noqa: F401 - first, as in the program: else what Qt reads of modules counts

from PySide6.QtCore import QEventLoop, QTimer  # isort: skip

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.settings import Settings
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.gui_thread import Collector
from moebelcirkel.ui.window.program import Program

SWITCHES = 400
_PATIENCE_MS = 60_000


def held_mb() -> float:
    """What this process holds in memory that is in use now; Linux tells it."""
    told = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    assert found is not None
    return int(found[1]) / 1024


def _day(database: str) -> float:
    """Everything is opened once, and then page after page as in a long day."""
    app = theme.application(sys.argv[:1])
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as home:
        program = Program(app, Settings(Path(home) / "settings.json"), database)
        collector = Collector(program)
        try:
            program.start()
            _settled(program)
            program.login_flow.log_in("lager", demo_logins.PASSWORD)
            _settled(program)
            assert program.window is not None
            words = tuple(program.window.help_pages())
            for word in (*words, *chance.choices(words, k=SWITCHES)):
                program.window.go(word)
                _settled(program)
            return held_mb()
        finally:
            collector.stop()
            program.end()


def _settled(program: Program) -> None:
    loop = QEventLoop()
    QTimer.singleShot(20, loop.quit)
    loop.exec()
    program.jobs.wait_idle(_PATIENCE_MS)


if __name__ == "__main__":
    print(_day(sys.argv[1]))
