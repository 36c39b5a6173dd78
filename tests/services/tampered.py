"""A small municipality with a row in every table that keeps something, changed column by column."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moebelcirkel.domain.runs import Missed
from moebelcirkel.services import (
    approvals,
    articles,
    badges,
    cases,
    complaints,
    deliveries,
    intake,
    parameters,
    photos,
    reports,
    runs,
    settlement,
    shop,
    stock,
    tasks,
)
from moebelcirkel.services.context import Work
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.base import ExactDecimal, UtcDateTime, Word
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.tables.institutions import InstitutionCeiling
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.units import UnitCode
from tests import trade
from tests.clock import Clock
from tests.services import (
    adapting,
    mending,
    planning,
    repairing,
    reported,
    reporting,
    running,
    settling,
    wanting,
    working_day,
)
from tests.world import World

OTHER = replace(running.VAN, name="Trailer")


def fill(world: World, clock: Clock) -> None:
    """A year of deliveries, a case that was finished and delivered, and one of everything else."""
    badges.store(
        world.person("admin"), world.people["lager"].user_id or 0, digest("x" * 32), "2580"
    )
    approvals.choose_for(
        world.person("admin"),
        world.people["approver"].user_id or 0,
        world.people["bench"].user_id or 0,
    )
    tasks.confirm_rates(world.context)
    parameters.save(world.person("admin"), {"levy_categories": "Kontorstole = 1.210"})
    reporting.fill_year(world, clock)
    repaired(world)
    listed(world)
    lager, bench = world.person("lager"), world.person("bench")
    batch = Batch(
        parts=(Part("C", 2, "shelf", world.shelf),),
        giver_id=world.home,
        article_id=world.chair,
        note="ridse i lak",
    )
    units = list(intake.register(lager, batch).unit_ids)
    cases.set_note(bench, int(cases.send(bench, units).case_id), "haster", None)
    trade.hold(world, trade.put_on_sale(world, 1)[0], world.home)
    wanting.want(world.person("leader"), world.school, note="til 3.b", ceiling_ore=100, pieces=3)
    planning.answered(world)
    trade.put_on_sale(world, 1, price_ore=100)
    parameters.save(world.person("admin"), {"hold_minutes": 45})
    world.context.write("setup", None, lambda work: _others(work, world, units[0]))
    clock.advance(minutes=1)
    reports.record(world.person("controller"), *reporting.YEAR)
    settled(world)
    handed_in(world)
    repairing.brought_back(world)
    repairing.given_up(world)
    mending.paid(world)
    mending.parts(world)
    adapting.sent(world)
    driven(world)


def listed(world: World) -> None:
    """Two lists of the shop and two of somebody's own, of a type each, and a search."""
    hall = world.person("lager")
    name = articles.get(hall, world.chair).values.name
    for each in ("Kontor", "Fest"):
        shop.save_list(hall, shop.ListForm(each, name, "Skole"))
        shop.save_own(world.person("leader"), each, name)
    shop.keep_search(hall, "12 stole")


def handed_in(world: World) -> None:
    """A report with a picture, of which a piece has come."""
    chairs = replace(reported.CHAIRS, pictures=[working_day.picture("what goes")])
    key = reported.accepted(world, lines=(chairs,))
    lager = world.person("lager")
    intake.register(lager, reported.batch_for(world, 1, key, reported.line_of(lager, key)))


def driven(world: World) -> None:
    """A run with a delivery and a pickup."""
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    runs.remove(lager, runs.one(lager, run).stops[-1].id, why=Missed.OTHER, said="Porten var låst")
    runs.add_pickup(lager, run, runs.planned_week(lager, lager.today()).pickups[0].id)
    closed = runs.create(lager, runs.RunForm(lager.today(), running.van(world, OTHER))).run_id
    lines = running.waiting(world, 2, world.home)
    runs.add_delivery(lager, closed, world.home)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    runs.close(lager, closed, Decimal("12.5"))
    delivery = trade.row(world.context, OrderLine, lines[0]).delivery_id
    said = complaints.report(
        lager, delivery, lines[:1], "Vakler", [working_day.picture("what is wrong")]
    )
    complaints.refuse(lager, said.ids[0], "Brugsspor")
    again = complaints.report(lager, delivery, lines[1:], "Vakler")
    complaints.agree_return(lager, again.ids[0], fetch=True)
    runs.add_errands(lager, run, world.home)
    errands = runs.one(lager, run).stops[-1]
    runs.see_to(lager, errands.id, [errands.errands[0].id])


def settled(world: World) -> None:
    """A batch that was released and booked, one that reverses it, and one that was withdrawn."""
    settling.ready(world)
    controller, other = world.person("controller"), settling.second(world)
    asked = settlement.SettlementScope(reporting.YEAR[0], world.context.today())
    first = settlement.make(controller, asked)
    settlement.release(other, first.id, first.file_sha256)
    extract = settlement.posting_file(controller, first.id)
    settlement.keep(controller, *settlement.open_extract(controller, extract, "udtræk.csv"))
    settlement.book(controller, first.id, "8100004711")
    back = settlement.reverse(controller, first.id)
    settlement.release(other, back.id, back.file_sha256)
    again = settlement.make(controller, replace(asked, monthly=True))
    settlement.withdraw(controller, again.id)
    settlement.make(controller, asked)


def repaired(world: World) -> None:
    """Two chairs from the workshop, handed over."""
    lager, bench = world.person("lager"), world.person("bench")
    batch = Batch(parts=(Part("C", 2, "shelf", world.shelf),), article_id=world.chair)
    units = list(intake.register(lager, batch).unit_ids)
    case = int(cases.send(bench, units).case_id)
    kind = next(row.id for row in tasks.task_types(bench) if row.form.name == "Skift gaspatron")
    cases.add_task(bench, case, kind, minutes=50, parts_ore=35_001, done=True)
    cases.finish(bench, case, "B", place_id=world.shelf)
    stock.put_on_sale(lager, units)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines, received_by="Mette")


def _others(work: Work, world: World, unit_id: int) -> None:
    picture = working_day.picture("a chair")
    photos.attach(work, [picture], article_id=world.chair)
    work.session.add_all(
        [
            UnitCode(unit_id=unit_id, code="4006381333931"),
            InstitutionCeiling(institution_id=world.home, from_year=2031, most_ore=100),
            ImportBatch(
                kind="articles",
                file_name="a.csv",
                sha256=picture.sha256,
                taken=1,
                created_at=work.now,
            ),
        ]
    )


# --- another value for any column ---------------------------------------------------------------


def another(session: Session, table: Table, column: Column[Any]) -> dict[str, Any] | None:
    """The key of the table's last row with a plausible other value for the column; no row, none."""
    keys = list(table.primary_key.columns)
    row = (
        session.execute(table.select().order_by(*(key.desc() for key in keys)).limit(1))
        .mappings()
        .first()
    )
    if row is None:
        return None
    found = {f"key_{key.name}": row[key] for key in keys}
    return found | {"value": _other(session, table, column, row[column])}


def change(session: Session, table: Table, column: Column[Any], values: dict[str, Any]) -> bool:
    """Write it, with no foreign key and no trigger in the way; tells whether a check let it."""
    _loosen(session)
    query = table.update().values({column: values["value"]})
    for key in table.primary_key.columns:
        query = query.where(key == values[f"key_{key.name}"])
    try:
        return session.connection().execute(query).rowcount == 1
    except IntegrityError as refused:
        if "check constraint" not in str(refused).lower():
            raise
        return False


#: By kind a value that SQLite keeps in such a column and nobody can use.
_OF_NO_KIND: tuple[tuple[type[Any], object], ...] = (
    (Boolean, 2),
    (Integer, "12x"),
    (ExactDecimal, "24E0"),
    (UtcDateTime, "i går"),
    (Date, "2026-02-30"),
    (LargeBinary, "tekst"),
    (JSON, "{"),
    (String, b"\xff"),
    (Word, b"\xff"),
)


def spoil(session: Session, table: Table, column: Column[Any]) -> None:
    """Give the last row a value of another kind in the column, as SQLite lets anybody."""
    value = next(value for kind, value in _OF_NO_KIND if isinstance(column.type, kind))
    where = f'WHERE rowid = (SELECT max(rowid) FROM "{table.name}")'
    _loosen(session)
    session.execute(text("PRAGMA ignore_check_constraints = ON"))
    statement = text(f'UPDATE "{table.name}" SET "{column.name}" = :value {where}')
    session.execute(statement, {"value": value})
    session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def remove(session: Session, table: Table, values: dict[str, Any]) -> None:
    """Take the row away that the values name, with no foreign key and no trigger in the way."""
    _loosen(session)
    query = table.delete()
    for key in table.primary_key.columns:
        query = query.where(key == values[f"key_{key.name}"])
    assert session.connection().execute(query).rowcount == 1


def _loosen(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        session.execute(text("SET LOCAL session_replication_role = replica"))


def _other(session: Session, table: Table, column: Column[Any], value: Any) -> Any:
    codes = _codes(table, column)
    if codes:
        return next(code for code in codes if code != value)
    kind = column.type
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, UtcDateTime):
        return (value or dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) + dt.timedelta(hours=1)
    if isinstance(kind, Date):
        return (value or dt.date(2026, 1, 1)) + dt.timedelta(days=1)
    if isinstance(kind, LargeBinary):
        return (value or b"") + b"x"
    if isinstance(kind, JSON):
        return {**value, "x": 1} if isinstance(value, dict) else 7
    return _plain(session, column, value)


def _plain(session: Session, column: Column[Any], value: Any) -> Any:
    """Another row where the column names one and may name it twice, else another text or number."""
    if isinstance(column.type, ExactDecimal):
        return (value or Decimal(0)) + 1
    for key in column.foreign_keys if not _single(column) else ():
        others = key.column.table.select().with_only_columns(key.column)
        found = session.execute(others.order_by(key.column)).scalars()
        other = next((each for each in found if each != value), None)
        if other is not None:
            return other
    if isinstance(column.type, Integer):
        return (value or 0) + 1_000
    most = getattr(column.type, "length", None) or 200
    short = str(value or "")[: most - 1]
    return f"{short[:-1]}x" if short.endswith("y") else f"{short[:-1]}y"


def _single(column: Column[Any]) -> bool:
    """Whether a unique key or the primary key is in the way of naming another row."""
    return column.primary_key or any(
        isinstance(each, UniqueConstraint) and column.name in each.columns
        for each in column.table.constraints
    )


def _codes(table: Table, column: Column[Any]) -> list[str]:
    """The values that a check constraint lets into the column."""
    for constraint in table.constraints:
        words = str(constraint.sqltext) if isinstance(constraint, CheckConstraint) else ""
        if words.startswith(f"{column.name} IN ("):
            return [part.strip(" '") for part in words.partition("(")[2].rstrip(")").split(",")]
    return []
