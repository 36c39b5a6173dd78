"""Code is read on the threads of jobs: the window's own thread has keys and painting to heed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import NOW

LOG_IN = """
import sys, threading
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from moebelcirkel.demo.logins import PASSWORD
from moebelcirkel.settings import Settings
from moebelcirkel.ui.window.program import Program

class Watch:
    here = []
    at_work = False

    def find_spec(self, name, path=None, target=None):
        if self.at_work and threading.current_thread() is threading.main_thread():
            self.here.append(name)

def until(true):
    loop, timer = QEventLoop(), QTimer(interval=5)
    timer.timeout.connect(lambda: true() and loop.quit())
    timer.start()
    loop.exec()

app, watch = QApplication([]), Watch()
now = datetime.fromisoformat(sys.argv[4])
settings = Settings(Path(sys.argv[1]) / "settings.json")
program = Program(app, settings, sys.argv[2], clock=lambda: now)
ready = []
program.start()
program.login_flow.start_window.when_painted(lambda: ready.append(True))
until(lambda: ready and "moebelcirkel.ui.window.order_news" in sys.modules and program.jobs.idle())
sys.meta_path.insert(0, watch)
watch.at_work = True
program.login_flow.log_in(sys.argv[3], PASSWORD)
until(lambda: program.window and program.window.page and program.jobs.idle())
page = program.window.page.word
program.end()
print(page, watch.here)
"""


@pytest.mark.parametrize(
    ("login", "page"),
    [("lager", "intake"), ("leder", "home"), ("godkender", "approvals"), ("oekonomi", "overview")],
)
def test_nobody_waits_for_code_while_a_window_opens(
    example: Path, tmp_path: Path, login: str, page: str
) -> None:
    file = shutil.copy(example, tmp_path / "eksempel.sqlite")
    answer = subprocess.run(
        [sys.executable, "-c", LOG_IN, str(tmp_path), str(file), login, NOW.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert answer.stdout.strip() == f"{page} []", answer.stderr


FIRST_PICTURE = """
import os, sys
from pathlib import Path
from PySide6 import QtCore
from moebelcirkel.settings import Settings
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.window.program import Program

def painted():
    print(int("Qt" in vars(QtCore)), flush=True)
    os._exit(0)

app = theme.application(sys.argv[:1])
program = Program(app, Settings(Path(sys.argv[1]) / "settings.json"), sys.argv[2])
program.start()
program.login_flow.start_window.painted.disconnect()
program.login_flow.start_window.painted.connect(painted)
app.exec()
"""


def test_the_first_picture_does_not_wait_for_all_of_qts_words(
    example: Path, tmp_path: Path
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE, str(tmp_path), str(example)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert answer.stdout.strip() == "0", answer.stderr
