"""How long the program takes to start, beside the least that Qt and SQLAlchemy take.

Each start is a process of its own that ends itself at the moment measured.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.table import Table

_TIMES = 7

_EMPTY_WINDOW = """
import os
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1180, 760)
window.show()
app.exec()
"""

_ONE_QUERY = """
import os, sys
from PySide6.QtWidgets import QApplication
import sqlalchemy
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[1])
with engine.connect() as connection:
    connection.execute(sqlalchemy.text("SELECT count(*) FROM institution")).scalar()
os._exit(0)
"""

#: Both run the program itself, and only listen for the moment.
_PAINTED = """
import os, sys
from moebelcirkel import app
from moebelcirkel.ui import front
painted = front.Front.paintEvent
def first(self, event):
    painted(self, event)
    os._exit(0)
front.Front.paintEvent = first
app.main(["--database", sys.argv[1]])
"""

_USABLE = """
import os, sys
from moebelcirkel import app
from moebelcirkel.ui import desk
known = desk.Desk._house_known
def usable(self, answer):
    known(self, answer)
    os._exit(0)
desk.Desk._house_known = usable
app.main(["--database", sys.argv[1]])
"""


def starts(table: Table, database: Path) -> None:
    """Four kinds of starts in turn, so that a busy moment of the machine meets all of them."""
    scripts = (_EMPTY_WINDOW, _PAINTED, _ONE_QUERY, _USABLE)
    found: list[list[float]] = [[] for _script in scripts]
    with tempfile.TemporaryDirectory() as home:
        for _time in range(_TIMES + 1):
            for script, times in zip(scripts, found, strict=True):
                times.append(_start(script, database, home))
    empty, painted, query, usable = (statistics.median(times[1:]) for times in found)
    table.times("first painted window, beside an empty Qt window", painted, empty, 2)
    # Name and password can be typed as soon as the form is painted; what is sent waits for the
    # database, which is opened meanwhile.
    table.times("log-in can be typed, beside bare imports and a query", painted, query, 1.5)
    table.times("log-in with the database open behind it, likewise", usable, query, 1.5)


def _start(script: str, database: Path, home: str) -> float:
    begun = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MOEBELCIRKEL_HOME": home}
    subprocess.run(
        [sys.executable, "-c", script, str(database)], check=True, env=environment, timeout=60,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - begun
