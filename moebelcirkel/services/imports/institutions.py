"""Institutions from a file: new ones only, each with its numbers and what can pay for it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from moebelcirkel.domain import identifiers
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.kinds.institutions import FIELDS, InstitutionRecord
from moebelcirkel.services.context import Work
from moebelcirkel.services.imports.records import (
    FileKind,
    ImportPlan,
    TakenNames,
    chunked,
    declared,
)
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.work import Session


def _plan(
    session: Session,
    records: Sequence[InstitutionRecord],
    plan: ImportPlan[InstitutionRecord],
    _today: dt.date,
) -> None:
    registered = import_queries.known_institutions(session)
    names = TakenNames({known.name: known.name for known in registered})
    eans = TakenNames({known.ean: known.name for known in registered if known.ean})
    closed = {known.name.casefold() for known in registered if not known.active}
    for record in records:
        with plan.line(record):
            if record.name.casefold() in closed:
                raise plan.there(
                    N_(
                        "{name} is there already, but is closed. Take it into use again under"
                        " Settings."
                    ),
                    name=record.name,
                    field="name",
                )
            names.refuse(record.name, record.line, "name", plan)
            eans.refuse(record.ean, record.line, "ean", plan)
            if len(record.full_address()) > 200:
                raise Refused(N_("The address is too long."), field="address")
            _check_coordinates(record)
            names.take(record.name, record.line)
            eans.take(record.ean, record.line)
            plan.lines.append(record)


def _check_coordinates(record: InstitutionRecord) -> None:
    try:
        identifiers.in_denmark(record.latitude, record.longitude)
    except Refused as error:
        raise Refused(error.message, field="latitude", **error.values) from None


def _write(work: Work, lines: Sequence[InstitutionRecord], _import_id: int) -> Iterator[int]:
    for part in chunked(lines):
        ids = work.bulk_insert(Institution, [_columns(record) for record in part])
        bearers = [
            {"institution_id": key, "code": code}
            for key, record in zip(ids, part, strict=True)
            for code in record.bearers
        ]
        work.bulk_insert(CostBearer, bearers)
        yield len(part)


def _columns(record: InstitutionRecord) -> dict[str, object]:
    return {
        "name": record.name,
        "department": record.department,
        "kind": record.kind,
        "address": record.full_address(),
        "ean": record.ean,
        "cvr": record.cvr,
        "legal": record.legal,
        "postcode": record.postcode or None,
        "weekday": record.weekday,
        "closed_weeks": record.closed_weeks or None,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "contact": record.contact or None,
        "phone": record.phone or None,
    }


INSTITUTIONS = declared(
    FileKind("institutions", FIELDS, InstitutionRecord, _plan, _write, right=Action.SETTINGS)
)
