"""The papers of a run: its sheet, its pick list and its notes, each with what is on it alone."""

import datetime as dt
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import long_day
from moebelcirkel.services import deliveries, institutions, pickups, runs
from moebelcirkel.storage.tables.repairs import Repair
from tests import trade
from tests.documents import reading
from tests.services import repairing, reported, running
from tests.services.test_runs_straight import offered, ordered
from tests.world import World


def test_the_sheet_tells_each_stop_what_goes_in_and_out_with_its_code(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    lines = running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    deliveries.pick(lager, lines)
    runs.prepare_notes(lager, run)
    data = runs.sheet_pdf(lager, run)
    text = reading.whole_text(data)
    assert "1. Søndervangskolen" in text
    assert "2. Søndervangskolen" not in text
    assert "F-00001" in text
    assert "A-000001" in text
    assert "K-00001" in text
    assert f"S-{runs.one(lager, run).halts[0].id:05d}" in text
    assert "Bring: 3 møbler" in text
    assert "Hent: 62 møbler" in text
    assert text.count("Brugt emballage taget med") == 1
    reading.assert_tidy(data)


def ask_for(world: World, contact: str, phone: str) -> None:
    """What the register says of the school."""
    admin = world.person("admin")
    found = institutions.get(admin, world.school)
    assert found is not None
    form = replace(found.form, contact=contact, phone=phone)
    institutions.save(admin, form, found.id, found.version)


def test_all_who_are_asked_for_at_one_house_stand_on_the_paper(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    for number in range(30):
        asked = {"contact": f"Kontakt {number} {'x' * 80}", "building": f"Bygning {number} <b>"}
        runs.add_pickup(lager, run, reported.accepted(world, **asked))
    data = runs.sheet_pdf(lager, run)
    text = reading.whole_text(data)
    assert all(f"Kontakt {number}" in text for number in range(30))
    assert "Bygning 29 <b>" in text
    reading.assert_tidy(data)


def test_every_stop_tells_whom_to_ask_for(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    ask_for(world, "Pedel <b>", "12345678")
    running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    stop = runs.one(lager, run).halts[0]
    assert stop.contact == "Pedel <b>, 12 34 56 78"
    assert "Spørg efter: Pedel <b>, 12 34 56 78" in reading.whole_text(runs.sheet_pdf(lager, run))
    other = running.run(world, running.van(world, replace(running.VAN, name="Ladvogn")))
    runs.add_pickup(lager, other, running.accepted(world))
    stop = runs.one(lager, other).halts[0]
    assert stop.contact == "Teknisk service · Pedel <b>, 12 34 56 78"
    ask_for(world, "teknisk SERVICE", "12345678")
    assert runs.one(lager, other).halts[0].contact == "teknisk SERVICE, 12 34 56 78"
    ask_for(world, "", "")
    assert runs.one(lager, other).halts[0].contact == "Teknisk service"


def test_every_stop_has_a_code_that_leads_to_it(world: World) -> None:
    lager, run = world.person("lager"), running.run(world, days=8)
    running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.home)
    text = reading.whole_text(runs.sheet_pdf(lager, run))
    day = lager.today() + dt.timedelta(days=8)
    for halt in runs.one(lager, run).halts:
        assert halt.code in text
        assert runs.run_of_stop(lager, f" {halt.code.lower()}") == (run, day, halt.id)
    # A sheet that was printed leads there still when the stops are driven in another order.
    school, home = runs.one(lager, run).halts
    runs.reorder(lager, run, [*home.ids, *school.ids])
    assert [halt.code for halt in runs.one(lager, run).halts] == [home.code, school.code]
    runs.remove(lager, *home.ids)
    for code in (home.code, "S-99999", "S-", "F-00001"):
        with pytest.raises(Refused, match="is on no run any more"):
            runs.run_of_stop(lager, code)
    with pytest.raises(Refused, match="right"):
        runs.run_of_stop(world.person("leader"), school.code)


def test_what_is_to_be_known_stands_by_the_pieces_it_is_about(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    _pickup, units = offered(world)
    ordered(world, units)
    runs.add_delivery(lager, run, world.home)
    running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    agreed = trade.row(world.context, Repair, repairing.agreed(world))
    runs.add_pickup(lager, run, agreed.pickup_id)
    text = reading.whole_text(runs.sheet_pdf(lager, run))
    school, home = text.rsplit("2. Plejecenter Åbo", 1)
    told = ("Bring: 3", "Hent: 66", "4 til reparation", "direkte til 2. Plejecenter Åbo")
    assert [school.index(words) for words in told] == sorted(map(school.index, told))
    assert home.index("Bring: 2") < home.index("fra 1. Søndervangskolen")


def test_what_is_picked_for_a_stop_is_what_is_handed_over_there(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    run, other = running.run(world, vehicle), running.run(world, vehicle)
    mine = running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    theirs = running.waiting(world, 1)
    runs.add_delivery(lager, other, world.school, again=True)
    deliveries.pick(lager, [mine[0], *theirs])
    (halt,) = runs.one(lager, run).halts
    assert runs.picked_at(lager, halt.ids) == (mine[0],)
    assert halt.picked == 1
    deliveries.hand_over(lager, line_ids=[mine[0]])
    assert runs.picked_at(lager, halt.ids) == ()
    with pytest.raises(Refused, match="right"):
        runs.picked_at(world.person("leader"), halt.ids)


def test_list_and_notes_are_of_the_run_alone(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    run, other = running.run(world, vehicle, days=1), running.run(world, vehicle)
    mine = running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, other, world.home)
    text = reading.whole_text(runs.pick_list_pdf(lager, run))
    assert "2 møbler skal plukkes" in text
    day = long_day(lager.today() + dt.timedelta(days=1))
    assert f"Kassevogn · {day}" in text
    assert "Plejecenter" not in text
    with pytest.raises(Refused, match="Nothing has been picked"):
        runs.prepare_notes(lager, run)
    with pytest.raises(Refused, match="Nothing has been picked"):
        runs.notes_pdf(lager, run)
    deliveries.pick(lager, mine)
    done = runs.prepare_notes(lager, run)
    assert (done.numbers, done.pieces) == (("F-00001",), 2)
    note = reading.whole_text(runs.notes_pdf(lager, run))
    assert "F-00001" in note
    assert f"Leveres {day}" in note


def test_a_run_of_sixty_stops_is_drawn_over_many_pages(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    for number in range(12):
        gift = reported.report(world, institution_id=None, firm=f"Firma {number}")
        pickup = pickups.report(lager, gift).pickup_id
        pickups.accept(lager, pickup)
        runs.add_pickup(lager, run, pickup)
    assert len(runs.one(lager, run).halts) == 12
    data = runs.sheet_pdf(lager, run)
    assert len(reading.texts(data)) > 2
    reading.assert_tidy(data)
