"""Doing what is due: each time is claimed first, so that of two at once one does it.

The claim is a row that is written under the lock of the one writer, by the database's clock. Who
dies leaves it open; after the time the routine may last at most the next one takes it over.
"""

import datetime as dt
import hashlib
import logging
import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from moebelcirkel.domain import routines as rules
from moebelcirkel.domain.errors import N_, ClockDoubt, Interrupted, Refused, Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.routines import beside
from moebelcirkel.services.routines.table import (
    ROUTINES,
    Routine,
    RoutineAnswer,
    RoutinePlace,
    Step,
    named,
)
from moebelcirkel.storage.queries import routines as queries
from moebelcirkel.storage.work import moment

DIED = N_("Whoever did it stopped half-way. It is begun again.")
BUSY = N_("It is being done just now.")
BUG = N_("It failed by a fault of the program. The log tells more.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoutineOutcome:
    """What one routine came to; ``said`` is an English msgid that ``values`` fill.

    ``since`` is when what fails first did.
    """

    name: str
    said: str
    values: dict[str, str]
    failed: bool
    error: Refused | Unavailable | None = None
    since: dt.datetime | None = None


def place(way: str, step: Step = lambda: None, dumps: Path | None = None) -> RoutinePlace:
    """Where it is done: by a ``window`` or a ``command``, on a machine that is not named.

    Machines are often called after people.
    """
    machine = hashlib.sha256(f"machine {platform.node()}".encode()).hexdigest()[:6]
    return RoutinePlace(f"{way} {machine}", dumps, step)


def run_due(context: Context, where: RoutinePlace) -> Iterator[RoutineOutcome]:
    """Do all that is due, one after the other, and tell what each came to."""
    own = context.as_actor(SYSTEM)
    for routine in ROUTINES:
        if routine.applies(own):
            run = _beside if routine.command and where.is_window else _run
            outcome = run(own, routine, where, asked=False)
            if outcome is not None:
                yield outcome


def run_now(context: Context, name: str, where: RoutinePlace) -> RoutineOutcome:
    """Do one routine, due or not; refused where somebody is at it, or it is of no use here."""
    own, routine = context.as_actor(SYSTEM), named(name)
    if not routine.applies(own):
        raise Refused(N_("It is not done on this kind of database."))
    apart = routine.command and where.is_window
    if apart and not beside.may(own):
        raise Refused(N_("It is done by the machine that is set up for it, not from a window."))
    outcome = (_beside if apart else _run)(own, routine, where, asked=True)
    if outcome is None:
        raise Refused(BUSY)
    return outcome


def run_asked(context: Context, name: str, where: RoutinePlace) -> RoutineOutcome:
    """The same for an administrator at the window."""
    context.require(Action.SETTINGS)
    return run_now(context, name, where)


def _beside(
    context: Context, routine: Routine, where: RoutinePlace, *, asked: bool
) -> RoutineOutcome | None:
    """A window has it done by a `work` of its own, which claims it as any other does."""
    if not asked and not (beside.may(context) and _is_time(context, routine, where)):
        return None
    before = _newest(context, routine)
    beside.work(context, where.step, *(("--job", routine.name) if asked else ("--once",)))
    run = _newest(context, routine)
    if run is None or run.finished_at is None or (before is not None and before.id == run.id):
        return None
    return RoutineOutcome(routine.name, run.said, run.named, run.failed)


def _is_time(context: Context, routine: Routine, where: RoutinePlace) -> bool:
    run, now = _newest(context, routine), context.now()
    last = run.last if run else None
    return rules.due_at(routine.pace, last, now) <= now and routine.asks(context, where)


def _newest(context: Context, routine: Routine) -> queries.RunOfRoutine | None:
    with context.read() as session:
        return queries.newest(session).get(routine.name)


def _run(
    context: Context, routine: Routine, where: RoutinePlace, *, asked: bool
) -> RoutineOutcome | None:
    key: int | None = None
    try:
        if not asked and not routine.asks(context, where):
            return None
        key = _claim(context, routine, where, asked=asked)
        if key is None:
            return None
    except (ClockDoubt, Unavailable) as error:
        # Of a file that cannot be written to a copy is needed most of all.
        if not routine.lock:
            return _failed(routine, error)
    return _done(context, routine, where, key)


def _claim(context: Context, routine: Routine, where: RoutinePlace, *, asked: bool) -> int | None:
    """The key of the run that is begun now; ``None`` where it is not due or somebody is at it."""
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        run = queries.newest(session).get(routine.name)
        last = run.last if run else None
        due = rules.due_at(routine.pace, last, now)
        if rules.is_held(routine.pace, last, now):
            return None
        if run is not None and run.finished_at is None:
            queries.finish(session, run.id, now, DIED, {}, failed=True)
        elif not asked and due > now:
            return None
        return queries.claim(session, routine.name, min(due, now), now, where.by)


def _done(
    context: Context, routine: Routine, where: RoutinePlace, key: int | None
) -> RoutineOutcome | None:
    try:
        answer = routine.run(context, where)
    except (Refused, Unavailable) as error:
        outcome = _failed(routine, error)
    except Interrupted:
        _let_go(context, key)
        raise
    except Exception:
        _finish(context, key, RoutineOutcome(routine.name, BUG, {}, failed=True))
        raise
    else:
        if answer is None:
            _let_go(context, key)
            return None
        outcome = _told(routine, answer)
    _finish(context, key, outcome)
    return _with_since(context, outcome) if outcome.failed else outcome


def _with_since(context: Context, outcome: RoutineOutcome) -> RoutineOutcome:
    try:
        with context.read() as session:
            return replace(outcome, since=queries.failing_since(session).get(outcome.name))
    except (Refused, Unavailable):
        return outcome  # the database itself is what fails


def _told(routine: Routine, answer: RoutineAnswer) -> RoutineOutcome:
    return RoutineOutcome(routine.name, answer.said, dict(answer.values), answer.failed)


def _failed(routine: Routine, error: Refused | Unavailable) -> RoutineOutcome:
    values = {name: str(value) for name, value in error.values.items()}
    return RoutineOutcome(routine.name, error.message, values, failed=True, error=error)


def _finish(context: Context, key: int | None, outcome: RoutineOutcome) -> None:
    """What cannot be written down just now was done all the same; its claim runs out by itself."""
    if key is None:
        return
    try:
        with context.database.write() as session:
            now = moment(session, context.database, context.clock and context.clock())
            queries.finish(session, key, now, outcome.said, outcome.values, failed=outcome.failed)
    except (Refused, Unavailable) as error:
        _log.warning("the end of %s could not be written: %s", outcome.name, error.message)


def _let_go(context: Context, key: int | None) -> None:
    if key is not None:
        with context.database.write() as session:
            queries.let_go(session, key)
