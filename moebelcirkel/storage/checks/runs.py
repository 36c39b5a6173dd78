"""Runs against orders and pickups: what is on a run belongs to its stop."""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.runs import RunState, driven
from moebelcirkel.storage.checks.asking import Question, asks
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop


@asks
def runs_are_kept() -> Iterator[Question]:
    """A stop has pieces of its own institution alone, and a run that is undone has none."""
    strangers = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(RunStop.institution_id.is_distinct_from(Order.institution_id))
        .distinct()
    )
    yield strangers, N_("Run {key}: a piece is for another institution.")
    taken = aliased(RunStop)
    astray = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(taken, taken.id == RunLine.from_stop_id)
        .where(or_(taken.run_id != Run.id, taken.pickup_id.is_(None)))
        .distinct()
    )
    yield astray, N_("Run {key}: a piece is fetched at a stop of no giver.")
    errands = run_queries.astray().with_only_columns(Run.number).order_by(None).distinct()
    yield errands, N_("Run {key}: an errand is for no complaint of its stop.")
    undone = select(Run.number).where(
        Run.state == RunState.VOID, exists().where(RunStop.run_id == Run.id)
    )
    yield undone, N_("Run {key} is undone, but something is on it.")


def closed_runs_add_up(session: Session, findings: Findings) -> None:
    """A closed run cost its kilometres, and its pieces bear exactly that."""
    borne: dict[str, tuple[int, int]] = {}
    for line in run_queries.booked(session):
        ore, grams = borne.get(str(line.inputs.get("run")), (0, 0))
        more = int(line.inputs.get("share_ore", 0)), int(line.inputs.get("share_g", 0))
        borne[str(line.inputs.get("run"))] = ore + more[0], grams + more[1]
    for run in run_queries.closed(session):
        cost = None
        if run.km is not None and run.ore_per_km is not None and run.co2e_kg_per_km is not None:
            cost = driven(run.km, run.ore_per_km, run.co2e_kg_per_km)
        told = run.cost_ore, run.co2e_g
        if cost is None or told != (cost.ore, cost.grams):
            findings.add(N_("Run {key}: what it cost is not its kilometres."), key=run.number)
        if borne.pop(run.number, told) != told:
            findings.add(N_("Run {key}: its pieces do not bear what it cost."), key=run.number)
    for number in sorted(borne):
        findings.add(N_("Run {key} is not closed, but its driving is booked."), key=number)
