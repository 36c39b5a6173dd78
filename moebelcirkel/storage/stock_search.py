"""How a typed word finds pieces: by label, by a code on them, by their type, or by their place.

A label number is found as such only, and a place word by word, so that "reol 7" does not bring
every piece with a 7 somewhere in its number.
"""

import re
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from moebelcirkel.domain.fold import like_pattern
from moebelcirkel.domain.shop import stems
from moebelcirkel.storage.articles import Article
from moebelcirkel.storage.places import Place
from moebelcirkel.storage.units import Unit, UnitCode

_LABEL = re.compile(r"(?:([a-z]{1,4})-?)?([0-9]{1,12})(?:-([0-9]))?")
_PREFIX = re.compile(r"[a-z]{1,4}")
#: What is shorter stands in the middle of too many words and numbers.
_INSIDE_WORD, _INSIDE_CODE = 3, 4

Condition = ColumnElement[bool]


def mentions(word: str) -> Condition:
    """The folded word is in the type's or the place's text, or in a number or code of the piece."""
    found = [
        Unit.article_id.in_(select(Article.id).where(_in_type(word))),
        Unit.place_id.in_(select(Place.id).where(_in_place(word))),
        *_labelled(word),
    ]
    if any(character.isdigit() for character in word):
        found.append(Unit.id.in_(select(UnitCode.unit_id).where(_in_code(word))))
    return or_(*found)


def _like(column: Any, pattern: str) -> Condition:
    found: Condition = column.like(pattern, escape="\\")
    return found


def _in_type(word: str) -> Condition:
    """Numbers and short words where a word or a measure begins, longer words anywhere."""
    text, plain = Article.search_text, like_pattern(word)
    if word.isdigit() and len(word) < _INSIDE_WORD:
        return or_(_like(text, f"% {plain} %"), _like(text, f"% {plain}x%"))
    if word.isdigit():
        return or_(_like(text, f"% {plain}%"), _like(text, f"%x{plain}%"))
    if len(word) < _INSIDE_WORD:
        return _like(text, f"% {plain}%")
    ends = [_like(text, f"%{like_pattern(stem)} %") for stem in stems(word)]
    return or_(_like(text, f"%{plain}%"), *ends)


def _in_place(word: str) -> Condition:
    """A number is the whole number of a rack; other words are found by how they begin."""
    end = " " if word.isdigit() else ""
    return _like(Place.search_text, f"% {like_pattern(word)}{end}%")


def _in_code(word: str) -> Condition:
    code, plain = func.lower(UnitCode.code), like_pattern(word)
    if len(word) >= _INSIDE_CODE:
        return _like(code, f"%{plain}%")
    return or_(code == word, _like(code, f"{plain} %"), _like(code, f"% {plain}"))


def _labelled(word: str) -> list[Condition]:
    """The word is a label number, whole or begun, with or without prefix and check digit."""
    number = func.lower(Unit.number)
    if _PREFIX.fullmatch(word):
        return [_like(number, f"{word}-%")]
    found = _LABEL.fullmatch(word)
    if found is None:
        return []
    prefix, digits, check = found.groups()
    own = [] if prefix is None else [_like(number, f"{prefix}-%")]
    if check is not None:
        return [and_(*own, Unit.serial == int(digits), _like(number, f"%-{check}"))]
    ways = [Unit.serial == int(digits)]
    if prefix is not None and len(digits) > 1:
        ways.append(and_(Unit.serial == int(digits[:-1]), _like(number, f"%-{digits[-1]}")))
    if prefix is not None:
        ways.append(_like(number, f"{prefix}-{digits}%"))
    elif digits.startswith("0") and len(digits) >= _INSIDE_WORD:
        ways.append(_like(number, f"%-{digits}%"))
    return [and_(*own, or_(*ways))]
