"""What is too old goes only after it was shown, by the municipality's rules, and is proved."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    cases,
    changes,
    check,
    complaints,
    messages,
    orders,
    parameters,
    persons,
    photos,
    routines,
    users,
)
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.changes import PersonText
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.photos import PhotoBlob
from tests import trade
from tests.clock import Clock
from tests.services import complaining, ordering, shopping, working_day
from tests.world import World

RULES: dict[str, Value] = {
    "keep_inactive_months": 12,
    "keep_notes_years": 2,
    "keep_pictures_months": 6,
}
NAME = "Karen Holm Nielsen"


@pytest.fixture
def old(world: World, clock: Clock) -> int:
    """Karen left, an order with a note is over, and a picture was taken down; then years pass."""
    admin, lager = world.person("admin"), world.person("lager")
    roles = frozenset({Grant(Role.WAREHOUSE, None)})
    key = users.save(admin, users.UserForm("karen", NAME, "", roles)).id
    users.save(admin, users.UserForm("karen", NAME, "", roles, active=False), key, 1)
    leader = world.person("leader")
    ordering.fill(leader, world, 1)
    sent = shopping.send(leader, world.school, "Ring til Ole på 12 34")
    orders.cancel(leader, sent.order_id)
    added = photos.add(lager, [working_day.picture("nogen")], article_id=world.chair)
    photos.remove(lager, added.photo_ids[0])
    photos.add(lager, [working_day.picture("stol")], article_id=world.chair)
    clock.advance(hours=24 * 365 * 3)
    return key


def test_nothing_is_too_old_without_rules(world: World, old: int) -> None:
    admin = world.person("admin")
    due = persons.too_old(admin)
    assert due.rows == ()
    with pytest.raises(Refused, match="Nothing is too old"):
        persons.retain(admin, due.seal)


def test_it_is_listed_first_and_goes_as_one_change(world: World, old: int) -> None:
    admin = world.person("admin")
    parameters.save(admin, RULES)
    due = persons.too_old(admin)
    assert [(row.kind, row.name) for row in due.rows] == [
        ("account", NAME),
        ("order", trade.rows(world.context, trade.select(Order.number))[0]),
        ("picture", working_day.picture("nogen").sha256[:8]),
    ]
    done = persons.retain(admin, due.seal)
    assert (done.accounts, done.orders, done.pictures) == (1, 1, 1)
    row = users.get(admin, old)
    assert row is not None
    assert row.name == f"Tidligere bruger {old}"
    assert trade.rows(world.context, trade.select(Order.note)) == [""]
    assert trade.row(world.context, PhotoBlob, working_day.picture("nogen").sha256).jpeg is None
    assert photos.image(admin, working_day.picture("stol").sha256) is not None
    left = trade.rows(world.context, trade.select(PersonText.body))
    assert not any(body and ("Ole" in body or NAME in body) for body in left)
    assert persons.too_old(admin).rows == ()
    assert check.run(world.context).findings == ()
    with pytest.raises(Refused):
        changes.undo(admin, done.change_id or 0)


def test_of_a_note_only_what_tells_of_people_goes_where_that_is_chosen(
    world: World, old: int
) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"keep_notes_years": 2, "keep_notes_rest": True})
    due = persons.too_old(admin)
    assert [row.kind for row in due.rows] == ["note"]
    assert persons.retain(admin, due.seal).orders == 1
    said = "Ring til [navn slettet] på [navn slettet]"
    assert trade.rows(world.context, trade.select(Order.note)) == [said]
    left = trade.rows(world.context, trade.select(PersonText.body))
    assert said in left
    assert not any(body and "Ole" in body for body in left)
    assert persons.too_old(admin).rows == ()
    assert check.run(world.context).findings == ()


def test_a_name_goes_from_notes_also_where_its_account_goes_with_them(
    world: World, old: int, clock: Clock
) -> None:
    admin, leader = world.person("admin"), world.person("leader")
    roles = frozenset({Grant(Role.WAREHOUSE, None)})
    key = users.save(admin, users.UserForm("tove", "Tove Ambrosius", "", roles)).id
    users.save(admin, users.UserForm("tove", "Tove Ambrosius", "", roles, active=False), key, 1)
    ordering.fill(leader, world, 1)
    orders.cancel(leader, shopping.send(leader, world.school, "Tove skal have den").order_id)
    clock.advance(hours=24 * 365 * 3)
    parameters.save(admin, {**RULES, "keep_notes_rest": True})
    due = persons.too_old(admin)
    assert {"account", "note"} <= {row.kind for row in due.rows}
    persons.retain(admin, due.seal)
    assert not any("Tove" in note for note in trade.rows(world.context, trade.select(Order.note)))


def test_administrators_are_told_when_something_is_too_old_and_again_each_month(
    world: World, clock: Clock, old: int
) -> None:
    admin = world.person("admin")
    parameters.save(admin, RULES)

    def told(person: str = "admin") -> list[str]:
        return [each.subject for each in messages.listed(world.person(person))]

    said = "For gammelt til at blive gemt: 3"
    assert [persons.announce(world.context) for _ in range(2)] == [3, 3]
    assert (told(), told("lager")) == ([said], [])
    clock.advance(days=40)
    persons.announce(world.context)
    assert told() == [said, said]
    persons.retain(admin, persons.too_old(admin).seal)
    clock.advance(days=40)
    assert persons.announce(world.context) == 0
    assert len(told()) == 2
    with pytest.raises(Refused, match="right"):
        persons.announce(admin)


def test_what_was_not_shown_does_not_go(world: World, old: int) -> None:
    admin = world.person("admin")
    parameters.save(admin, RULES)
    seen = persons.too_old(admin).seal
    parameters.save(admin, {"keep_notes_years": 0})
    with pytest.raises(Refused, match="Look again"):
        persons.retain(admin, seen)
    persons.retain(admin, persons.too_old(admin).seal)
    assert trade.rows(world.context, trade.select(Order.note)) == ["Ring til Ole på 12 34"]


def test_what_is_young_stays_and_only_an_administrator_may(world: World, clock: Clock) -> None:
    admin = world.person("admin")
    parameters.save(admin, RULES)
    users.save(admin, users.UserForm("karen", NAME, "", frozenset(), active=False))
    clock.advance(hours=24 * 300)
    assert persons.too_old(admin).rows == ()
    for name in ("lager", "leader", "controller"):
        with pytest.raises(Refused, match="right"):
            persons.too_old(world.person(name))
        with pytest.raises(Refused, match="right"):
            persons.retain(world.person(name), "")


def test_a_picture_that_went_by_age_may_come_again(world: World, old: int) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"keep_pictures_months": 6})
    persons.retain(admin, persons.too_old(admin).seal)
    again = photos.add(admin, [working_day.picture("nogen")], article_id=world.chair)
    assert len(again.photo_ids) == 1
    assert photos.image(admin, working_day.picture("nogen").sha256) is not None


def test_work_says_each_day_what_is_too_old_and_erases_nothing(
    world: World, clock: Clock, old: int
) -> None:
    here = routines.place("command")
    assert "retention" not in [each.name for each in routines.run_due(world.context, here)]
    parameters.save(world.person("admin"), RULES)
    clock.advance(days=1)
    told = {each.name: each for each in routines.run_due(world.context, here)}
    assert told["retention"].values == {"count": "3"}
    assert "retention" not in [each.name for each in routines.run_due(world.context, here)]
    clock.advance(days=1)
    assert "retention" in [each.name for each in routines.run_due(world.context, here)]
    assert len(persons.too_old(world.person("admin")).rows) == 3


def test_words_of_closed_complaints_and_of_their_cases_go_as_notes_of_orders_do(
    world: World, clock: Clock
) -> None:
    admin, lager, leader = (world.person(each) for each in ("admin", "lager", "leader"))
    delivery, lines, _units = complaining.handed(world, 3)
    said = [
        complaints.report(leader, delivery, [line], f"Ole på 12 34 {number}").ids[0]
        for number, line in enumerate(lines)
    ]
    complaints.refuse(lager, said[0], "Ole tog fejl")
    sent = complaints.send_to_repair(lager, said[1])
    cases.finish(world.person("bench"), sent.case_id or 0, "B")
    clock.advance(hours=24 * 365 * 3)
    parameters.save(admin, {"keep_notes_years": 2})
    due = persons.too_old(admin)
    numbers = [complaining.row(world, key).number for key in said]
    assert [(row.kind, row.name) for row in due.rows] == [
        ("complaint", numbers[0]),
        ("complaint", numbers[1]),
    ]
    assert persons.retain(admin, due.seal).complaints == 2
    rows = [complaining.row(world, key) for key in said]
    assert [(row.wrong, row.reason) for row in rows] == [("", ""), ("", ""), (rows[2].wrong, "")]
    assert rows[2].wrong  # it is open still
    assert trade.rows(world.context, trade.select(Case.note)) == [""]
    left = trade.rows(world.context, trade.select(PersonText.body))
    assert [body for body in left if body and "Ole" in body] == [rows[2].wrong]
    assert persons.too_old(admin).rows == ()
    assert check.run(world.context).findings == ()


def test_of_a_complaint_only_what_tells_of_people_goes_where_that_is_chosen(
    world: World, clock: Clock
) -> None:
    admin, lager, leader = (world.person(each) for each in ("admin", "lager", "leader"))
    delivery, lines, _units = complaining.handed(world, 1)
    key = complaints.report(leader, delivery, lines, "Vakler. Ring til Ole på 12 34").ids[0]
    complaints.refuse(lager, key, "Det er kun støv")
    clock.advance(hours=24 * 365 * 3)
    parameters.save(admin, {"keep_notes_years": 2, "keep_notes_rest": True})
    due = persons.too_old(admin)
    assert [row.kind for row in due.rows] == ["complaint_note"]
    persons.retain(admin, due.seal)
    row = complaining.row(world, key)
    assert row.wrong == "Vakler. Ring til [navn slettet] på [navn slettet]"
    assert row.reason == "Det er kun støv"
    assert persons.too_old(admin).rows == ()
    assert check.run(world.context).findings == ()
