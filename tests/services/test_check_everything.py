"""Whatever single value is changed behind the program's back, the check names it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Integer, Table, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.figures import hand_over
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.figures.lines import figure_values
from moebelcirkel.storage.checks import chain as check_chain
from moebelcirkel.storage.checks import events as check_events
from moebelcirkel.storage.checks import file as check_file
from moebelcirkel.storage.checks import rules as check_rules
from moebelcirkel.storage.checks import stored as check_stored
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from tests import postgres, templates
from tests.clock import Clock
from tests.services import tampered
from tests.services.tampering import tamper
from tests.world import World, build

#: Columns nothing is said of, and why.
FREE = {
    "basket_loss": "told once and then forgotten; no event of anybody's doing",
    "demand": "searches in vain, counted without names and forgotten by themselves",
    "login_try": "wrong passwords in a row, forgotten by themselves",
    "message": "what people were told, forgotten by itself",
    "shop_seen": "what somebody looked at lately; no event, and forgotten by itself",
    "routine_run": "what the program did by itself, forgotten by itself",
    "counter": "a number left out harms nobody; one that is behind is told elsewhere",
    "event.id": "only the order of a change's events counts, and that is in its link",
}

#: By table the part of the check that is most likely to say it, of this table alone.
_OF_TABLE: dict[str, check.Part] = {
    mapper.class_.__tablename__: partial(part, mapper=mapper)
    for how, part in (
        ("full", check_events.table_equals_events),
        ("reference", check_events.table_is_as_written),
    )
    for mapper in check_events.tracked(how)
}
#: The quickest first; the triggers are away, which is not what this is about.
_FIRST = (
    check_events.rows_equal_events,
    check_events.written_once_is_as_written,
    check_chain.chain_is_whole,
)
_PARTS = (*_FIRST, *(p for p in check.PARTS if p not in (*_FIRST, check_rules.rules_stand)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One world for the whole walk; every change of it is rolled back. The triggers are away."""
    name = ""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("full") / "full.sqlite"
        shutil.copy(templates.in_file("world"), path)
        url = f"sqlite:///{path}"
    else:
        try:
            cluster = postgres.shared()
        except postgres.NoPostgres as missing:
            pytest.skip(str(missing))
        name = cluster.create(template=templates.in_cluster(cluster, "world"))
        url = cluster.url(name)
    database = Database(url)
    clock = Clock()
    world = build(Context(database, SYSTEM, clock=clock))
    tampered.fill(world, clock)
    tamper(world)
    yield world
    database.close()
    if name:
        postgres.shared().drop(name)


def _found(world: World, session: Session, *likely: check.Part) -> check.Part | None:
    """The first part of the check that says something; the likely ones are asked first."""
    for part in (*likely, *_PARTS):
        findings = Findings(world.context.now())
        check_file.guarded(part, session, findings)
        if findings.found:
            return part
    return None


def _free(table: str, column: str) -> bool:
    return column == "version" or table in FREE or f"{table}.{column}" in FREE


def test_nothing_is_said_of_what_nobody_changed(full: World) -> None:
    with Session(full.context.database.engine) as session:
        for part in _PARTS:
            findings = Findings(full.context.now())
            part(session, findings)
            assert [check.text(each) for each in findings.found] == []


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_any_column_changed_alone_is_named(full: World, name: str) -> None:
    table: Table = METADATA.tables[name]
    likely = [_OF_TABLE[name]] if name in _OF_TABLE else []
    unseen = []
    for column in table.columns:
        if _free(name, column.name):
            continue
        with Session(full.context.database.engine) as session:
            values = tampered.another(session, table, column)
            assert values is not None, f"{name} has no row to change"
            changed = tampered.change(session, table, column, values)
            if changed:
                if part := _found(full, session, *likely):
                    likely = [*likely[:1], part]
                else:
                    unseen.append(column.name)
            session.rollback()
    assert unseen == []


@pytest.mark.parametrize("name", sorted(METADATA.tables.keys() - FREE.keys()))
def test_a_row_taken_away_is_named(full: World, name: str) -> None:
    table: Table = METADATA.tables[name]
    with Session(full.context.database.engine) as session:
        row = tampered.another(session, table, next(iter(table.primary_key.columns)))
        assert row is not None, f"{name} has no row to take away"
        tampered.remove(session, table, row)
        assert _found(full, session, check_events.nothing_has_vanished)
        session.rollback()


@pytest.mark.parametrize("name", sorted(METADATA.tables.keys() - FREE.keys()))
def test_a_value_of_another_kind_is_named_in_every_column(full: World, name: str) -> None:
    """A server refuses them itself."""
    if not full.context.database.is_sqlite:
        pytest.skip("nobody can write them there")
    table: Table = METADATA.tables[name]
    # The row's own number is left, which SQLite keeps whole.
    spoilt = [
        column
        for column in table.columns
        if column.name == "line_id" or not (column.primary_key and isinstance(column.type, Integer))
    ]
    with Session(full.context.database.engine) as session:
        for column in spoilt:
            tampered.spoil(session, table, column)
        findings = Findings(full.context.now())
        check_stored.values_are_of_their_kind(session, findings)
        session.rollback()
    named = {(each.values["table"], each.values["column"]) for each in findings.found}
    assert named == {(name, column.name) for column in spoilt}


@pytest.mark.parametrize("name", sorted(n for n, t in METADATA.tables.items() if "version" in t.c))
def test_a_version_set_back_is_named(full: World, name: str) -> None:
    table: Table = METADATA.tables[name]
    with Session(full.context.database.engine) as session:
        values = tampered.another(session, table, table.c.version)
        assert values is not None, f"{name} has no row to change"
        assert tampered.change(session, table, table.c.version, values | {"value": 0})
        assert _found(full, session)
        session.rollback()


def test_what_is_free_is_there(full: World) -> None:
    columns = {f"{table.name}.{each.name}" for table in METADATA.sorted_tables for each in table.c}
    assert set(FREE) <= columns | set(METADATA.tables)


# --- values changed together, so that the line still follows from its own inputs -----------------

TAKEN_FROM = "Figure line {key}: {column} is not what it was taken from."
CASE = "Case {key}: what was booked on its pieces is not what its tasks took."
CHAIN = "Change {key} does not fit the chain: it was altered, or one before it is gone."

#: By name the inputs that are changed, from what they are, and which of them the check must name.
PAIRS: dict[str, tuple[Callable[[FigureInputs], dict[str, Any]], str]] = {
    "D": (lambda _old: {"d": Decimal("0.9")}, "d"),
    "answer with D": (lambda _old: {"answer": Answer.NO, "d": Decimal(0)}, "answer"),
    "price": (lambda old: {"new_price_ore": old.new_price_ore * 10}, "new_price_ore"),
    "mass": (lambda old: {"mass_kg": old.mass_kg * 10}, "mass_kg"),
    "handling": (lambda _old: {"transport_ore": 0}, "transport_ore"),
    "fee": (lambda _old: {"fee_ore_per_tonne": 100_000}, "fee_ore_per_tonne"),
    "condition with L": (
        lambda _old: {"condition": Condition.A, "base_l": Decimal("0.8"), "l": Decimal("0.8")},
        "condition",
    ),
    "base L": (lambda _old: {"base_l": Decimal("0.8"), "l": Decimal("0.8")}, "base_l"),
    "km": (lambda _old: {"km": Decimal(3)}, "km"),
    "freight": (lambda _old: {"freight_new": Decimal(9)}, "freight_new"),
    "waste": (lambda _old: {"waste": Decimal("0.4")}, "waste"),
    "factor": (
        lambda _old: {"e_low": Decimal(50), "e_mid": Decimal(99), "e_high": Decimal(150)},
        "e_mid",
    ),
    "lifetime": (lambda old: {"lifetime_years": old.lifetime_years * 2}, "lifetime_years"),
}


def _rewritten(session: Session, line: FigureLine, **changes: Any) -> None:
    """A line as if it had been booked with other inputs."""
    inputs = replace(FigureInputs.from_dict(line.inputs), **changes)
    values = figure_values(hand_over(inputs)) | {
        "inputs": inputs.as_dict(),
        "answered": inputs.answer.answered,
    }
    table = METADATA.tables["figure_line"]
    session.connection().execute(table.update().where(table.c.id == line.id).values(values))


def _delivered(session: Session) -> FigureLine:
    """The hand-over of a chair that came from the workshop."""
    worked_on = select(UnitCost.unit_id).where(UnitCost.case_id.is_not(None))
    query = select(FigureLine).where(
        FigureLine.kind == "hand_over", FigureLine.unit_id.in_(worked_on)
    )
    found: FigureLine = session.scalars(query.order_by(FigureLine.id)).first()  # type: ignore[assignment]
    return found


def _told(world: World, session: Session, *parts: check.Part) -> set[tuple[str, Any]]:
    session.expunge_all()  # what was rewritten is read anew
    findings = Findings(world.context.now())
    for part in parts:
        part(session, findings)
    return {(each.message, each.values.get("column")) for each in findings.found}


@pytest.mark.parametrize("name", PAIRS)
def test_inputs_changed_with_all_that_follows_are_named(full: World, name: str) -> None:
    """Row and figures agree and no digest is asked: only what they were taken from tells."""
    changes, column = PAIRS[name]
    with Session(full.context.database.engine) as session:
        line = _delivered(session)
        _rewritten(session, line, **changes(FigureInputs.from_dict(line.inputs)))
        told = _told(full, session, check.figures_equal_inputs)
    assert (TAKEN_FROM, f"inputs.{column}") in told


def test_a_cost_changed_with_its_line_is_named(full: World) -> None:
    with Session(full.context.database.engine) as session:
        line = _delivered(session)
        costs = METADATA.tables["unit_cost"]
        session.connection().execute(
            costs.update()
            .where(costs.c.unit_id == line.unit_id)
            .values(labour_ore=costs.c.labour_ore - 1_000)
        )
        old = FigureInputs.from_dict(line.inputs)
        _rewritten(session, line, refurb_ore=old.refurb_ore - 1_000)
        told = _told(full, session, check.figures_equal_inputs)
    assert (CASE, None) in told


def test_an_answer_changed_in_line_order_and_event_is_named(full: World) -> None:
    with Session(full.context.database.engine) as session:
        line = _delivered(session)
        order_id = session.get_one(OrderLine, line.order_line_id).order_id
        _rewritten(session, line, answer=Answer.NO, d=Decimal(0))
        orders, events = METADATA.tables["shop_order"], METADATA.tables["event"]
        where = (events.c.entity == "shop_order") & (events.c.entity_id == str(order_id))
        made = session.execute(select(events).where(where).order_by(events.c.id)).first()
        assert made is not None
        session.connection().execute(
            orders.update().where(orders.c.id == order_id).values(answer="no")
        )
        session.connection().execute(
            events.update()
            .where(events.c.id == made.id)
            .values(after=made.after | {"answer": "no"})
        )
        told = _told(full, session, check_chain.chain_is_whole)
    assert told == {(CHAIN, None)}
