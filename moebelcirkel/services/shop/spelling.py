"""A search that finds nothing is tried again with the words that were meant."""

from collections.abc import Iterable
from dataclasses import replace

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop import Query, meant, stems
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop.rows import CategoryName
from moebelcirkel.storage.work import Session


def respelled(session: Session, query: Query, known: Iterable[CategoryName]) -> Query | None:
    """The query with each word that no type has put right; none where there is nothing to."""
    strange = [
        word
        for word in query.wish().words
        if len(word) > 1 and not shop_search.is_known(session, word)
    ]
    if not strange:
        return None
    names = [*shop_search.names_on_sale(session), *(row.name_da for row in known)]
    spoken = {fold(word): word.lower() for name in names for word in _words(name)}
    right = {word: _right(word, spoken) for word in strange}
    if not any(right.values()):
        return None
    typed = query.text.split()
    return replace(query, text=" ".join(right.get(fold(each)) or each for each in typed))


def _words(name: str) -> list[str]:
    return [word.strip(".,;:()") for word in name.split()]


def _right(word: str, spoken: dict[str, str]) -> str | None:
    """The word itself, or as the plural of one that is known."""
    for form in (word, *stems(word)):
        if (found := meant(form, spoken)) is not None:
            return spoken[found]
    return None
