"""Before buying new: each line of a plan held against all that is there."""

import datetime as dt
from typing import Any

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import orders, parameters, pickups, purchases, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.services import shopping
from tests.services.reported import report
from tests.world import World


def test_a_line_tells_what_is_in_the_shop_at_givers_and_being_made_ready(
    world: World, leader: Context
) -> None:
    trade.put_on_sale(world, 3)
    trade.put_on_sale(world, 2, condition="C", price_ore=80_000)
    trade.put_on_sale(world, 4, state="workshop")
    trade.put_on_sale(world, 1, state="received")
    pickups.report(leader, report(world))
    plan = purchases.look(leader, "12 kontorstole")
    (line,) = plan.lines
    assert (line.shop, line.cheapest_ore) == (5, 80_000)
    assert (line.becoming, line.workshop, line.givers) == (5, 4, 62)
    assert (line.alike, line.types) == (5, 1)
    assert (plan.covered, plan.pieces) == (5, 12)


def test_a_line_tells_what_may_do_instead(world: World, leader: Context, admin: Context) -> None:
    (line,) = purchases.look(leader, "2 kontorstole").lines
    assert (line.beside.earliest, line.beside.own) == (None, 0)
    worn: dict[str, Any] = {"holder_id": world.school, "place_id": None, "state": "delivered"}
    trade.put_on_sale(world, 3, condition="D", **worn)
    trade.put_on_sale(world, 2, condition="A", **worn)
    trade.put_on_sale(world, 4, condition="C", **{**worn, "holder_id": world.home})
    trade.put_on_sale(world, 1)
    parameters.save(admin, {"loan_rate_ore": 300})
    (line,) = purchases.look(leader, "2 kontorstole").lines
    promised = shop.basket(leader, world.school).offers[0].way.promised_on
    assert (line.beside.earliest, line.beside.rate_ore, line.beside.own) == (promised, 300, 3)
    (other,) = purchases.look(leader, "2 bogreoler").lines
    assert other.beside == purchases.Beside(None, 300, 0)
    made = purchases.keep(leader, world.school, "2 kontorstole").id
    assert purchases.kept(leader, made).plan.lines[0].beside == line.beside


def test_what_one_has_of_the_kind_may_be_adapted(world: World, leader: Context) -> None:
    own: dict[str, Any] = {"holder_id": world.school, "place_id": None, "state": "delivered"}
    trade.put_on_sale(world, 2, **own)
    trade.put_on_sale(world, 4, **{**own, "holder_id": world.home})
    (line,) = purchases.look(leader, "2 kontorstole med hjul").lines
    assert line.beside.adaptable == 0  # nothing is of that name, so nobody knows the kind
    (line,) = purchases.look(leader, "2 kontorstole").lines
    offered = orders.adapt_choices(leader, world.school, world.chair).tasks
    assert line.beside.adaptable == 2
    assert line.beside.tasks == tuple(each.name for each in offered)
    (other,) = purchases.look(leader, "reol").lines
    assert (other.beside.adaptable, other.beside.tasks) == (0, ())


def test_what_stands_with_givers_says_when_the_first_is_fetched(
    world: World, leader: Context, lager: Context
) -> None:
    made = pickups.report(leader, report(world))
    (line,) = purchases.look(leader, "12 kontorstole").lines
    assert (line.givers, line.beside.fetched_on) == (62, None)
    on = leader.today() + dt.timedelta(days=3)
    pickups.plan(lager, made.pickup_id, on)
    (line,) = purchases.look(leader, "12 kontorstole").lines
    assert line.beside.fetched_on == on


def test_a_line_is_a_set_over_types_that_are_near_alike(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    like = shopping.article(
        world, "Kontorstol RH 400", "office_task_chair", colour="Sort", width_mm=690
    )
    trade.put_on_sale(world, 2, article_id=like)
    (line,) = purchases.look(leader, "4 kontorstole").lines
    assert line.gathered is not None
    assert [(each.name, count) for each, count in line.gathered.members] == [
        ("Kontorstol HÅG SoFi 7200", 3),
        ("Kontorstol RH 400", 1),
    ]
    assert line.gathered.differ == ("type", "measures")


def test_what_others_hold_is_not_there(world: World, leader: Context) -> None:
    (unit,) = trade.put_on_sale(world, 1)
    trade.hold(world, unit, world.home)
    assert purchases.look(leader, "kontorstol").lines[0].shop == 0


def test_new_ones_cost_their_price_a_levy_and_co2(
    world: World, leader: Context, admin: Context
) -> None:
    trade.put_on_sale(world, 1, condition="B")
    (line,) = purchases.look(leader, "kontorstol").lines
    assert (line.new.price_ore, line.new.levy_ore) == (335_000, 0)
    assert line.new.co2_g == 72_000
    assert line.new.year_ore is not None
    assert line.year_ore is not None
    assert line.year_ore < line.new.year_ore
    parameters.save(admin, {"levy_ore": 121_000})
    assert purchases.look(leader, "kontorstol").levy_ore == 8_712
    parameters.save(admin, {"levy_categories": "desk_fixed"})
    assert purchases.look(leader, "kontorstol").levy_ore == 0
    assert purchases.look(leader, "2 kontorstole 4.000 kr.").new_ore == 800_000


def test_a_card_of_the_shop_says_what_levy_a_new_one_pays(
    world: World, leader: Context, admin: Context
) -> None:
    desk = shopping.article(world, "Hæve-sænkebord", "desk_sit_stand")
    trade.put_on_sale(world, 1, article_id=desk)
    key = shop.CardKey(desk, "B", trade.PRICE)
    assert shop.card(leader, key).levy_ore == 0
    table = "Hæve-sænkebord; Kontorstol = 500"
    parameters.save(admin, {"levy_ore": 121_000, "levy_categories": table})
    assert shop.card(leader, key).levy_ore == 130 * 1_210_00 // 1000  # as set 2026.2 has it
    trade.put_on_sale(world, 1)
    chair = shop.CardKey(world.chair, "B", trade.PRICE)
    assert shop.card(leader, chair).levy_ore == 72 * 500_00 // 1000


def test_the_levy_is_by_the_municipalitys_table(
    world: World, leader: Context, admin: Context
) -> None:
    trade.put_on_sale(world, 1)
    table = "Kontorstol = 1.000,50 kr.; Kontorstole = 2.000; Opbevaring; Borde"
    parameters.save(admin, {"levy_ore": 121_000, "levy_categories": table})
    (chair,) = purchases.look(leader, "kontorstol").lines
    assert chair.category_key == "office_task_chair"
    assert chair.new.levy_ore == round(72 * 100_050 / 1000)
    parameters.save(admin, {"levy_categories": "Kontorstole = 2.000"})
    assert purchases.look(leader, "kontorstol").levy_ore == 72 * 200
    parameters.save(admin, {"levy_categories": "Opbevaring = 5"})
    assert purchases.look(leader, "kontorstol").levy_ore == 0


def test_a_category_is_known_by_its_name_where_nothing_is_there(leader: Context) -> None:
    (known, strange) = purchases.look(leader, "Reol\nRumraket").lines
    assert known.category_key is not None
    assert known.new.price_ore
    assert (strange.category_key, strange.new.price_ore, strange.new.co2_g) == (None, None, None)


def test_ten_thousand_pasted_lines_are_refused_plainly(leader: Context) -> None:
    with pytest.raises(Refused, match="at most 100"):
        purchases.look(leader, "stol\n" * 10_000)


def test_a_hundred_lines_are_answered(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    trade.put_on_sale(world, 1, article_id=shopping.article(world, "Reol", "bookcase_wood"))
    plan = purchases.look(leader, "kontorstol\nreol\n" * 50)
    assert [line.shop for line in plan.lines] == [2, 1] * 50


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "Varenr.;Varetekst;Antal;Stykpris\n7200;Kontorstol HÅG;12;3.350,00\n;;;\n8;Reol;2;\n",
            "Kontorstol HÅG\t12\t3350,00 kr.\nReol\t2",
        ),
        ("Item,Qty,Price\nDesk; oak,4,4200.50\n", "Desk, oak\t4\t4200,50 kr."),
    ],
)
def test_a_plan_is_read_from_a_file_as_if_it_were_pasted(
    leader: Context, data: str, said: str
) -> None:
    found = purchases.read_file(leader, data.encode(), "plan.csv")
    assert found == said
    assert purchases.look(leader, found).lines


def test_a_file_that_is_too_long_or_no_table_is_refused_plainly(leader: Context) -> None:
    long = "Vare;Antal\n" + "stol;1\n" * 10_000
    with pytest.raises(Refused, match="has 10000 lines"):
        purchases.read_file(leader, long.encode(), "plan.csv")
    with pytest.raises(Refused, match="is called Vare"):
        purchases.read_file(leader, b"Nr;Ting;Stykker\n1;stol;2\n2;bord;3\n", "plan.csv")
    with pytest.raises(Refused, match="PDF"):
        purchases.read_file(leader, b"%PDF-1.7", "plan.pdf")


def test_who_may_not_shop_plans_nothing(world: World) -> None:
    with pytest.raises(Refused):
        purchases.look(world.person("bench"), "stol")


def test_a_line_knows_other_words_and_slips(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    (line,) = purchases.look(leader, "3 kontrostole").lines
    assert line.shop == 3
