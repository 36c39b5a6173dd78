"""Planned purchases that are kept: answered line by line, counted as a funnel, undone."""

import datetime as dt
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import changes, institutions, purchases
from moebelcirkel.services.context import Context
from moebelcirkel.services.purchases import AnswerForm
from moebelcirkel.storage.queries import purchases as purchase_queries
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.planning import answer, lines, plan
from tests.services.sound import assert_whole
from tests.world import World

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def told(context: Context, *more: int) -> dict[str, tuple[int, int]]:
    """The steps of the funnel that something ended at."""
    found = purchases.funnel(context, *YEAR, *more)
    return {step.name: (step.lines, step.pieces) for step in found.steps if step.lines}


def test_a_plan_is_kept_and_each_line_says_what_is_there_today(
    world: World, leader: Context
) -> None:
    made = purchases.keep(leader, world.school, "12 kontorstole 3.350 kr.\n2 reoler\n\n")
    assert made.number == "N-000001"
    trade.put_on_sale(world, 5)
    found = purchases.kept(leader, made.id)
    assert (found.row.number, found.row.lines, found.row.answered) == ("N-000001", 2, 0)
    assert [(each.planned.words, each.shop) for each in found.plan.lines] == [
        ("kontorstole", 5),
        ("reoler", 0),
    ]
    assert found.plan.lines[0].new.price_ore == 335_000
    assert [row.id for row in purchases.plans(leader)] == [made.id]
    assert_whole(world)


def test_some_pieces_of_a_line_are_answered_and_the_others_wait(
    world: World, leader: Context
) -> None:
    made = plan(leader, world.school)
    (first, _second) = lines(leader, made)
    done = purchases.answer(leader, first.id, AnswerForm("taken", 7, "af de grå"))
    assert (done.pieces, done.left) == (7, 5)
    found = [(each.words, each.pieces, each.ending) for each in lines(leader, made)]
    assert found == [("kontorstole", 7, "taken"), ("kontorstole", 5, None), ("reoler", 2, None)]
    assert purchases.plans(leader)[0].answered == 1
    undone = changes.undo(leader, done.change_id or 0)
    assert [(each.pieces, each.ending) for each in lines(leader, made)] == [(12, None), (2, None)]
    changes.redo(leader, undone.change_id or 0)
    assert [each.pieces for each in lines(leader, made)] == [7, 5, 2]
    assert_whole(world)


def test_what_must_be_new_says_why_and_whether_used_was_asked_for(
    world: World, leader: Context
) -> None:
    made = plan(leader, world.school)
    key = lines(leader, made)[0].id
    with pytest.raises(Invalid) as refused:
        purchases.answer(leader, key, AnswerForm("new", 12))
    assert set(refused.value.errors) == {"reason", "used_first"}
    purchases.answer(leader, key, AnswerForm("new", 12, "Skal kunne vaskes", used_first=False))
    said = lines(leader, made)[0]
    assert (said.ending, said.used_first, said.reason) == ("new", False, "Skal kunne vaskes")
    purchases.answer(leader, key, AnswerForm("lent", 12))
    said = lines(leader, made)[0]
    assert (said.ending, said.used_first, said.reason) == ("lent", None, "")
    assert_whole(world)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (AnswerForm("thrown away", 1), "ending"),
        (AnswerForm("taken", 0), "pieces"),
        (AnswerForm("taken", 13), "pieces"),
        (AnswerForm("taken", 1, "r" * 501), "reason"),
        (AnswerForm("taken", 1, "til 010190-1234"), "reason"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(
    world: World, leader: Context, form: AnswerForm, field: str
) -> None:
    made = plan(leader, world.school)
    with pytest.raises(Invalid) as refused:
        purchases.answer(leader, lines(leader, made)[0].id, form)
    assert list(refused.value.errors) == [field]
    assert lines(leader, made)[0].ending is None


def test_an_answer_is_taken_back_and_an_older_version_is_refused(
    world: World, leader: Context
) -> None:
    made = plan(leader, world.school)
    key = lines(leader, made)[0].id
    with pytest.raises(Refused, match="Nobody has answered"):
        purchases.reopen(leader, key)
    purchases.answer(leader, key, AnswerForm("not_needed", 12), 1)
    with pytest.raises(Stale):
        purchases.answer(leader, key, AnswerForm("taken", 12), 1)
    with pytest.raises(Refused, match="so already"):
        purchases.answer(leader, key, AnswerForm("not_needed", 12))
    purchases.reopen(leader, key)
    assert lines(leader, made)[0].ending is None
    assert_whole(world)


def test_the_funnel_counts_by_the_day_of_the_answer_and_leaves_out_what_was_given_up(
    world: World, leader: Context, clock: Clock
) -> None:
    made = plan(leader, world.school, "12 stole\n3 borde\n2 reoler\n1 sofa\n4 skabe\n9 lamper")
    answer(leader, made, 0, "taken", 12)
    answer(leader, made, 1, "repaired", 3)
    answer(leader, made, 2, "adapted", 2)
    answer(leader, made, 3, "not_needed", 1)
    answer(leader, made, 4, "new", 4, reason="Brandkrav", used_first=True)
    assert told(leader) == {
        "Need dropped": (1, 1),
        "Repaired or adapted": (2, 5),
        "Reuse": (1, 12),
        "Bought new": (1, 4),
    }
    found = purchases.funnel(leader, *YEAR)
    assert (found.lines, found.open_lines, found.open_pieces) == (5, 1, 9)
    clock.advance(days=400)
    answer(leader, made, 5, "wanted", 9)
    assert "Wanted, not found yet" not in told(leader)
    other = plan(leader, world.school, "1 stol")
    purchases.drop(leader, other)
    assert purchases.funnel(leader, *YEAR).open_lines == 0
    with pytest.raises(Refused, match="given up"):
        purchases.answer(leader, lines_of_dropped(world, other), AnswerForm("taken", 1))
    purchases.drop(leader, made)
    assert told(leader) == {}
    assert_whole(world)


def lines_of_dropped(world: World, plan_id: int) -> int:
    """The line of a plan that nobody is shown any more."""
    with world.context.read() as session:
        return purchase_queries.lines_of(session, plan_id)[0].id


def test_others_see_no_plan_and_answer_none(world: World, leader: Context) -> None:
    made = plan(leader, world.school)
    key = lines(leader, made)[0].id
    neighbour = shopping.neighbour(world)
    assert purchases.plans(neighbour) == ()
    for call in (
        lambda: purchases.kept(neighbour, made),
        lambda: purchases.answer(neighbour, key, AnswerForm("taken", 1)),
        lambda: purchases.drop(neighbour, made),
        lambda: purchases.keep(neighbour, world.school, "stol"),
        lambda: purchases.funnel(neighbour, *YEAR, world.school),
    ):
        with pytest.raises(Refused, match="do not have the right"):
            call()
    answer(leader, made, 0, "taken", 12)
    assert told(neighbour) == {}
    assert told(world.person("controller")) == told(leader, world.school) == {"Reuse": (1, 12)}


def test_a_plan_is_undone_until_it_is_answered(world: World, leader: Context) -> None:
    made = purchases.keep(leader, world.school, "1 stol")
    undone = changes.undo(leader, made.change_id or 0)
    assert purchases.plans(leader) == ()
    again = changes.redo(leader, undone.change_id or 0)
    answer(leader, made.id, 0, "taken", 1)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(leader, again.change_id or 0)
    assert_whole(world)


def test_nothing_and_too_much_is_no_plan(world: World, leader: Context, admin: Context) -> None:
    with pytest.raises(Refused, match="a line each"):
        purchases.keep(leader, world.school, "\n  \n12\n")
    with pytest.raises(Refused, match="at most 100"):
        purchases.keep(leader, world.school, "stol\n" * 10_000)
    with pytest.raises(Refused, match="CPR"):
        purchases.keep(leader, world.school, "stol til 010190-1234")
    row = institutions.get(admin, world.school)
    assert row is not None
    institutions.save(admin, replace(row.form, active=False), world.school, row.version)
    with pytest.raises(Refused, match="no longer in use"):
        purchases.keep(leader, world.school, "1 stol")
    assert purchases.plans(leader) == ()
