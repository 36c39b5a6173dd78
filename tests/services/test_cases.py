"""The workshop: open, move, tasks, split, finish, undo of each, the board, and what is refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import cases, intake, stock, tasks
from moebelcirkel.services.context import Context
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit, UnitCost
from tests import trade
from tests.clock import Clock
from tests.services.undoing import undo
from tests.world import World


def _received(world: World, count: int = 3, condition: str = "C") -> list[int]:
    batch = Batch(
        parts=(Part(condition, count, "shelf", world.shelf),),
        giver_id=world.home,
        article_id=world.chair,
    )
    return list(intake.register(world.person("lager"), batch).unit_ids)


def _opened(world: World, count: int = 3) -> tuple[int, list[int]]:
    units = _received(world, count)
    return int(cases.send(world.person("bench"), units).case_id), units


def _task(context: Context, name: str) -> int:
    return next(row.id for row in tasks.task_types(context) if row.form.name == name)


def _rate(context: Context, name: str) -> int:
    return next(row.id for row in tasks.hour_rates(context) if row.form.name == name)


# --- open and move ------------------------------------------------------------------------------


def test_pieces_go_from_shelf_to_bench_as_one_case_and_back_by_undo(
    world: World, bench: Context
) -> None:
    units = _received(world)
    done = cases.send(bench, units)

    for unit_id in units:
        assert trade.unit(world, unit_id).state == "workshop"
        assert trade.unit(world, unit_id).place_id == world.workshop
    (card,) = cases.board(bench).cards["assess"]
    assert (card.name, card.count, card.giver, card.days) == (
        "Kontorstol HÅG SoFi 7200",
        3,
        "Plejecenter Åbo",
        0,
    )
    undo(bench, done)
    assert {trade.unit(world, key).state for key in units} == {"received"}
    assert {trade.unit(world, key).place_id for key in units} == {world.shelf}
    assert cases.board(bench).cards["assess"] == ()
    assert cases.waiting_count(bench) == 0


def test_a_piece_is_in_one_open_case_at_a_time(world: World, bench: Context) -> None:
    _case, units = _opened(world, 1)
    with pytest.raises(Refused, match="cannot go to the workshop"):
        cases.send(bench, units)
    with pytest.raises(Refused, match="at least one piece"):
        cases.send(bench, [])


def test_a_piece_in_a_basket_stays_on_sale(world: World, bench: Context) -> None:
    (unit,) = trade.put_on_sale(world, 1)
    trade.hold(world, unit, world.school)
    with pytest.raises(Refused, match="is in the basket of Søndervangskolen"):
        cases.send(bench, [unit])


def test_cards_move_between_the_columns_and_back_by_undo(world: World, bench: Context) -> None:
    case, _units = _opened(world)
    for stage in ("waiting", "working", "testing", "assess"):
        done = cases.move(bench, case, stage)
        assert cases.detail(bench, case).state == stage
    undo(bench, done)
    assert cases.detail(bench, case).state == "testing"
    with pytest.raises(Refused, match="Finish the case"):
        cases.move(bench, case, "ready")


def test_the_second_of_two_benches_is_told(world: World, bench: Context) -> None:
    case, _units = _opened(world)
    seen = cases.detail(bench, case).version
    cases.move(world.person("lager"), case, "working", seen)
    with pytest.raises(Stale, match="changed by Lager"):
        cases.move(bench, case, "waiting", seen)


def test_a_leader_has_no_business_at_the_bench(world: World) -> None:
    case, units = _opened(world)
    leader = world.person("leader")
    calls: tuple[Callable[[], object], ...] = (
        lambda: cases.board(leader),
        lambda: cases.detail(leader, case),
        lambda: cases.move(leader, case, "working"),
        lambda: cases.send(leader, units),
        lambda: cases.finish(leader, case, "A"),
    )
    for call in calls:
        with pytest.raises(Refused, match="right"):
            call()


# --- tasks, note --------------------------------------------------------------------------------


def test_a_task_takes_its_usual_time_and_parts_for_all_pieces(world: World, bench: Context) -> None:
    case, _units = _opened(world)
    done = cases.add_task(bench, case, _task(bench, "Skift gaspatron"))

    (row,) = cases.detail(bench, case).tasks
    assert (row.minutes, row.parts_ore, row.rate, row.done) == (60, 52_500, "Personale", False)
    assert row.labour_ore == 30_000
    cases.set_task(bench, row.id, minutes=45, done=True, version=row.version)
    (row,) = cases.detail(bench, case).tasks
    assert (row.minutes, row.done) == (45, True)
    with pytest.raises(Refused, match="has been changed since"):
        undo(bench, done)


def test_each_step_of_a_task_is_undone(world: World, bench: Context) -> None:
    case, _units = _opened(world)
    added = cases.add_task(bench, case, _task(bench, "Rengøring"))
    ticked = cases.set_task(bench, added.task_id, done=True)
    undo(bench, ticked)
    assert [row.done for row in cases.detail(bench, case).tasks] == [False]
    removed = cases.remove_task(bench, added.task_id)
    assert cases.detail(bench, case).tasks == ()
    undo(bench, removed)
    assert [row.name for row in cases.detail(bench, case).tasks] == ["Rengøring"]


@pytest.mark.parametrize(
    ("minutes", "parts", "field"),
    [(-1, 0, "minutes"), (10**6, 0, "minutes"), (5, -1, "parts"), (5, 10**9, "parts")],
)
def test_wrong_figures_of_a_task_are_named_by_field(
    world: World, bench: Context, minutes: int, parts: int, field: str
) -> None:
    case, _units = _opened(world)
    with pytest.raises(Invalid) as caught:
        cases.add_task(bench, case, _task(bench, "Rengøring"), minutes=minutes, parts_ore=parts)
    assert set(caught.value.errors) == {field}
    assert cases.detail(bench, case).tasks == ()


def test_what_it_waits_for_is_noted_but_never_a_person(world: World, bench: Context) -> None:
    case, _units = _opened(world)
    done = cases.set_note(bench, case, " gaspatroner bestilt ", dt.date(2026, 11, 24))
    shown = cases.detail(bench, case)
    assert (shown.note, shown.expected_on) == ("gaspatroner bestilt", dt.date(2026, 11, 24))
    undo(bench, done)
    assert cases.detail(bench, case).note == ""
    with pytest.raises(Refused, match="CPR"):
        cases.set_note(bench, case, "ring til 010203-1234", None)
    with pytest.raises(Invalid):
        cases.set_note(bench, case, "x" * 501, None)


def test_the_advice_weighs_all_tasks_against_the_price_of_new_pieces(
    world: World, bench: Context
) -> None:
    case, _units = _opened(world, 2)
    assert cases.detail(bench, case).pays is None
    cases.add_task(bench, case, _task(bench, "Skift gaspatron"), minutes=60, parts_ore=238_000)
    shown = cases.detail(bench, case)
    assert (shown.cost_ore, shown.new_price_ore, shown.pays) == (268_000, 670_000, False)
    cases.set_task(bench, shown.tasks[0].id, parts_ore=237_999)
    assert cases.detail(bench, case).pays is True


# --- split --------------------------------------------------------------------------------------


def test_a_split_shares_time_and_parts_to_the_ore(world: World, bench: Context) -> None:
    case, units = _opened(world, 3)
    kind = _task(bench, "Lakering / olie")
    cases.add_task(bench, case, kind, minutes=100, parts_ore=10_001, done=True)
    done = cases.split(bench, case, units[2:])

    kept, new = (cases.detail(bench, key) for key in (done.case_id, done.new_id))
    assert [piece.unit_id for piece in kept.pieces] == units[:2]
    assert [piece.unit_id for piece in new.pieces] == units[2:]
    assert (kept.tasks[0].minutes, new.tasks[0].minutes) == (67, 33)
    assert (kept.tasks[0].parts_ore, new.tasks[0].parts_ore) == (6_667, 3_334)
    assert new.tasks[0].done

    undo(bench, done)
    whole = cases.detail(bench, case)
    assert [piece.unit_id for piece in whole.pieces] == units
    assert (whole.tasks[0].minutes, whole.tasks[0].parts_ore) == (100, 10_001)
    assert trade.row(world.context, Case, done.new_id).state == "void"
    assert cases.waiting_count(bench) == 1


def test_a_split_leaves_something_on_both_sides(world: World, bench: Context) -> None:
    case, units = _opened(world, 2)
    with pytest.raises(Refused, match="must stay"):
        cases.split(bench, case, units)
    for wrong in ([], [units[0], 999]):
        with pytest.raises(Refused, match="pieces of this case"):
            cases.split(bench, case, wrong)


# --- finish -------------------------------------------------------------------------------------


def test_finishing_books_done_tasks_on_each_piece_to_the_ore(world: World, bench: Context) -> None:
    case, units = _opened(world, 3)
    trainee = _rate(bench, "Kursister")
    cover, clean = _task(bench, "Ompolstring, sæde"), _task(bench, "Rengøring")
    cases.add_task(bench, case, cover, minutes=100, parts_ore=10_001, done=True)
    cases.add_task(bench, case, clean, minutes=30, hour_rate_id=trainee, done=True)
    cases.add_task(bench, case, _task(bench, "Maling"), done=False)
    done = cases.finish(bench, case, "B", place_id=world.shelf)

    booked = trade.rows(world.context, select(UnitCost).order_by(UnitCost.id))
    cover_rows = [row for row in booked if row.task_type_id == cover]
    assert [row.unit_id for row in cover_rows] == units
    assert [row.labour_ore for row in cover_rows] == [16_667, 16_667, 16_666]
    assert [row.parts_ore for row in cover_rows] == [3_334, 3_334, 3_333]
    assert {row.renews for row in cover_rows} == {True}
    assert {row.co2e_kg for row in cover_rows} == {9}
    clean_rows = [row for row in booked if row.task_type_id == clean]
    assert {(row.labour_ore, row.renews) for row in clean_rows} == {(0, False)}
    assert len(booked) == 6
    for unit_id in units:
        unit = trade.unit(world, unit_id)
        assert (unit.state, unit.condition, unit.refurbished) == ("ready", "B", True)
        assert (unit.place_id, unit.price_ore) == (world.shelf, 134_000)
    assert list(done.unit_ids) == units


def test_undoing_a_finish_opens_the_case_and_answers_its_costs(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 2)
    cases.add_task(bench, case, _task(bench, "Rengøring"), done=True)
    undo(bench, cases.finish(bench, case, "A"))

    assert cases.detail(bench, case).state == "assess"
    assert {trade.unit(world, key).state for key in units} == {"workshop"}
    assert {trade.unit(world, key).refurbished for key in units} == {False}
    costs = trade.rows(world.context, select(UnitCost))
    assert sum(row.labour_ore + row.parts_ore for row in costs) == 0
    assert sum(row.co2e_kg for row in costs) == 0


def test_each_piece_may_get_its_own_condition(world: World, bench: Context) -> None:
    case, units = _opened(world, 2)
    with pytest.raises(Invalid):
        cases.finish(bench, case, {units[0]: "A"}, reason="misjudged")
    cases.finish(bench, case, {units[0]: "A", units[1]: "C"}, reason="misjudged")
    assert [trade.unit(world, key).condition for key in units] == ["A", "C"]
    assert [trade.unit(world, key).refurbished for key in units] == [False, False]


def test_a_better_condition_without_a_task_that_is_done_says_why(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 2)
    cases.add_task(bench, case, _task(bench, "Rengøring"))
    cases.add_task(bench, case, _task(bench, "Rengøring"), minutes=0, parts_ore=0, done=True)
    for wrong in (None, "", "because"):
        with pytest.raises(Refused, match="Choose why") as caught:
            cases.finish(bench, case, {units[0]: "A", units[1]: "C"}, reason=wrong)
        assert caught.value.field == "reason"
    cases.finish(bench, case, {units[0]: "A", units[1]: "C"}, reason="mended_outside")
    kept = [trade.unit(world, key).condition_reason for key in units]
    assert kept == ["mended_outside", None]


def test_a_finished_case_takes_no_more_work(world: World, bench: Context) -> None:
    case, units = _opened(world, 2)
    task = cases.add_task(bench, case, _task(bench, "Rengøring")).task_id
    cases.finish(bench, case, "A", reason="misjudged")
    calls: tuple[Callable[[], object], ...] = (
        lambda: cases.move(bench, case, "working"),
        lambda: cases.set_note(bench, case, "mere", None),
        lambda: cases.add_task(bench, case, _task(bench, "Maling")),
        lambda: cases.set_task(bench, task, done=True),
        lambda: cases.remove_task(bench, task),
        lambda: cases.split(bench, case, units[:1]),
        lambda: cases.finish(bench, case, "B"),
    )
    for call in calls:
        with pytest.raises(Refused, match="already finished"):
            call()


# --- the board ----------------------------------------------------------------------------------


def test_ready_pieces_wait_on_the_board_until_they_are_put_on_sale(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 2)
    cases.finish(bench, case, "A", place_id=world.shelf, reason="misjudged")
    (card,) = cases.board(bench).cards["ready"]
    assert (card.unit_ids, card.condition) == (tuple(units), "A")

    stock.put_on_sale(world.person("lager"), units[:1])
    (card,) = cases.board(bench).cards["ready"]
    assert card.unit_ids == (units[1],)
    stock.put_on_sale(world.person("lager"), units[1:])
    assert cases.board(bench).cards["ready"] == ()
    with pytest.raises(Stale, match="no longer open"):
        cases.detail(bench, case)


def test_a_piece_that_comes_back_to_the_bench_is_on_one_card_only(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 1)
    cases.finish(bench, case, "B", reason="misjudged")
    second = cases.send(bench, units).case_id
    board = cases.board(bench)
    assert [card.id for card in board.cards["assess"]] == [second]
    assert board.cards["ready"] == ()
    cases.finish(bench, second, "A", reason="misjudged")
    assert [card.id for card in cases.board(bench).cards["ready"]] == [second]


def test_cards_tell_what_is_next_and_are_found_by_word_or_number(
    world: World, bench: Context, clock: Clock
) -> None:
    first, units = _opened(world, 1)
    clock.advance(days=2)
    _opened(world, 1)
    cases.add_task(bench, first, _task(bench, "Rengøring"), minutes=10, done=True)
    cases.add_task(bench, first, _task(bench, "Skift gaspatron"), minutes=80)
    cases.set_note(bench, first, "bestilt", dt.date(2026, 11, 24))

    board = cases.board(bench)
    card = board.cards["assess"][0]
    assert (card.id, card.days, card.task) == (first, 2, "Skift gaspatron")
    assert (card.minutes_left, card.tasks, card.condition) == (80, 2, "C")
    assert (card.note, card.expected_on) == ("bestilt", dt.date(2026, 11, 24))
    assert board.counts == {"assess": 2, "waiting": 0, "working": 0, "testing": 0, "ready": 0}
    number = trade.number(world.context, units[0])
    assert [card.id for card in cases.board(bench, number).cards["assess"]] == [first]
    assert len(cases.board(bench, "kontorstol").cards["assess"]) == 2
    assert cases.board(bench, "sofa").cards["assess"] == ()


def test_a_scanned_label_tells_the_piece_and_its_case(world: World, bench: Context) -> None:
    case, units = _opened(world, 1)
    number = trade.number(world.context, units[0])
    found = cases.at_code(bench, number.lower())
    assert (found.unit_id, found.number, found.case_id) == (units[0], number, case)
    loose = _received(world, 1)
    found = cases.at_code(bench, trade.number(world.context, loose[0]))
    assert (found.state, found.case_id) == ("received", None)
    with pytest.raises(Refused, match="No piece carries the code"):
        cases.at_code(bench, "MC-009999-0")


def test_a_scrapped_piece_leaves_its_case_and_an_empty_case_closes(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 2)
    lager = world.person("lager")
    first = stock.scrap(lager, units[:1], "broken")
    assert [piece.unit_id for piece in cases.detail(bench, case).pieces] == units[1:]
    second = stock.scrap(lager, units[1:], "broken")
    assert trade.row(world.context, Case, case).state == "closed"
    assert cases.board(bench).cards["assess"] == ()

    undo(lager, second)
    undo(lager, first)
    assert [piece.unit_id for piece in cases.detail(bench, case).pieces] == units
    assert trade.rows(world.context, select(CaseUnit.is_open)) == [True, True]
    assert trade.rows(world.context, select(CaseTask)) == []
