"""A program that is open all day holds no more in the afternoon than in the morning."""

import functools
import gc
import itertools
import random
from typing import Any

from moebelcirkel.domain.shop import Query
from moebelcirkel.services import articles, overview, shop
from tests.services.hands import Hands
from tests.world import World

_ACTS = 60


def _act(hands: Hands, chance: random.Random) -> None:
    number = chance.randrange(1_000)
    word = f"stol {number}"
    acts: list[tuple[Any, ...]] = [
        (hands.receive, 1 + number % 3, "ABC"[number % 3], number % 2),
        (hands.sell, number),
        (hands.to_workshop, number),
        (hands.order, number, 1),
        (hands.scrap, number),
        (hands.undo, number),
        (shop.search, hands.leader, Query(word), hands.institution),
        (articles.suggest, hands.hall, word),
        (overview.places, hands.world.person("controller")),
    ]
    call, *given = chance.choice(acts)
    call(*given)


def _held(world: World, hands: Hands, chance: random.Random) -> tuple[int, int, dict[str, int]]:
    """After a round: objects alive, statements the engine knows, and what unbounded caches hold."""
    for _time in range(_ACTS):
        _act(hands, chance)
    hands.done.clear()
    hands.made.clear()
    gc.collect()
    objects = gc.get_objects()
    caches = {
        f"{each.__module__}.{each.__qualname__}": each.cache_info().currsize
        for each in objects
        if isinstance(each, functools._lru_cache_wrapper)
        and each.__module__.startswith("moebelcirkel.")
        and each.cache_info().maxsize is None
    }
    return len(objects), len(world.context.database.engine._compiled_cache or ()), caches


def test_a_day_of_work_leaves_nothing_behind_in_memory(world: World) -> None:
    hands, chance = Hands(world), random.Random(7)
    rounds = [_held(world, hands, chance) for _round in range(6)][1:]
    objects, statements, caches = zip(*rounds, strict=True)
    # What each act left behind would be there after every round; chance is not.
    assert min(later - before for before, later in itertools.pairwise(objects)) < _ACTS // 2
    assert min(later - before for before, later in itertools.pairwise(statements)) == 0
    for name in caches[-1]:
        held = [each.get(name, 0) for each in caches]
        assert min(later - before for before, later in itertools.pairwise(held)) == 0, name
