"""Opening stock: the pieces that are there on the first day, from a list of them.

Nobody is said to have handed them in, and they belong to no received batch. Their earlier life is
judged by the condition alone, as that of every piece at its first registration.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import facts
from moebelcirkel.domain.categories import CategoryWords
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.days import year_bought
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import Kept
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.labels import label_number, parse_label
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.places import path_key
from moebelcirkel.domain.prices import suggested_price
from moebelcirkel.exchange.kinds.pieces import FIELDS, PieceRecord
from moebelcirkel.services import articles, figures
from moebelcirkel.services.context import Work
from moebelcirkel.services.imports.records import FileKind, ImportPlan, chunked, declared
from moebelcirkel.services.imports.types import KnownTypes
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.queries.imports import KnownType
from moebelcirkel.storage.queries.places import AnyPlace
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.units import Unit, UnitCode
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class NewType:
    """A type that a list makes because there is none of that number and name."""

    key: str
    name: str
    maker: str
    colour: str
    category_key: str


@dataclass(frozen=True, slots=True)
class PlannedPieces:
    """Alike pieces of one line: of a type that is there, or of a new one; and where they go."""

    line: int
    codes: tuple[str, ...]
    count: int
    name: str
    condition: str
    place_id: int
    place: str
    year: int | None
    note: str
    facts: Mapping[str, Kept]
    article_id: int | None
    new_type: NewType | None


# --- the plan -----------------------------------------------------------------------------------


def _plan(
    session: Session,
    records: Sequence[PieceRecord],
    plan: ImportPlan[PlannedPieces],
    today: dt.date,
) -> None:
    places, types = _Places(session), _Types(session)
    codes = _Codes(session, records)
    for record in records:
        with plan.line(record, "name"):
            codes.check(record, plan)
            if record.year is not None:
                _check_year(record.year, today)
            place = places.find(record.place)
            known, new = types.find(record)
            codes.take(record)
            plan.lines.append(
                like(
                    PlannedPieces,
                    record,
                    name=known.name if known else record.name,
                    place_id=place.id,
                    place=f"{place.code} {place.name}",
                    facts=facts.of(record),
                    article_id=known.id if known else None,
                    new_type=new,
                )
            )


def _check_year(year: int, today: dt.date) -> None:
    try:
        year_bought(year, today.year)
    except Refused as error:
        raise Refused(error.message, field="year", **error.values) from None


class _Codes:
    """Which old numbers are taken: by a registered piece, or by an earlier line of the file."""

    def __init__(self, session: Session, records: Sequence[PieceRecord]) -> None:
        self._registered = import_queries.carried(session, (c for r in records for c in r.codes))
        self._prefix = str(load_parameter(session, "label_prefix"))
        self._lines: dict[str, int] = {}

    def check(self, record: PieceRecord, plan: ImportPlan[PlannedPieces]) -> None:
        """Refuse a line whose old numbers cannot be its own."""
        for code in record.codes:
            if code in self._registered:
                raise plan.there(
                    N_("{code} is already on {number}. A code belongs to one piece only."),
                    field="codes",
                    code=code,
                    number=self._registered[code],
                )
            if code in self._lines:
                raise Refused(
                    N_(
                        "The old number {code} is already on line {line}, which counts because it"
                        " comes first."
                    ),
                    code=code,
                    line=self._lines[code],
                    field="codes",
                )
            if parse_label(code, self._prefix) is not None:
                raise Refused(
                    N_("{code} is a label number. Here are only codes that others have put on it."),
                    code=code,
                    field="codes",
                )
        if record.codes and len(record.codes) != record.count:
            raise Refused(
                N_(
                    "An old number belongs to one piece, but the line has {numbers} for {count}"
                    " pieces. Write one for each, divided by comma, or none."
                ),
                numbers=len(record.codes),
                count=record.count,
                field="codes",
            )

    def take(self, record: PieceRecord) -> None:
        """The line's numbers are its own now."""
        self._lines.update(dict.fromkeys(record.codes, record.line))


class _Places:
    """Finds the place a list means, by its code or by its path; never another one instead."""

    def __init__(self, session: Session) -> None:
        self._codes: dict[str, AnyPlace] = {}
        self._paths: defaultdict[tuple[str, ...], list[AnyPlace]] = defaultdict(list)
        for row in place_queries.every(session):
            self._codes[row.code] = row
            self._paths[path_key(row.name)].append(row)

    def find(self, text: str) -> AnyPlace:
        """The place; refuses one that is not there, not in use, or not the only one."""
        by_code = self._codes.get("".join(text.split()).upper())
        found = [by_code] if by_code else self._paths.get(path_key(text), [])
        in_use = [row for row in found if row.active]
        if len(in_use) > 1:
            raise Refused(
                N_("{count} places are called “{text}”. Write the code of the place."),
                count=len(in_use),
                text=text,
                field="place",
            )
        if in_use:
            return in_use[0]
        if found:
            raise Refused(
                N_("The place {code} is not in use any more. Choose another one."),
                code=found[0].code,
                field="place",
            )
        raise Refused(
            N_("There is no place “{text}”. Make it first, by hand or by a file of places."),
            text=text,
            field="place",
        )


class _Types:
    """Finds the type a line is of, or says which one is to be made."""

    def __init__(self, session: Session) -> None:
        self._known = KnownTypes(session)
        self._words = CategoryWords(articles.all_categories(session))
        self._made: dict[tuple[str, str, str], NewType] = {}

    def find(self, record: PieceRecord) -> tuple[KnownType | None, NewType | None]:
        """A registered type, or a new one that all lines naming it alike share."""
        known = self._known.find(record.key, record.name, record.maker)
        return (known, None) if known else (None, self._new(record))

    def _new(self, record: PieceRecord) -> NewType:
        if not record.name:
            if record.key:
                raise Refused(
                    N_(
                        "No furniture type has the number {key}. Write its name, so that it can be"
                        " made."
                    ),
                    key=record.key,
                    field="key",
                )
            raise Refused(N_("Write the name or the item number of the furniture type."))
        key = record.key.casefold()
        made = (key, "" if key else fold(record.name), "" if key else fold(record.maker))
        if made not in self._made:
            self._made[made] = NewType(
                record.key, record.name, record.maker, record.colour, self._category(record)
            )
        return self._made[made]

    def _category(self, record: PieceRecord) -> str:
        found = self._words.guess(record.category or record.name)
        if found is None:
            raise Refused(
                N_(
                    "It cannot be told which category “{text}” is. Write one, for example"
                    " “kontorstol”, in the column of categories."
                ),
                text=record.category or record.name,
                field="category",
            )
        return found


# --- writing ------------------------------------------------------------------------------------


def _write(work: Work, lines: Sequence[PlannedPieces], import_id: int) -> Iterator[int]:
    maker = _Maker(work, lines, import_id)
    for part in chunked(lines):
        maker.write(part)
        yield len(part)


class _Maker:
    """Writes pieces slice by slice: types first, then pieces, then the codes they carry."""

    def __init__(self, work: Work, lines: Sequence[PlannedPieces], import_id: int) -> None:
        self._work = work
        self._import_id = import_id
        self._serial = work.next_number("unit", sum(line.count for line in lines))
        self._prefix = str(work.parameter("label_prefix"))
        self._rule = articles.price_rule(work.session)
        self._factors = figures.load_factors(work.session, work.today)
        self._prices: dict[tuple[int, str], int] = {}
        self._ids: dict[NewType, int] = {}
        self._types: dict[int, Article] = {}

    def write(self, lines: Sequence[PlannedPieces]) -> None:
        """One slice."""
        self._make_types(lines)
        # All at once and held, since a price needs each of them.
        types = self._work.rows(Article, map(self._article, lines))
        self._types = {article.id: article for article in types}
        rows: list[Mapping[str, object]] = []
        carried: list[tuple[int, str]] = []
        for line in lines:
            carried += [(len(rows) + at, code) for at, code in enumerate(line.codes)]
            rows += self._units(line)
        ids = self._work.bulk_insert(Unit, rows)
        codes = [{"unit_id": ids[at], "code": code} for at, code in carried]
        self._work.bulk_insert(UnitCode, codes)

    def _units(self, line: PlannedPieces) -> Iterator[Mapping[str, object]]:
        article_id = self._article(line)
        shared = {
            "article_id": article_id,
            "state": State.RECEIVED.value,
            "condition": line.condition,
            "place_id": line.place_id,
            "price_ore": self._price(article_id, line.condition),
            "received_on": self._work.today,
            "acquired_year": line.year,
            "note": line.note,
            **line.facts,
        }
        for _ in range(line.count):
            number = label_number(self._prefix, self._serial)
            yield {**shared, "serial": self._serial, "number": number}
            self._serial += 1

    def _article(self, line: PlannedPieces) -> int:
        return line.article_id if line.new_type is None else self._ids[line.new_type]  # type: ignore[return-value]

    def _price(self, article_id: int, condition: str) -> int:
        if (article_id, condition) not in self._prices:
            new_price, _own = figures.new_price(self._factors, self._types[article_id])
            price = suggested_price(new_price, Condition(condition), self._rule)
            self._prices[article_id, condition] = price
        return self._prices[article_id, condition]

    def _make_types(self, lines: Sequence[PlannedPieces]) -> None:
        """New types, and new values for those that an undone import left over."""
        wanted = {line.new_type for line in lines if line.new_type} - self._ids.keys()
        new = sorted(wanted, key=lambda each: (each.key, each.name, each.maker))
        left = import_queries.left_over(self._work.session, [each.key for each in new if each.key])
        made = [each for each in new if each.key not in left]
        ids = self._work.bulk_insert(Article, [self._columns(each) for each in made])
        self._ids.update(zip(made, ids, strict=True))
        for each in new:
            if article := left.get(each.key):
                for name, value in self._columns(each).items():
                    setattr(article, name, value)
                self._ids[each] = article.id

    def _columns(self, new: NewType) -> dict[str, object]:
        return {
            "key": new.key or None,
            "name": new.name,
            "maker": new.maker,
            "colour": new.colour,
            "category_key": new.category_key,
            "import_id": self._import_id,
        }


# --- undoing ------------------------------------------------------------------------------------


def _undo(work: Work, change: Change) -> None:
    """As its events say; where a piece has moved on since, what can be done instead is said."""
    try:
        undo.undo(work, change)
    except Refused as error:
        raise Refused(
            N_("{reason} Take that back first, or undo the registration of single pieces instead."),
            reason=error,
        ) from error


PIECES = declared(FileKind("pieces", FIELDS, PieceRecord, _plan, _write), own_rule=_undo)
