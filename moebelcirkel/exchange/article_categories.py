"""The category of an imported line, from the words its name begins with or its category column."""

import re
from collections.abc import Mapping as Lookup
from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.article_cells import collapsed, shortened
from moebelcirkel.exchange.mapping import LEFT_OUT

_WORD = re.compile(r"[^\s,;+/·]+")


class CategoryFinder:
    """Finds a line's category key by the choices made for the whole file.

    Where a part of the name begins with some of the words, the longest of them decide, so "Table"
    and "Table top" may mean different things. Else the value in the category column decides, and
    ``fixed`` where there is none.
    """

    def __init__(
        self,
        words: Sequence[tuple[str, str]],
        categories: Lookup[str, str | None],
        fixed: str | None,
    ) -> None:
        self._rules = {_split(phrase): (phrase, key) for phrase, key in words}
        self._longest = max(map(len, self._rules), default=0)
        self._values = {collapsed(value): key for value, key in categories.items()}
        self._fixed = fixed

    def find(self, names: Sequence[str], value: str | None) -> str:
        """The key for the parts of a name and the category column's value, None without one."""
        if rule := self._by_words(names):
            return _furniture(rule[1], rule[0])
        if not value:
            if self._fixed:
                return self._fixed
            if value is None:
                raise Refused(N_("No category is chosen for the line."))
            raise Refused(N_("The category is missing."))
        key = self._values.get(value)
        if key is None:
            raise Refused(N_("No category is chosen for “{value}”."), value=shortened(value))
        return _furniture(key, value)

    def _by_words(self, names: Sequence[str]) -> tuple[str, str] | None:
        if not self._rules:
            return None
        starts = [_split(name)[: self._longest] for name in names]
        for count in range(self._longest, 0, -1):
            for start in starts:
                if len(start) >= count and (rule := self._rules.get(start[:count])):
                    return rule
        return None


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _furniture(key: str, text: str) -> str:
    if key == LEFT_OUT:
        raise Refused(
            N_("Left out by the choice of categories: “{text}” is not a piece of furniture."),
            text=shortened(text),
        )
    return key
