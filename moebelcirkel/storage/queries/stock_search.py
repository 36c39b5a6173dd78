"""How typed words find pieces: by label, by a code on them, by their type, or by their place.

A label number is found as such only, and a place word by word, so that "reol 7" does not bring
every piece with a 7 somewhere in its number.

A condition of "this type or this place or this number" would be asked of every piece there is. So
the pieces are found on several ways that exclude each other, each by an index of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.fold import like_pattern
from moebelcirkel.domain.labels import MAX_SERIAL_DIGITS, SERIAL_DIGITS
from moebelcirkel.domain.shop import stems
from moebelcirkel.storage import search_index
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit, UnitCode

_LABEL = re.compile(r"(?:([a-z]{1,4})-?)?([0-9]{1,12})(?:-([0-9]))?")
_PREFIX = re.compile(r"[a-z]{1,4}")
#: What is shorter stands in the middle of too many words and numbers.
_INSIDE_WORD, _INSIDE_CODE = 3, 4
_MOST_SERIAL = 2**31 - 1

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class WordFound:
    """Where one word stands: the ids of the types that have it, and of the places, if any do."""

    types: Select[int]
    places: Select[int] | None


@dataclass(frozen=True, slots=True)
class Ways:
    """How words find pieces.

    ``words`` tell the same by type and place alone; ``None`` where numbers or codes find some too.
    """

    conditions: tuple[Condition, ...]
    words: tuple[WordFound, ...] | None


def ways(session: Session, words: Sequence[str]) -> Ways | None:
    """Conditions on pieces that exclude each other; together they find what has every word.

    The first is that the type has them all. On each of the others the first word that the type
    has not is found by place, number or code.
    """
    if not words:
        return None
    result: list[Condition] = [Unit.article_id.in_(types(session, words))]
    found = _found(session, words)
    by_type = [types(session, [word]) for word in words]
    has = [Unit.article_id.in_(each) for each in by_type]
    for at, others in enumerate(found):
        ways = [[way.condition for way in each] for each in found[at + 1 :]]
        rest = [or_(own, *more) for own, more in zip(has[at + 1 :], ways, strict=True)]
        not_yet: list[Condition] = [not_(has[at])]
        for other in (way.condition for way in others):
            result.append(and_(other, *has[:at], *not_yet, *rest))
            not_yet.append(not_(func.coalesce(other, false())))
    known = all(way.places for others in found for way in others)
    told = zip(by_type, (others[0].rows if others else None for others in found), strict=True)
    return Ways(tuple(result), tuple(WordFound(*each) for each in told) if known else None)


def types(session: Session, words: Iterable[str]) -> Select[int]:
    """The ids of the types that have every word."""
    return article_queries.called(session, [_needles(word) for word in words])


def on_server(session: Session) -> bool:
    """Whether PostgreSQL answers, which guesses wrong how many pieces some words find.

    It then reads all pieces in their order, and asks of each whether its type is one of those
    found, one after the other.
    """
    return session.connection().dialect.name == "postgresql"


@dataclass(frozen=True, slots=True)
class _Way:
    """A condition on a piece, and the rows that tell whether it finds anything at all."""

    condition: Condition
    rows: Select[int]
    #: These are places.
    places: bool = False


def _found(session: Session, words: Iterable[str]) -> list[list[_Way]]:
    """What beside its type finds a piece by each word.

    Most words are no place and no number; one question tells which are.
    """
    sources = [_others(session, word) for word in words]
    there = [exists(way.rows) for others in sources for way in others]
    hits = iter(session.execute(select(*there)).one())
    return [[way for way in others if next(hits)] for others in sources]


def _others(session: Session, word: str) -> list[_Way]:
    places = select(Place.id).where(_in_place(word))
    found = [_Way(Unit.place_id.in_(places), places, places=True)]
    labels = _labelled(word)
    if labels:
        found.append(_Way(or_(*labels), select(Unit.id).where(or_(*labels))))
    if any(character.isdigit() for character in word):
        codes = select(UnitCode.unit_id).where(_in_code(session, word))
        found.append(_Way(Unit.id.in_(codes), codes))
    return found


def _like(column: Any, pattern: str) -> Condition:
    found: Condition = column.like(pattern, escape="\\")
    return found


def _needles(word: str) -> tuple[str, ...]:
    """Numbers and short words where a word or a measure begins, longer words anywhere."""
    if word.isdigit() and len(word) < _INSIDE_WORD:
        return f" {word} ", f" {word}x"
    if word.isdigit():
        return f" {word}", f"x{word}"
    if len(word) < _INSIDE_WORD:
        return (f" {word}",)
    return word, *(f"{stem} " for stem in stems(word))


def _in_place(word: str) -> Condition:
    """A number is the whole number of a rack; other words are found by how they begin."""
    end = " " if word.isdigit() else ""
    return _like(Place.search_text, f"% {like_pattern(word)}{end}%")


def _in_code(session: Session, word: str) -> Condition:
    code, plain = func.lower(UnitCode.code), like_pattern(word)
    inside = len(word) >= _INSIDE_CODE
    found = or_(code == word, _like(code, f"{plain} %"), _like(code, f"% {plain}"))
    if inside:
        found = _like(code, f"%{plain}%")
    if not search_index.stands(session.connection()):
        return found
    needles = [(word if inside else f" {word} ",)]
    padded = literal(" ") + code + literal(" ")
    return and_(
        search_index.containing(session, search_index.CODES, UnitCode.id, padded, needles), found
    )


def _labelled(word: str) -> list[Condition]:
    """The word is a label number, whole or begun, with or without prefix and check digit.

    Each way names a stretch of numbers, so that an index finds it.
    """
    if _PREFIX.fullmatch(word):
        return [_prefixed(word)]
    found = _LABEL.fullmatch(word)
    if found is None:
        return []
    prefix, digits, check = found.groups()
    own = [] if prefix is None else [_prefixed(prefix)]
    number = func.lower(Unit.number)
    if check is not None:
        return [and_(_serial(int(digits)), *own, _like(number, f"%-{check}"))]
    result = [and_(_serial(int(digits)), *own)]
    if prefix is not None and len(digits) > 1:
        ends = _like(number, f"%-{digits[-1]}")
        result.append(and_(_serial(int(digits[:-1])), *own, ends))
    if prefix is not None:
        result.extend(and_(each, *own) for each in _beginning(digits))
    elif digits.startswith("0") and len(digits) >= _INSIDE_WORD:
        result.extend(_beginning(digits))
    return result


def _prefixed(prefix: str) -> Condition:
    """Numbers are kept in capitals; the sign after the dash ends those with the prefix."""
    start = f"{prefix.upper()}-"
    return and_(Unit.number >= start, Unit.number < f"{prefix.upper()}.")


def _beginning(digits: str) -> Iterable[Condition]:
    """Serials whose digits, at least six, begin so: a stretch for each length."""
    for length in range(max(SERIAL_DIGITS, len(digits)), MAX_SERIAL_DIGITS + 1):
        if length > SERIAL_DIGITS and digits.startswith("0"):
            return
        step = 10 ** (length - len(digits))
        first = int(digits) * step
        yield _serial(first, first + step - 1)


def _serial(first: int, last: int | None = None) -> Condition:
    """One serial, or a stretch; more digits may be typed than the column holds."""
    if first > _MOST_SERIAL:
        return false()
    if last is None:
        return Unit.serial == first
    return Unit.serial.between(first, min(last, _MOST_SERIAL))
