"""Processes that are killed, forked from one that has the program loaded (`python -m`).

Each is a process of its own, with files and locks of its own. To load the program again for every
one of them takes longer than what they are killed at.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Source:
    """The process that has a module of the tests loaded, and runs its ``start`` in new ones."""

    process: subprocess.Popen[str]
    errors: Path

    def start(self, *words: str) -> "Fork":
        """A new process that begins with these words; one at a time."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(words)}\n")
        self.process.stdin.flush()
        return Fork(self, self.told())

    def told(self) -> int:
        """The next number it says: who was started, or how that one ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.errors.read_text("utf-8")
        return int(line)


@dataclass(frozen=True, slots=True)
class Fork:
    """One that was started, until it is killed."""

    source: Source
    pid: int

    def assert_alive(self) -> None:
        """It has not come to an end by itself."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            raise AssertionError(self.source.errors.read_text("utf-8")) from None

    def kill(self) -> None:
        """End it at once; that it was this and no error is made sure."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.source.told() == -signal.SIGKILL, self.source.errors.read_text("utf-8")


@contextlib.contextmanager
def source(module: str) -> Iterator[Source]:
    """One for a module that has ``start``, which takes words; it ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors"
        with (
            errors.open("w") as written,
            subprocess.Popen(
                [sys.executable, "-m", "tests.forking", module],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
                start_new_session=True,
            ) as process,
        ):
            try:
                yield Source(process, errors)
            finally:
                os.killpg(process.pid, signal.SIGKILL)


def main(module: str) -> None:
    """Fork for every line of words, until there are no more."""
    start = importlib.import_module(module).start
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _run(start, json.loads(line))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(start: Callable[..., object], words: list[str]) -> NoReturn:
    code = 1
    try:
        start(*words)
        code = 0
    except Exception:  # noqa: BLE001 - told to whoever looks why it has ended
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
