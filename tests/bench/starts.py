"""How long the program takes to start, beside the least that Qt and SQLAlchemy take.

Each start is a process of its own that ends itself at the moment measured.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Table, now

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
import gc, os, sys
from moebelcirkel import app
gc.disable()  # as the program does before it imports the window
from moebelcirkel.ui.window import start_window
painted = start_window.StartWindow.paintEvent
def first(self, event):
    painted(self, event)
    os._exit(0)
start_window.StartWindow.paintEvent = first
app.main([])
"""

#: Usable: painted, the database has said whose it is, and a key typed stands in the field.
_USABLE = """
import gc, os, sys
gc.disable()
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from moebelcirkel import app
from moebelcirkel.ui.window import login_flow
show = login_flow.LoginFlow.show_login
def shown(self, *target, **chosen):
    page = show(self, *target, **chosen)
    def type_a_letter():
        page.form.name.textChanged.connect(taken)
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier, "l")
        QCoreApplication.postEvent(page.form.name, event)
    def taken(text):
        assert text == "l" and page.where.text(), (text, page.where.text())
        os._exit(0)
    self.start_window.when_painted(type_a_letter)
    return page
login_flow.LoginFlow.show_login = shown
app.main([])
"""

_OPEN = """
import gc, os, sys
from moebelcirkel import app
gc.disable()
from moebelcirkel.ui.window import login_flow
read = login_flow._read_owner
def opened(context):
    read(context)
    os._exit(0)
login_flow._read_owner = opened
app.main([])
"""


def starts(table: Table, database: Path) -> None:
    """All kinds of starts in turn, so that a busy moment of the machine meets all of them."""
    scripts = (_EMPTY_WINDOW, _PAINTED, _ONE_QUERY, _USABLE, _OPEN)
    found: list[list[float]] = [[] for _script in scripts]
    with tempfile.TemporaryDirectory() as home:
        # As most starts are: no arguments, and the PC remembers the database.
        (Path(home) / "settings.json").write_text(json.dumps({"database": str(database)}), "utf-8")
        for _time in range(_TIMES + 1):
            for script, times in zip(scripts, found, strict=True):
                times.append(_start(script, database, home))
    empty, painted, query, usable, opened = (statistics.median(times[1:]) for times in found)
    table.times("first painted window, beside an empty Qt window", painted, empty, 1.5)
    table.times("log-in usable, beside bare imports and a query", usable, query, 1.5)
    # What is sent waits for the database, which is opened while somebody types.
    table.note("database open behind the log-in", 1000 * opened, "ms")


def _start(script: str, database: Path, home: str) -> float:
    begun = now()
    # As installed, with its bytecode beside it: the first round, which does not count, writes it.
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "MOEBELCIRKEL_HOME": home,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": f"{home}/bytecode",
    }
    subprocess.run(
        [sys.executable, "-c", script, str(database)],
        check=True,
        env=environment,
        timeout=60,
        # Heard to end by its pipe: what is only waited for is looked at 20 times a second.
        stderr=subprocess.PIPE,
    )
    return now() - begun
