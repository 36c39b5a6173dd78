"""What was measured: a table for people and a file for comparing runs."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement: ours, the bare one where there is one, and the limit that is wanted."""

    name: str
    ours: float
    unit: str
    bare: float | None = None
    wanted: str = ""
    kept: bool | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the bare one."""
        return None if not self.bare else self.ours / self.bare


@dataclass
class Table:
    """All lines of one run."""

    title: str
    lines: list[Line] = field(default_factory=list)

    def most(self, name: str, seconds: float, limit: float, bare: float | None = None) -> None:
        """A time that should not be above a limit (in seconds)."""
        self._add(
            Line(
                name,
                1000 * seconds,
                "ms",
                None if bare is None else 1000 * bare,
                f"≤ {1000 * limit:g} ms",
                seconds <= limit,
            )
        )

    def times(self, name: str, seconds: float, bare: float, limit: float) -> None:
        """A time that should not be above so many times the bare one."""
        kept = seconds <= limit * bare
        self._add(Line(name, 1000 * seconds, "ms", 1000 * bare, f"≤ {limit} ×", kept))

    def rate(self, name: str, count: int, seconds: float, least: float, bare: float) -> None:
        """Rows a second that should not be below a number."""
        ours = count / seconds
        self._add(Line(name, ours, "rows/s", count / bare, f"≥ {least:.0f}", ours >= least))

    def size(self, name: str, megabytes: float, limit: float) -> None:
        """Memory that should not be above a limit."""
        self._add(Line(name, megabytes, "MB", None, f"≤ {limit:.0f} MB", megabytes <= limit))

    def note(self, name: str, value: float, unit: str) -> None:
        """A figure without a limit."""
        self._add(Line(name, value, unit))

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        print(_shown(line), flush=True)

    def write(self, path: Path) -> None:
        """Keep the run as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        found = [{**asdict(line), "ratio": line.ratio} for line in self.lines]
        about = {"title": self.title, "machine": platform.platform(), "lines": found}
        path.write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")


def _shown(line: Line) -> str:
    bare = "" if line.bare is None else f"{line.bare:10.1f}"
    ratio = "" if line.ratio is None else f"{line.ratio:6.2f} ×"
    kept = {True: "", False: "  MISSED", None: ""}[line.kept]
    return f"{line.name:58}{line.ours:11.1f} {line.unit:7}{bare:>10}{ratio:>9}  {line.wanted}{kept}"


class _Clock:
    """What is measured by: the clock on the wall, or the work of this process and its children."""

    now: Callable[[], float] = time.perf_counter


def by_cpu_time() -> None:
    """Measure work instead of waiting, where a machine is busy with something else.

    What a server does is not counted then.
    """
    _Clock.now = _work


def _work() -> float:
    told = os.times()
    return time.process_time() + told.children_user + told.children_system


def now() -> float:
    """The moment, by what is measured by."""
    return _Clock.now()


def seconds(act: Callable[[], object]) -> float:
    """How long it takes once."""
    start = now()
    act()
    return now() - start


def bare_python() -> float:
    """What this machine is worth just now: ten million additions, in seconds of work."""
    start, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start


def median(act: Callable[[], object], times: int) -> float:
    """How long it usually takes."""
    return statistics.median(seconds(act) for _time in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of all lie below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
