"""The basket: taking, running out, losing to others, answering, and what sending leads to."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Needs
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, deliveries, intake, shop, stock
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.answers import Made
from tests.clock import Clock
from tests.services import shopping
from tests.services.undoing import assert_undone
from tests.world import World


def take(context: Context, world: World, count: int, institution: int | None = None) -> list[int]:
    done = shop.hold(context, institution or world.school, shopping.key(world), count)
    return list(done.unit_ids)


def test_a_basket_takes_alike_pieces_and_shows_them_as_one_line(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 24)
    taken = take(leader, world, 12)
    view = shop.basket(leader, world.school)
    assert len(view.lines) == 1
    line = view.lines[0]
    assert [held.unit_id for held in line.held] == taken
    assert (len(line.held), line.available, line.total_ore) == (12, 24, 12 * trade.PRICE)
    assert (view.pieces, view.total_ore) == (12, 12 * trade.PRICE)
    assert view.saved_ore == 12 * (335_000 - trade.PRICE)
    assert view.expires_at is not None
    assert (view.expires_at - clock()).total_seconds() == 30 * 60
    assert [payer.code for payer in view.payers] == ["4300"]
    assert view.payer_id == view.payers[0].id


def test_fewer_than_asked_are_taken_and_told(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    done = shop.hold(leader, world.school, shopping.key(world), 12)
    assert (done.taken, done.asked) == (3, 12)
    with pytest.raises(Refused, match="no more of these"):
        take(leader, world, 1)


@pytest.mark.parametrize("count", [0, -1, 501])
def test_a_senseless_number_is_refused(world: World, leader: Context, count: int) -> None:
    trade.put_on_sale(world, 1)
    with pytest.raises(Refused) as refused:
        take(leader, world, count)
    assert refused.value.field == "count"


def test_two_baskets_never_hold_the_same_piece(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    other = shopping.neighbour(world)
    mine = take(leader, world, 2)
    theirs = take(other, world, 2, world.home)
    assert len(theirs) == 1
    assert not set(mine) & set(theirs)


def test_exactly_this_piece_can_be_taken(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 3)
    shop.hold(leader, world.school, shopping.key(world), 1, [units[1]])
    held = shop.basket(leader, world.school).lines[0].held
    assert [(each.unit_id, each.exact) for each in held] == [(units[1], True)]
    with pytest.raises(Refused):
        shop.hold(shopping.neighbour(world), world.home, shopping.key(world), 1, [units[1]])


def test_a_hold_that_ran_out_can_be_taken_and_its_basket_is_told(
    world: World, leader: Context, clock: Clock
) -> None:
    units = trade.put_on_sale(world, 2)
    take(leader, world, 2)
    clock.advance(minutes=31)
    other = shopping.neighbour(world)
    assert take(other, world, 1, world.home) == [units[0]]
    view = shop.basket(leader, world.school)
    assert [gone.number for gone in view.gone] == [trade.number(world.context, units[0])]
    assert view.pieces == 1
    shop.forget_gone(leader, world.school)
    assert shop.basket(leader, world.school).gone == ()


def test_using_the_basket_holds_all_of_it_anew(world: World, leader: Context, clock: Clock) -> None:
    trade.put_on_sale(world, 3)
    take(leader, world, 1)
    clock.advance(minutes=20)
    take(leader, world, 1)
    clock.advance(minutes=20)
    other = shopping.neighbour(world)
    assert len(take(other, world, 3, world.home)) == 1
    clock.advance(minutes=20)
    assert shop.extend(leader, world.school).pieces == 2
    clock.advance(minutes=20)
    with pytest.raises(Refused):
        shop.hold(other, world.home, shopping.key(world), 3, [])
    view = shop.basket(leader, world.school)
    assert view.expires_at is not None
    assert view.expires_at > clock()


def test_taking_can_be_undone_also_after_the_basket_was_held_anew(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 5)
    kept = take(leader, world, 2)
    done = shop.hold(leader, world.school, shopping.key(world), 3)
    clock.advance(minutes=10)
    shop.extend(leader, world.school)
    changes.undo(leader, done.change_id or 0)
    view = shop.basket(leader, world.school)
    assert [held.unit_id for line in view.lines for held in line.held] == kept
    with pytest.raises(Refused, match="already been undone"):
        changes.undo(leader, done.change_id or 0)


def test_what_others_took_meanwhile_is_not_put_back(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 1)
    done = shop.hold(leader, world.school, shopping.key(world), 1)
    clock.advance(minutes=31)
    take(shopping.neighbour(world), world, 1, world.home)
    with pytest.raises(Refused, match="no longer in the basket"):
        changes.undo(leader, done.change_id or 0)


def test_what_somebody_else_undoes_is_told_to_the_basket(
    world: World, leader: Context, clock: Clock
) -> None:
    units = trade.put_on_sale(world, 3)
    take(leader, world, 1)
    done = shop.hold(leader, world.school, shopping.key(world), 2)
    changes.undo(world.context, done.change_id or 0)
    view = shop.basket(leader, world.school)
    numbers = [trade.number(world.context, unit) for unit in units[1:]]
    assert [(gone.number, gone.free) for gone in view.gone] == [(each, True) for each in numbers]
    with pytest.raises(Refused, match=numbers[0]):
        shopping.send(leader, world.school)
    take(shopping.neighbour(world), world, 1, world.home)
    view = shop.basket(leader, world.school)
    assert [gone.free for gone in view.gone] == [False, True]
    take(leader, world, 1)
    assert [gone.number for gone in shop.basket(leader, world.school).gone] == numbers[:1]
    shop.forget_gone(leader, world.school)
    assert shop.basket(leader, world.school).gone == ()


def test_a_hold_that_ran_out_and_whose_piece_an_undo_takes_off_sale_is_told(
    world: World, leader: Context, clock: Clock
) -> None:
    lager = world.person("lager")
    parts = (Part("B", 1, "shelf", world.shelf),)
    units = intake.register(lager, Batch(article_id=world.chair, parts=parts)).unit_ids
    listed = stock.put_on_sale(lager, units, trade.PRICE)
    take(leader, world, 1)
    with pytest.raises(Refused, match="in a basket now"):
        changes.undo(lager, listed.change_id or 0)
    clock.advance(minutes=31)
    changes.undo(lager, listed.change_id or 0)
    view = shop.basket(leader, world.school)
    told = [(gone.number, gone.free) for gone in view.gone]
    assert (view.lines, told) == ((), [(trade.number(world.context, units[0]), False)])


@pytest.mark.parametrize("exact", [False, True])
def test_a_hold_that_ran_out_and_whose_piece_is_picked_for_another(
    world: World, leader: Context, clock: Clock, exact: bool
) -> None:
    """The basket goes on with the alike piece that came back, or is told if it must be this."""
    wanted, other = trade.put_on_sale(world, 2)
    trade.order(world, [wanted], institution=world.home)
    shop.hold(leader, world.school, shopping.key(world), 1, [other] if exact else None)
    clock.advance(minutes=31)
    deliveries.pick_by_scan(world.person("lager"), trade.number(world.context, other))
    view = shop.basket(leader, world.school)
    kept = [held.unit_id for line in view.lines for held in line.held]
    assert kept == ([] if exact else [wanted])
    assert [gone.number for gone in view.gone] == (
        [trade.number(world.context, other)] if exact else []
    )


def test_what_one_undoes_oneself_is_not_told(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    done = shop.hold(leader, world.school, shopping.key(world), 1)
    changes.undo(leader, done.change_id or 0)
    assert shop.basket(leader, world.school).gone == ()


def test_what_others_took_and_gave_back_can_be_taken_again(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 1)
    [unit] = take(leader, world, 1)
    clock.advance(minutes=31)
    other = shopping.neighbour(world)
    take(other, world, 1, world.home)
    assert [gone.free for gone in shop.basket(leader, world.school).gone] == [False]
    shop.release(other, world.home, [unit])
    assert [gone.free for gone in shop.basket(leader, world.school).gone] == [True]


def test_releasing_gives_pieces_back_and_can_be_undone(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    taken = take(leader, world, 2)
    assert_undone(leader, lambda: shop.release(leader, world.school, taken[:1]))
    done = shop.release(leader, world.school, taken[:1])
    assert shop.basket(leader, world.school).pieces == 1
    other = shopping.neighbour(world)
    take(other, world, 1, world.home)
    assert done.change_id is not None
    with pytest.raises(Refused):
        changes.undo(leader, done.change_id)


def test_releasing_what_is_not_held_changes_nothing(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 1)
    assert shop.release(leader, world.school, units).pieces == 0


def test_the_answer_moves_the_estimate_and_has_exceptions(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    taken = take(leader, world, 2)
    before = shop.basket(leader, world.school)
    assert before.answer is None
    assert before.net_g == 2 * 21618
    shop.set_answer(leader, world.school, Answer.YES)
    assert shop.basket(leader, world.school).net_g == 2 * 43686
    shop.set_answer(leader, world.school, Answer.NO, taken[:1])
    view = shop.basket(leader, world.school)
    assert (view.answer, view.net_g) == (Answer.YES, 43686 - 451)
    assert (view.low_g, view.high_g) == (22086 - 451, 72486 - 451)
    with pytest.raises(Refused):
        shop.set_answer(leader, world.school, Answer.UNANSWERED)


def test_what_the_workshop_did_is_in_the_estimate(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 1, refurbished=True)

    def book(work: Work) -> None:
        task_type = work.session.scalars(select(TaskTypeRow).limit(1)).one()
        half = Decimal("0.5")
        work.session.add(
            UnitCost(
                change_id=work.change_id,
                unit_id=units[0],
                loop=2,
                task_type_id=task_type.id,
                minutes=Decimal(10),
                labour_ore=5_000,
                parts_ore=0,
                renews=False,
                co2e_kg=half,
                co2e_low_kg=half,
                co2e_high_kg=half,
                booked_on=work.today,
            )
        )

    world.context.write("case.finish", None, book)
    take(leader, world, 1)
    assert shop.basket(leader, world.school).net_g == 21118


def test_the_payer_must_be_the_institutions_own(world: World, leader: Context) -> None:
    def add(work: Work) -> Made:
        rows = [
            CostBearer(institution_id=place, code=code, name="")
            for place, code in ((world.school, "4400"), (world.home, "9900"))
        ]
        work.session.add_all(rows)
        work.session.flush()
        return Made(ids=(rows[0].id, rows[1].id))

    own, foreign = world.context.write("institution.save", None, add).ids
    shop.set_cost_bearer(leader, world.school, own)
    assert shop.basket(leader, world.school).payer_id == own
    with pytest.raises(Refused):
        shop.set_cost_bearer(leader, world.school, foreign)


def test_what_sending_leads_to_is_told_before(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 10)
    taken = take(leader, world, 7)
    within = shop.basket(leader, world.school).offers[0].sending
    assert (within.needs, within.limit_ore, within.possible) == (Needs.NOTHING, 1_000_000, True)
    take(leader, world, 1)
    above = shop.basket(leader, world.school).offers[0].sending
    assert (above.needs, above.approvers) == (Needs.APPROVER, ("Approver",))
    shopping.limit(world, world.school, 2_000_000)
    assert shop.basket(leader, world.school).offers[0].sending.needs is Needs.NOTHING
    employee = world.person("employee")
    asked = shop.basket(employee, world.school).offers[0].sending
    assert (asked.needs, asked.approvers) == (Needs.LEADER, ("Approver", "Leader"))
    shop.release(leader, world.school, taken)


def test_nobody_counts_as_their_own_approver(world: World) -> None:
    trade.put_on_sale(world, 10)
    both = shopping.person(world, "begge", (Role.LEADER, world.home), (Role.APPROVER, world.home))
    take(both, world, 10, world.home)
    sending = shop.basket(both, world.home).offers[0].sending
    assert (sending.needs, sending.approvers, sending.possible) == (Needs.APPROVER, (), False)
    assert sending.ask == ("Admin",)


def test_holds_are_events_and_rows_alike(world: World, leader: Context, clock: Clock) -> None:
    trade.put_on_sale(world, 1)
    take(leader, world, 1)
    clock.advance(minutes=31)
    other = shopping.neighbour(world)
    taken = take(other, world, 1, world.home)
    with world.context.read() as session:
        events = session.scalars(select(Event).where(Event.entity == "hold").order_by(Event.id))
        state: dict[str, object] = {}
        for event in events:
            state |= event.after or {}
        row = session.get_one(Hold, taken[0])
        assert state == {
            "unit_id": row.unit_id,
            "basket_id": row.basket_id,
            "exact": row.exact,
            "answer": row.answer,
            "expires_at": row.expires_at.isoformat(),
            "want_id": None,
        }


def test_a_piece_that_left_the_shop_is_told_and_not_counted(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 2)
    take(leader, world, 2)
    world.context.write(
        "unit.unlist", None, lambda work: setattr(work.get(Unit, units[0]), "state", "ready")
    )
    view = shop.basket(leader, world.school)
    assert (view.pieces, len(view.gone)) == (1, 1)
    shop.forget_gone(leader, world.school)
    assert shop.basket(leader, world.school).gone == ()
    assert [row.unit_id for row in trade.rows(world.context, select(Hold))] == units[1:]


def test_a_basket_is_only_for_those_who_may_order_there(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    for context, institution in ((world.person("lager"), world.school), (leader, world.home)):
        with pytest.raises(Refused) as refused:
            shop.hold(context, institution, shopping.key(world), 1)
        assert "right" in str(refused.value)
        with pytest.raises(Refused):
            shop.basket(context, institution)
