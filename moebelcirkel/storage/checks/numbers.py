"""Numbers and ids that are given out one after the other: none twice, and none that nobody has."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.labels import label_number
from moebelcirkel.storage.checks.asking import Question, asks
from moebelcirkel.storage.queries.reports import counter
from moebelcirkel.storage.queries.settlement import counter as settlement_counter
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.parameters import Counter
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.purchases import Purchase
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.tables.runs import Run
from moebelcirkel.storage.tables.settlement import SettlementBatch
from moebelcirkel.storage.tables.units import Unit, UnitCode
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import CHUNK

#: Where numbers come from: the counter, and the highest number that is used.
_SERIES: tuple[tuple[str, ColumnElement[Any]], ...] = (
    ("unit", func.max(Unit.serial)),
    *(
        (name, func.max(cast(func.substr(model.number, 3), Integer)))
        for name, model in (
            ("order", Order),
            ("delivery", Delivery),
            ("pickup", Pickup),
            ("want", Want),
            ("purchase", Purchase),
            ("complaint", Complaint),
            ("run", Run),
        )
    ),
)
_HIGHEST = union_all(
    *(select(literal_column(f"'{series}'"), highest) for series, highest in _SERIES)
)
_REPORTS = select(ReportRecord.year, func.max(ReportRecord.serial)).group_by(ReportRecord.year)
_BATCHES = select(SettlementBatch.year, func.max(SettlementBatch.serial)).group_by(
    SettlementBatch.year
)
_COUNTERS = select(Counter.name, Counter.value)


def counters_are_right(session: Session, findings: Findings) -> None:
    """No counter is behind the numbers in use; one may be ahead, as a restored copy skips some."""
    stands: dict[str, int] = dict(session.execute(_COUNTERS).all())
    for series, highest in _used(session):
        if highest > stands.get(series, 0):
            findings.add(
                N_("The counter of {series} is behind: {number} is in use."),
                series=series,
                number=highest,
            )


def _used(session: Session) -> Iterator[tuple[str, int]]:
    for series, highest in session.execute(_HIGHEST):
        yield series, highest or 0
    for year, serial in session.execute(_REPORTS):
        yield counter(year), serial
    for year, serial in session.execute(_BATCHES):
        yield settlement_counter(year), serial


def ids_are_never_given_again(session: Session, findings: Findings) -> None:
    """SQLite remembers the highest id there has been in each table, also of what was deleted.

    On a server ids are skipped when a write fails, so there it proves nothing.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    query = text("SELECT name, seq FROM sqlite_sequence")
    known: dict[str, Any] = dict(session.execute(query).all())
    said: dict[str, int] = dict(session.execute(_SAID).all())
    for name, here in session.execute(text(_highest_ids())):
        highest = max(here or 0, said.get(name, 0))
        value = known.get(name, 0)
        if value != highest:
            findings.add(
                N_("{table}: the last id given out is {number}, but the database says {value}."),
                table=name,
                number=highest,
                value=value,
            )


#: The highest id in the events of each table.
_SAID = select(Event.entity, func.max(cast(Event.entity_id, Integer))).group_by(Event.entity)


@functools.cache
def _highest_ids() -> str:
    """One question for all tables whose ids SQLite remembers: each by itself costs more."""
    names = [
        table.name
        for table in METADATA.sorted_tables
        if table.dialect_options["sqlite"]["autoincrement"]
    ]
    return " UNION ALL ".join(f"SELECT '{name}', max(id) FROM \"{name}\"" for name in names)


def labels_are_right(session: Session, findings: Findings) -> None:
    """Every label number has its check digit."""
    last = 0
    while rows := session.execute(_LABELS, {"last": last}).all():
        _check_labels(findings, rows)
        last = rows[-1].id


_LABELS = (
    select(Unit.id, Unit.serial, Unit.number)
    .where(Unit.id > bindparam("last"))
    .order_by(Unit.id)
    .limit(CHUNK * 10)
)
_SINGLE = (
    Unit.number,
    Unit.serial,
    Order.number,
    Delivery.number,
    Pickup.number,
    Purchase.number,
    ReportRecord.number,
    SettlementBatch.number,
    UnitCode.code,
    Want.number,
)


@asks
def numbers_are_single() -> Iterator[Question]:
    """No number was given out twice, also where the database no longer refuses it."""
    for column in _SINGLE:
        query = select(column).group_by(column).having(func.count() > 1)
        yield query, N_("The number {key} was given out twice.")


def _check_labels(findings: Findings, rows: Sequence[Any]) -> None:
    for row in rows:
        prefix = row.number.partition("-")[0]
        if row.number != label_number(prefix, row.serial):
            findings.add(N_("{key} is not a right label number."), key=row.number)
