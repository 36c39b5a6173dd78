"""A search that finds nothing is tried again with the words that were meant."""

from collections.abc import Iterable
from dataclasses import replace

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop import Query, spoken
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
    known_words = spoken(names)
    meant = {word: shop_search.right(word, known_words) for word in strange}
    right = {word: known_words[found] for word, found in meant.items() if found is not None}
    if not right:
        return None
    typed = query.text.split()
    return replace(query, text=" ".join(right.get(fold(each), each) for each in typed))
