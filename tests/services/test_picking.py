"""Picking by click and by scan, with every way a scanned piece comes onto a line."""

import threading

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused, Stale, Unavailable
from moebelcirkel.language import moment, refusal
from moebelcirkel.services import changes, check, deliveries, orders
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import UnitCode
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.world import World


def line_of(context: Context, line_id: int) -> OrderLine:
    found: OrderLine = trade.row(context, OrderLine, line_id)
    return found


def scan(context: Context, unit_id: int, **scope: int) -> deliveries.PickedByScan:
    return deliveries.pick_by_scan(context, trade.number(context, unit_id), **scope)


def test_clicked_lines_are_picked_with_their_own_pieces(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 3)
    lines = trade.order(world, units)
    assert deliveries.pick(lager, lines[:2]).pieces == 2
    assert [trade.state(lager, unit) for unit in units] == ["picked", "picked", "ordered"]
    assert [line_of(lager, line).state for line in lines] == ["picked", "picked", "open"]


def test_the_list_groups_alike_pieces_by_place(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 6)
    lines = trade.order(world, units[:5])
    trade.order(world, units[5:], institution=world.home)
    deliveries.pick(lager, lines[:2])
    rows = deliveries.pick_list(lager)
    assert [(row.place, row.institution, row.count, row.picked) for row in rows] == [
        ("2-14-C", "Plejecenter Åbo", 1, 0),
        ("2-14-C", "Søndervangskolen", 5, 2),
    ]
    school = deliveries.receivers(lager)[1]
    assert (school.orders, school.pieces, school.picked) == (1, 5, 2)
    assert deliveries.waiting_count(lager) == 2
    assert [row.count for row in deliveries.pick_list(lager, world.home)] == [1]


def test_orders_awaiting_approval_are_not_on_the_list(world: World, lager: Context) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 2), state="awaiting")
    assert deliveries.pick_list(lager) == []
    with pytest.raises(Refused, match="has not been approved"):
        deliveries.pick(lager, lines)


def test_a_line_that_was_cancelled_says_by_whom_and_when(world: World, lager: Context) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 2))
    order_id = trade.row(lager, OrderLine, lines[0]).order_id
    orders.cancel(world.person("leader"), order_id, line_ids=lines[:1])
    with pytest.raises(Refused) as refused:
        deliveries.pick(lager, lines)
    assert refusal(refused.value).endswith(
        f": Leader annullerede det {moment(lager.now())}. Genindlæs listen."
    )
    assert trade.row(lager, OrderLine, lines[1]).state == "open"


def test_what_cannot_be_put_back_any_more_says_who_did_what_and_where_it_stands_now(
    world: World, lager: Context
) -> None:
    [unit] = trade.put_on_sale(world, 1)
    first = trade.order(world, [unit])
    deliveries.pick(lager, first)
    deliveries.unpick(lager, first)
    with pytest.raises(Refused) as again:
        deliveries.unpick(lager, first)
    number, at = trade.number(lager, unit), moment(lager.now())
    assert refusal(again.value) == (
        f"{number} er allerede lagt tilbage: Lager gjorde det {at}. Genindlæs listen."
    )
    orders.cancel(world.person("leader"), line_of(lager, first[0]).order_id)
    second = trade.order(world, [unit], institution=world.home)
    deliveries.pick(lager, second)
    for act in (deliveries.unpick, deliveries.pick):
        with pytest.raises(Refused) as refused:
            act(lager, first)
        assert refusal(refused.value).endswith(
            f"Leader annullerede det {at}. Nu står det på bestilling B-00002 til Plejecenter Åbo."
            " Genindlæs listen."
        )
    assert trade.state(lager, unit) == "picked"
    assert [line_of(lager, line[0]).state for line in (first, second)] == ["cancelled", "picked"]
    deliveries.hand_over(lager, line_ids=second, on=lager.today(), received_by="")
    with pytest.raises(Refused) as gone:
        deliveries.unpick(lager, second)
    assert refusal(gone.value) == (
        f"{number} er ikke længere plukket til Plejecenter Åbo. Genindlæs listen."
    )


def test_scanning_the_lines_own_piece_picks_it(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 3)
    trade.order(world, units)
    found = scan(lager, units[1])
    assert found.swap == "none"
    assert (found.picked, found.wanted) == (1, 3)
    assert trade.state(lager, units[1]) == "picked"


def test_a_free_alike_piece_replaces_the_lines_own(world: World, lager: Context) -> None:
    ordered, free = trade.put_on_sale(world, 2)
    [line] = trade.order(world, [ordered])
    done = deliveries.pick_by_scan(lager, trade.number(lager, free))
    assert done.swap == "free"
    assert line_of(lager, line).unit_id == free
    assert (trade.state(lager, ordered), trade.state(lager, free)) == ("listed", "picked")
    changes.undo(lager, done.change_id or 0)
    assert line_of(lager, line).unit_id == ordered
    assert line_of(lager, line).state == "open"
    assert (trade.state(lager, ordered), trade.state(lager, free)) == ("ordered", "listed")


def test_a_piece_held_by_another_line_trades_places(world: World, lager: Context) -> None:
    mine, theirs = trade.put_on_sale(world, 2)
    [my_line] = trade.order(world, [mine])
    [their_line] = trade.order(world, [theirs], institution=world.home)
    number = trade.number(lager, theirs)
    done = deliveries.pick_by_scan(lager, number, institution_id=world.school)
    assert done.swap == "traded"
    assert line_of(lager, my_line).unit_id == theirs
    assert (line_of(lager, their_line).unit_id, line_of(lager, their_line).state) == (mine, "open")
    assert (trade.state(lager, mine), trade.state(lager, theirs)) == ("ordered", "picked")
    changes.undo(lager, done.change_id or 0)
    assert line_of(lager, my_line).unit_id == mine
    assert (line_of(lager, their_line).unit_id, line_of(lager, their_line).state) == (
        theirs,
        "open",
    )
    assert (trade.state(lager, mine), trade.state(lager, theirs)) == ("ordered", "ordered")


def test_a_piece_of_an_awaiting_order_trades_with_an_approved_one(
    world: World, lager: Context
) -> None:
    mine, theirs = trade.put_on_sale(world, 2)
    [line] = trade.order(world, [mine])
    trade.order(world, [theirs], institution=world.home, state="awaiting")
    assert scan(lager, theirs).swap == "traded"
    assert line_of(lager, line).unit_id == theirs
    with pytest.raises(Refused, match="still awaits approval"):
        scan(lager, mine)


def test_the_oldest_order_gets_the_piece_first(world: World, lager: Context, clock: Clock) -> None:
    first, second, free = trade.put_on_sale(world, 3)
    [old] = trade.order(world, [first], institution=world.home)
    clock.advance(hours=1)
    trade.order(world, [second])
    assert scan(lager, free).line_id == old


def test_exactly_this_piece_is_never_replaced(world: World, lager: Context) -> None:
    wanted, other = trade.put_on_sale(world, 2)
    trade.order(world, [wanted], exact=True)
    with pytest.raises(Refused, match=f"Exactly these are ordered: {trade.number(lager, wanted)}"):
        scan(lager, other)
    assert deliveries.pick_list(lager)[0].numbers == (trade.number(lager, wanted),)
    assert scan(lager, wanted).swap == "none"


def test_exactly_this_piece_of_another_receiver_stays(world: World, lager: Context) -> None:
    mine, theirs = trade.put_on_sale(world, 2)
    trade.order(world, [mine])
    trade.order(world, [theirs], institution=world.home, exact=True)
    with pytest.raises(Refused, match="is ordered by Plejecenter Åbo"):
        scan(lager, theirs, institution_id=world.school)


def test_a_wrong_piece_is_refused_with_what_is_right(world: World, lager: Context) -> None:
    other = shopping.article(world, "Reol", "bookcase_wood")
    theirs, free = trade.put_on_sale(world, 2, article_id=other)
    trade.order(world, trade.put_on_sale(world, 2))
    trade.order(world, [theirs], institution=world.home)
    right = "To be picked: 2 × Kontorstol HÅG SoFi 7200, B[.]"
    with pytest.raises(Refused, match=f"is ordered by Plejecenter Åbo and by nobody .* {right}"):
        scan(lager, theirs, institution_id=world.school)
    scan(lager, theirs)
    with pytest.raises(Refused, match=f"is not ordered, .* {right}"):
        scan(lager, free, institution_id=world.school)


def test_a_piece_in_someone_elses_basket_stays_there(
    world: World, lager: Context, clock: Clock
) -> None:
    ordered, free = trade.put_on_sale(world, 2)
    trade.order(world, [ordered])
    trade.hold(world, free, world.home)
    with pytest.raises(Refused, match="is in the basket of Plejecenter Åbo"):
        scan(lager, free)
    clock.advance(minutes=31)
    assert scan(lager, free).swap == "free"
    # What has run out is no claim, but the basket goes on with the alike piece that was freed.
    assert trade.rows(lager, select(Hold.unit_id)) == [ordered]


def test_the_receivers_own_hold_passes_to_the_freed_piece(world: World, lager: Context) -> None:
    ordered, free = trade.put_on_sale(world, 2)
    trade.order(world, [ordered])
    trade.hold(world, free, world.school)
    done = deliveries.pick_by_scan(lager, trade.number(lager, free))
    assert [hold.unit_id for hold in trade.rows(lager, select(Hold))] == [ordered]
    changes.undo(lager, done.change_id or 0)
    assert [hold.unit_id for hold in trade.rows(lager, select(Hold))] == [free]


def test_undo_is_refused_while_the_freed_piece_is_in_a_basket(
    world: World, lager: Context, clock: Clock
) -> None:
    ordered, free = trade.put_on_sale(world, 2)
    trade.order(world, [ordered])
    done = deliveries.pick_by_scan(lager, trade.number(lager, free))
    trade.hold(world, ordered, world.home)
    with pytest.raises(Refused, match="is in a basket now"):
        changes.undo(lager, done.change_id or 0)
    clock.advance(minutes=31)
    changes.undo(lager, done.change_id or 0)
    assert trade.rows(lager, select(Hold)) == []


def test_plain_refusals(world: World, lager: Context) -> None:
    ordered, *_rest = trade.put_on_sale(world, 1)
    worn, *_rest = trade.put_on_sale(world, 1, condition="C")
    dear, *_rest = trade.put_on_sale(world, 1, price_ore=200_000)
    with pytest.raises(Refused, match="is not ordered, or all like it"):
        scan(lager, ordered)
    trade.order(world, [ordered])
    with pytest.raises(Refused, match="is in condition C, but B is ordered"):
        scan(lager, worn)
    with pytest.raises(Refused, match="another price"):
        scan(lager, dear)
    scan(lager, ordered)
    with pytest.raises(Refused, match="already been picked for Søndervangskolen"):
        scan(lager, ordered)
    with pytest.raises(Refused, match="No piece carries the code MC-9"):
        deliveries.pick_by_scan(lager, "MC-9")


def test_another_code_on_the_piece_will_do(world: World, lager: Context) -> None:
    [unit] = trade.put_on_sale(world, 1)
    trade.order(world, [unit])
    world.context.write(
        "unit.code", None, lambda work: work.session.add(UnitCode(unit_id=unit, code="5701234"))
    )
    assert deliveries.pick_by_scan(lager, "5701234").unit_id == unit


def test_a_repeated_request_picks_once(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 2)
    trade.order(world, units)
    again = lager.with_request("same")
    first = deliveries.pick_by_scan(again, trade.number(lager, units[0]))
    assert deliveries.pick_by_scan(again, trade.number(lager, units[0])) == first


def test_putting_back_opens_the_line_and_voids_an_empty_note(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 2)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    note = deliveries.prepare_note(lager, world.school, lines)
    assert deliveries.unpick(lager, lines[:1]).notes == note.numbers
    assert line_of(lager, lines[0]).delivery_id is None
    done = deliveries.unpick(lager, lines[1:])
    assert trade.row(lager, Delivery, note.delivery_ids[0]).state == "void"
    assert [trade.state(lager, unit) for unit in units] == ["ordered", "ordered"]
    changes.undo(lager, done.change_id or 0)
    assert trade.row(lager, Delivery, note.delivery_ids[0]).state == "prepared"
    assert trade.state(lager, units[1]) == "picked"


@pytest.mark.parametrize("later", ["handed over", "emptied"])
def test_what_was_put_back_does_not_return_to_a_note_that_has_moved_on(
    world: World, lager: Context, later: str
) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 2))
    deliveries.pick(lager, lines)
    note = deliveries.prepare_note(lager, world.school, lines)
    put_back = deliveries.unpick(lager, lines[:1])
    if later == "handed over":
        deliveries.hand_over(lager, delivery_id=note.delivery_ids[0])
    else:
        deliveries.unpick(lager, lines[1:])
    with pytest.raises(Refused, match="delivery note F-00001 has been"):
        changes.undo(lager, put_back.change_id or 0)
    assert line_of(lager, lines[0]).state == "open"
    assert check.run(world.person("controller")).ok


def test_undo_of_a_pick_is_refused_once_a_note_is_printed(world: World, lager: Context) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 1))
    picked = deliveries.pick(lager, lines)
    note = deliveries.prepare_note(lager, world.school)
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(lager, picked.change_id or 0)
    changes.undo(lager, note.change_id or 0)
    assert trade.row(lager, Delivery, note.delivery_ids[0]).state == "void"
    changes.undo(lager, picked.change_id or 0)
    assert line_of(lager, lines[0]).state == "open"


@pytest.mark.parametrize("name", ["leader", "bench", "controller", "admin", "employee"])
def test_only_the_warehouse_picks(world: World, name: str) -> None:
    units = trade.put_on_sale(world, 1)
    lines = trade.order(world, units)
    asker = world.person(name)
    for call in (
        lambda: deliveries.pick(asker, lines),
        lambda: deliveries.unpick(asker, lines),
        lambda: deliveries.pick_by_scan(asker, trade.number(world.context, units[0])),
        lambda: deliveries.pick_list(asker),
        lambda: deliveries.receivers(asker),
    ):
        with pytest.raises(Refused, match="do not have the right"):
            call()
    assert trade.state(world.context, units[0]) == "ordered"


def test_a_line_that_is_gone_is_stale(world: World, lager: Context) -> None:
    with pytest.raises(Stale):
        deliveries.pick(lager, [99])


def test_every_scan_is_one_change_with_its_events(world: World, lager: Context) -> None:
    ordered, free = trade.put_on_sale(world, 2)
    trade.order(world, [ordered])
    done = deliveries.pick_by_scan(lager, trade.number(lager, free))
    [change] = trade.rows(lager, select(Change).where(Change.id == done.change_id))
    assert (change.kind, change.actor_id) == ("delivery.pick", lager.actor.user_id)
    assert done.kinds == {"unit", "order_line"}


def test_two_pickers_at_once(world: World, lager: Context) -> None:
    """Two free pieces and one line: one picker gets it, the other hears plainly that it is gone."""
    ordered, one, other = trade.put_on_sale(world, 3)
    [line] = trade.order(world, [ordered])
    start = threading.Barrier(2)
    answers: list[object] = []

    def scan_it(unit: int) -> None:
        number = trade.number(lager, unit)
        start.wait()
        try:
            answers.append(deliveries.pick_by_scan(lager, number).number)
        except Refused as refusal:
            answers.append(refusal)

    threads = [threading.Thread(target=scan_it, args=(unit,)) for unit in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    picked = [answer for answer in answers if isinstance(answer, str)]
    assert len(answers) == 2
    assert len(picked) == 1
    assert trade.number(lager, line_of(lager, line).unit_id) == picked[0]
    states = sorted(trade.state(lager, unit) for unit in (ordered, one, other))
    assert states == ["listed", "listed", "picked"]


def test_two_pickers_trading_the_same_pieces(world: World, lager: Context) -> None:
    """Each scans the piece of the other's receiver; both get one, and nothing is lost."""
    mine, theirs = trade.put_on_sale(world, 2)
    trade.order(world, [mine])
    trade.order(world, [theirs], institution=world.home)
    start = threading.Barrier(2)
    faults: list[Exception] = []

    def scan_it(unit: int, institution: int) -> None:
        number = trade.number(lager, unit)
        start.wait()
        try:
            deliveries.pick_by_scan(lager, number, institution_id=institution)
        except (Refused, Unavailable) as fault:
            faults.append(fault)

    jobs = ((theirs, world.school), (mine, world.home))
    threads = [threading.Thread(target=scan_it, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [trade.state(lager, unit) for unit in (mine, theirs)] == ["picked", "picked"]
