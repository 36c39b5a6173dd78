"""Searching the stock and the shop by words, each beside the bare driver asking the same."""

import functools
import random
import statistics
from collections.abc import Callable, Sequence

from moebelcirkel.domain.lifecycle import IN_STOCK
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import shop
from moebelcirkel.services.cases import reading as case_board
from moebelcirkel.services.context import Context
from moebelcirkel.services.stock import lists as stock_list
from tests.bench.services_bench import person
from tests.bench.table import Table, percentile, seconds
from tests.bench.tape import Tape

_MISSPELT = ("kontrostol", "bogreool", "whitebord hvid", "hævesænkebrod")
_WORDS = (
    "stol",
    "kontorstol",
    "hæve",
    "haeve",
    "eg",
    "bord",
    "sofa uld",
    "reol",
    "skab stål",
    "bøg",
    "svanemærket",
    "puf",
    "lænestol",
    "whiteboard",
    "elevstol",
    "mødebord rundt",
    "grå",
    "160x80",
    "tavle",
    "hæve-sænkebord hvid",
    "nordsol",
    "lampe",
    "konto",
    "sænke",
    "klap",
    "blå stol",
    *_MISSPELT,
)
_SEARCHES = 200
#: In what time words that nothing is called by should be answered with what was meant.
_MEANT = 0.060
_TIMES = 9
#: So often what needs no words is asked.
_ALIKE = 20

Ask = Callable[[], object]


def searches(table: Table, engine: str, context: Context, limit: float) -> None:
    """First pages with their counts for words as people type them, and what needs no words."""
    leader = context.as_actor(person(context, "leder"))
    home = shop.institutions(leader)[0].id
    lager = context.as_actor(person(context, "lager"))

    def first_page(wanted: StockFilter) -> None:
        stock_list.find(lager, wanted)

    in_house = frozenset(state.value for state in IN_STOCK)
    kinds: dict[str, Callable[[str], object]] = {
        "shop search": lambda text: shop.search(leader, Query(text), home),
        "stock search": lambda text: first_page(StockFilter(text=text, states=in_house)),
        "stock search, all states": lambda text: first_page(StockFilter(text=text)),
    }
    for name, search in kinds.items():
        _many(table, f"{engine}: {name}", context, limit, search, _typed())
    _many(
        table,
        f"{engine}: shop search, misspelt",
        context,
        max(limit, _MEANT),
        kinds["shop search"],
        _MISSPELT * _TIMES,
    )
    (label,) = {row.number for row in stock_list.find(lager, StockFilter(), limit=1).rows}
    _one(
        table,
        f"{engine}: stock, a label number",
        context,
        0.010,
        lambda: first_page(StockFilter(text=label)),
    )
    _one(
        table,
        f"{engine}: shop, everything",
        context,
        limit,
        lambda: shop.search(leader, Query(), home),
    )
    _one(
        table,
        f"{engine}: stock, everything in the house",
        context,
        limit,
        lambda: first_page(StockFilter(states=in_house)),
    )
    _one(table, f"{engine}: stock, everything", context, limit, lambda: first_page(StockFilter()))
    bench = context.as_actor(person(context, "vaerksted"))
    _one(table, f"{engine}: the workshop's board", context, 0.030, lambda: case_board.board(bench))


def _typed() -> list[str]:
    """Every third word is not finished."""
    chance = random.Random(5)
    found = []
    for number in range(_SEARCHES):
        word = chance.choice(_WORDS)
        found.append(
            word[: chance.randint(min(3, len(word)), len(word))] if number % 3 == 0 else word
        )
    return found


def _many(
    table: Table,
    name: str,
    context: Context,
    limit: float,
    search: Callable[[str], object],
    texts: Sequence[str],
) -> None:
    ours, bare = [], []
    for text in texts:
        ask = functools.partial(search, text)
        ours.append(seconds(ask))
        bare.append(_bare(context, ask))
    table.times(f"{name}, p50", statistics.median(ours), statistics.median(bare), 3)
    table.most(f"{name}, p95", percentile(ours, 0.95), limit, percentile(bare, 0.95))


def _one(table: Table, name: str, context: Context, limit: float, ask: Ask) -> None:
    ours = [seconds(ask) for _time in range(_ALIKE)]
    bare = [_bare(context, ask) for _time in range(_ALIKE)]
    table.note(f"{name}, p50", 1000 * statistics.median(ours), "ms")
    table.most(f"{name}, p95", percentile(ours, 0.95), limit, percentile(bare, 0.95))


def _bare(context: Context, ask: Ask) -> float:
    tape = Tape()
    tape.record(context.database.engine, ask)
    return tape.play(context.database.engine)
