"""Saml sættet: what is there into the basket, the rest as a want, and the line of the plan."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.shop import Member, Query, SoughtSet, Span
from moebelcirkel.services import changes, purchases, shop, wants
from moebelcirkel.services.changes import details
from moebelcirkel.services.context import Context
from moebelcirkel.services.purchases import SetForm, SetTaken
from moebelcirkel.services.shop import CardKey
from moebelcirkel.services.wants import WantForm
from tests import trade
from tests.services import shopping
from tests.services.planning import answer, lines, plan
from tests.services.sound import assert_whole
from tests.services.test_orders_race import together
from tests.world import World


def wish(world: World) -> WantForm:
    return WantForm(dt.date(2027, 1, 1), Answer.YES, article_id=world.chair)


def chairs(world: World, leader: Context, pieces: int, line_id: int | None = None) -> SetForm:
    """As the window asks for the set that it shows."""
    (line,) = purchases.look(leader, f"{pieces} kontorstole").lines
    assert line.gathered is not None
    cards = [(key_of(member), count) for member, count in line.gathered.members]
    return SetForm(pieces, cards, wish(world), line_id)


def key_of(member: Member) -> CardKey:
    return CardKey(member.article_id, member.condition, member.price_ore)


def held(context: Context, world: World) -> int:
    return shop.basket(context, world.school).pieces


def ended(leader: Context, made: int) -> list[tuple[int, str | None]]:
    return [(line.pieces, line.ending) for line in lines(leader, made)]


def test_what_is_there_is_held_and_the_rest_wanted_in_one_change(
    world: World, leader: Context
) -> None:
    trade.put_on_sale(world, 3)
    like = shopping.article(
        world, "Kontorstol RH 400", "office_task_chair", colour="Sort", width_mm=690
    )
    trade.put_on_sale(world, 2, article_id=like)
    made = plan(leader, world.school, "12 kontorstole\n1 sofa")
    line = lines(leader, made)[0].id
    done = purchases.gather(leader, world.school, chairs(world, leader, 12, line))
    assert (len(done.unit_ids), done.missing) == (5, 7)
    assert held(leader, world) == 5
    (want,) = wants.listed(leader)
    assert (want.number, want.pieces, want.held) == (done.want_number, 7, 0)
    assert ended(leader, made) == [(5, "taken"), (7, "wanted"), (1, None)]
    assert_whole(world)
    changes.undo(leader, done.change_id or 0)
    assert (held(leader, world), wants.listed(leader)) == (0, ())
    assert ended(leader, made) == [(12, None), (1, None)]
    assert_whole(world)


def test_a_card_that_is_named_twice_is_taken_once(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    ((card, _count),) = chairs(world, leader, 3).cards
    done = purchases.gather(leader, world.school, SetForm(4, [(card, 1), (card, 2)], wish(world)))
    assert (len(done.unit_ids), done.missing, held(leader, world)) == (3, 1, 3)
    assert_whole(world)


def test_a_set_that_is_whole_wants_nothing(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 5)
    made = plan(leader, world.school, "5 kontorstole")
    line = lines(leader, made)[0].id
    done = purchases.gather(leader, world.school, chairs(world, leader, 3, line))
    assert (done.missing, done.want_id, wants.listed(leader)) == (0, None, ())
    assert ended(leader, made) == [(3, "taken"), (2, None)]
    changes.undo(leader, done.change_id or 0)
    assert ended(leader, made) == [(5, None)]
    assert_whole(world)


def test_a_set_is_not_undone_under_what_was_said_of_its_lines_since(
    world: World, leader: Context
) -> None:
    trade.put_on_sale(world, 6)
    made = plan(leader, world.school, "10 kontorstole")
    line = lines(leader, made)[0].id
    done = purchases.gather(leader, world.school, chairs(world, leader, 10, line))
    taken = purchases.reopen(leader, line)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(leader, done.change_id or 0)
    changes.undo(leader, taken.change_id or 0)
    changes.undo(leader, done.change_id or 0)
    assert ended(leader, made) == [(10, None)]
    assert_whole(world)


def test_of_two_who_reach_for_the_last_one_has_it_and_the_other_wants_more(
    world: World, leader: Context
) -> None:
    (unit,) = trade.put_on_sale(world, 1)
    other = shopping.neighbour(world)
    form = chairs(world, leader, 2)
    found = together(
        lambda: purchases.gather(leader, world.school, form),
        lambda: purchases.gather(other, world.home, form),
    )
    taken = [each for each in found if isinstance(each, SetTaken)]
    assert sorted(each.unit_ids for each in taken) == [(), (unit,)]
    assert sorted(each.missing for each in taken) == [1, 2]
    assert_whole(world)


def test_a_line_that_was_answered_meanwhile_takes_nothing(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    made = plan(leader, world.school, "2 kontorstole")
    form = chairs(world, leader, 2, lines(leader, made)[0].id)
    answer(leader, made, 0, "lent", 2)
    with pytest.raises(Refused, match="answered meanwhile"):
        purchases.gather(leader, world.school, form)
    assert held(leader, world) == 0
    assert_whole(world)


def test_nothing_there_and_nothing_wanted_is_refused(world: World, leader: Context) -> None:
    (unit,) = trade.put_on_sale(world, 1)
    form = chairs(world, leader, 1)
    trade.hold(world, unit, world.home)
    with pytest.raises(Refused, match="no more of these"):
        purchases.gather(leader, world.school, SetForm(1, form.cards))
    with pytest.raises(Refused, match="do not have the right"):
        purchases.gather(shopping.neighbour(world), world.school, form)
    with pytest.raises(Refused, match="from 1 to 500"):
        purchases.gather(leader, world.school, SetForm(501, form.cards))


def test_a_set_is_not_undone_once_its_want_has_ended(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    done = purchases.gather(leader, world.school, chairs(world, leader, 2))
    assert done.want_id is not None
    wants.end(leader, done.want_id)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(leader, done.change_id or 0)
    assert held(leader, world) == 1
    assert_whole(world)


def test_a_set_keeps_to_the_filters_that_it_was_found_by(world: World, leader: Context) -> None:
    box = shopping.article(world, "Klodser", "toys_box")
    small = trade.put_on_sale(world, 2, article_id=box, toy_age="0-2", price_ore=10_000)
    trade.put_on_sale(world, 3, article_id=box, toy_age="6-9", price_ore=10_000)
    trade.put_on_sale(world, 4, article_id=box, condition="D", toy_age="0-2", price_ore=10_000)
    query = Query(text="9 klodser", conditions=frozenset({"A", "B"}), toy_age=frozenset({"0-2"}))
    sought = SoughtSet.of("9 klodser", query)
    (line,) = purchases.look(leader, sought.text, sought.within).lines
    assert line.shop == 2
    (whole,) = purchases.look(leader, sought.text).lines
    assert whole.shop == 9
    assert line.gathered is not None
    cards = [(key_of(member), count) for member, count in line.gathered.members]
    rest = WantForm(dt.date(2027, 1, 1), Answer.YES, words="klodser")
    form = SetForm(9, cards, rest, None, sought.within)
    done = purchases.gather(leader, world.school, form)
    assert (list(done.unit_ids), done.missing) == (small, 7)
    assert_whole(world)


def test_of_several_choices_the_rest_keeps_to_one_of_them(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    within = Query(
        ecolabels=frozenset({"Svanen", "FSC"}),
        categories=frozenset({"office_task_chair", "bar_stool"}),
        conditions=frozenset("AC"),
        hands=frozenset("1"),
        toy_age=frozenset({"0-2", "3-5"}),
    )
    rest = WantForm(dt.date(2027, 1, 1), Answer.YES, "klodser", pieces=9)
    done = purchases.gather(
        leader, world.school, SetForm(9, [], rest, within=replace(within, hands=frozenset()))
    )
    want_id = done.want_id or 0
    detail = wants.detail(leader, want_id)
    assert detail.kept_to == (
        "Barstol / Kontorstol (arbejdsstol) · A / C · FSC / Svanen · Aldersgruppe: 0–2 år / 3–5 år"
    )

    def held_after(label: str, condition: str, category: str = "bar_stool", **more: Any) -> int:
        name = f"Klodser {label} {condition} {category} {more}"
        kind = shopping.article(world, name, category, ecolabel=label)
        trade.put_on_sale(world, 1, article_id=kind, condition=condition, **more)
        return len(wants.detail(leader, want_id).held)

    assert held_after("FSC", "B", toy_age="3-5") == 0
    assert held_after("Blauer Engel", "A", toy_age="3-5") == 0
    assert held_after("FSC", "A", "dining_table", toy_age="3-5") == 0
    assert held_after("FSC", "A", toy_age="6-9") == 0
    assert held_after("FSC", "A") == 0
    assert held_after("FSC", "C", toy_age="3-5") == 1
    assert held_after("Svanen", "A", "office_task_chair", toy_age="0-2") == 2
    form = WantForm(
        dt.date(2027, 1, 1), Answer.YES, "klodser", pieces=8, within=detail.within, condition="C"
    )
    wants.correct(leader, want_id, form)
    assert len(wants.detail(leader, want_id).held) == 2
    dropped = wants.correct(leader, want_id, replace(form, within=None))
    assert wants.detail(leader, want_id).kept_to == ""
    [row, *_holds] = details.of(world.person("admin"), dropped.change_id or 0)
    told = [(each.label, each.before, each.after) for each in row.fields]
    assert ("Butikkens filtre", "Ja", "") in told
    for wrong in ("x", "[]", '{"name": ["a"]}', '{"hands": "1"}', '{"article_id": ["x"]}'):
        with pytest.raises(Invalid):
            wants.correct(leader, want_id, replace(form, within=wrong))
    by_weight = purchases.gather(leader, world.school, SetForm(9, [], rest, within=within))
    assert "Én person" in wants.detail(leader, by_weight.want_id or 0).kept_to
    assert_whole(world)


def test_a_search_without_filters_narrows_nothing() -> None:
    assert SoughtSet.of("9 klodser", Query(text="klodser", least=9)).within is None


def test_what_is_missing_keeps_to_the_filters_of_the_set(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    within = Query(
        conditions=frozenset("AB"),
        colours=frozenset({"blaa"}),
        size_marks=frozenset("56"),
        height=Span(450, 470),
        max_price_ore=90_000,
        categories=frozenset({"office_task_chair"}),
        toy_age=frozenset({"3-5"}),
    )
    rest = WantForm(dt.date(2027, 1, 1), Answer.YES, "stole")
    done = purchases.gather(leader, world.school, SetForm(2, [], rest, within=within))
    assert done.want_id is not None
    detail = wants.detail(leader, done.want_id)
    assert detail.words == "stole højde 45-47 str. 5 str. 6 farve blå"
    assert (detail.category_key, detail.row.condition) == ("office_task_chair", "B")
    assert (detail.row.ceiling_ore, detail.toy_age, detail.held) == (90_000, None, ())
    for colour, height, held_now in (("Rød", 460, 0), ("Mørkeblå", 500, 0), ("Mørkeblå", 460, 1)):
        like = shopping.article(
            world,
            f"Kontorstol {colour} {height}",
            "office_task_chair",
            colour=colour,
            height_min_mm=height,
            size_mark="6",
        )
        trade.put_on_sale(world, 1, article_id=like, condition="B", price_ore=80_000)
        assert len(wants.detail(leader, done.want_id).held) == held_now
    by_type = purchases.gather(leader, world.school, SetForm(2, [], wish(world), within=within))
    found = wants.detail(leader, by_type.want_id or 0)
    assert (found.words, found.category_key, found.row.condition) == ("", None, "B")
    assert_whole(world)
