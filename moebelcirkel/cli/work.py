"""`moebelcirkel work`: do what is due without a person, for a scheduler or as a service."""

import argparse
import signal
import threading
from collections.abc import Iterable
from types import FrameType

from moebelcirkel.cli.running import say
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.language import N_, _, moment, refusal
from moebelcirkel.services import routines
from moebelcirkel.services.context import Context
from moebelcirkel.services.routines import RoutineOutcome, RoutinePlace

#: Without ``--once`` it is looked so often.
_EVERY_SECONDS = 60


def run(options: argparse.Namespace, context: Context) -> int:
    """Do it, one line for each; 1 when something failed the last time round, 2 is a wrong word."""
    if options.dumps is not None and not options.dumps.is_dir():
        raise Refused(N_("The folder {folder} is not there."), folder=str(options.dumps))
    way = routines.BESIDE if options.beside_window else "command"
    where = routines.place(way, dumps=options.dumps)
    if options.job is not None:
        return _told([routines.run_now(context, options.job, where)])
    if options.once:
        return _told(routines.run_due(context, where))
    return _until_stopped(context, where)


def _until_stopped(context: Context, where: RoutinePlace) -> int:
    """Go on until somebody ends the program; what is under way is finished first."""
    stop = threading.Event()

    def ended(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ended)
    code = 0
    while not stop.is_set():
        try:
            code = _told(routines.run_due(context, where))
        except Unavailable as error:
            say(refusal(error))
            code = 1
        _wait(stop)
    return code


def _wait(stop: threading.Event) -> None:
    """Until it is time to look again; a second at once, as Windows tells of no sign within one."""
    for _second in range(_EVERY_SECONDS):
        if stop.wait(1):
            return


def _told(outcomes: Iterable[RoutineOutcome]) -> int:
    """What was done on stdout, what failed on stderr."""
    failed = False
    for outcome in outcomes:
        line = f"{outcome.name}: {_(outcome.said).format(**outcome.values)}"
        failed |= outcome.failed
        if outcome.failed:
            since = outcome.since and _("Fails since {moment}.").format(
                moment=moment(outcome.since)
            )
            say(f"{line} {since}" if since else line)
        else:
            print(line, flush=True)
    return int(failed)
