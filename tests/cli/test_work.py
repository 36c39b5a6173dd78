"""`moebelcirkel work` as a scheduler calls it: what it says, and the code it ends with."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from moebelcirkel import paths
from moebelcirkel.cli import arguments
from moebelcirkel.services import parameters
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests.cli.commands import Run, said

ROOT = Path(__file__).parents[2]


def test_what_is_due_is_done_once_and_said(run: Run, town: Path) -> None:
    first = run("work", "--once", user=None)
    assert (first.code, first.err) == (0, "")
    assert first.out.splitlines()[0] == "copies: En kopi er taget og prøvet."
    assert "sweep: Efterladte filer og gamle linjer fjernet: 0" in first.out
    again = run("work", "--once", user=None)
    assert (again.code, again.out, again.err) == (0, "", "")


def test_one_can_be_asked_for_by_its_name(run: Run) -> None:
    assert run("work", "--job", "sweep", user=None).out.startswith("sweep: ")
    assert "Der er: copies, dumps" in said(run("work", "--job", "regn", user=None))
    assert said(run("work", "--job", "dumps", user=None)).startswith("Det bruges ikke")


def test_what_fails_is_said_and_ends_with_one(run: Run, town: Path, tmp_path: Path) -> None:
    missing = run("work", "--once", "--dumps", str(tmp_path / "nowhere"), user=None)
    assert "findes ikke" in said(missing)
    database = Database(town)
    nowhere = {"copies_folder": str(tmp_path / "nowhere")}
    parameters.save(Context(database, SYSTEM), nowhere)
    database.close()
    told = run("work", "--once", user=None)
    assert (told.code, "sweep: " in told.out) == (1, True)
    assert told.err.startswith("moebelcirkel: copies: ")


def test_the_examples_for_schedulers_are_commands_of_the_program() -> None:
    found = []
    for path in sorted(paths.resources("schedules").iterdir()):
        for line in path.read_text("utf-8").splitlines():
            words = shlex.split(re.sub(r"<[^>]+>", "", line), comments=True)
            if "work" in words:
                found.append(path.suffix)
                options = arguments.parse(words[words.index("--database") :])
                assert (options.command, options.once) == ("work", True)
    assert found == [".cron", ".service", ".xml"]


@pytest.mark.skipif(sys.platform == "win32", reason="a service is stopped otherwise there")
def test_without_once_it_goes_on_until_it_is_told_to_stop(town: Path) -> None:
    command = [sys.executable, "-m", "moebelcirkel", "--database", str(town), "work"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    line = ""
    while "sweep:" not in line:
        line = process.stdout.readline().decode()
        assert line, "it ended by itself"
    process.send_signal(signal.SIGTERM)
    _out, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
