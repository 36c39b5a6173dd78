"""Pictures of what is complained of: seen by both sides, erased and forgotten like all others."""

import dataclasses

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.services import changes, complaints, deliveries, persons, photos
from moebelcirkel.storage.tables.complaints import ComplaintPhoto
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import PickupPhoto
from tests import trade
from tests.services import reported, shopping
from tests.services.complaining import handed
from tests.services.sound import assert_whole
from tests.services.working_day import picture
from tests.world import World

SPLIT, TORN = picture("split"), picture("torn")


def links(world: World) -> list[tuple[int, int]]:
    query = trade.select(ComplaintPhoto).order_by(ComplaintPhoto.id)
    return [(each.complaint_id, each.position) for each in trade.rows(world.context, query)]


def test_each_piece_has_the_pictures_and_who_has_nothing_to_do_with_it_sees_none(
    world: World,
) -> None:
    leader, lager = world.person("leader"), world.person("lager")
    delivery, lines, _units = handed(world, 2)
    done = complaints.report(leader, delivery, lines, "Revnet", [SPLIT, TORN, SPLIT])
    for key in done.ids:
        for person in (leader, lager):
            assert complaints.detail(person, key).photos == (SPLIT.sha256, TORN.sha256)
    with pytest.raises(Refused):
        complaints.detail(shopping.neighbour(world), done.ids[0])
    assert links(world) == [(key, at) for key in done.ids for at in (0, 1)]
    assert_whole(world)


def test_an_undone_complaint_has_no_pictures_and_a_redone_one_has_them_again(world: World) -> None:
    leader = world.person("leader")
    delivery, lines, _units = handed(world, 1)
    done = complaints.report(leader, delivery, lines, "Revnet", [SPLIT])
    undone = changes.undo(leader, done.change_id or 0)
    assert links(world) == []
    with pytest.raises(Stale):
        complaints.detail(leader, done.ids[0])
    changes.redo(leader, undone.change_id or 0)
    assert complaints.detail(leader, done.ids[0]).photos == (SPLIT.sha256,)
    assert_whole(world)


def test_a_picture_erased_for_a_cause_goes_from_complaints_and_reports(world: World) -> None:
    leader, admin = world.person("leader"), world.person("admin")
    delivery, lines, _units = handed(world, 2)
    done = complaints.report(leader, delivery, lines[:1], "Revnet", [SPLIT, TORN])
    chairs = dataclasses.replace(reported.CHAIRS, pictures=(SPLIT, TORN))
    reported.reported(world, lines=(chairs,))
    assert photos.erase(admin, SPLIT.sha256, "person").places == 2
    assert complaints.detail(leader, done.ids[0]).photos == (TORN.sha256,)
    for link in (ComplaintPhoto, PickupPhoto):
        query = trade.select(link.position).where(link.sha256 == SPLIT.sha256)
        assert trade.rows(world.context, query) == [2]
    with pytest.raises(Refused, match="cannot be added again"):
        complaints.report(leader, delivery, lines[1:], "Revnet", [SPLIT])
    assert_whole(world)


def test_who_may_erase_finds_each_picture_sent_in_by_its_number_or_sender(world: World) -> None:
    admin = world.person("admin")
    delivery, lines, _units = handed(world, 1)
    complaints.report(world.person("leader"), delivery, lines, "Revnet", [SPLIT])
    chairs = dataclasses.replace(reported.CHAIRS, pictures=(SPLIT, TORN))
    reported.reported(world, lines=(chairs,))

    def found(text: str = "") -> set[tuple[str, str]]:
        return {(each.number, each.sha256) for each in persons.sent_pictures(admin, text)}

    of_report = {("A-000001", SPLIT.sha256), ("A-000001", TORN.sha256)}
    assert found() == {("R-00001", SPLIT.sha256), *of_report}
    assert found("a-000001") == of_report
    assert found("reklamation") == {("R-00001", SPLIT.sha256)}
    assert len(found(persons.sent_pictures(admin)[0].sender)) == 3
    photos.erase(admin, SPLIT.sha256, "person")
    assert found() == {("A-000001", TORN.sha256)}
    with pytest.raises(Refused):
        persons.sent_pictures(world.person("lager"))


def picked(world: World, pieces: int) -> list[int]:
    lines = trade.order(world, trade.put_on_sale(world, pieces))
    deliveries.pick(world.person("lager"), lines)
    return lines


def test_damage_at_the_door_is_complained_of_by_the_hand_over_and_undone_with_it(
    world: World,
) -> None:
    lager, leader, lines = world.person("lager"), world.person("leader"), picked(world, 3)
    deliveries.prepare_note(lager, world.school, lines[:1])
    assert [each.line_id for each in deliveries.going(lager, line_ids=lines)] == lines
    damage = deliveries.Damage(lines[:2], "Revnet", [SPLIT])
    done = deliveries.hand_over(lager, line_ids=lines, damage=damage)
    assert done.complaints == ("R-00001", "R-00002")
    listed = complaints.listed(leader).rows
    assert {each.order_line_id for each in listed} == set(lines[:2])
    assert {each.delivery for each in listed} == set(done.numbers)
    assert complaints.detail(leader, listed[0].id).photos == (SPLIT.sha256,)
    assert_whole(world)
    changes.undo(lager, done.change_id or 0)
    assert (complaints.listed(leader).total, links(world)) == (0, [])
    assert_whole(world)


def test_damage_that_cannot_be_reported_hands_nothing_over(world: World) -> None:
    lager, lines = world.person("lager"), picked(world, 2)
    for chosen, wrong, why in (
        ([], "Revnet", "Choose the pieces"),
        ([lines[1] + 77], "Revnet", "Choose the pieces"),
        (lines, "", "Write what is wrong"),
    ):
        with pytest.raises(Refused, match=why):
            deliveries.hand_over(
                lager, line_ids=lines, damage=deliveries.Damage(chosen, wrong, [TORN])
            )
    line = trade.row(world.context, OrderLine, lines[0])
    assert (line.state, complaints.listed(lager).total) == ("picked", 0)
