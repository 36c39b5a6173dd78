"""Pickups: reported, corrected, decided, planned, received, and what became of each piece."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.pickups import PickupState, PickupStep
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.runs import week_of
from moebelcirkel.services import changes, deliveries, intake, parameters, pickups, stock
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.storage.tables.pickups import PickupPhoto
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.reported import (
    CHAIRS,
    TABLE,
    accepted,
    all_units,
    batch_for,
    line_of,
    report,
    reported,
    said_by,
)
from tests.services.sound import assert_whole
from tests.services.wanting import want
from tests.services.working_day import picture
from tests.world import World


def test_the_warehouse_is_told_how_many_of_them_are_wanted(world: World) -> None:
    leader, lager = world.person("leader"), world.person("lager")
    want(leader, world.school, pieces=3)
    want(leader, world.school, pieces=70, words="kontorstole")
    want(leader, world.school, pieces=1, words="reol")
    key = reported(world, lines=(dataclasses.replace(CHAIRS, pieces=9), TABLE))
    assert pickups.detail(lager, key).wanted == 9
    want(leader, world.school, pieces=2, words="skrivebord")
    assert pickups.detail(lager, key).wanted == 11
    assert pickups.detail(leader, key).wanted == 0
    pickups.refuse(lager, key, "Vi har nok.")
    assert pickups.detail(lager, key).wanted == 0


def test_a_leader_reports_what_should_go_and_the_warehouse_sees_it(world: World) -> None:
    done = pickups.report(world.person("leader"), report(world, lines=(CHAIRS, TABLE)))

    assert (done.number, done.pieces) == ("A-000001", 66)
    page = pickups.listed(world.person("lager"))
    assert [(row.number, row.giver, row.pieces, row.state) for row in page.rows] == [
        ("A-000001", "Søndervangskolen", 66, PickupState.REPORTED)
    ]
    seen = pickups.detail(world.person("lager"), done.pickup_id)
    assert [(line.name, line.pieces, line.condition) for line in seen.lines] == [
        ("Kontorstole, blå", 62, "B"),
        ("Skrivebord", 4, "C"),
    ]
    assert seen.row.contact == "Teknisk service"
    assert (pickups.open_count(world.person("lager")), page.total) == (1, 1)
    assert_whole(world)


def test_a_line_of_a_known_type_has_its_name_and_category(world: World) -> None:
    line = ReportedLine(article_id=world.chair, category_key="", pieces=3, condition="A")
    seen = pickups.detail(world.person("leader"), reported(world, lines=(line,)))
    assert seen.lines[0].category_key == "office_task_chair"
    assert seen.lines[0].name == "Kontorstol HÅG SoFi 7200"
    # 680 x 660 x 1150 mm is 516 litres a piece.
    assert (seen.row.litres, seen.row.unmeasured) == (1548, 0)


def test_what_was_reported_can_be_corrected_taken_back_and_undone(world: World) -> None:
    leader = world.person("leader")
    key = reported(world, lines=(CHAIRS, TABLE))
    first = pickups.detail(leader, key).lines[0]
    fewer = dataclasses.replace(CHAIRS, id=first.id, pieces=60)
    corrected = pickups.correct(leader, key, report(world, lines=(fewer,)), version=1)
    seen = pickups.detail(leader, key)
    assert [(line.id, line.pieces) for line in seen.lines] == [(first.id, 60)]
    assert seen.row.version > 1
    with pytest.raises(Stale):
        pickups.correct(leader, key, report(world), version=1)

    changes.undo(leader, corrected.change_id or 0)
    assert [line.pieces for line in pickups.detail(leader, key).lines] == [62, 4]

    back = pickups.withdraw(leader, key)
    assert pickups.detail(leader, key).row.state is PickupState.WITHDRAWN
    changes.undo(leader, back.change_id or 0)
    assert pickups.detail(leader, key).row.state is PickupState.REPORTED
    assert_whole(world)


def test_a_report_that_is_undone_was_never_there_and_its_number_is_not_used_again(
    world: World,
) -> None:
    leader = world.person("leader")
    done = pickups.report(leader, report(world, lines=(CHAIRS, TABLE)))
    undone = changes.undo(leader, done.change_id or 0)
    assert pickups.listed(leader).total == 0
    with pytest.raises(Stale):
        pickups.detail(leader, done.pickup_id)
    assert pickups.report(leader, report(world)).number == "A-000002"
    changes.redo(leader, undone.change_id or 0)
    assert [line.pieces for line in pickups.detail(leader, done.pickup_id).lines] == [62, 4]
    assert_whole(world)


def test_pictures_belong_to_a_line_and_follow_its_corrections(world: World) -> None:
    leader = world.person("leader")
    shown = dataclasses.replace(CHAIRS, pictures=(picture("a"), picture("b")))
    key = reported(world, lines=(shown,))
    line = pickups.detail(leader, key).lines[0]
    assert line.photos == (picture("a").sha256, picture("b").sha256)
    assert pickups.pictures(leader, key) == {line.id: (picture("a"), picture("b"))}
    one = dataclasses.replace(CHAIRS, id=line.id, pictures=(picture("b"),))
    pickups.correct(leader, key, report(world, lines=(one,)))
    assert pickups.detail(leader, key).lines[0].photos == (picture("b").sha256,)
    with world.context.read() as session:
        assert session.scalar(select(func.count(PickupPhoto.id))) == 1
    assert_whole(world)


def test_the_warehouse_asks_and_the_giver_answers(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    key = reported(world)
    pickups.ask(lager, key, "Er der elevator?")
    assert (pickups.open_count(leader), pickups.open_count(lager)) == (1, 0)
    line = dataclasses.replace(CHAIRS, id=line_of(leader, key))
    with pytest.raises(Refused) as silent:
        pickups.correct(leader, key, report(world, lines=(line,)))
    assert said_by(silent) == "Svar på spørgsmålet fra lageret."
    pickups.correct(leader, key, report(world, lines=(line,), answer="Ja, i bygning B."))
    seen = pickups.detail(lager, key)
    assert (seen.row.state, seen.answer) == (PickupState.REPORTED, "Ja, i bygning B.")


def test_a_refusal_has_a_reason_that_the_giver_reads(world: World) -> None:
    lager, key = world.person("lager"), reported(world)
    with pytest.raises(Refused) as empty:
        pickups.refuse(lager, key, "  ")
    assert empty.value.field == "reason"
    pickups.refuse(lager, key, "Vi har ikke plads før jul.")
    seen = pickups.detail(world.person("leader"), key)
    assert (seen.row.state, seen.reason) == (PickupState.REFUSED, "Vi har ikke plads før jul.")
    assert_whole(world)


def test_what_is_planned_stands_by_its_day(world: World) -> None:
    lager = world.person("lager")
    late, early = reported(world), accepted(world)
    pickups.plan(lager, late, world.context.today() + dt.timedelta(days=9))
    pickups.plan(lager, early, world.context.today() + dt.timedelta(days=2))
    page = pickups.listed(lager, states=frozenset({PickupState.PLANNED}), by_day=True)
    assert [row.id for row in page.rows] == [early, late]
    with pytest.raises(Refused) as past:
        pickups.plan(lager, early, world.context.today() - dt.timedelta(days=1))
    assert past.value.field == "planned_on"
    assert_whole(world)


def test_pieces_registered_for_a_report_count_up_and_an_undo_gives_the_count_back(
    world: World,
) -> None:
    lager, key = world.person("lager"), accepted(world)
    line = line_of(lager, key)
    first = intake.register(lager, batch_for(world, 21, key, line))
    row = pickups.detail(lager, key).row
    assert (row.received, row.pieces, row.receiving) == (21, 62, True)
    assert {unit.giver_id for unit in all_units(world)} == {world.school}

    second = intake.register(lager, batch_for(world, 2, key, line))
    intake_corrections.remove(lager, second.unit_ids[0])
    assert pickups.detail(lager, key).row.received == 22
    undone = changes.undo(lager, first.change_id or 0)
    assert pickups.detail(lager, key).row.received == 1
    changes.redo(lager, undone.change_id or 0)
    assert pickups.detail(lager, key).lines[0].received == 22
    assert_whole(world)


def test_closing_tells_what_did_not_come_and_what_was_not_reported(world: World) -> None:
    lager, key = world.person("lager"), accepted(world)
    intake.register(lager, batch_for(world, 21, key, line_of(lager, key)))
    intake.register(lager, batch_for(world, 3, key, None))
    done = pickups.close(lager, key)
    assert (done.pieces, done.came, done.more) == (62, 21, 3)
    seen = pickups.detail(world.person("leader"), key)
    assert (seen.row.state, seen.unreported) == (PickupState.CLOSED, 3)
    assert seen.steps == frozenset()
    changes.undo(lager, done.change_id or 0)
    assert pickups.detail(lager, key).row.state is PickupState.ACCEPTED
    assert_whole(world)


def test_the_giver_sees_what_became_of_each_piece(world: World) -> None:
    lager, key = world.person("lager"), accepted(world)
    line = line_of(lager, key)
    ids = intake.register(lager, batch_for(world, 4, key, line)).unit_ids
    stock.put_on_sale(lager, ids[:2])
    stock.scrap(lager, [ids[2]], "broken")
    lines = trade.order(world, [ids[0]], institution=world.home)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    fates = pickups.detail(world.person("leader"), key).fates
    assert {(fate.state, fate.holder, fate.pieces) for fate in fates} == {
        ("delivered", "Plejecenter Åbo", 1),
        ("listed", "", 1),
        ("received", "", 1),
        ("scrapped", "", 1),
    }
    assert_whole(world)


def test_only_the_warehouse_reports_a_firms_gift_with_its_value_and_no_owner(world: World) -> None:
    lager = world.person("lager")
    gift = report(world, institution_id=None, firm="Airbag A/S", value_ore=1_250_000)
    with pytest.raises(Refused):
        pickups.report(world.person("leader"), gift)
    with pytest.raises(Invalid) as nameless:
        pickups.report(lager, dataclasses.replace(gift, firm=" "))
    assert set(nameless.value.errors) == {"firm"}
    key = pickups.report(lager, gift).pickup_id
    pickups.accept(lager, key)
    ids = intake.register(lager, batch_for(world, 2, key, line_of(lager, key))).unit_ids
    seen = pickups.detail(lager, key)
    assert (seen.row.giver, seen.row.firm, seen.value_ore) == ("Airbag A/S", True, 1_250_000)
    assert {trade.unit(world, key).giver_id for key in ids} == {None}
    with pytest.raises(Refused):
        pickups.detail(world.person("leader"), key)
    assert pickups.listed(world.person("leader")).total == 0
    assert_whole(world)


def test_nobody_sees_or_touches_what_another_institution_reported(world: World) -> None:
    key = reported(world)
    other = shopping.person(world, "nabo", (Role.LEADER, world.home))
    assert pickups.listed(other).total == 0
    for call in (
        lambda: pickups.detail(other, key),
        lambda: pickups.withdraw(other, key),
        lambda: pickups.correct(other, key, report(world)),
        lambda: pickups.report(other, report(world)),
        lambda: pickups.accept(other, key),
        lambda: pickups.pictures(other, key),
    ):
        with pytest.raises(Refused, match="You do not have the right"):
            call()
    both = shopping.person(
        world, "begge", (Role.APPROVER, world.home), (Role.APPROVER, world.school)
    )
    assert [row.id for row in pickups.listed(both).rows] == [key]
    assert [each.id for each in pickups.givers(other)] == [world.home]


def test_reported_furniture_is_found_while_it_stands_with_its_giver(world: World) -> None:
    lager, key = world.person("lager"), accepted(world)
    other = shopping.person(world, "nabo", (Role.LEADER, world.home))
    found = pickups.coming(other, "kontorstol blå")
    assert [(each.pieces, each.giver, each.number) for each in found] == [
        (62, "Søndervangskolen", "A-000001")
    ]
    assert pickups.coming(other, "reol") == []
    intake.register(lager, batch_for(world, 60, key, line_of(lager, key)))
    assert [each.pieces for each in pickups.coming(lager)] == [2]
    pickups.close(lager, key)
    assert pickups.coming(lager) == []


def test_for_some_days_it_is_there_for_the_givers_own_department_only(
    world: World, clock: Clock
) -> None:
    parameters.save(world.person("admin"), {"pickup_own_days": 5})
    reported(world)
    other = shopping.person(world, "nabo", (Role.LEADER, world.home))
    assert pickups.coming(other) == []
    assert len(pickups.coming(world.person("leader"))) == 1
    assert pickups.coming(world.person("leader"), "", world.school) == []
    assert len(pickups.coming(world.person("lager"))) == 1
    clock.advance(days=5)
    assert len(pickups.coming(other)) == 1


def test_who_may_do_what_with_a_report(world: World) -> None:
    key = reported(world)
    leader, lager = world.person("leader"), world.person("lager")
    assert pickups.detail(leader, key).steps == {PickupStep.CORRECT, PickupStep.WITHDRAW}
    assert pickups.detail(lager, key).steps == {
        PickupStep.CORRECT,
        PickupStep.WITHDRAW,
        PickupStep.ACCEPT,
        PickupStep.OFFER,
        PickupStep.ASK,
        PickupStep.REFUSE,
        PickupStep.PLAN,
    }
    assert [each.id for each in pickups.givers(leader)] == [world.school]
    assert {row.name for row in pickups.types(leader, "sofi")} == {"Kontorstol HÅG SoFi 7200"}


def test_what_is_reported_says_in_which_week_it_can_be_where_it_is_asked_for(
    world: World, clock: Clock
) -> None:
    lager, key = world.person("lager"), accepted(world)
    other = shopping.person(world, "nabo", (Role.LEADER, world.home))
    parameters.save(world.person("admin"), {"lead_days": 0})
    assert [each.week for each in pickups.coming(other)] == [None]
    assert [each.week for each in pickups.coming(other, "", world.home)] == [week_of(other.today())]
    pickups.plan(lager, key, later := other.today() + dt.timedelta(days=7))
    assert [each.week for each in pickups.coming(other, "", world.home)] == [week_of(later)]
    clock.advance(days=14)
    # Late as it is, it does not come before what stands in the hall.
    assert [each.week for each in pickups.coming(other, "", world.home)] == [week_of(other.today())]
    with pytest.raises(Refused):
        pickups.coming(other, "", world.school)
