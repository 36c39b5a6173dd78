"""New prices for types that are there, from a second file; the old ones stay in the history."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.kinds.prices import FIELDS, PriceRecord, readers
from moebelcirkel.exchange.mapping import PriceBasis
from moebelcirkel.services.context import Work
from moebelcirkel.services.imports.far_out import FarOut
from moebelcirkel.services.imports.records import (
    FileKind,
    ImportPlan,
    TakenNames,
    chunked,
    declared,
)
from moebelcirkel.services.imports.types import KnownTypes
from moebelcirkel.storage.queries.imports import KnownType
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class PlannedPrice:
    """A type, what it costs now and what it will cost; øre without VAT."""

    line: int
    article_id: int
    key: str
    name: str
    before_ore: int | None
    before_on: dt.date | None
    price_ore: int
    on: dt.date
    source: str


def _plan(
    session: Session, records: Sequence[PriceRecord], plan: ImportPlan[PlannedPrice], today: dt.date
) -> None:
    types, far_out, lines = KnownTypes(session), FarOut(session, today), TakenNames({})
    for record in records:
        with plan.line(record, "price"):
            known = types.find(record.key, record.name)
            if known is None:
                raise Refused(
                    N_("There is no furniture type “{text}”. Import it as a furniture type first."),
                    text=record.key or record.name,
                    field="key" if record.key else "name",
                )
            lines.refuse(f"#{known.id}", record.line, "key", plan)
            price = _priced(record, known, plan)
            strange = far_out.refusal(known.category_key, price.price_ore)
            if strange is not None:
                plan.far_out += 1
                if not plan.any_price:
                    raise strange
            lines.take(f"#{known.id}", record.line)
            plan.lines.append(price)


def _priced(record: PriceRecord, known: KnownType, plan: ImportPlan[PlannedPrice]) -> PlannedPrice:
    """The new price with its day and source, which are never missing, and newer than the old."""
    basis: PriceBasis = plan.choices.basis
    on, source = record.price_date or basis.price_date, record.price_source or basis.price_source
    if on is None:
        raise Refused(
            N_("The price has no date. Give the day the prices are from."), field="price_date"
        )
    if not source:
        raise Refused(N_("The price has no source. Write where the prices are from."))
    now = known.new_price_on
    if (record.price, on) == (known.new_price_ore, now):
        raise plan.there(
            N_("{name} costs that already, since the same day."), field="price", name=known.name
        )
    if now is not None and on < now:
        raise Refused(
            N_("The price in the house is from {date}, so it is newer than this one."),
            field="price_date",
            date=now,
        )
    assert record.price is not None
    return PlannedPrice(
        line=record.line,
        article_id=known.id,
        key=known.key or "",
        name=known.name,
        before_ore=known.new_price_ore,
        before_on=now,
        price_ore=record.price,
        on=on,
        source=source,
    )


def _write(work: Work, lines: Sequence[PlannedPrice], _import_id: int) -> Iterator[int]:
    for part in chunked(lines):
        types = {row.id: row for row in work.rows(Article, [line.article_id for line in part])}
        for line in part:
            article = types[line.article_id]
            article.new_price_ore = line.price_ore
            article.new_price_on = line.on
            article.new_price_source = line.source
        work.session.flush()
        yield len(part)


PRICES = declared(FileKind("prices", FIELDS, PriceRecord, _plan, _write, readers=readers))
