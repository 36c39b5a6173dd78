"""Places from a file: paths and series become places that are not there yet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.places import NAME_LENGTH, NewPlace, from_path, path_key
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.kinds.places import FIELDS, PlaceRecord
from moebelcirkel.services.context import Work
from moebelcirkel.services.imports.records import (
    FileKind,
    ImportPlan,
    TakenNames,
    chunked,
    declared,
)
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class PlannedPlaces:
    """The places of one line: one, or a whole series."""

    line: int
    places: tuple[NewPlace, ...]
    kind: str


def _plan(
    session: Session,
    records: Sequence[PlaceRecord],
    plan: ImportPlan[PlannedPlaces],
    _today: dt.date,
) -> None:
    registered = place_queries.every(session)
    codes = TakenNames({known.code: known.name for known in registered})
    paths = TakenNames({_key(known.name): known.code for known in registered})
    for record in records:
        with plan.line(record, "path"):
            wanted = _wanted(record)
            for place in wanted:
                codes.refuse(place.code, record.line, "code", plan)
                paths.refuse(_key(place.name), record.line, "path", plan)
            for place in wanted:
                codes.take(place.code, record.line)
                paths.take(_key(place.name), record.line)
            plan.lines.append(PlannedPlaces(record.line, wanted, record.kind))


def _key(name: str) -> str:
    """The path of a place for comparing, as it is read."""
    return " · ".join(path_key(name))


def _wanted(record: PlaceRecord) -> tuple[NewPlace, ...]:
    if not record.code:
        return tuple(from_path(record.path))
    name = " · ".join(part.strip() for part in record.path.split("/")) or record.code
    if len(name) > NAME_LENGTH:
        raise Refused(
            N_("The text may be {most} characters. You have written {count}."),
            most=NAME_LENGTH,
            count=len(name),
        )
    return (NewPlace(record.code, name),)


def _write(work: Work, lines: Sequence[PlannedPlaces], _import_id: int) -> Iterator[int]:
    for part in chunked(lines):
        rows = [
            {"code": place.code, "name": place.name, "kind": line.kind}
            for line in part
            for place in line.places
        ]
        for some in chunked(rows):
            work.bulk_insert(Place, some)
        yield len(part)


PLACES = declared(FileKind("places", FIELDS, PlaceRecord, _plan, _write, right=Action.SETTINGS))
