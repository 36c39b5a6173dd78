"""Closing an institution: what is open is named with what to do, also beside and after others."""

import functools
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.services import (
    changes,
    check,
    deliveries,
    institutions,
    intake,
    orders,
    places,
    shop,
    wants,
)
from moebelcirkel.services.context import Context, Done
from tests.clock import Clock
from tests.services import ordering, reported, shopping
from tests.services.lending import lent
from tests.services.test_orders_race import together
from tests.services.wanting import want
from tests.world import World


def close(world: World) -> Done:
    admin = world.person("admin")
    found = institutions.get(admin, world.school)
    assert found is not None
    return institutions.save(admin, replace(found.form, active=False), world.school, found.version)


def test_open_orders_wants_and_baskets_are_named_until_they_are_ended(
    world: World, leader: Context
) -> None:
    order = ordering.send(leader, world, 1)
    wanted = want(leader, world.school, words="klaver")
    held = ordering.fill(leader, world, 2)
    with pytest.raises(Refused) as caught:
        close(world)
    assert str(caught.value) == (
        "Søndervangskolen cannot be closed yet: levér eller annullér B-000001; afslut"
        " efterlysningerne E-000001; send eller tøm kurven med 2 møbler."
    )
    assert caught.value.field == "active"
    orders.cancel(leader, order)
    wants.end(leader, wanted)
    shop.release(leader, world.school, held)
    assert close(world).change_id
    assert check.run(world.person("admin")).ok


def test_a_basket_that_has_run_out_and_what_is_delivered_keep_nothing_open(
    world: World, leader: Context, clock: Clock
) -> None:
    order = ordering.send(leader, world, 1)
    lager, lines = world.person("lager"), [line.id for line in ordering.lines_of(world, order)]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    ordering.fill(leader, world, 1)
    clock.advance(minutes=31)
    assert close(world).change_id


def test_what_is_on_loan_keeps_it_open(world: World) -> None:
    lent(world, 1)
    with pytest.raises(Refused, match="tag det hjem, der er udlånt med B-000001"):
        close(world)


def test_closing_beside_an_order_lets_one_of_them_through(world: World, leader: Context) -> None:
    held = ordering.fill(leader, world, 1)
    shopping.send(leader, world.school)
    cancelled = orders.cancel(leader, 1)
    assert held
    assert cancelled.change_id is not None
    answers = together(
        functools.partial(close, world),
        functools.partial(changes.undo, leader, cancelled.change_id),
    )
    assert len([each for each in answers if isinstance(each, Refused)]) == 1
    found = institutions.get(world.person("admin"), world.school)
    assert found is not None
    assert found.form.active is bool(orders.open_count(leader))


def test_closing_again_by_undo_is_refused_while_something_is_open(
    world: World, leader: Context, admin: Context
) -> None:
    close(world)
    found = institutions.get(admin, world.school)
    assert found is not None
    opened = institutions.save(admin, replace(found.form, active=True), world.school, found.version)
    assert opened.change_id is not None
    ordering.send(leader, world, 1)
    with pytest.raises(Refused, match="cannot be closed yet"):
        changes.undo(admin, opened.change_id)


def test_what_is_received_is_given_by_one_that_is_in_use_or_was_reported_by_it(
    world: World,
) -> None:
    lager, report = world.person("lager"), reported.accepted(world)
    origin = reported.batch_for(world, 1, report, reported.line_of(lager, report))
    chosen = replace(origin, origin=None, giver_id=world.school)
    close(world)
    with pytest.raises(Invalid) as caught:
        intake.register(lager, chosen)
    assert str(caught.value.errors["giver"]) == "Choose a giver from the list."
    assert intake.register(lager, origin).numbers
    admin = world.person("admin")
    place = places.save(admin, places.PlaceForm("9-01-A")).id
    places.save(admin, places.PlaceForm("9-01-A", active=False), place, 1)
    there = replace(chosen, giver_id=world.home, parts=(intake.Part("B", 1, "shelf", place),))
    with pytest.raises(Invalid) as caught:
        intake.register(lager, there)
    assert list(caught.value.errors) == ["place"]
    assert check.run(world.person("admin")).ok
