"""A spare part for own furniture: what may fit is taken, what is not there is wanted."""

import functools

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, purchases, repairs, shop, stock, wants
from moebelcirkel.services.repairs import PartTaken, PartWish
from moebelcirkel.services.shop import CardKey
from moebelcirkel.services.stock import SparePart
from moebelcirkel.services.units import values as unit_values
from tests import trade
from tests.services import shopping
from tests.services.sound import assert_whole
from tests.services.tampering import tamper
from tests.services.test_orders_race import together
from tests.services.test_parts import ARM, apart
from tests.services.wanting import held
from tests.world import World

SOFI = "Kontorstol HÅG SoFi 7200"


def steps(world: World) -> dict[str, int]:
    found = purchases.funnel(world.person("leader"), world.context.today(), world.context.today())
    return {step.name: step.pieces for step in found.steps if step.pieces}


def on_shelf(world: World) -> CardKey:
    (part,) = repairs.fitting(world.person("leader"), world.chair, "office_task_chair")
    return CardKey(part.article_id, part.condition, part.price_ore)


def test_parts_of_the_same_type_come_first_then_of_the_same_kind(world: World) -> None:
    leader = world.person("leader")
    apart(world)
    other = shopping.article(world, "Kontorstol RH", "office_task_chair")
    [donor] = trade.put_on_sale(world, 1, article_id=other, state="received", listed_at=None)
    stock.dismantle(world.person("lager"), donor, (SparePart("Aa-hjul", 5, 0),), "B", world.shelf)
    found = repairs.fitting(leader, world.chair, "office_task_chair")
    assert [(each.name, each.same_type, each.pieces, each.source) for each in found] == [
        (ARM, True, 2, SOFI),
        ("Aa-hjul", False, 5, "Kontorstol RH"),
    ]
    assert {each.same_type for each in repairs.fitting(leader, None, "office_task_chair")} == {
        False
    }
    assert repairs.fitting(leader, None, "sofa_2_seat") == []
    assert_whole(world)


def test_a_part_fits_by_what_it_was_taken_from_whatever_its_note_says(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    done = apart(world)
    first, second = done.part_ids
    note = unit_values.UnitValues(note="ridset")
    unit_values.save(lager, first, note, trade.unit(world, first).version)

    # An older one is known by its note alone.
    tamper(world, f"UPDATE unit SET taken_from_id = NULL WHERE id = {second}")
    found = repairs.fitting(leader, world.chair, "office_task_chair")
    assert [(each.same_type, each.pieces, each.source) for each in found] == [(True, 2, SOFI)]


def test_a_part_is_taken_and_ends_in_the_funnel_as_a_spare_part(world: World) -> None:
    leader = world.person("leader")
    apart(world)
    done = repairs.take_part(leader, world.school, PartWish(what=SOFI, key=on_shelf(world)))
    assert (len(done.unit_ids), done.want_id) == (1, None)
    assert steps(world) == {"Spare part": 1}
    (plan,) = purchases.plans(leader)
    (line,) = purchases.kept(leader, plan.id).plan.lines
    assert line.planned.words == f"{ARM} til {SOFI}"
    assert shopping.send(leader, world.school).order_id
    with pytest.raises(Refused):
        changes.undo(leader, done.change_id or 0)
    assert_whole(world)


def test_what_is_not_there_is_wanted_and_held_when_it_comes(world: World) -> None:
    leader = world.person("leader")
    done = repairs.take_part(leader, world.school, PartWish(what=SOFI, pieces=2, part="Armlæn"))
    assert (done.unit_ids, done.missing) == ((), 2)
    assert steps(world) == {"Wanted, not found yet": 2}
    parts = apart(world)
    assert held(leader, done.want_id or 0) == list(parts.part_ids)
    assert wants.detail(leader, done.want_id or 0).note == f"Til {SOFI}"
    assert_whole(world)


def test_fewer_than_asked_are_taken_and_the_rest_is_wanted_and_all_is_undone(world: World) -> None:
    leader = world.person("leader")
    apart(world)
    wish = PartWish(what=SOFI, pieces=3, key=on_shelf(world))
    done = repairs.take_part(leader, world.school, wish)
    assert (len(done.unit_ids), done.missing) == (2, 1)
    assert steps(world) == {"Spare part": 2, "Wanted, not found yet": 1}
    changes.undo(leader, done.change_id or 0)
    assert steps(world) == {}
    assert shop.basket(leader, world.school).lines == ()
    assert purchases.plans(leader) == ()
    on_shelf(world)
    assert_whole(world)


def test_who_may_and_what_must_be_said(world: World) -> None:
    leader, other = world.person("leader"), shopping.neighbour(world)
    with pytest.raises(Refused, match="You do not have the right"):
        repairs.take_part(other, world.school, PartWish(what=SOFI, part=ARM))
    with pytest.raises(Refused) as nameless:
        repairs.take_part(leader, world.school, PartWish(what=SOFI))
    assert nameless.value.field == "part"
    assert steps(world) == {}


def test_two_at_once_never_get_the_same_part(world: World) -> None:
    leader, other = world.person("leader"), shopping.neighbour(world)
    apart(world, SparePart(ARM, 1, 75_00))
    wish = PartWish(what=SOFI, key=on_shelf(world))
    answers = together(
        functools.partial(repairs.take_part, leader, world.school, wish),
        functools.partial(repairs.take_part, other, world.home, wish),
    )
    found = [each for each in answers if isinstance(each, PartTaken)]
    assert sorted(len(each.unit_ids) for each in found) == [0, 1]
    assert_whole(world)


def test_how_many_is_refused_at_its_field(world: World) -> None:
    leader = world.person("leader")
    for pieces in (-1, 0, 10**12):
        with pytest.raises(Refused, match="between 1 and 999") as wrong:
            repairs.take_part(
                leader, world.school, PartWish(what=SOFI, part="Armlæn", pieces=pieces)
            )
        assert wrong.value.field == "pieces"
    assert_whole(world)
