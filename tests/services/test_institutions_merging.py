"""Two institutions become one: what is open goes on with the other, and what was stays as was."""

import dataclasses
import functools
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.roles import Action, Grant, Role
from moebelcirkel.services import (
    changes,
    deliveries,
    institutions,
    overview,
    receipts,
    runs,
    shop,
    users,
    wants,
)
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.start import login
from moebelcirkel.storage.checks import institutions as check_institutions
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.purchases import Purchase
from moebelcirkel.storage.tables.runs import RunStop
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.users import UserRole
from moebelcirkel.storage.tables.wants import Want
from tests import trade
from tests.services import ordering, planning, reported, running, settling, shopping, wanting
from tests.services.joining import merge, now, refused, save, undo_last
from tests.services.lending import lent
from tests.services.sound import assert_whole
from tests.services.tampering import found_after, tamper
from tests.services.test_orders_race import together
from tests.world import World

OPEN = (Order, Want, Pickup, Purchase)


def homes(world: World) -> dict[Any, list[int | None]]:
    """Whose the open things are, by table."""
    found = {
        model: [row.institution_id for row in trade.rows(world.context, select(model))]
        for model in OPEN
    }
    return {model: places for model, places in found.items() if places}


def something_open(world: World) -> None:
    """An order, a want, a pickup and a plan of the school's."""
    leader = world.person("leader")
    ordering.send(leader, world, 1)
    wanting.want(leader, world.school, words="klaver")
    reported.reported(world)
    planning.plan(leader, world.school)


def test_what_is_open_goes_on_with_the_other_one_and_comes_back(world: World) -> None:
    something_open(world)
    seen = institutions.preview(world.person("admin"), world.school, world.home)
    assert (seen.merged.name, seen.kept.name) == ("Søndervangskolen", "Plejecenter Åbo")
    moving = seen.moving
    assert (moving.orders, moving.wants, moving.pickups, moving.plans) == (1, 1, 1, 1)
    assert (moving.people, moving.accounts, seen.faults) == (3, 1, ())
    assert merge(world).orders == 1
    assert homes(world) == {model: [world.home] for model in OPEN}
    [order] = trade.rows(world.context, select(Order))
    account = trade.row(world.context, CostBearer, order.cost_bearer_id)
    assert (account.institution_id, account.code) == (world.home, "4300")
    roles = trade.rows(world.context, select(UserRole).where(UserRole.institution_id.is_not(None)))
    assert {role.institution_id for role in roles} == {world.home}
    assert_whole(world)


def roles_of(world: World) -> set[tuple[int, int | None]]:
    """Who has a role, and where."""
    found = trade.rows(world.context, select(UserRole))
    return {(row.id, row.institution_id) for row in found}


def test_undoing_gives_everything_back_and_doing_it_again_takes_it(world: World) -> None:
    something_open(world)
    before = homes(world)
    roles = roles_of(world)
    done = merge(world)
    back = changes.undo(world.person("admin"), done.change_id or 0)
    assert homes(world) == before
    assert roles_of(world) == roles
    school = trade.row(world.context, Institution, world.school)
    assert (school.active, school.merged_into_id, school.merged_at) == (True, None, None)
    assert_whole(world)
    with pytest.raises(Refused, match="Do it anew"):
        changes.redo(world.person("admin"), back.change_id or 0)
    merge(world)
    assert homes(world) == {model: [world.home] for model in OPEN}
    assert_whole(world)


def test_it_is_not_done_again_over_what_was_opened_meanwhile(world: World) -> None:
    done = merge(world)
    back = changes.undo(world.person("admin"), done.change_id or 0)
    order = ordering.send(world.person("leader"), world, 1)
    with pytest.raises(Refused, match="has been merged into Plejecenter Åbo"):
        changes.redo(world.person("admin"), back.change_id or 0)
    assert trade.row(world.context, Order, order).institution_id == world.school


def test_what_was_undone_elsewhere_does_not_open_again_there(world: World) -> None:
    leader = world.person("leader")
    wanted = wanting.want(leader, world.school, words="klaver")
    ended = wants.end(leader, wanted)
    merge(world)
    with pytest.raises(Refused, match="Søndervangskolen is not in use any more"):
        changes.undo(now(world, "leader"), ended.change_id or 0)
    assert_whole(world)


def test_what_was_delivered_stays_and_is_answered_for_by_the_other_one(world: World) -> None:
    neighbour = shopping.neighbour(world)
    settling.hand_over_units(world, trade.put_on_sale(world, 2), world.school)
    lent(world, 1)
    seen = institutions.preview(world.person("admin"), world.school, world.home).staying
    assert (seen.orders, seen.loans, seen.pieces, seen.charges) == (2, 1, 3, 3)
    merge(world)
    for table in (Order, FigureLine, Charge, Delivery):
        places = {row.institution_id for row in trade.rows(world.context, select(table))}
        assert places == {world.school}
    assert neighbour.actor.grants is not None
    leader = world.context.as_actor(login.actor_of(world.context, neighbour.actor.user_id or 0))
    assert leader.reach(Action.OVERVIEW) == frozenset({world.school, world.home})
    assert [each.name for each in overview.places(leader)] == [
        "Plejecenter Åbo",
        "Søndervangskolen",
    ]
    assert [each.id for each in shop.institutions(leader)] == [world.home]
    note = trade.rows(world.context, select(Delivery))[0]
    receipts.confirm(leader, note.id)
    assert_whole(world)


def test_pieces_of_the_merged_one_come_back_and_are_taken_from_it(world: World) -> None:
    units = trade.put_on_sale(world, 1)
    settling.hand_over_units(world, units, world.school)
    merge(world)
    number = trade.number(world.context, units[0])
    back = deliveries.Returned(number, "B")
    deliveries.take_back(world.person("lager"), [back], place_id=world.shelf)
    assert trade.unit(world, units[0]).giver_id == world.school
    assert_whole(world)


def test_a_want_that_was_partly_served_goes_on(world: World) -> None:
    leader = world.person("leader")
    trade.put_on_sale(world, 1)
    shop.hold(leader, world.school, shopping.key(world), 1)
    order = shopping.send(leader, world.school).order_id
    [line] = ordering.lines_of(world, order)
    want = wanting.want(leader, world.school, words="kontorstol", pieces=2)
    make_for(world, line.id, want)
    lager = world.person("lager")
    deliveries.pick(lager, [line.id])
    deliveries.hand_over(lager, line_ids=[line.id])
    merge(world)
    assert trade.row(world.context, Want, want).institution_id == world.home
    assert trade.row(world.context, Order, order).institution_id == world.school
    assert_whole(world)


def make_for(world: World, line_id: int, want_id: int) -> None:
    """The line is for the want."""

    def fill(work: Work) -> None:
        work.get(OrderLine, line_id).want_id = want_id

    world.context.write("test", None, fill)


# --- what is in the way ---------------------------------------------------------------------------


def test_only_two_that_are_in_use_and_charged_alike_are_merged(world: World) -> None:
    assert "ikke lægges sammen med sig selv" in refused(world, world.school, world.school)
    save(world, world.home, legal="other")
    assert "afregnes ikke med samme moms" in refused(world)
    save(world, world.home, legal="own", cvr="41849983")
    save(world, world.school, cvr="29189668")
    assert "CVR" in refused(world)
    save(world, world.school, cvr="")
    save(world, world.home, active=False)
    assert "Plejecenter Åbo er lukket" in refused(world)
    assert "Plejecenter Åbo er lukket" in refused(world, world.home, world.school)


def test_what_is_begun_is_finished_first(world: World) -> None:
    leader, lager = world.person("leader"), world.person("lager")
    order = ordering.send(leader, world, 2)
    first, second = (line.id for line in ordering.lines_of(world, order))
    deliveries.pick(lager, [first])
    deliveries.hand_over(lager, line_ids=[first])
    ordering.fill(leader, world, 2)
    assert refused(world) == (
        "Søndervangskolen kan ikke lægges sammen endnu: levér eller annullér B-000001; send eller"
        " tøm kurven med 2 møbler."
    )
    shop.release(leader, world.school, trade.rows(world.context, select(Hold.unit_id)))
    deliveries.pick(lager, [second])
    deliveries.hand_over(lager, line_ids=[second])
    assert merge(world).orders == 0
    assert_whole(world)


def test_a_stop_where_all_was_handed_over_stays_with_what_was_brought(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    brought = running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    deliveries.pick(lager, brought)
    given = deliveries.hand_over(lager, line_ids=brought).change_id or 0
    running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school, again=True)
    assert "K-00001" in refused(world)
    (stop,) = runs.one(lager, run).stops
    runs.remove(lager, stop.id)
    admin = world.person("admin")
    assert institutions.preview(admin, world.school, world.home).moving.stops == 0
    done = merge(world)
    assert_whole(world)
    with pytest.raises(Refused):
        changes.undo(lager, given)
    runs.add_delivery(lager, run, world.home, again=True)
    assert_whole(world)
    with pytest.raises(Refused):
        undo_last(world, done)
    waits = [line for line in trade.rows(world.context, select(OrderLine)) if line.state == "open"]
    deliveries.pick(lager, [line.id for line in waits])
    deliveries.hand_over(lager, line_ids=[line.id for line in waits])
    assert runs.close(lager, run, Decimal(10)).pieces == 3
    assert_whole(world)


def test_a_stop_and_a_note_go_along_unless_the_run_goes_to_both(world: World) -> None:
    lager = world.person("lager")
    running.waiting(world, 2)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    done = merge(world)
    [stop] = trade.rows(world.context, select(RunStop))
    assert stop.institution_id == world.home
    assert_whole(world)
    undo_last(world, done)
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.home)
    assert "tag den af køreturene" in refused(world)


def test_a_prepared_note_goes_along(world: World) -> None:
    lager = world.person("lager")
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(lager, lines)
    deliveries.prepare_note(lager, world.school, lines)
    merge(world)
    [note] = trade.rows(world.context, select(Delivery))
    assert note.institution_id == world.home
    assert deliveries.hand_over(lager, line_ids=lines).institution_id == world.home
    assert_whole(world)


def test_what_was_ordered_to_another_address_says_where_that_is(world: World) -> None:
    save(world, world.school, address="Skolegade 3, Randers")
    something_open(world)
    merge(world)
    [order] = trade.rows(world.context, select(Order))
    assert order.building == "Søndervangskolen, Skolegade 3, Randers"
    [pickup] = trade.rows(world.context, select(Pickup))
    assert pickup.building == ("Bygning B, lokale 12, Søndervangskolen, Skolegade 3, Randers")


# --- more than one --------------------------------------------------------------------------------


def test_each_into_the_other_at_once_lets_one_through(world: World) -> None:
    answers = together(
        functools.partial(merge, world, world.school, world.home),
        functools.partial(merge, world, world.home, world.school),
    )
    assert len([each for each in answers if isinstance(each, Refused)]) == 1
    assert_whole(world)


def test_beside_an_order_of_the_same_moment_nothing_is_left_there(world: World) -> None:
    leader = world.person("leader")
    ordering.fill(leader, world, 1)
    together(
        functools.partial(merge, world), functools.partial(shopping.send, leader, world.school)
    )
    assert_whole(world)
    merged = trade.row(world.context, Institution, world.school).merged_into_id
    [order] = trade.rows(world.context, select(Order))
    assert order.institution_id == (merged or world.school)


def test_one_merged_into_a_merged_one_leads_to_the_last(world: World) -> None:
    last = institutions.save(world.person("admin"), InstitutionForm("Nordskolen")).id
    first = merge(world)
    merge(world, world.home, last)
    assert trade.row(world.context, Institution, world.school).merged_into_id == last
    assert now(world, "leader").reach(Action.ORDER_VIEW) == frozenset(
        {world.school, world.home, last}
    )
    with pytest.raises(Refused):
        undo_last(world, first)
    assert_whole(world)


def test_who_works_at_both_has_each_role_once(world: World) -> None:
    both = shopping.person(world, "begge", (Role.LEADER, world.school), (Role.LEADER, world.home))
    merge(world)
    query = select(UserRole).where(UserRole.user_id == both.actor.user_id)
    assert [row.institution_id for row in trade.rows(world.context, query)] == [world.home]


def test_nobody_gets_a_role_at_the_merged_one_by_an_open_form_or_by_undo(world: World) -> None:
    admin, leader = world.person("admin"), world.people["leader"].user_id or 0
    new = users.UserForm("ny", "Ny", grants=frozenset({Grant(Role.LEADER, world.school)}))
    row = users.get(admin, leader)
    assert row is not None
    away = dataclasses.replace(
        new, login=row.login, name=row.name, grants=frozenset({Grant(Role.WAREHOUSE)})
    )
    moved = users.save(admin, away, leader, row.version)
    merge(world)
    with pytest.raises(Invalid) as caught:
        users.save(admin, new)
    assert "“Søndervangskolen” is no longer in use" in str(caught.value.errors["grants"])
    with pytest.raises(Refused, match="has been merged into Plejecenter Åbo"):
        changes.undo(admin, moved.change_id or 0)
    assert trade.rows(world.context, select(UserRole).filter_by(institution_id=world.school)) == []


def test_the_merged_one_is_neither_opened_nor_the_other_deleted_or_seen_stale(
    world: World, admin: Context
) -> None:
    home = institutions.get(admin, world.home)
    assert home is not None
    merge(world)
    with pytest.raises(Refused, match="was merged into Plejecenter Åbo"):
        save(world, world.school, active=True)
    with pytest.raises(Stale):  # its accounts have become more
        institutions.save(admin, home.form, world.home, home.version)
    found = institutions.get(admin, world.school)
    assert found is not None
    assert (found.merged_into, found.merged_on) == ("Plejecenter Åbo", admin.today())
    other = institutions.get(admin, world.home)
    assert other is not None
    assert other.became == ("Søndervangskolen",)
    with pytest.raises(Refused):
        institutions.delete(admin, world.home, other.version)


def test_nobody_but_an_administrator_merges_and_nothing_old_is_merged(
    world: World, admin: Context
) -> None:
    with pytest.raises(Refused, match="right to do this"):
        institutions.merge(world.person("leader"), world.school, world.home)
    with pytest.raises(Refused, match="right to do this"):
        institutions.preview(world.person("controller"), world.school, world.home)
    seen = institutions.preview(admin, world.school, world.home)
    save(world, world.home, department="Ældre")
    with pytest.raises(Stale):
        institutions.merge(admin, world.school, world.home, seen.merged.version, seen.kept.version)


def test_the_check_finds_what_was_changed_behind_it(world: World) -> None:
    trade.order(world, trade.put_on_sale(world, 1))
    merge(world)
    tamper(world)
    part = check_institutions.merged_institutions_are_over
    for statement in (
        "UPDATE shop_order SET institution_id = :school",
        "UPDATE institution SET active = true WHERE id = :school",
        "UPDATE institution SET merged_at = NULL WHERE id = :school",
        "UPDATE institution SET merged_into_id = NULL WHERE id = :school",
        "UPDATE institution SET merged_into_id = id WHERE id = :school",
    ):
        found = found_after(world, part, statement, school=world.school)
        assert found, statement
