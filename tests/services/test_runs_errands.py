"""What is complained of rides on runs: fetched, brought back repaired, and its driving booked."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.complaints import ComplaintState
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.runs import Errand, Load
from moebelcirkel.services import cases, changes, complaints, deliveries, intake, pickups, runs
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order
from tests import trade
from tests.documents import reading
from tests.services import reported, running
from tests.services.complaining import complained, row
from tests.services.sound import assert_whole
from tests.world import World

KM = Decimal("42.5")


def measured(world: World, litres: int = 250, grams: int = 30_000) -> None:
    """Each chair takes up so much room, and two carry it."""

    def write(work: object) -> None:
        chair = work.session.get_one(Article, world.chair)  # type: ignore[attr-defined]
        chair.volume_l, chair.weight_g = litres, grams

    world.context.write("article.save", None, write)


def returning(world: World, pieces: int = 2) -> tuple[list[int], list[int]]:
    """Complaints whose pieces the van is to fetch back, and the pieces."""
    said, _lines, units = complained(world, pieces)
    complaints.agree_return(world.person("lager"), said.ids[0], alike=True, fetch=True)
    return list(said.ids), units


def repairing(world: World) -> tuple[int, int]:
    """A complaint whose piece the van is to fetch into the workshop, and its case."""
    said, _lines, _units = complained(world, 1)
    done = complaints.send_to_repair(world.person("lager"), said.ids[0], fetch=True)
    return said.ids[0], done.case_id or 0


def on_run(world: World, run: int) -> runs.Stop:
    """The stop of what is complained of, put on the run."""
    runs.add_errands(world.person("lager"), run, world.school)
    return runs.one(world.person("lager"), run).stops[-1]


def seen_to(world: World, stop: runs.Stop) -> runs.RunChanged:
    return runs.see_to(world.person("lager"), stop.id, [each.id for each in stop.left])


def waiting(world: World) -> list[tuple[int, int]]:
    lager = world.person("lager")
    week = runs.planned_week(lager, lager.today())
    return [(each.fetch, each.bring) for each in week.errands]


def transport(world: World) -> list[FigureLine]:
    query = select(FigureLine).where(FigureLine.kind == "transport").order_by(FigureLine.id)
    return trade.rows(world.context, query)


def test_what_comes_back_is_fetched_on_a_run_and_bears_its_share(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    measured(world)
    ids, units = returning(world)
    assert waiting(world) == [(2, 0)]
    stop = on_run(world, run)
    assert waiting(world) == []
    assert (stop.load, stop.taken) == (Load(), Load(2, 500, 60_000, 2, 0))
    assert stop.fetches
    planned = runs.one(lager, run)
    assert (planned.litres, planned.grams, planned.bearing) == (500, 60_000, 2)
    with pytest.raises(Refused, match="has not been seen to at the door"):
        runs.close(lager, run, KM)
    assert seen_to(world, stop).pieces == 2
    numbers = [trade.number(world.context, unit) for unit in units]
    deliveries.take_back(lager, [Returned(each, "C") for each in numbers], place_id=world.shelf)
    assert [row(world, key).state for key in ids] == [ComplaintState.CLOSED] * 2
    done = runs.close(lager, run, KM)
    assert (done.pieces, done.cost_ore) == (2, 16_108)
    lines = transport(world)
    assert [(line.unit_id, line.cash_ore) for line in lines] == [
        (units[0], -8_054),
        (units[1], -8_054),
    ]
    assert sum(line.net_g or 0 for line in lines) == -13_468
    assert {(line.institution_id, line.count) for line in lines} == {(world.school, 0)}
    assert_whole(world)
    changes.undo(lager, done.change_id or 0)
    assert_whole(world)


def test_what_is_repaired_is_fetched_and_brought_back(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    run = running.run(world, vehicle)
    key, case = repairing(world)
    stop = on_run(world, run)
    assert [(each.way, each.repair, each.done) for each in stop.errands] == [
        (Errand.FETCH, True, False)
    ]
    seen_to(world, stop)
    runs.close(lager, run, KM)
    cases.finish(world.person("bench"), case, "B")
    assert waiting(world) == [(0, 1)]
    back = running.run(world, vehicle)
    lines = running.waiting(world, 1)
    runs.add_delivery(lager, back, world.school, again=True)
    stop = on_run(world, back)
    assert len(runs.one(lager, back).stops) == 1
    assert (stop.orders, stop.ordered, stop.load.pieces, stop.fetches) == (1, 1, 2, False)
    assert deliveries.run_tally(lager, back).trips_saved == 1
    rides = complaints.detail(lager, key).rides
    assert [(each.run, each.way, each.done) for each in rides] == [
        ("K-00001", Errand.FETCH, True),
        ("K-00002", Errand.BRING, False),
    ]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    seen_to(world, stop)
    assert runs.close(lager, back, KM).pieces == 2
    assert_whole(world)


def test_what_they_brought_to_be_repaired_rides_home(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    said, _lines, _units = complained(world, 1)
    done = complaints.send_to_repair(lager, said.ids[0], bring=True)
    assert waiting(world) == []
    cases.finish(world.person("bench"), done.case_id or 0, "B")
    assert waiting(world) == [(0, 1)]
    stop = on_run(world, run)
    assert [each.way for each in stop.errands] == [Errand.BRING]
    seen_to(world, stop)
    assert runs.close(lager, run, KM).pieces == 1
    assert_whole(world)


def test_what_was_fetched_before_that_was_asked_is_brought_home(world: World) -> None:
    key, case = repairing(world)

    def unasked(work: object) -> None:
        work.session.get_one(Complaint, key).bring = None  # type: ignore[attr-defined]

    world.context.write("complaint.repair", None, unasked)
    seen_to(world, on_run(world, running.run(world)))
    cases.finish(world.person("bench"), case, "B")
    assert waiting(world) == [(0, 1)]


def test_on_a_run_without_deliveries_it_shares_with_what_was_fetched(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    returning(world, 1)
    seen_to(world, on_run(world, run))
    pickup = running.accepted(world)
    runs.add_pickup(lager, run, pickup)
    assert runs.one(lager, run).bearing == 0  # what it fetched is not known yet
    intake.register(lager, reported.batch_for(world, 3, pickup, reported.line_of(lager, pickup)))
    pickups.close(lager, pickup)
    assert runs.close(lager, run, KM).pieces == 4
    assert [line.institution_id for line in transport(world)] == [world.school, None, None, None]
    assert_whole(world)


def test_it_waits_only_where_the_van_is_to_come(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    said, _lines, _units = complained(world, 1)
    complaints.agree_return(lager, said.ids[0])
    assert waiting(world) == []
    with pytest.raises(Refused, match="Nothing waits"):
        runs.add_errands(lager, run, world.school)


def test_a_stop_that_is_taken_off_waits_again_unless_it_was_seen_to(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    returning(world)
    off = runs.remove(lager, on_run(world, run).id)
    assert (off.pieces, waiting(world)) == (2, [(2, 0)])
    changes.undo(lager, off.change_id or 0)
    stop = runs.one(lager, run).stops[0]
    done = seen_to(world, stop)
    with pytest.raises(Refused, match="already. Undo that first"):
        runs.remove(lager, stop.id)
    with pytest.raises(Refused, match="Tick or scan"):
        runs.see_to(lager, stop.id, [])
    with pytest.raises(Refused, match="have changed"):
        runs.see_to(lager, stop.id, [stop.errands[0].id])
    changes.undo(lager, done.change_id or 0)
    runs.cancel(lager, run)
    assert waiting(world) == [(2, 0)]
    assert_whole(world)


def test_a_decision_stands_while_its_piece_is_on_a_run(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    said, _lines, _units = complained(world, 1)
    decided = complaints.agree_return(lager, said.ids[0], fetch=True)
    stop = on_run(world, run)
    with pytest.raises(Refused, match="R-00001 is on run K-00001"):
        changes.undo(lager, decided.change_id or 0)
    off = runs.remove(lager, stop.id)
    changes.undo(lager, decided.change_id or 0)
    with pytest.raises(Refused, match="R-00001 is on run K-00001"):
        changes.undo(lager, off.change_id or 0)
    assert_whole(world)


def test_what_was_seen_to_stays_so_behind_a_closed_run(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    returning(world)
    done = seen_to(world, on_run(world, run))
    runs.close(lager, run, KM)
    with pytest.raises(Refused, match="run K-00001 is closed. Undo its closing first"):
        changes.undo(lager, done.change_id or 0)


def test_it_says_how_one_gets_in_as_its_order_did(world: World) -> None:
    run = running.run(world)
    returning(world, 1)

    def upstairs(work: object) -> None:
        order = work.session.get_one(Order, 1)  # type: ignore[attr-defined]
        order.building, order.floor, order.way_in = "Bygning B", "2. sal", "stairs"

    world.context.write("order.adjust", None, upstairs)
    stop = on_run(world, run)
    assert (stop.access, stop.building) == ("stairs", "Bygning B, 2. sal")


def test_the_sheet_has_the_label_and_what_becomes_of_it(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    measured(world)
    _ids, units = returning(world, 1)
    on_run(world, run)
    data = runs.sheet_pdf(lager, run)
    text = reading.whole_text(data)
    assert "Hent: 1 møbel" in text
    assert f"{trade.number(world.context, units[0])} · retur til os" in text
    assert "1 bæres af to" in text
    assert "R-00001" in text
    assert "Bring" not in text
    reading.assert_tidy(data)
