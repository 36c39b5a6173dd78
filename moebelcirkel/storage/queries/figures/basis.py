"""What figure lines rest on, as they have kept it themselves: settings, sources and answers.

Thousands of lines keep the same inputs. Alike ones are put together as they are written down, and
only one of each is read as JSON, which a server does slowly.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Subquery, Text, cast, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import Coverage, LineKind
from moebelcirkel.storage.queries.figures.sums import Selection, chosen, reversed_in, standing
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

    ``coverage`` is of the hand-overs that are not reversed in the selection. Returns and reversals
    rest on the settings of their hand-over, however long ago it was.
    """

    used: Used
    coverage: Coverage


def basis(session: Session, selection: Selection) -> Basis:
    """Settings and coverage of a selection."""
    alike = _alike(session, selection)
    settings = Counter[tuple[str | None, ...]]()
    for row in alike:
        if row.first:
            settings[row[: len(SETTINGS)]] += int(row.lines)
    for *values, lines in session.execute(_corrections(selection, sqlite=_on_sqlite(session))):
        settings[tuple(values)] += int(lines)
    return Basis(_by_setting(settings), _covered([row for row in alike if row.stands]))


def coverage(session: Session, selection: Selection) -> Coverage:
    """What the hand-overs of a selection that were not reversed in it rest on."""
    return _covered([row for row in _alike(session, selection) if row.stands])


def different_units(session: Session, selection: Selection) -> int:
    """How many pieces the hand-overs that stand are of; a piece may be delivered twice."""
    query = select(func.count(FigureLine.unit_id.distinct())).where(*standing(selection))
    return int(session.execute(query).scalar_one())


def _alike(session: Session, selection: Selection) -> list[Any]:
    return list(session.execute(_hand_overs(selection, sqlite=_on_sqlite(session))))


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _hand_overs(selection: Selection, *, sqlite: bool) -> Any:
    """Settings and flags, with how many lines are alike in all of them, and their new value."""
    inputs, value, *flags = _written(selection, _as_text(FigureLine.inputs, sqlite=sqlite)).c
    sums = (func.count().label("lines"), func.sum(value).label("value"))
    alike = select(inputs, *flags, *sums).group_by(inputs, *flags).subquery()
    kept, *others = _read_once(alike, sqlite=sqlite)
    read = (*_settings_of(kept), kept["co2_verified"].as_boolean().label("read"))
    both = select(*read, *others).subquery()
    *keys, lines, value = both.c
    sums = (func.sum(lines).label("lines"), func.sum(value).label("value"))
    return select(*keys, *sums).group_by(*keys)


def _as_text(inputs: Any, *, sqlite: bool) -> Any:
    """SQLite keeps JSON as text, which may just be taken as such."""
    return type_coerce(inputs, Text) if sqlite else cast(inputs, Text)


def _read_once(alike: Subquery, *, sqlite: bool) -> Any:
    """The columns of what is alike: its inputs as JSON, and the others."""
    inputs, *rest = alike.c
    read = type_coerce(inputs, JSON) if sqlite else cast(inputs, JSONB)
    # The offset keeps a server from reading the JSON once more for each of its values.
    return select(read.label("kept"), *rest).offset(0).subquery().c


def _written(selection: Selection, inputs: Any) -> Subquery:
    """The hand-overs: their inputs, as text, their new value, and what tells them apart."""
    return (
        select(
            inputs.label("inputs"),
            FigureLine.new_value_ore,
            FigureLine.corrects_id.is_(None).label("first"),
            FigureLine.id.not_in(reversed_in(selection)).label("stands"),
            FigureLine.own_factor,
            FigureLine.net_g.is_(None).label("empty"),
            FigureLine.answered,
            FigureLine.documented,
        )
        .where(*chosen(selection), FigureLine.kind == LineKind.HANDOVER)
        .subquery()
    )


def _corrections(selection: Selection, *, sqlite: bool) -> Any:
    """The settings of the hand-overs that lines of the selection correct in the end."""
    base_id = func.coalesce(_FAR.corrects_id, _ABOVE.corrects_id, FigureLine.corrects_id)
    inputs = _as_text(_BASE.inputs, sqlite=sqlite).label("inputs")
    alike = (
        select(inputs, func.count().label("lines"))
        .select_from(FigureLine)
        .join(_ABOVE, _ABOVE.id == FigureLine.corrects_id)
        .outerjoin(_FAR, _FAR.id == _ABOVE.corrects_id)
        .join(_BASE, _BASE.id == base_id)
        .where(
            *chosen(selection), FigureLine.corrects_id.is_not(None), _BASE.kind == LineKind.HANDOVER
        )
        .group_by(inputs)
        .subquery()
    )
    kept, lines = _read_once(alike, sqlite=sqlite)
    *keys, lines = select(*_settings_of(kept), lines).subquery().c
    return select(*keys, func.sum(lines)).group_by(*keys)


def _settings_of(inputs: Any) -> Iterator[Any]:
    return (inputs[name].as_string().label(name) for name in SETTINGS)


def _by_setting(found: Counter[tuple[str | None, ...]]) -> Used:
    counts: dict[str, Counter[Decimal]] = {name: Counter() for name in SETTINGS}
    # In one order on both engines: where two values are used as often, the first stays first.
    for values in sorted(found, key=lambda row: [(value is not None, value) for value in row]):
        for name, value in zip(SETTINGS, values, strict=True):
            if value is not None:
                counts[name][Decimal(str(value))] += found[values]
    return {name: counter.most_common() for name, counter in counts.items()}


def _covered(alike: list[Any]) -> Coverage:
    return Coverage(
        lines=sum(int(row.lines) for row in alike),
        own_factor=sum(int(row.lines) for row in alike if row.own_factor),
        without_factor=sum(int(row.lines) for row in alike if row.empty),
        answered=sum(int(row.lines) for row in alike if row.answered),
        new_value=sum(int(row.value) for row in alike),
        documented=sum(int(row.value) for row in alike if row.documented),
        read=sum(int(row.lines) for row in alike if row.read and not row.empty),
    )
