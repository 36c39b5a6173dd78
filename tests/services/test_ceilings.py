"""Budget ceilings: what counts, what is refused, two at once, another year, and undo."""

import datetime as dt
import functools
from dataclasses import replace

import pytest

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.orders import Needs, OrderState
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, complaints, institutions, messages, orders, shop
from moebelcirkel.services.context import Context
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.services.orders import OrderSent
from tests import trade
from tests.clock import Clock
from tests.services import complaining, ordering, shopping
from tests.services.test_orders_race import together
from tests.services.undoing import assert_undone
from tests.world import World


def set_ceilings(world: World, institution_id: int, *ceilings: Ceiling) -> None:
    admin = world.person("admin")
    found = institutions.get(admin, institution_id)
    assert found is not None
    form = replace(found.form, ceilings=ceilings)
    institutions.save(admin, form, found.id, found.version)


def _year(world: World) -> int:
    return world.context.today().year


def _used(world: World) -> list[int]:
    found = institutions.get(world.person("admin"), world.school)
    assert found is not None
    return [each.standing.used_ore for each in found.used]


def _take_others(context: Context, world: World, count: int) -> list[int]:
    """Of another card, so that what was given up stays where it is."""
    trade.put_on_sale(world, count, condition="A")
    key = shopping.key(world, condition="A")
    return list(shop.hold(context, world.school, key, count).unit_ids)


def test_a_ceiling_is_kept_shown_and_taken_away(world: World, admin: Context) -> None:
    year = _year(world)
    both = (Ceiling(year, "", 5_000_000), Ceiling(year, "office_chairs", 1_000_000))
    set_ceilings(world, world.school, *both)
    found = institutions.get(admin, world.school)
    assert found is not None
    assert found.form.ceilings == both
    assert [(each.name, each.standing.most_ore) for each in found.used] == [
        ("", 5_000_000),
        ("Kontorstole", 1_000_000),
    ]
    set_ceilings(world, world.school)
    found = institutions.get(admin, world.school)
    assert found is not None
    assert (found.form.ceilings, found.used) == ((), ())
    assert check.run(admin).ok


@pytest.mark.parametrize(
    "wrong",
    [
        (Ceiling(20, "", 1),),
        (Ceiling(2026, "", -1),),
        (Ceiling(2026, "no_such_group", 1),),
        (Ceiling(2026, "", 1), Ceiling(2026, "", 2)),
    ],
)
def test_a_wrong_ceiling_is_named_and_nothing_saved(
    world: World, wrong: tuple[Ceiling, ...]
) -> None:
    with pytest.raises(Invalid) as caught:
        set_ceilings(world, world.school, *wrong)
    assert set(caught.value.errors) == {"ceilings"}


def test_what_passes_the_ceiling_waits_for_an_approver_whatever_the_limit(
    world: World, leader: Context
) -> None:
    shopping.limit(world, world.school, 100_000_000)
    set_ceilings(world, world.school, Ceiling(_year(world), "", 3 * trade.PRICE))
    ordering.send(leader, world, 2)
    ordering.fill(leader, world, 2)
    offer = shop.basket(leader, world.school).offers[0]
    standing = offer.ceilings[0].standing
    assert (standing.used_ore, standing.adds_ore) == (2 * trade.PRICE, 2 * trade.PRICE)
    assert (offer.sending.needs, offer.sending.over_ore) == (Needs.APPROVER, trade.PRICE)
    sent = shopping.send(leader, world.school)
    assert (sent.needs, sent.state) == (Needs.APPROVER, OrderState.AWAITING)
    with pytest.raises(Refused):
        orders.approve(leader, sent.order_id)
    approver = world.person("approver")
    seen = orders.detail(approver, sent.order_id)
    assert seen.row.over_ore == trade.PRICE
    assert [each.standing.passed_ore for each in seen.ceilings] == [trade.PRICE]
    orders.approve(approver, sent.order_id)
    assert _used(world) == [4 * trade.PRICE]
    assert check.run(world.person("admin")).ok


def test_what_nobody_could_approve_is_refused_and_says_what_to_do(world: World) -> None:
    both = shopping.person(world, "begge", (Role.LEADER, world.home), (Role.APPROVER, world.home))
    set_ceilings(world, world.home, Ceiling(_year(world), "office_chairs", trade.PRICE))
    trade.put_on_sale(world, 2)
    held = shop.hold(both, world.home, shopping.key(world), 2)
    with pytest.raises(Refused, match="for Kontorstole in .* Take something out, or ask"):
        shopping.send(both, world.home)
    shop.release(both, world.home, held.unit_ids[:1])
    assert shopping.send(both, world.home).state == OrderState.APPROVED


def test_a_group_has_a_ceiling_of_its_own_and_others_are_left_alone(
    world: World, leader: Context
) -> None:
    set_ceilings(world, world.school, Ceiling(_year(world), "tables", 0))
    ordering.send(leader, world, 2)
    set_ceilings(world, world.school, Ceiling(_year(world), "office_chairs", 2 * trade.PRICE))
    ordering.fill(leader, world, 1)
    assert shopping.send(leader, world.school).needs == Needs.APPROVER


def test_what_is_given_up_is_free_again_and_what_costs_nothing_always_goes(
    world: World, leader: Context
) -> None:
    set_ceilings(world, world.school, Ceiling(_year(world), "", 2 * trade.PRICE))
    order = ordering.send(leader, world, 2)
    trade.put_on_sale(world, 1, price_ore=0)
    shop.hold(leader, world.school, shopping.key(world, price_ore=0), 1)
    assert shopping.send(leader, world.school).total_ore == 0
    orders.cancel(leader, order)
    assert _used(world) == [0]
    assert ordering.send(leader, world, 2)


def test_the_next_year_begins_anew_and_a_later_ceiling_takes_over(
    world: World, leader: Context, clock: Clock
) -> None:
    year = _year(world)
    set_ceilings(
        world, world.school, Ceiling(year, "", trade.PRICE), Ceiling(year + 2, "", 2 * trade.PRICE)
    )
    ordering.send(leader, world, 1)
    for ahead, most in ((1, trade.PRICE), (2, 2 * trade.PRICE)):
        begins = dt.datetime(year + ahead, 1, 1, 12, tzinfo=dt.UTC)
        clock.advance(seconds=(begins - world.context.now()).total_seconds())
        found = institutions.get(world.person("admin"), world.school)
        assert found is not None
        assert [each.standing.most_ore for each in found.used] == [most]
        assert _used(world) == [0]


def test_two_at_once_cannot_both_take_what_is_left(world: World, leader: Context) -> None:
    """A basket is sent just as somebody takes back that the same amount was given up."""
    shopping.limit(world, world.school, 100_000_000)
    for most in range(1, 6):
        set_ceilings(world, world.school, Ceiling(_year(world), "", most * trade.PRICE))
        given_up = orders.cancel(leader, ordering.send(leader, world, 1))
        assert given_up.change_id is not None
        _take_others(leader, world, 1)
        shop.set_answer(leader, world.school, Answer.YES)
        answers = together(
            functools.partial(orders.send, leader, world.school),
            functools.partial(changes.undo, leader, given_up.change_id),
        )
        sent, undone = answers
        assert isinstance(sent, OrderSent)
        # Whoever comes second is beyond it: it waits for an approver, or does not come back.
        late = sent.state == OrderState.AWAITING
        assert isinstance(undone, Refused) is not late
        if late:
            orders.cancel(leader, sent.order_id)
        assert _used(world) == [most * trade.PRICE]


def test_an_order_that_waits_counts_and_the_approver_sees_how_far_it_is(
    world: World, leader: Context
) -> None:
    shopping.limit(world, world.school, 0)
    set_ceilings(world, world.school, Ceiling(_year(world), "", 5 * trade.PRICE))
    order = ordering.send(leader, world, 2)
    approver = world.person("approver")
    seen = orders.detail(approver, order)
    assert seen.row.state is OrderState.AWAITING
    assert [each.standing.used_ore for each in seen.ceilings] == [2 * trade.PRICE]
    orders.approve(approver, order)
    assert orders.detail(approver, order).ceilings == ()


def test_what_comes_back_by_undo_must_still_fit(world: World, leader: Context) -> None:
    set_ceilings(world, world.school, Ceiling(_year(world), "", 2 * trade.PRICE))
    done = orders.cancel(leader, ordering.send(leader, world, 2))
    assert done.change_id is not None
    _take_others(leader, world, 1)
    later = shopping.send(leader, world.school).order_id
    with pytest.raises(Refused, match="the budget ceiling has been used for others since"):
        changes.undo(leader, done.change_id)
    orders.cancel(leader, later)
    changes.undo(leader, done.change_id)
    assert _used(world) == [2 * trade.PRICE]


def test_what_an_approver_let_pass_comes_back_by_undo(world: World, leader: Context) -> None:
    set_ceilings(world, world.school, Ceiling(_year(world), "", trade.PRICE))
    order = ordering.send(leader, world, 2)
    orders.approve(world.person("approver"), order)
    done = orders.cancel(leader, order)
    assert done.change_id is not None
    changes.undo(leader, done.change_id)
    assert _used(world) == [2 * trade.PRICE]


def test_ceilings_are_undone_whole_and_leave_with_their_institution(admin: Context) -> None:
    new = institutions.save(
        admin, InstitutionForm("Ny Skole", ceilings=(Ceiling(2026, "", 100),))
    ).id
    found = institutions.get(admin, new)
    assert found is not None
    other = replace(found.form, ceilings=(Ceiling(2026, "sofas", 5),))
    version = found.version
    assert_undone(admin, lambda: institutions.save(admin, other, new, version))
    found = institutions.get(admin, new)
    assert found is not None
    latest = found.version
    assert_undone(admin, lambda: institutions.delete(admin, new, latest))


def test_one_that_is_passed_already_is_told_to_who_leads_and_who_can_raise_it(
    world: World, admin: Context, leader: Context
) -> None:
    year = _year(world)
    set_ceilings(world, world.school, Ceiling(year, "", 3 * trade.PRICE))
    ordering.send(leader, world, 2)
    assert not [each for each in _subjects(leader) if "Budgetloft" in each]
    set_ceilings(world, world.school, Ceiling(year, "", trade.PRICE))
    subject = f"Budgetloft {year} for {_school(world)} er allerede brugt"
    assert _subjects(leader)[0] == subject
    assert subject in _subjects(admin)
    assert "det er 1.340 kr. for meget" in messages.listed(leader)[0].body.replace("\u00a0", " ")
    assert subject not in _subjects(world.person("employee"))
    # Raised, it is passed by less; that is no news.
    count = len(_subjects(leader))
    set_ceilings(world, world.school, Ceiling(year, "", trade.PRICE + 1))
    assert len(_subjects(leader)) == count
    set_ceilings(world, world.school, Ceiling(year, "", 3 * trade.PRICE))
    found = institutions.get(admin, world.school)
    assert found is not None
    lower = (Ceiling(year, "", 3 * trade.PRICE), Ceiling(year, "office_chairs", 0))
    done = institutions.save(admin, replace(found.form, ceilings=lower), found.id, found.version)
    assert done.passed == (f"{year} 0 {2 * trade.PRICE} office_chairs",)
    assert f"Budgetloft {year} · Kontorstole" in _subjects(leader)[0]
    changes.undo(admin, done.change_id or 0)
    # Undone before anybody read it, it is no news.
    assert not [each for each in _subjects(leader) if "Kontorstole" in each]


def _subjects(context: Context) -> list[str]:
    return [row.subject for row in messages.listed(context)]


def _school(world: World) -> str:
    found = institutions.get(world.person("admin"), world.school)
    assert found is not None
    return found.form.name


def test_a_complaint_that_lowers_a_price_or_gives_it_back_frees_the_ceiling(world: World) -> None:
    set_ceilings(world, world.school, Ceiling(_year(world), "", 10_000_000))
    done, _lines, _units = complaining.complained(world, 2)
    lager = world.person("lager")
    assert _used(world) == [2 * trade.PRICE]
    said = complaints.lower_price(lager, done.ids[0], 100_000)
    assert _used(world) == [trade.PRICE + 100_000]
    changes.undo(lager, said.change_id or 0)
    assert _used(world) == [2 * trade.PRICE]
