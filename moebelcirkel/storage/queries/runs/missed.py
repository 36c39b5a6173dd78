"""Stops that were not done, and why."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from moebelcirkel.domain.runs import Missed
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.runs import Run, RunMiss


@dataclass(frozen=True, slots=True)
class MissedStop:
    """A stop that was taken off its run because it was not done there."""

    run_id: int
    number: str
    driven_on: dt.date
    name: str
    missed_why: Missed
    missed_text: str


_MISSED = rows.query(MissedStop, RunMiss, Run).join(Run, Run.id == RunMiss.run_id)


def missed(session: Session, run_ids: Collection[int]) -> list[MissedStop]:
    """Those of runs, in the order they were said."""
    query = _MISSED.where(RunMiss.run_id.in_(sorted(run_ids))).order_by(RunMiss.id)
    return rows.fill(MissedStop, session, query)


def missed_of(session: Session, pickup_id: int) -> list[MissedStop]:
    """When a pickup was not fetched, the first time first."""
    query = _MISSED.where(RunMiss.pickup_id == pickup_id).order_by(RunMiss.id)
    return rows.fill(MissedStop, session, query)
