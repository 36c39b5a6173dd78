"""Wants: made and corrected in plain words, served first come first, ordered by one click."""

import datetime as dt
import functools
from typing import Any

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.wants import WantStanding
from moebelcirkel.services import orders, pickups, shop, stock, wants
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.shop import Hold
from tests import trade
from tests.clock import Clock
from tests.services import reported, shopping
from tests.services.sound import assert_whole
from tests.services.test_orders_race import together
from tests.services.wanting import form, held, want
from tests.world import World


def test_what_is_reported_and_may_fit_is_told(
    world: World, leader: Context, lager: Context
) -> None:
    chairs = want(leader, world.school, condition="B")
    others = [want(leader, world.school, condition="A"), want(leader, world.school, words="reol")]
    key = reported.gift(world)
    assert [each.pieces for each in wants.detail(leader, chairs).coming] == [62]
    assert [wants.detail(leader, other).coming for other in others] == [(), ()]
    pickups.refuse(lager, key, "Firmaet bruger dem selv.")
    assert wants.detail(leader, chairs).coming == ()


# --- making -------------------------------------------------------------------------------------


def test_a_want_has_a_number_and_stands_in_the_list_of_its_institution_alone(
    world: World, leader: Context
) -> None:
    made = wants.create(leader, world.school, form(leader, pieces=12, note="Til 3.b"))
    assert made.number == "E-000001"
    (row,) = wants.listed(leader)
    assert (row.number, row.what, row.pieces, row.standing) == (
        "E-000001",
        "kontorstole",
        12,
        WantStanding.OPEN,
    )
    neighbour = shopping.neighbour(world)
    assert wants.listed(neighbour) == ()
    with pytest.raises(Refused):
        wants.detail(neighbour, made.id)
    with pytest.raises(Refused):
        wants.create(neighbour, world.school, form(neighbour))
    assert_whole(world)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"words": ""}, "words", "Write what you need"),
        ({"words": "!!!"}, "words", "Write what you need"),
        ({"words": "s" * 500}, "words", "may be 200 characters"),
        ({"words": "stol 010190-1234"}, "words", "CPR number"),
        ({"pieces": 0}, "pieces", "between 1 and 500"),
        ({"pieces": 10_000}, "pieces", "between 1 and 500"),
        ({"ceiling_ore": -1}, "ceiling_ore", "from 0 to 1 million"),
        ({"use_by": None}, "use_by", "Choose the last day"),
        ({"use_by": dt.date(2020, 1, 1)}, "use_by", "The day is past"),
        ({"use_by": dt.date(2099, 1, 1)}, "use_by", "too far away"),
        ({"answer": None}, "answer", "Choose one of the answers"),
        ({"condition": "E"}, "condition", "Choose from the list"),
        ({"category_key": "none"}, "category_key", "Choose from the list"),
        ({"article_id": 999}, "article_id", "Choose from the list"),
        ({"cost_bearer_id": 999}, "cost_bearer_id", "does not belong"),
        ({"note": "n" * 501}, "note", "may be 500 characters"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(
    world: World, leader: Context, wrong: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        want(leader, world.school, **wrong)
    assert list(refused.value.errors) == [field]
    assert said in str(refused.value.errors[field])
    assert wants.listed(leader) == ()


def test_words_of_a_page_are_kept_as_they_were_typed(world: World, leader: Context) -> None:
    made = want(leader, world.school, words="<b>x</b>")
    assert wants.detail(leader, made).words == "<b>x</b>"


def test_a_closed_institution_wants_nothing_more_and_nothing_is_held_for_it(
    world: World, leader: Context
) -> None:
    made = want(leader, world.school)
    shopping.close(world, world.school)
    trade.put_on_sale(world, 1)
    assert held(leader, made) == []
    with pytest.raises(Refused, match="not in use any more"):
        want(leader, world.school)
    assert_whole(world)


def test_it_is_corrected_with_its_version_and_what_no_longer_fits_is_let_go(
    world: World, leader: Context
) -> None:
    units = trade.put_on_sale(world, 3)
    made = want(leader, world.school, pieces=3)
    assert held(leader, made) == units
    row = wants.detail(leader, made).row
    wants.correct(leader, made, form(leader, pieces=2), row.version)
    assert held(leader, made) == units[:2]
    with pytest.raises(Stale):
        wants.correct(leader, made, form(leader, pieces=3), row.version)
    wants.correct(leader, made, form(leader, pieces=2, ceiling_ore=trade.PRICE - 1))
    assert held(leader, made) == []
    assert wants.detail(leader, made).dearer == 3
    with pytest.raises(Refused, match="nothing to correct"):
        wants.correct(leader, made, form(leader, pieces=2, ceiling_ore=trade.PRICE - 1))
    assert_whole(world)


def test_an_employee_changes_only_the_own_wants(world: World, employee: Context) -> None:
    leader = world.person("leader")
    made = want(leader, world.school)
    with pytest.raises(Refused):
        wants.end(employee, made)
    own = want(employee, world.school)
    wants.end(leader, own)
    assert [row.standing for row in wants.listed(leader)] == [WantStanding.ENDED, WantStanding.OPEN]


# --- serving ------------------------------------------------------------------------------------


def test_what_is_asked_again_answers_for_what_followed_too(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 1)
    lager = world.person("lager")
    stock.take_off_sale(lager, units)
    key = want(leader, world.school)
    asked = lager.with_request("sale")
    first, again = (stock.put_on_sale(asked, units) for _time in range(2))
    assert held(leader, key) == units
    assert first == again


def test_what_is_put_on_sale_is_held_for_the_first_in_line(world: World, leader: Context) -> None:
    other = shopping.neighbour(world)
    first, second = want(leader, world.school, pieces=2), want(other, world.home, pieces=2)
    units = trade.put_on_sale(world, 3)
    assert (held(leader, first), held(other, second)) == (units[:2], units[2:])
    row = wants.detail(leader, first).row
    assert (row.held, row.standing) == (2, WantStanding.FOUND)
    assert {line.key for line in shop.basket(leader, world.school).lines} == {shopping.key(world)}
    with pytest.raises(Refused, match="no more of these"):
        shop.hold(other, world.home, shopping.key(world), 1)
    assert_whole(world)


def test_what_does_not_fit_stays_on_sale(world: World, leader: Context) -> None:
    other = shopping.article(world, "Mødestol Lammhults", "visitor_chair")
    misses = [
        want(leader, world.school, words="reol"),
        want(leader, world.school, condition="A"),
        want(leader, world.school, ceiling_ore=trade.PRICE - 1),
        want(leader, world.school, category_key="visitor_chair"),
        want(leader, world.school, words="", article_id=other),
        want(leader, world.school, words="stol højde 30-40"),
    ]
    units = trade.put_on_sale(world, 1)
    assert all(held(leader, each) == [] for each in misses)
    fits = want(leader, world.school, words="12 stole, højde 98-115", ceiling_ore=trade.PRICE)
    assert held(leader, fits) == units
    assert_whole(world)


def test_of_wants_in_the_same_words_each_gets_only_what_fits_it(
    world: World, leader: Context
) -> None:
    cheap = want(leader, world.school, ceiling_ore=trade.PRICE - 1)
    good = want(leader, world.school, condition="A", pieces=3)
    any_of_them = want(leader, world.school, pieces=2)
    units = trade.put_on_sale(world, 3)
    assert [held(leader, each) for each in (cheap, good, any_of_them)] == [[], [], units[:2]]
    cheaper = trade.put_on_sale(world, 2, price_ore=trade.PRICE - 1)
    better = trade.put_on_sale(world, 1, condition="A")
    assert [held(leader, each) for each in (cheap, good)] == [cheaper[:1], better]
    assert_whole(world)


def test_a_search_and_a_want_of_the_same_words_find_the_same(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    for words in ("kontorstole", "hag", "sofi 7200", "sort stol", "eg", "bredde 68", "bredde 20"):
        found = shop.search(leader, Query(text=words)).total_units
        made = want(leader, world.school, words=words)
        assert len(held(leader, made)) == found, words
        wants.end(leader, made)


def test_a_cancelled_order_and_a_released_basket_serve_the_next_in_line(
    world: World, leader: Context
) -> None:
    other = shopping.neighbour(world)
    units = trade.put_on_sale(world, 2)
    shop.hold(other, world.home, shopping.key(world), 1)
    shop.hold(leader, world.school, shopping.key(world), 1)
    sent = shopping.send(leader, world.school)
    made = want(leader, world.school, pieces=2)
    assert held(leader, made) == []
    orders.cancel(leader, sent.order_id)
    assert held(leader, made) == units[1:]
    shop.release(other, world.home, units[:1])
    assert held(leader, made) == units
    assert_whole(world)


def test_a_hold_that_ends_passes_to_the_next_in_line_and_not_back(
    world: World, clock: Clock, leader: Context
) -> None:
    other = shopping.neighbour(world)
    first, second = want(leader, world.school), want(other, world.home)
    units = trade.put_on_sale(world, 1)
    assert held(leader, first) == units
    clock.advance(days=7)
    assert held(leader, first) == []
    served = wants.serve(world.person("lager"))
    assert (served.unit_ids, served.want_ids) == (tuple(units), (second,))
    assert held(other, second) == units
    assert [gone.free for gone in shop.basket(leader, world.school).gone] == [False]
    clock.advance(days=7)
    assert wants.serve(world.person("lager")).unit_ids == ()
    assert shop.hold(leader, world.school, shopping.key(world), 1).taken == 1
    assert_whole(world)


def test_what_ran_out_leaves_the_basket_when_something_else_is_found(
    world: World, clock: Clock, leader: Context
) -> None:
    made = want(leader, world.school)
    trade.put_on_sale(world, 1)
    clock.advance(days=7)
    assert shop.basket(leader, world.school).pieces == 1
    other = trade.put_on_sale(world, 1)
    assert held(leader, made) == other
    assert shop.basket(leader, world.school).pieces == 1
    assert shopping.send(leader, world.school).pieces == 1
    assert wants.detail(leader, made).row.standing is WantStanding.FILLED
    assert_whole(world)


def test_it_is_held_to_the_end_of_the_third_working_day(
    world: World, clock: Clock, leader: Context
) -> None:
    made = want(leader, world.school)
    trade.put_on_sale(world, 1)
    until = wants.detail(leader, made).row.until
    assert until is not None
    days = (until.date() - leader.today()).days
    assert days >= 3
    assert until.astimezone(dt.UTC).minute == 59


def test_serving_again_changes_nothing(world: World, leader: Context) -> None:
    made = want(leader, world.school, pieces=5)
    units = trade.put_on_sale(world, 2)
    before = len(trade.rows(world.context, select(Hold)))
    for _again in range(3):
        assert wants.serve(leader).unit_ids == ()
    assert held(leader, made) == units
    assert len(trade.rows(world.context, select(Hold))) == before == 2


def test_two_that_serve_at_once_give_the_last_piece_to_exactly_one(
    world: World, clock: Clock, leader: Context
) -> None:
    other = shopping.neighbour(world)
    later = leader.today() + dt.timedelta(days=150)
    first = want(leader, world.school, pieces=9, use_by=later)
    second = want(other, world.home, pieces=9, use_by=later)
    for price in range(6):
        (unit,) = trade.put_on_sale(world, 1, price_ore=price)
        assert held(leader, first) == [unit]
        clock.advance(days=7)
        serve = functools.partial(wants.serve, world.person("lager"))
        answers = together(serve, serve, functools.partial(wants.serve, other))
        assert not any(isinstance(answer, Refused) for answer in answers)
        assert held(other, second) == [unit]
        clock.advance(days=7)
    assert len(trade.rows(world.context, select(Hold))) == 6
    assert_whole(world)


def test_two_that_free_pieces_at_once_fill_a_want_no_further_than_it_goes(
    world: World, lager: Context, leader: Context
) -> None:
    made = want(leader, world.school, pieces=3)
    units = trade.put_on_sale(world, 8, state="ready", listed_at=None)
    together(
        functools.partial(stock.put_on_sale, lager, units[:4], trade.PRICE),
        functools.partial(stock.put_on_sale, lager, units[4:], trade.PRICE),
    )
    assert len(held(leader, made)) == 3
    assert len(trade.rows(world.context, select(Hold))) == 3
    assert_whole(world)


# --- other words --------------------------------------------------------------------------------


def test_a_want_knows_other_words_and_slips_as_the_shop_does(world: World, leader: Context) -> None:
    desk = shopping.article(world, "Skrivebord med motor", "desk_sit_stand")
    motor = want(leader, world.school, words="elbord")
    slip = want(leader, world.school, words="kontrostole")
    (there,) = trade.put_on_sale(world, 1, article_id=desk)
    (chair,) = trade.put_on_sale(world, 1)
    assert held(leader, motor) == [there]
    assert held(leader, slip) == [chair]
    wants.correct(leader, motor, form(leader, words="elbord", pieces=2))
    wants.correct(leader, slip, form(leader, words="kontrostol", pieces=2))
    assert (held(leader, motor), held(leader, slip)) == ([there], [chair])
    assert_whole(world)


def test_a_word_that_some_type_has_is_taken_as_it_stands(world: World, leader: Context) -> None:
    shopping.article(world, "Kontrastol", "armchair")
    made = want(leader, world.school, words="kontrastol")
    trade.put_on_sale(world, 1)
    assert held(leader, made) == []
    new = shopping.article(world, "Kontrostol", "armchair")
    later = want(leader, world.school, words="kontrostol")
    (there,) = trade.put_on_sale(world, 1, article_id=new)
    assert held(leader, later) == [there]
