"""A part of other furniture is used in a task: in the piece, out of stock, and in the figures."""

import datetime as dt
import functools
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import cases, reports, stock, units
from moebelcirkel.services.stock import SparePart
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.storage.tables.cases import CaseTask, UnitCost
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.services import mending, repairing, shopping
from tests.services.sound import assert_whole
from tests.services.tampering import said_after, tamper
from tests.services.test_orders_race import together
from tests.services.test_parts import ARM, apart
from tests.services.undoing import undo
from tests.world import World

TASK = "Skift armlæn / beslag"  # 15 minutes, a new part at 150 kr., 3 kg


def opened(world: World, count: int = 1, task: str = TASK) -> tuple[int, int, list[int]]:
    """A case of so many chairs with the task, not done yet."""
    case, pieces = mending.case(world, count)
    kind = repairing.task(world, task)
    return case, cases.add_task(world.person("bench"), case, kind).task_id, pieces


def task_of(world: World, key: int) -> CaseTask:
    found: CaseTask = trade.row(world.context, CaseTask, key)
    return found


def costs(world: World, unit_id: int) -> tuple[int, int, Decimal, Decimal]:
    rows = trade.rows(world.context, select(UnitCost).where(UnitCost.unit_id == unit_id))
    return (
        sum(row.labour_ore for row in rows),
        sum(row.parts_ore for row in rows),
        sum((row.co2e_kg for row in rows), Decimal(0)),
        sum((row.co2e_high_kg for row in rows), Decimal(0)),
    )


def test_a_part_leaves_the_stock_and_the_task_costs_no_new_one(world: World) -> None:
    bench = world.person("bench")
    part = apart(world).part_ids[0]
    case, task, [chair] = opened(world)
    done = cases.use_part(bench, task, part)
    assert (done.saved_ore, done.number) == (150_00, trade.unit(world, part).number)
    left = trade.unit(world, part)
    assert (left.state, left.place_id, left.listed_at) == ("fitted", None, None)
    assert (task_of(world, task).done, task_of(world, task).parts_ore) == (True, 0)
    [shown] = cases.detail(bench, case).used
    assert (shown.number, shown.name, shown.piece) == (
        left.number,
        ARM,
        trade.unit(world, chair).number,
    )
    cases.finish(bench, case, "B", place_id=world.shelf)
    assert costs(world, chair) == (75_00, 0, Decimal("0.5"), Decimal("0.5"))
    assert_whole(world)


def test_a_part_of_the_same_type_is_offered_first_whatever_its_note_says(world: World) -> None:
    bench, lager = world.person("bench"), world.person("lager")
    other = shopping.article(world, "Kontorstol RH", "office_task_chair")
    table = shopping.article(world, "Skrivebord", "desk_fixed")
    for article in (table, other):
        [donor] = trade.put_on_sale(world, 1, article_id=article, state="received", listed_at=None)
        stock.dismantle(lager, donor, (SparePart("Aa-hjul", 1, 0),), "B", world.shelf)
    same = apart(world).part_ids
    [held, free] = same
    unit_values.save(
        lager, free, unit_values.UnitValues(note="ridset"), trade.unit(world, free).version
    )
    trade.hold(world, held, world.school)
    case, _task, _pieces = opened(world)
    found = cases.usable(bench, case)
    assert [(each.name, each.fit, each.source) for each in found] == [
        (ARM, 2, "Kontorstol HÅG SoFi 7200"),
        ("Aa-hjul", 1, "Kontorstol RH"),
        ("Aa-hjul", 0, "Skrivebord"),
    ]
    assert found[0].part_id == free


def test_it_is_found_by_its_number_and_others_are_refused(world: World) -> None:
    bench = world.person("bench")
    [held, free] = apart(world).part_ids
    case, task, [chair] = opened(world)
    [other] = trade.put_on_sale(world, 1)
    with pytest.raises(Refused, match="no spare part"):
        cases.use_part(bench, task, other)
    with pytest.raises(Refused, match="No piece carries the code") as refused:
        cases.use_part(bench, task, code="MC-999999")
    assert refused.value.field == "code"
    trade.hold(world, held, world.school)
    with pytest.raises(Refused, match="is in the basket of"):
        cases.use_part(bench, task, held)
    assert cases.use_part(bench, task, code=trade.unit(world, free).number).part_id == free
    with pytest.raises(Refused, match="cannot be used for a repair, because it is fitted"):
        cases.use_part(bench, task, free)
    with pytest.raises(Refused, match="Take the part out of it first"):
        cases.set_task(bench, task, done=False)
    with pytest.raises(Refused, match="Take the part out of it first"):
        cases.remove_task(bench, task)
    assert cases.detail(bench, case).pieces[0].unit_id == chair
    assert_whole(world)


def test_taken_out_it_lies_where_it_lay_and_the_task_needs_a_new_one(world: World) -> None:
    bench, lager = world.person("bench"), world.person("lager")
    part = apart(world).part_ids[0]
    case, task, [chair] = opened(world)
    cases.use_part(bench, task, part)
    out = cases.take_part_out(bench, part)
    assert trade.state(world.context, part) == "ready"
    assert trade.unit(world, part).place_id == world.shelf
    assert (task_of(world, task).parts_ore, cases.detail(bench, case).used) == (150_00, ())
    undo(bench, out)
    assert trade.state(world.context, part) == "fitted"
    cases.take_part_out(bench, part)
    stock.put_on_sale(lager, [part])
    cases.finish(bench, case, "B", place_id=world.shelf)
    assert costs(world, chair)[1:3] == (150_00, Decimal(3))
    assert_whole(world)


def test_undone_and_done_again_and_never_after_the_case_is_finished(world: World) -> None:
    bench = world.person("bench")
    part = apart(world).part_ids[0]
    case, task, [chair] = opened(world)
    first = cases.use_part(bench, task, part)
    undo(bench, first)
    assert trade.state(world.context, part) == "listed"
    assert (task_of(world, task).done, task_of(world, task).parts_ore) == (False, 150_00)
    done = cases.use_part(bench, task, part)
    finished = cases.finish(bench, case, "B", place_id=world.shelf)
    with pytest.raises(Refused):
        undo(bench, done)
    with pytest.raises(Refused, match="already finished"):
        cases.take_part_out(bench, part)
    assert_whole(world)
    undo(bench, finished)
    assert not any(costs(world, chair))
    assert trade.state(world.context, part) == "fitted"
    assert_whole(world)
    undo(bench, done)
    assert trade.state(world.context, part) == "listed"
    cases.set_task(bench, task, done=True)
    cases.finish(bench, case, "B", place_id=world.shelf)
    assert costs(world, chair)[1:3] == (150_00, Decimal(3))
    assert_whole(world)


def test_only_the_pieces_without_a_part_pay_for_new_ones(world: World) -> None:
    bench = world.person("bench")
    [one, two] = apart(world).part_ids
    case, task, chairs = opened(world, 3)
    with pytest.raises(Refused, match="Choose which piece") as refused:
        cases.use_part(bench, task, one)
    assert refused.value.field == "unit_id"
    assert cases.use_part(bench, task, one, unit_id=chairs[0]).saved_ore == 150_00
    # A second one in the same piece saves no further new one.
    assert cases.use_part(bench, task, two, unit_id=chairs[0]).saved_ore == 0
    split = cases.split(bench, case, chairs[:1])
    assert task_of(world, task).parts_ore == 300_00
    assert {each.part_id for each in cases.detail(bench, split.new_id).used} == {one, two}
    undo(bench, split)
    cases.finish(bench, case, "B", place_id=world.shelf, only=chairs[:2])
    cases.finish(bench, case, "B", place_id=world.shelf)
    assert [costs(world, key)[1:3] for key in chairs] == [
        (0, Decimal("0.5")),
        (150_00, Decimal(3)),
        (150_00, Decimal(3)),
    ]
    assert_whole(world)


def test_what_was_done_on_the_part_stays_booked_when_the_repaired_piece_is_scrapped(
    world: World,
) -> None:
    bench, lager = world.person("bench"), world.person("lager")
    part = apart(world).part_ids[0]
    own = cases.send(bench, [part]).case_id
    cases.add_task(bench, own, repairing.task(world, "Rengøring"), done=True)
    cases.finish(bench, own, "B", place_id=world.shelf)
    _case, task, [chair] = opened(world)
    cases.use_part(bench, task, part)
    gone = stock.scrap(lager, [chair], "broken")
    lines = trade.rows(world.context, select(FigureLine).order_by(FigureLine.unit_id))
    # Ten minutes and 5 kr. of cleaning the part; a quarter of an hour of putting it in.
    assert [(line.kind, line.unit_id, line.cash_ore) for line in lines] == [
        ("late_cost", part, -55_00),
        ("late_cost", chair, -75_00),
    ]
    assert [line.net_g for line in lines][1] == -500
    assert_whole(world)
    undo(lager, gone)
    lines = trade.rows(world.context, select(FigureLine))
    assert sum(line.cash_ore for line in lines) == 0
    cases.take_part_out(bench, part)
    assert_whole(world)


def test_the_first_of_two_parts_taken_out_leaves_the_piece_without_need_of_a_new_one(
    world: World,
) -> None:
    bench = world.person("bench")
    [one, two] = apart(world).part_ids
    case, task, chairs = opened(world, 2)
    cases.set_task(bench, task, done=True)
    first = cases.use_part(bench, task, one, unit_id=chairs[0])
    cases.use_part(bench, task, two, unit_id=chairs[0])
    with pytest.raises(Refused, match="something else uses it now"):
        undo(bench, first)
    out = cases.take_part_out(bench, one)
    assert (out.saved_ore, task_of(world, task).parts_ore) == (0, 150_00)
    undo(bench, out)
    cases.take_part_out(bench, one)
    last = cases.take_part_out(bench, two)
    assert (last.saved_ore, task_of(world, task).parts_ore) == (-150_00, 300_00)
    undo(bench, last)
    cases.finish(bench, case, "B", place_id=world.shelf)
    assert [costs(world, key)[1:3] for key in chairs] == [(0, Decimal("0.5")), (150_00, Decimal(3))]
    assert_whole(world)


def test_what_was_done_on_a_part_is_told_of_until_it_is_booked(world: World) -> None:
    bench, year = world.person("bench"), (dt.date(2026, 1, 1), dt.date(2026, 11, 20))
    part = apart(world).part_ids[0]
    own = cases.send(bench, [part]).case_id
    cases.add_task(bench, own, repairing.task(world, "Rengøring"), done=True)
    cases.finish(bench, own, "B", place_id=world.shelf)
    case, task, _pieces = opened(world)
    cases.use_part(bench, task, part)
    told = reports.preview(world.person("controller"), *year)
    # 55 kr. of cleaning the part, a quarter of an hour of putting it in.
    assert told.in_house is not None
    assert (told.in_house.ore, told.in_house.pieces, told.totals.cash_ore) == (130_00, 2, 0)
    cases.finish(bench, case, "B", place_id=world.shelf)
    told = reports.preview(world.person("controller"), *year)
    assert told.in_house is not None
    assert (told.in_house.ore, told.in_house.pieces, told.totals.cash_ore) == (75_00, 1, -55_00)


def test_a_harvested_top_is_not_a_new_one(world: World) -> None:
    bench = world.person("bench")
    part = apart(world, SparePart("Bordplade", 1, 0)).part_ids[0]
    case, task, _pieces = opened(world, 1, "Skift bordplade")
    cases.use_part(bench, task, part)
    cases.finish(bench, case, "B", place_id=world.shelf)
    [row] = trade.rows(world.context, select(UnitCost))
    assert (row.renews, row.co2e_kg) == (False, Decimal("0.5"))
    assert_whole(world)


def test_two_workshops_that_take_the_same_part_at_once(world: World) -> None:
    part = apart(world).part_ids[0]
    calls = []
    for who in ("bench", "lager"):
        _case, task, _pieces = opened(world)
        calls.append(functools.partial(cases.use_part, world.person(who), task, part))
    answers = together(*calls)
    [refused] = [each for each in answers if isinstance(each, Refused)]
    assert "cannot be used for a repair" in refused.message
    assert_whole(world)


def test_both_passports_and_the_history_say_where_it_is(world: World) -> None:
    bench = world.person("bench")
    part = apart(world).part_ids[0]
    case, task, [chair] = opened(world)
    cases.use_part(bench, task, part)
    cases.finish(bench, case, "B", place_id=world.shelf)
    number, piece = (trade.unit(world, key).number for key in (part, chair))
    told = units.passport(bench, part)
    assert told.history[0].title == f"Sat ind i {piece}: skift armlæn / beslag"
    assert ("Sidder i", f"{piece} · {TASK}") in [(fact.label, fact.value) for fact in told.facts]
    assert told.marks[1].text == "Sat ind i et møbel"
    told = units.passport(bench, chair)
    assert told.history[0].title.endswith(f" · med {number}")
    facts = {fact.label: fact.value for fact in told.facts}
    assert facts["Dele fra andre møbler"] == f"{ARM} {number}"


def test_a_part_that_no_task_has_used_is_found(world: World) -> None:
    part = apart(world).part_ids[0]
    tamper(world)
    said = said_after(world, f"UPDATE unit SET state = 'fitted', place_id = NULL WHERE id = {part}")
    assert any("no finished task has put it there" in each for each in said)
