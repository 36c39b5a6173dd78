"""Messages: who is told what of which change, and what undoing takes back."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.language import day
from moebelcirkel.services import (
    changes,
    deliveries,
    messages,
    orders,
    parameters,
    persons,
    pickups,
    runs,
    wants,
)
from moebelcirkel.services.context import SYSTEM, Actor, Context
from moebelcirkel.services.pickups import Report, ReportedLine
from moebelcirkel.storage.messages import telling
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.tables.users import User
from tests import trade
from tests.clock import Clock
from tests.services import ordering, running
from tests.services.test_runs_straight import offered, ordered
from tests.services.wanting import want
from tests.world import World


def subjects(context: Context) -> list[str]:
    return [each.subject for each in messages.listed(context)]


def report(context: Context, institution_id: int) -> int:
    line = ReportedLine(category_key="office_task_chair", pieces=12, condition="B", name="Stole")
    said = Report(institution_id=institution_id, lines=[line])
    return pickups.report(context, said).pickup_id


def test_an_order_above_the_limit_tells_its_approvers_and_its_orderer_of_the_answer(
    world: World, employee: Context
) -> None:
    order_id = ordering.send(employee, world)
    number = ordering.order_of(world, order_id).number
    leader = world.person("leader")
    (waits,) = messages.listed(leader)
    assert waits.subject == f"{number} venter på din godkendelse"
    assert "Employee har bestilt 2 møbler" in waits.body
    assert (waits.entity, waits.entity_id) == ("shop_order", order_id)
    assert (messages.unread_count(leader), messages.unread_count(employee)) == (1, 0)
    orders.approve(leader, order_id)
    assert subjects(employee) == [f"{number} er godkendt", f"Din bestilling {number} er sendt"]
    assert messages.unread_count(employee) == 1
    assert messages.unread_count(world.person("approver")) == 0
    assert messages.listed(world.person("lager")) == ()


def test_a_refusal_is_told_with_its_reason_and_is_taken_back_when_undone(
    world: World, employee: Context
) -> None:
    order_id = ordering.send(employee, world)
    leader = world.person("leader")
    done = orders.refuse(leader, order_id, "Vent til\nnæste år <b>{hvem}</b>")
    (told, _receipt) = messages.listed(employee)
    assert told.body.endswith("Begrundelse: Vent til næste år <b>{hvem}</b>")
    assert done.change_id is not None
    changes.undo(leader, done.change_id)
    assert len(messages.listed(employee)) == 1
    assert messages.unread_count(employee) == 0


def test_what_was_read_and_then_undone_stays_and_says_so(world: World, employee: Context) -> None:
    pickup_id = report(employee, world.school)
    hall = world.person("lager")
    done = pickups.accept(hall, pickup_id)
    assert messages.mark_read(employee) == 1
    assert done.change_id is not None
    undone = changes.undo(hall, done.change_id)
    assert [each.undone for each in messages.listed(employee)] == [True]
    assert undone.change_id is not None
    changes.redo(hall, undone.change_id)
    assert [each.undone for each in messages.listed(employee)] == [False]


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [("waiting", "withdrawn", False), ("sent", "sent", True), ("kept", "kept", False)],
)
def test_undoing_withdraws_a_mail_that_waits_and_corrects_one_that_was_sent(
    world: World, employee: Context, before: str, after: str, follows: bool
) -> None:
    order_id = ordering.send(employee, world)
    leader = world.person("leader")
    done = orders.approve(leader, order_id)
    with world.context.database.write() as session:
        session.execute(update(Message).values(mail=before))
    assert done.change_id is not None
    changes.undo(leader, done.change_id)
    query = select(Message).where(Message.recipient_id == employee.actor.user_id)
    rows = trade.rows(world.context, query.order_by(Message.id))
    assert rows[1].mail == after
    assert [row.subject for row in rows[2:]] == (
        [f"Fortrudt: {rows[1].subject}"] if follows else []
    )


def test_a_refused_change_tells_nobody(world: World, employee: Context) -> None:
    order_id = ordering.send(employee, world)
    with pytest.raises(Refused):
        orders.approve(employee, order_id)
    assert len(messages.listed(employee)) == 1


def test_a_found_want_is_told_to_who_asked(world: World, leader: Context) -> None:
    want_id = want(leader, world.school, pieces=3)
    trade.put_on_sale(world, 2)
    number = wants.detail(leader, want_id).row.number
    (found,) = messages.listed(leader)
    assert found.subject == f"Vi har fundet noget til efterlysning {number}"
    assert found.body.startswith("2 møbler til Søndervangskolen holdes til jer til og med")
    assert (found.entity, found.entity_id) == ("want", want_id)


def test_a_hold_that_is_about_to_end_is_told_once(
    world: World, leader: Context, clock: Clock
) -> None:
    want_id = want(leader, world.school)
    trade.put_on_sale(world, 1)
    own = world.context.as_actor(SYSTEM)
    until = wants.detail(leader, want_id).row.until
    assert until is not None
    messages.remind(own)
    assert len(messages.listed(leader)) == 1
    clock.advance(seconds=(until - leader.now()).total_seconds() - 3_600)
    for _again in range(2):
        messages.remind(own)
    ending, _found = messages.listed(leader)
    assert (ending.cause, ending.entity, ending.entity_id) == ("want_ending", "want", want_id)
    clock.advance(hours=2)
    assert messages.remind(own) == 0


def test_a_giver_hears_when_what_was_given_has_found_a_home(world: World, leader: Context) -> None:
    pickup, units = offered(world, 1)
    lines = ordered(world, units)
    hall = world.person("lager")
    deliveries.pick(hall, lines)
    deliveries.hand_over(hall, line_ids=lines)
    (told,) = [each for each in messages.listed(leader) if each.cause == "pickup_home"]
    assert (told.entity, told.entity_id) == ("pickup", pickup)
    assert "Plejecenter Åbo" in told.subject + told.body


def test_a_giver_hears_of_each_answer(world: World, employee: Context) -> None:
    pickup_id = report(employee, world.school)
    hall = world.person("lager")
    pickups.ask(hall, pickup_id, "Er de renset?")
    assert "Lageret vil vide: Er de renset?" in messages.listed(employee)[0].body
    pickups.plan(hall, pickup_id, hall.today() + dt.timedelta(days=3))
    day = hall.today() + dt.timedelta(days=3)
    assert subjects(employee)[0].endswith(f"hentes den {day.day}.{day.month}.{day.year}")


def test_a_giver_hears_on_which_day_the_van_comes_also_when_it_is_moved(
    world: World, employee: Context
) -> None:
    pickup_id = report(employee, world.school)
    hall = world.person("lager")
    days = [hall.today() + dt.timedelta(days=days) for days in (3, 4, 5)]
    pickups.plan(hall, pickup_id, days[0])
    vehicle = running.van(world)
    run = runs.create(hall, runs.RunForm(days[0], vehicle)).run_id
    runs.add_pickup(hall, run, pickup_id)  # the day that was told
    assert len(messages.listed(employee)) == 1
    runs.change(hall, run, runs.RunForm(days[1], vehicle))
    runs.change(hall, run, runs.RunForm(days[1], vehicle, "Hold 2"))  # nothing new of the day
    told = [f"{day.day}.{day.month}.{day.year}" for day in days]
    assert [each.rpartition(" ")[2] for each in subjects(employee)] == [told[1], told[0]]
    runs.change(hall, run, runs.RunForm(days[2], vehicle, "Hold 2"))
    assert subjects(employee)[0].endswith(told[2])


def test_what_is_delivered_is_told_to_who_ordered(world: World, leader: Context) -> None:
    order_id = ordering.send(leader, world)
    lines = [line.id for line in ordering.lines_of(world, order_id)]
    hall = world.person("lager")
    deliveries.pick(hall, lines)
    deliveries.prepare_note(hall, world.school, lines)
    deliveries.hand_over(hall, line_ids=lines)
    number = ordering.order_of(world, order_id).number
    assert subjects(leader)[:2] == [
        f"Møbler fra {number} er leveret",
        f"Møbler fra {number} er klar",
    ]


def test_nobody_sees_or_marks_the_messages_of_others(world: World, employee: Context) -> None:
    ordering.send(employee, world)
    (mine,) = messages.listed(world.person("leader"))
    assert messages.mark_read(employee, [mine.id]) == 0
    assert messages.unread_count(world.person("leader")) == 1
    nobody = world.context.as_actor(Actor(999, "Nobody", frozenset()))
    for asks in (messages.listed, messages.unread_count, messages.mark_read):
        with pytest.raises(Refused):
            asks(nobody)


def test_who_is_anonymised_loses_their_messages_and_their_name_in_those_of_others(
    world: World, employee: Context
) -> None:
    with world.context.database.write() as session:
        session.execute(update(User).where(User.login == "employee").values(name="Mette Mus"))
    ordering.send(employee, world)
    (waits,) = messages.listed(world.person("leader"))
    assert "Mette Mus har bestilt" in waits.body
    admin = world.person("admin")
    user = trade.rows(world.context, select(User).where(User.login == "employee"))[0]
    persons.anonymise(admin, user.id, user.version)
    rows = trade.rows(world.context, select(Message))
    left = {row.recipient_id for row in rows}
    assert left == {world.people["leader"].user_id, world.people["approver"].user_id}
    assert not any("Mette" in row.body for row in rows)


def test_people_are_told_in_the_municipalitys_own_words(
    world: World, employee: Context, admin: Context
) -> None:
    done = parameters.save(
        admin,
        {
            "subject_order_sent": "Tak, {navn}: {ordre}",
            "text_order_sent": "Hej {navn}\n\nVi er i gang.",
        },
    )
    order_id = ordering.send(employee, world)
    number = ordering.order_of(world, order_id).number
    (told,) = messages.listed(employee)
    assert (told.subject, told.body) == (
        f"Tak, Employee: {number}",
        "Hej Employee\n\nVi er i gang.",
    )
    assert done.change_id is not None
    changes.undo(admin, done.change_id)
    again = ordering.order_of(world, ordering.send(employee, world)).number
    assert f"Din bestilling {again} er sendt" in subjects(employee)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("text_order_sent", ""),
        ("text_order_sent", "Kære {hvem}"),
        ("subject_order_sent", "{ordre"),
        ("subject_order_sent", "x" * 201),
        ("text_order_sent", "010203-1234"),
    ],
)
def test_a_text_that_cannot_be_filled_is_refused(admin: Context, key: str, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parameters.save(admin, {key: text})
    assert list(caught.value.errors) == [key]


def test_another_week_than_promised_is_told_once_and_told_back(
    world: World, employee: Context, lager: Context
) -> None:
    leader = world.person("leader")
    order_id = ordering.send(employee, world)
    orders.approve(leader, order_id)
    order = ordering.order_of(world, order_id)
    assert order.promised_on is not None
    van = running.van(world)
    day = order.promised_on
    on_time = runs.create(lager, runs.RunForm(day, van)).run_id
    runs.add_delivery(lager, on_time, world.school)
    assert not [each for each in subjects(employee) if "uge" in each]
    later = day + dt.timedelta(days=7)
    runs.change(lager, on_time, runs.RunForm(later, van))
    week, before = later.isocalendar().week, day.isocalendar().week
    told = messages.listed(employee)[0]
    assert told.subject == f"{order.number} kommer i uge {week}"
    assert f"Før var det uge {before}." in told.body
    assert (told.entity, told.entity_id) == ("shop_order", order_id)
    count = len(subjects(employee))
    runs.change(lager, on_time, runs.RunForm(later, van, "Anden chauffør"))
    assert len(subjects(employee)) == count
    done = runs.change(lager, on_time, runs.RunForm(day, van))
    assert subjects(employee)[0] == f"{order.number} kommer i uge {before}"
    assert done.change_id is not None
    changes.undo(lager, done.change_id)
    runs.change(lager, on_time, runs.RunForm(day, van))
    assert subjects(employee)[0] == f"{order.number} kommer i uge {before}"


def test_what_was_told_of_one_run_is_not_said_of_another(
    world: World, employee: Context, lager: Context
) -> None:
    leader, van = world.person("leader"), running.van(world)
    order_id = ordering.send(employee, world, 2)
    orders.approve(leader, order_id)
    order, lines = ordering.order_of(world, order_id), ordering.lines_of(world, order_id)
    assert order.promised_on is not None
    monday = order.promised_on - dt.timedelta(days=order.promised_on.weekday())
    in_time, late = (
        runs.create(lager, runs.RunForm(monday + dt.timedelta(days=days), van)).run_id
        for days in (0, 7)
    )
    cancelled = orders.cancel(employee, order_id, [lines[0].id])
    runs.add_delivery(lager, in_time, world.school)
    changes.undo(employee, cancelled.change_id or 0)
    added = runs.add_delivery(lager, late, world.school)
    assert added.pieces == 1
    told = subjects(employee)
    assert told[0] == f"{order.number} kommer i uge {monday.isocalendar().week + 1}"
    # The other piece comes in its week as before, on another day of it.
    runs.change(lager, in_time, runs.RunForm(monday + dt.timedelta(days=1), van))
    assert subjects(employee) == told
    # Once all of it comes on one run, what was told is true no longer.
    runs.remove(lager, runs.one(lager, late).stops[0].id)
    runs.add_delivery(lager, in_time, world.school)
    assert subjects(employee)[0] == f"{order.number} kommer i uge {monday.isocalendar().week}"


def test_a_day_is_written_in_messages_as_in_lists() -> None:
    assert telling.day_words(dt.date(2026, 12, 7)) == day(dt.date(2026, 12, 7)) == "07.12.2026"
