"""Closing a run: real km are booked on its pieces, nothing is lost, and undoing takes it back."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, check, deliveries, intake, pickups, runs, stock
from moebelcirkel.services.figures.transport import driven_again
from moebelcirkel.services.reports import lines as report_lines
from moebelcirkel.services.runs import RunClosed
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.services import delivering, reported, running
from tests.services.tampering import found_after, tamper
from tests.services.test_orders_race import together
from tests.services.test_runs import sound
from tests.world import World

KM = Decimal("42.5")
#: Other equipment, of whose CO2e nothing is known.
NO_FACTOR = "other_inventory"


def driven(world: World, count: int = 3) -> tuple[int, int, list[int]]:
    """A run whose pieces are handed over: its id, the hand-over's change, the pieces."""
    lager, run = world.person("lager"), running.run(world)
    units = trade.put_on_sale(world, count)
    lines = trade.order(world, units)
    runs.add_delivery(lager, run, world.school)
    deliveries.pick(lager, lines)
    done = deliveries.hand_over(lager, line_ids=lines)
    return run, done.change_id or 0, units


def close(world: World, run: int, km: Decimal = KM) -> RunClosed:
    return runs.close(world.person("lager"), run, km)


def lines_of(world: World, kind: str) -> list[FigureLine]:
    return trade.rows(
        world.context, select(FigureLine).where(FigureLine.kind == kind).order_by(FigureLine.id)
    )


def test_real_kilometres_come_to_the_ore_and_the_gram_on_the_pieces(world: World) -> None:
    run, _change, _units = driven(world)
    done = close(world, run)
    # 42,5 km at 3,79 kr. and 0,31689 kg.
    assert (done.pieces, done.cost_ore, done.co2e_g) == (3, 16_108, 13_468)
    booked = lines_of(world, "transport")
    assert [line.inputs["share_ore"] for line in booked] == [5_370, 5_369, 5_369]
    assert sum(line.inputs["share_g"] for line in booked) == 13_468
    # The 100 kr. that each was reckoned with are given back.
    assert [line.cash_ore for line in booked] == [4_630, 4_631, 4_631]
    handed = lines_of(world, "hand_over")
    # 19.2 kg driven 30 km by the tonne-kilometre were 450.576 g.
    assert booked[0].net_g is not None
    assert booked[0].net_g == round(450.576 - booked[0].inputs["share_g"])
    assert all(
        line.count == 0 and line.effective_on == one.effective_on
        for line, one in zip(booked, handed, strict=True)
    )
    sound(world)


def test_the_share_goes_by_the_room_a_piece_takes(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    big = trade.put_on_sale(world, 1)

    def measured(work: object) -> None:
        work.session.get_one(Article, world.chair).volume_l = 500  # type: ignore[attr-defined]

    world.context.write("article.save", None, measured)
    lines = trade.order(world, big)
    runs.add_delivery(lager, run, world.school)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    assert running.planned(lager).litres == 500
    close(world, run)
    (line,) = lines_of(world, "transport")
    assert line.inputs["share_ore"] == 16_108


def test_undoing_gives_the_opposite_and_the_run_can_be_closed_again(world: World) -> None:
    run, _change, _units = driven(world)
    before = [line.cash_ore for line in delivering.figures(world.context)]
    lager = world.person("lager")
    changes.undo(lager, close(world, run).change_id or 0)
    after = [line.cash_ore for line in delivering.figures(world.context)]
    assert sum(after) == sum(before)
    assert running.planned(lager).km is None
    sound(world)
    assert close(world, run, Decimal(10)).cost_ore == 3_790
    sound(world)


def test_it_is_closed_once_also_by_two_at_once(world: World) -> None:
    run, _change, _units = driven(world)
    answers = together(lambda: close(world, run), lambda: close(world, run, Decimal(50)))
    (refused,) = [each for each in answers if isinstance(each, Refused)]
    assert "is closed" in str(refused)
    assert len(lines_of(world, "transport")) == 3
    sound(world)


def test_what_is_not_handed_over_holds_it_open(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    with pytest.raises(Refused, match="2 of the pieces on K-00001"):
        close(world, run)
    for wrong in (Decimal(0), Decimal(-1), Decimal(10_000), Decimal("1.23")):
        with pytest.raises(Refused, match="Write km"):
            close(world, run, wrong)


def test_a_run_of_tomorrow_has_not_been_driven(world: World) -> None:
    with pytest.raises(Refused, match="not been driven"):
        close(world, running.run(world, days=1))


def test_a_hand_over_is_not_undone_behind_a_closed_run(world: World) -> None:
    run, handed, _units = driven(world)
    lager = world.person("lager")
    closed = close(world, run)
    with pytest.raises(Refused, match="run K-00001 is closed. Undo its closing first"):
        changes.undo(lager, handed)
    changes.undo(lager, closed.change_id or 0)
    changes.undo(lager, handed)
    sound(world)


def test_a_closed_run_keeps_its_stops_whatever_is_undone(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    lines = running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    at_home = running.waiting(world, 1, world.home)
    removed = runs.remove(lager, running.planned(lager).stops[0].id)
    added = runs.add_delivery(lager, run, world.school)
    joined_lines = running.waiting(world, 1)
    joined = runs.add_delivery(lager, run, world.school)
    runs.add_delivery(lager, run, world.home)
    deliveries.pick(lager, lines + joined_lines + at_home)
    deliveries.hand_over(lager, line_ids=lines + joined_lines)
    deliveries.hand_over(lager, line_ids=at_home)
    for change in (joined, added, removed):
        closed = close(world, run)
        with pytest.raises(Refused, match="run K-00001 is closed. Undo its closing first"):
            changes.undo(lager, change.change_id or 0)
        changes.undo(lager, closed.change_id or 0)
        if change is not removed:
            changes.undo(lager, change.change_id or 0)
    sound(world)


def test_where_the_van_brought_a_part_only_the_rest_is_taken_off(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    lines = running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    deliveries.pick(lager, lines[:2])
    deliveries.hand_over(lager, line_ids=lines[:2])
    with pytest.raises(Refused, match="1 of the pieces"):
        close(world, run)
    [stop] = running.planned(lager).stops
    off = runs.remove(lager, stop.id)
    [left] = running.planned(lager).stops
    assert (off.pieces, left.id, left.ordered, left.delivered) == (1, stop.id, 2, 2)
    assert [row.pieces for row in runs.planned_week(lager, lager.today()).deliveries] == [1]
    closed = close(world, run)
    assert (closed.pieces, len(lines_of(world, "transport"))) == (2, 2)
    changes.undo(lager, closed.change_id or 0)
    changes.undo(lager, off.change_id or 0)
    assert [stop.ordered for stop in running.planned(lager).stops] == [3]
    # Where the van was not there after all, the whole stop goes.
    runs.remove(lager, stop.id)
    assert runs.remove(lager, stop.id).pieces == 2
    assert running.planned(lager).stops == ()
    sound(world)


def test_a_piece_that_came_back_is_no_obstacle(world: World) -> None:
    run, _handed, units = driven(world)
    delivering.back(world, units[:1])
    close(world, run)
    assert len(lines_of(world, "transport")) == 3
    sound(world)
    again = trade.rows(world.context, select(FigureLine).where(FigureLine.unit_id == units[1]))
    assert [line.kind for line in again] == ["hand_over", "transport"]
    delivering.back(world, units[1:2])
    sound(world)


def test_where_packaging_was_taken_along_is_kept_and_counted(world: World) -> None:
    lager, (run, _handed, _units) = world.person("lager"), driven(world)
    runs.add_pickup(lager, run, running.accepted(world))
    brought, pickup = (stop.id for stop in running.planned(lager).stops)
    running.on_van(lager, pickup)
    with pytest.raises(Refused, match="have changed"):
        runs.close(lager, run, KM, packaging=[brought, pickup + 1])
    closed = runs.close(lager, run, KM, packaging=[pickup])
    assert [stop.packaging for stop in running.planned(lager).stops] == [False, True]
    assert counted(world, "controller") == counted(world, "leader") == 1
    changes.undo(lager, closed.change_id or 0)
    assert running.planned(lager).packaging == counted(world, "controller") == 0
    runs.close(lager, run, KM, packaging=[brought, pickup])
    assert running.planned(lager).packaging == counted(world, "controller") == 2
    sound(world)


def counted(world: World, name: str) -> int:
    """Stops with packaging in the figures of the day."""
    today = world.context.today()
    return len(deliveries.tally(world.person(name), today, today).packaging)


def fetched(world: World, count: int = 3) -> tuple[int, int, list[int]]:
    """A run that fetched a report whose pieces are registered: the run, the report, the pieces."""
    lager, run = world.person("lager"), running.run(world)
    pickup = running.accepted(world)
    runs.add_pickup(lager, run, pickup)
    line = reported.line_of(lager, pickup)
    came = intake.register(lager, reported.batch_for(world, count, pickup, line))
    return run, pickup, list(came.unit_ids)


def test_a_run_of_pickups_alone_is_borne_by_what_it_fetched(world: World) -> None:
    lager = world.person("lager")
    run, pickup, units = fetched(world)
    with pytest.raises(Refused, match="Receive what came with A-000001 and finish it first"):
        close(world, run)
    pickups.close(lager, pickup)
    done = close(world, run)
    assert (done.pieces, done.cost_ore, done.co2e_g) == (3, 16_108, 13_468)
    lines = lines_of(world, "transport")
    assert [line.unit_id for line in lines] == units
    assert [line.cash_ore for line in lines] == [-5_370, -5_369, -5_369]
    assert sum(line.net_g or 0 for line in lines) == -13_468
    assert {(line.count, line.gross_g, line.institution_id) for line in lines} == {(0, 0, None)}
    assert {line.bound_low_g for line in lines} == {line.net_g for line in lines}
    sound(world)


def test_what_was_fetched_and_is_delivered_later_has_both(world: World) -> None:
    lager = world.person("lager")
    run, pickup, units = fetched(world)
    pickups.close(lager, pickup)
    close(world, run)
    stock.put_on_sale(lager, units, trade.PRICE)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    of_one = select(FigureLine).where(FigureLine.unit_id == units[0]).order_by(FigureLine.id)
    both = trade.rows(world.context, of_one)
    assert [line.kind for line in both] == ["transport", "hand_over"]
    sound(world)


def test_what_was_fetched_without_a_factor_has_no_co2e(world: World) -> None:
    lager = world.person("lager")
    run, pickup, units = fetched(world)
    pickups.close(lager, pickup)

    def unknown(work: object) -> None:
        work.session.get_one(Article, world.chair).category_key = NO_FACTOR  # type: ignore[attr-defined]

    world.context.write("article.save", None, unknown)
    assert close(world, run).co2e_g == 13_468
    lines = lines_of(world, "transport")
    assert [line.unit_id for line in lines] == units
    assert [line.cash_ore for line in lines] == [-5_370, -5_369, -5_369]
    assert {(line.net_g, line.gross_g, line.bound_low_g) for line in lines} == {(None, None, None)}
    sound(world)


def test_figures_of_before_keep_their_co2e() -> None:
    """Earlier versions did not ask whether a factor was known, and their lines stay as they are."""
    assert driven_again({"share_ore": 5, "share_g": 7}, None).net_g == -7


def test_what_bears_a_run_stays_as_it_was_until_its_closing_is_undone(world: World) -> None:
    lager = world.person("lager")
    run, pickup, _units = fetched(world)
    finished = pickups.close(lager, pickup)
    closed = close(world, run)
    with pytest.raises(Refused, match="run K-00001 is closed. Undo its closing first"):
        changes.undo(lager, finished.change_id or 0)
    changes.undo(lager, closed.change_id or 0)
    assert sum(line.cash_ore for line in delivering.figures(world.context)) == 0
    changes.undo(lager, finished.change_id or 0)
    sound(world)


def test_the_report_adds_up_with_what_was_only_fetched(world: World) -> None:
    lager = world.person("lager")
    run, pickup, _units = fetched(world)
    pickups.close(lager, pickup)
    closed = close(world, run)
    assert reckoned(world) == [-5_370, -5_369, -5_369]
    changes.undo(lager, closed.change_id or 0)
    assert sorted(reckoned(world)) == [-5_370, -5_369, -5_369, 5_369, 5_369, 5_370]


def test_a_share_of_what_was_fetched_that_says_otherwise_is_found(world: World) -> None:
    run, pickup, _units = fetched(world)
    pickups.close(world.person("lager"), pickup)
    close(world, run)
    tamper(world)
    for column, value in {
        "category_key": "'furniture_average'",
        "institution_id": "1",
        "loop": "loop + 1",
        "documented": "NOT documented",
        "cash_ore": "cash_ore + 1",
    }.items():
        statement = f"UPDATE figure_line SET {column} = {value} WHERE id = 1"
        assert found_after(world, check.figures_equal_inputs, statement), column


def reckoned(world: World) -> list[int]:
    """Every line of the day as the report's appendix tells it, which its totals are the sum of."""
    context = world.person("controller")
    chosen = Selection(context.today(), context.today(), context.now())
    with context.read() as session:
        found = list(report_lines.rows(session, chosen, 9, lambda *_done: None))
    assert {row.institution for row in found} == {"Uden modtager"}
    assert all(row.cash_ore == -row.transport == row.lifetime_ore for row in found)
    assert all(set(row.lifetime_at) == set(row.cash_at) == {row.cash_ore} for row in found)
    return [row.cash_ore for row in found]


def test_the_check_names_a_run_whose_cost_was_changed(world: World) -> None:
    run, _change, _units = driven(world)
    close(world, run)

    def other(work: object) -> None:
        from moebelcirkel.storage.tables.runs import Run

        work.session.get_one(Run, run).cost_ore = 1  # type: ignore[attr-defined]

    world.context.write("run.change", None, other)
    found = [check.text(each) for each in check.run(world.context).findings]
    assert any("K-00001" in each for each in found)
