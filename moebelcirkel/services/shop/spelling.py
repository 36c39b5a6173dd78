"""A search that finds nothing is tried again with the words that were meant."""

import functools
from collections.abc import Iterable
from dataclasses import replace

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop import Query
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
    spoken = dict(pair for name in names for pair in _words(name))
    meant = {word: shop_search.right(word, spoken) for word in strange}
    right = {word: spoken[found] for word, found in meant.items() if found is not None}
    if not right:
        return None
    typed = query.text.split()
    return replace(query, text=" ".join(right.get(fold(each), each) for each in typed))


@functools.lru_cache(maxsize=8192)
def _words(name: str) -> tuple[tuple[str, str], ...]:
    """The words of a name, folded and as they are written; names come again with every search."""
    words = [word.strip(".,;:()") for word in name.split()]
    return tuple((fold(word), word.lower()) for word in words)
