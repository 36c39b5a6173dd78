"""The line of open wants: of many, those are looked at that a freed piece may be for."""

import datetime as dt

from moebelcirkel.services import parameters
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import wants as want_queries
from tests import trade
from tests.services import shopping
from tests.services.sound import assert_whole
from tests.services.wanting import held, want
from tests.world import World


def test_of_wants_those_are_in_question_that_a_piece_may_be_for(
    world: World, leader: Context
) -> None:
    other = shopping.article(world, "Mødestol Lammhults", "visitor_chair")
    (unit,) = trade.put_on_sale(world, 1)
    for more in (
        {"condition": "A"},
        {"ceiling_ore": trade.PRICE - 1},
        {"category_key": "visitor_chair"},
        {"words": "", "article_id": other},
    ):
        want(leader, world.school, **more)
    fits = want(leader, world.school, words="reol", ceiling_ore=trade.PRICE)
    called = want(leader, world.school, words="whiteboard", category_key="office_task_chair")
    with leader.read() as session:
        (offer,) = want_queries.free(session, leader.now(), [unit])
        today = leader.today()
        asking = want_queries.asking(session, today, [offer])
        later = want_queries.asking(session, today + dt.timedelta(days=31), [offer])
        waiting = want_queries.lacking(session, leader.now(), today, [called, fits])
    assert asking == [(fits, "reol"), (called, "whiteboard")]
    assert later == []
    assert [(each.id, each.missing) for each in waiting] == [(fits, 1), (called, 1)]
    assert (held(leader, fits), held(leader, called)) == ([], [])
    assert_whole(world)


def test_words_that_mean_the_same_from_now_on_find_what_is_put_on_sale(
    world: World, leader: Context
) -> None:
    made = want(leader, world.school, words="siddemøbel")
    trade.put_on_sale(world, 1)
    assert held(leader, made) == []
    parameters.save(world.person("admin"), {"synonyms": "siddemøbel = kontorstol"})
    (there,) = trade.put_on_sale(world, 1)
    assert held(leader, made) == [there]
    assert_whole(world)


def test_a_line_that_no_type_answered_finds_the_type_that_is_new(
    world: World, leader: Context
) -> None:
    made = want(leader, world.school, words="trampoliner")
    trade.put_on_sale(world, 1)
    assert held(leader, made) == []
    new = shopping.article(world, "Trampolin", "armchair")
    (there,) = trade.put_on_sale(world, 1, article_id=new)
    assert held(leader, made) == [there]
    assert_whole(world)
