"""Every search answers anything that can be typed or pasted, on both engines, without a fault."""

from collections.abc import Callable

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fold import MOST_QUERY, MOST_WORDS, words
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import (
    articles,
    cases,
    factors,
    institutions,
    orders,
    places,
    shop,
    users,
)
from moebelcirkel.services.articles import lists as article_list
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import login
from moebelcirkel.services.stock import lists as stock_list
from tests.world import World

Ask = Callable[[Context, str], object]
SEARCHES: dict[str, Ask] = {
    "article list": article_list.find,
    "articles": articles.suggest,
    "cases": cases.board,
    "factors": lambda context, text: factors.factors(context, factors.sets(context)[0].id, text),
    "institutions": institutions.find,
    "log-in": lambda context, text: login.log_in(context, text, text),
    "orders": lambda context, text: orders.listed(context, text=text),
    "places": places.find,
    "scan": stock_list.scan,
    "shop": lambda context, text: shop.search(context, Query(text=text)),
    "stock": lambda context, text: stock_list.find(context, StockFilter(text=text)),
    "users": users.find,
}
PASTED = {
    "100,000 signs": "stol " * 20_000,
    "one word of 100,000": "s" * 100_000,
    "100,000 different words": " ".join(f"s{number}" for number in range(16_000)),
    "100,000 digits": "1234567890" * 10_000,
    "measures": "80x" * 33_000,
    "a height without end": f"højde {'9' * 40}",
    "a count without end": f"{'9' * 40} stole",
    "percent signs": "%_\\" * 33_000,
    "NUL": "a\0b",
    "half a pair": "a\ud83db",
    "no sign": "a\uffffb",
    "markup": '<b>x</b> & "Åse" 😀',
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=list(PASTED))
def test_a_search_answers_whatever_is_asked(world: World, pasted: str) -> None:
    """It finds nothing, or is refused in plain words."""
    for ask in SEARCHES.values():
        try:
            ask(world.context, pasted)
        except Refused as refused:
            assert refused.message  # noqa: PT017 - either answer is right


def test_only_the_beginning_of_a_long_query_is_looked_for() -> None:
    assert words("stol " * 20_000) == ("stol",)
    assert words("s" * 100_000) == ("s" * MOST_QUERY,)
    assert len(words(" ".join(map(str, range(1_000))))) == MOST_WORDS
