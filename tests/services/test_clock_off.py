"""A PC whose clock is a day off, as a process of its own: a server's clock counts, and on a file
the check tells of what is ahead.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import ClockDoubt
from moebelcirkel.services import check, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.services.start import clock
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.changes import Change

ROOT = Path(__file__).resolve().parents[2]
NEAR = dt.timedelta(minutes=10)

#: The system's clock as the PC shows it: so many seconds from the right one.
_SHIFTED = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *at) {
    static int (*asked)(clockid_t, struct timespec *);
    if (!asked) asked = dlsym(RTLD_NEXT, "clock_gettime");
    int answer = asked(which, at);
    if (which == CLOCK_REALTIME) at->tv_sec += atol(getenv("SECONDS_OFF"));
    return answer;
}
"""

_WRITES = """
import datetime, sys
from moebelcirkel.services import places
from moebelcirkel.services.start import opening
context = opening.open_existing(sys.argv[1])
done = places.save(context, places.PlaceForm("9-01-A"))
print(done.change_id, datetime.datetime.now(datetime.timezone.utc).isoformat())
opening.close(context)
"""


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    """What a process is started with, to see another time."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("no compiler that could make another clock")
    source, made = tmp_path / "clock.c", tmp_path / "clock.so"
    source.write_text(_SHIFTED)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


def written(url: str, shim: Path, hours: int) -> tuple[int, dt.datetime]:
    """The change a process with such a clock made, and what its PC's clock showed."""
    around = {**os.environ, "LD_PRELOAD": str(shim), "SECONDS_OFF": str(hours * 3_600)}
    command = [sys.executable, "-c", _WRITES, url]
    told = subprocess.run(
        command, cwd=ROOT, env=around, check=True, capture_output=True, text=True
    ).stdout.split()
    return int(told[0]), dt.datetime.fromisoformat(told[1])


@pytest.mark.parametrize("hours", [24, -24])
def test_a_clock_a_day_off_changes_no_day_on_a_server_and_is_told_on_a_file(
    engine_url: str, shim: Path, hours: int
) -> None:
    number, showed = written(engine_url, shim, hours)
    now = dt.datetime.now(dt.UTC)
    assert abs(showed - now - dt.timedelta(hours=hours)) < NEAR
    context = Context(Database(engine_url), SYSTEM)
    context.database.ask_clock()
    if context.database.is_sqlite and hours > 0:
        with pytest.raises(ClockDoubt):
            places.save(context, PlaceForm("9-02-A"))
        clock.confirm(context)
    after = places.save(context, PlaceForm("9-02-A")).change_id
    with context.read() as session:
        first, second = (session.get_one(Change, key).at for key in (number, after))
    assert abs(second - now) < NEAR
    if context.database.is_sqlite:
        assert abs(first - showed) < NEAR
    else:
        assert abs(first - now) < NEAR
    said = [check.text(each) for each in check.run(context).findings]
    ahead = context.database.is_sqlite and hours > 0
    assert len(said) == ahead
    assert all("ligger frem i tiden" in each for each in said)
    assert {row.code for row in places.choices(context)} >= {"9-01-A", "9-02-A"}
    context.database.close()
