"""How it is with what is done without a person, for the administrator to see."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import routines as rules
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.routines.table import ROUTINES
from moebelcirkel.storage.queries import routines as queries
from moebelcirkel.storage.queries.routines import RunOfRoutine


@dataclass(frozen=True, slots=True)
class RoutineOverview:
    """The whole of it: each routine, and the log with the newest first."""

    routines: tuple["RoutineState", ...]
    log: tuple[RunOfRoutine, ...]


@dataclass(frozen=True, slots=True)
class RoutineState:
    """One routine: how often it is looked after, its last run, and when it is looked after next.

    ``title`` is an English msgid; ``failing_since`` is when what fails first did.
    """

    name: str
    title: str
    every: dt.timedelta
    last: RunOfRoutine | None
    next_at: dt.datetime
    held: bool
    failing_since: dt.datetime | None


def listed(context: Context) -> RoutineOverview:
    """Every routine that is of use on this database, and the log."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        newest, log, now = queries.newest(session), queries.log(session), context.now()
        failing = queries.failing_since(session)
    own = context.as_actor(SYSTEM)
    return RoutineOverview(
        tuple(
            RoutineState(
                each.name,
                each.title,
                each.pace.every,
                run := newest.get(each.name),
                # What is due and not done yet, as nothing was to be done, is due now.
                max(now, rules.due_at(each.pace, run.last if run else None, now)),
                rules.is_held(each.pace, run.last if run else None, now),
                failing.get(each.name),
            )
            for each in ROUTINES
            if each.applies(own)
        ),
        tuple(log),
    )
