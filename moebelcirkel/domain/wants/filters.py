"""The shop's filters that a want keeps to, where its own fields cannot say them: one of each."""

import functools
import json
from collections.abc import Collection, Iterable, Mapping

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import SHOP_FACTS

#: What types are filtered by, and pieces.
TYPE_FILTERS = ("category_key", "ecolabel", "hands")
OF_PIECE = ("condition", *SHOP_FACTS)

#: Types themselves, by their ids.
TYPES = "article_id"

Within = Mapping[str, frozenset[str]]
_NOTHING: Within = {}


def write_within(chosen: Mapping[str, Collection[str]]) -> str | None:
    """As it is kept; nothing where nothing is chosen."""
    kept = {name: sorted(values) for name, values in sorted(chosen.items()) if values}
    return json.dumps(kept, ensure_ascii=False) if kept else None


@functools.lru_cache(maxsize=256)
def read_within(kept: str | None) -> Within:
    """By filter the values of which one must be there; refuses what no shop has written."""
    if kept is None:
        return _NOTHING
    try:
        said = json.loads(kept)
        return {name: frozenset(_values(name, said[name])) for name in _known(said)}
    except (TypeError, ValueError):
        raise Refused(N_("Choose from the list.")) from None


def _known(said: Mapping[str, object]) -> Iterable[str]:
    if not isinstance(said, dict) or not said.keys() <= {*TYPE_FILTERS, *OF_PIECE, TYPES}:
        raise ValueError
    return said


def _values(name: str, values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError
    if name == TYPES and not all(each.isdecimal() for each in values):
        raise ValueError
    return values


def is_readable(kept: str | None) -> bool:
    """Whether a shop has written it; only a damaged file can hold what none has."""
    try:
        read_within(kept)
    except Refused:
        return False
    return True
