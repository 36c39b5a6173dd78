"""What figure lines rest on, as they have kept it themselves: settings, sources and answers.

Thousands of lines keep the same inputs. Alike ones are put together as they are written down, and
only one of each is read as JSON, which a server does slowly. Their ids come along in one text, so
that a line that corrects one of them need not be joined to what it rests on.
"""

import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from sqlalchemy import JSON, ColumnElement, Subquery, Text, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import Coverage, LineKind
from moebelcirkel.storage.queries.figures.server import among, is_file, within
from moebelcirkel.storage.queries.figures.sums import (
    Corrected,
    Selection,
    chosen,
    each_of,
    listed,
    reversed_in,
    standing,
    total_of,
)
from moebelcirkel.storage.tables.figures import FigureLine

_ABOVE = aliased(FigureLine)
_FAR = aliased(FigureLine)
_BASE = aliased(FigureLine)

#: Inputs of a line that come from a setting of the municipality.
SETTINGS = ("transport_ore", "km", "km_new", "fee_ore_per_tonne")

Used = dict[str, list[tuple[Decimal, int]]]


@dataclass(frozen=True, slots=True)
class Basis:
    """``used`` has by setting the values the lines used, and how many did; most used first.

    ``coverage`` is of the hand-overs that are not reversed in the selection, and ``different`` of
    how many pieces these are; a piece may be delivered twice. Returns and reversals rest on the
    settings of their hand-over, however long ago it was. ``taken_back`` are the lines that the
    selection reverses, and ``undone_before`` counts the hand-overs of earlier days among them.
    """

    used: Used
    coverage: Coverage
    different: int
    taken_back: Sequence[int]
    undone_before: int


def basis(session: Session, selection: Selection, corrected: Corrected) -> Basis:
    """Settings, coverage and pieces of a selection, and of what it corrects."""
    taken_back = corrected.taken_back
    here = within(session, FigureLine.id, corrected.ends)
    alike, gone = _hand_overs(session, selection, *here), _gone(session, selection, taken_back)
    known: dict[str, _Settings] = {}
    settings = Counter[_Settings]()
    for row in alike:
        values = row[: len(SETTINGS)]
        if row.first:
            settings[values] += int(row.first)
        known.update(dict.fromkeys(each_of(row.ids), values))
    settings.update(_corrected(session, corrected.every, known))
    pieces = _pieces(alike)
    pieces.subtract(_pieces(gone))
    different = len(pieces) - [*pieces.values()].count(0)
    return Basis(
        _by_setting(settings),
        _less(_covered(alike), _covered(gone)),
        different,
        taken_back,
        _undone_before(session, selection, taken_back),
    )


def coverage(session: Session, selection: Selection) -> Coverage:
    """What the hand-overs of a selection that were not reversed in it rest on."""
    taken_back = session.scalars(reversed_in(selection))
    gone = _gone(session, selection, [key for key in taken_back if key is not None])
    return _less(_covered(_hand_overs(session, selection)), _covered(gone))


def different_units(session: Session, selection: Selection) -> int:
    """How many pieces the hand-overs that stand are of; a piece may be delivered twice."""
    query = select(func.count(FigureLine.unit_id.distinct())).where(*standing(session, selection))
    return int(session.execute(query).scalar_one())


#: The values of a line's settings, as they are written.
_Settings = tuple[str | None, ...]


def _gone(session: Session, selection: Selection, taken_back: Sequence[int]) -> Sequence[Any]:
    """Of the selection's own hand-overs those that it takes back, as ``_hand_overs``."""
    return [
        row
        for these in among(session, FigureLine.id, sorted(set(taken_back)))
        for row in _hand_overs(session, selection, these)
    ]


def _undone_before(session: Session, selection: Selection, taken_back: Sequence[int]) -> int:
    times, early = Counter(taken_back), FigureLine.effective_on < selection.start
    query = select(FigureLine.id).where(FigureLine.kind == LineKind.HANDOVER, early)
    return sum(
        times[key]
        for these in among(session, FigureLine.id, sorted(times))
        for key in session.scalars(query.where(these))
    )


def _pieces(alike: Sequence[Any]) -> Counter[str]:
    return Counter(chain.from_iterable(each_of(row.units) for row in alike))


def _hand_overs(
    session: Session, selection: Selection, *which: ColumnElement[bool]
) -> Sequence[Any]:
    """The hand-overs by their settings: what they come to together, and which they are."""
    sqlite = is_file(session)
    inputs = _as_text(FigureLine.inputs, sqlite=sqlite).label("inputs")
    first = FigureLine.corrects_id.is_(None)
    alike = (
        select(
            inputs,
            func.count().label("lines"),
            *(_how_many(name, flag) for name, flag in _FLAGS.items()),
            total_of(FigureLine.new_value_ore).label("value"),
            total_of(case((FigureLine.documented, FigureLine.new_value_ore), else_=0)).label(
                "documented"
            ),
            _how_many("first", first),
            listed(case((first, FigureLine.id))).label("ids"),
            listed(FigureLine.unit_id).label("units"),
        )
        .where(*chosen(selection), FigureLine.kind == LineKind.HANDOVER, *which)
        .group_by(inputs)
        .subquery()
    )
    kept, *others = _read_once(alike, sqlite=sqlite)
    read = (*_settings_of(kept), kept["co2_verified"].as_boolean().label("read"))
    *keys, ids, units = select(*read, *others).subquery().c
    settings, sums = keys[: len(read)], [func.sum(key).label(key.key) for key in keys[len(read) :]]
    lists = [func.aggregate_strings(key, ",").label(key.key) for key in (ids, units)]
    return session.execute(select(*settings, *sums, *lists).group_by(*settings)).all()


_FLAGS: dict[str, ColumnElement[bool]] = {
    "own_factor": FigureLine.own_factor.is_(True),
    "without_factor": FigureLine.net_g.is_(None),
    "answered": FigureLine.answered.is_(True),
}


def _how_many(name: str, flag: ColumnElement[bool]) -> ColumnElement[int]:
    return total_of(case((flag, 1), else_=0)).label(name)


def _as_text(inputs: Any, *, sqlite: bool) -> Any:
    """SQLite keeps JSON as text, which may just be taken as such."""
    return type_coerce(inputs, Text) if sqlite else cast(inputs, Text)


def _read_once(alike: Subquery, *, sqlite: bool) -> Any:
    """The columns of what is alike: its inputs as JSON, and the others."""
    inputs, *rest = alike.c
    read = type_coerce(inputs, JSON) if sqlite else _as_json(inputs)
    # The offset keeps a server from reading the JSON once more for each of its values.
    return select(read.label("kept"), *rest).offset(0).subquery().c


def _as_json(inputs: Any) -> Any:
    from sqlalchemy.dialects.postgresql import JSONB  # a server's alone, and long

    return cast(inputs, JSONB)


def _corrected(
    session: Session, corrected: Sequence[str], known: dict[str, _Settings]
) -> Counter[_Settings]:
    """The settings of the hand-overs that are corrected in the end, line by line.

    Most lines correct a hand-over of the same selection, whose settings are known.
    """
    found = Counter(map(known.get, corrected))
    others = Counter[str]()
    if found.pop(None, 0):
        others.update(key for key in corrected if key not in known)
    settings = Counter({values: count for values, count in found.items() if values is not None})
    for these in among(session, _ABOVE.id, sorted(map(int, others))):
        for *values, ids in session.execute(_bases(these, sqlite=is_file(session))):
            settings[tuple(values)] += sum(others[key] for key in each_of(ids))
    return settings


def _bases(these: ColumnElement[bool], *, sqlite: bool) -> Any:
    """By the settings of hand-overs the lines of these that are one, or correct it in the end."""
    base_id = func.coalesce(_FAR.corrects_id, _ABOVE.corrects_id, _ABOVE.id)
    inputs = _as_text(_BASE.inputs, sqlite=sqlite).label("inputs")
    alike = (
        select(inputs, listed(_ABOVE.id).label("ids"))
        .select_from(_ABOVE)
        .outerjoin(_FAR, _FAR.id == _ABOVE.corrects_id)
        .join(_BASE, _BASE.id == base_id)
        .where(these, _BASE.kind == LineKind.HANDOVER)
        .group_by(inputs)
        .subquery()
    )
    kept, ids_of = _read_once(alike, sqlite=sqlite)
    return select(*_settings_of(kept), ids_of)


def _settings_of(inputs: Any) -> Iterator[Any]:
    return (inputs[name].as_string().label(name) for name in SETTINGS)


def _by_setting(found: Counter[_Settings]) -> Used:
    counts: dict[str, Counter[Decimal]] = {name: Counter() for name in SETTINGS}
    # In one order on both engines: where two values are used as often, the first stays first.
    for values in sorted(found, key=lambda row: [(value is not None, value) for value in row]):
        for name, value in zip(SETTINGS, values, strict=True):
            if value is not None:
                counts[name][Decimal(str(value))] += found[values]
    return {name: counter.most_common() for name, counter in counts.items()}


#: What a ``Coverage`` counts, but for what was read in a source.
_COVERED = ("lines", "own_factor", "without_factor", "answered", "value", "documented")


def _covered(alike: Sequence[Any]) -> list[int]:
    sums = [sum(int(getattr(row, name)) for row in alike) for name in _COVERED]
    return [*sums, sum(int(row.lines - row.without_factor) for row in alike if row.read)]


def _less(every: Sequence[int], gone: Sequence[int]) -> Coverage:
    """Of those that stand: of all without those that are gone."""
    return Coverage(*map(operator.sub, every, gone))
