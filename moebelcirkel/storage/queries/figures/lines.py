"""Figure lines one by one: for an appendix, for a check, and what each of them rests on."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, Text, and_, cast, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import SCENARIOS
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.sums import Selection, chosen
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

PAGE = 2_000
#: A reversal of a return is two corrections away from its hand-over, and nothing is farther.
_DEEPEST = 3


class Rests(Protocol):
    """A line, and what it was computed from."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def corrects_id(self) -> int | None: ...
    @property
    def inputs(self) -> Json: ...


@dataclass(frozen=True, slots=True)
class _Base:
    """A line that others correct."""

    id: int
    kind: str
    corrects_id: int | None
    inputs: Json


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as an appendix tells it; ``pieces`` is its count, with its sign."""

    id: int
    kind: str
    corrects_id: int | None
    effective_on: dt.date
    institution_id: int | None
    category_key: str
    pieces: int
    documented: bool
    new_value_ore: int
    cash_ore: int
    lifetime_ore: int
    net_g: int | None
    low_g: int | None
    high_g: int | None
    gross_g: int | None
    bound_low_g: int | None
    bound_high_g: int | None
    price_paid_ore: int
    cash_d27_ore: int
    cash_d50_ore: int
    cash_d70_ore: int
    cash_d100_ore: int
    net_d27_g: int | None
    net_d50_g: int | None
    net_d70_g: int | None
    net_d100_g: int | None
    levy_ore: int | None
    inputs: Json
    number: str
    name: str


KeptT = TypeVar("KeptT", LineRow, _Base)
#: As they were written down, see ``_read``.
_INPUTS = cast(FigureLine.inputs, Text).label("inputs")
_WRITTEN = (
    FigureLine.id,
    FigureLine.kind,
    FigureLine.corrects_id,
    FigureLine.effective_on,
    FigureLine.institution_id,
    FigureLine.category_key,
    FigureLine.count.label("pieces"),
    FigureLine.documented,
    FigureLine.new_value_ore,
    FigureLine.cash_ore,
    FigureLine.lifetime_ore,
    FigureLine.net_g,
    FigureLine.low_g,
    FigureLine.high_g,
    FigureLine.gross_g,
    FigureLine.bound_low_g,
    FigureLine.bound_high_g,
    FigureLine.price_paid_ore,
    *(getattr(FigureLine, f"cash_d{key}_ore") for key in SCENARIOS),
    *(getattr(FigureLine, f"net_d{key}_g") for key in SCENARIOS),
    FigureLine.levy_ore,
    _INPUTS,
    Unit.number,
    Article.name,
)


def line_ids(session: Session, selection: Selection) -> list[int]:
    """The ids of all lines, in order."""
    query = select(FigureLine.id).where(*chosen(selection)).order_by(FigureLine.id)
    return list(session.scalars(query))


def lines(session: Session, selection: Selection) -> Iterator[list[LineRow]]:
    """The lines by day, a page at a time, with label number and type."""
    page = rows.fill(LineRow, session, _page(selection))
    while page:
        yield _read(page)
        if len(page) < PAGE:
            return
        day, key = page[-1].effective_on, page[-1].id
        same_day = and_(FigureLine.effective_on == day, FigureLine.id > key)
        after = _page(_from(day, selection)).where(FigureLine.effective_on >= day)
        after = after.where(or_(FigureLine.effective_on > day, same_day))
        page = rows.fill(LineRow, session, after)


def _page(selection: Selection) -> Select[*tuple[Any, ...]]:
    return (
        select(*_WRITTEN)
        .join(Unit, Unit.id == FigureLine.unit_id)
        .join(Article, Article.id == FigureLine.article_id)
        .where(*chosen(selection))
        .order_by(FigureLine.effective_on, FigureLine.id)
        .limit(PAGE)
    )


def _from(day: dt.date, selection: Selection) -> Selection:
    """What is left of a period from a day of it on.

    Of two bounds SQLite looks from the first that it is told, so that each page would pass over
    all before it; what is chosen in another way than by days has no bound.
    """
    by_days = selection.report_id is None and not selection.late
    return replace(selection, start=day) if by_days else selection


def _read(found: list[KeptT]) -> list[KeptT]:
    """Most lines keep the inputs of others like them: what is written alike is read once."""
    known: dict[str, Json] = {}
    for row in found:
        text: str = row.inputs  # type: ignore[assignment]
        if text not in known:
            known[text] = json.loads(text)
        rows.put(row, "inputs", known[text])
    return found


def full_lines(session: Session, selection: Selection) -> Iterator[FigureLine]:
    """The lines with all their columns in the order they were written, a page at a time."""
    query = select(FigureLine).where(*chosen(selection)).order_by(FigureLine.id).limit(PAGE)
    page = session.scalars(query).all()
    while page:
        yield from page
        session.expunge_all()
        after = page[-1].id
        page = session.scalars(query.where(FigureLine.id > after)).all()


def with_bases(session: Session, ids: Sequence[int]) -> Mapping[int, Rests]:
    """By line the one whose inputs it rests on."""
    return bases_of(session, [session.get_one(FigureLine, key) for key in ids])


def bases_of(session: Session, wanted: Iterable[Rests]) -> Mapping[int, Rests]:
    """For each line the one whose inputs it rests on: itself, or what it corrects in the end."""
    bases = {line.id: line for line in wanted}
    for _step in range(_DEEPEST):
        ids = {line.corrects_id for line in bases.values() if line.corrects_id is not None}
        if not ids:
            break
        above: dict[int | None, Rests] = {}
        for part in chunks(sorted(ids)):
            query = rows.query(_Base, FigureLine, inputs=_INPUTS).where(FigureLine.id.in_(part))
            above |= {row.id: row for row in _read(rows.fill(_Base, session, query))}
        bases = {key: above.get(line.corrects_id, line) for key, line in bases.items()}
    return bases
