"""Charges posted to accounts of their own kind: fees, repairs and what takes them back."""

from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Invalid
from moebelcirkel.domain.orders import Pace
from moebelcirkel.services import changes, check, deliveries, orders, parameters, settlement, shop
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.tables.orders import Order
from tests import trade
from tests.services import ordering, settling
from tests.services.sound import assert_whole
from tests.services.tampering import tamper
from tests.world import World

FEE = 7_500
KINDS = "gebyr = 22901020; ; Gebyr {ordre}{måned}\nlevering = ; 97001030"


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world)
    values = {"small_order_ore": 500_000, "small_fee_ore": FEE, "small_weekday": 5}
    parameters.save(world.person("admin"), values)
    return world


def hand_over_small(world: World) -> int:
    """A small order that goes at once and costs its fee; answers the change of its delivery."""
    leader = world.person("leader")
    ordering.fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.YES)
    order = orders.send(leader, world.school, pace=Pace.NOW).order_id
    lines = [line.id for line in ordering.lines_of(world, int(order))]
    deliveries.pick(world.person("lager"), lines)
    return deliveries.hand_over(world.person("lager"), line_ids=lines).change_id or 0


def choose(world: World, text: str) -> None:
    parameters.save(world.person("admin"), {"settlement_kinds": text})


def posted(world: World, batch_id: int) -> list[tuple[str, str, int, str]]:
    with world.context.database.read() as session:
        found = queries.postings(session, batch_id)
    return [(each.side, each.account, each.amount_ore, each.text) for each in found]


def test_a_fee_has_its_own_voucher_with_its_own_account_and_text(ready: World) -> None:
    choose(ready, KINDS)
    hand_over_small(ready)
    done = settling.made(ready)
    (number,) = trade.rows(ready.context, select(Order.number))
    usual = f"Møbelcirklen {number} Søndervangskolen"
    assert posted(ready, done.id) == [
        ("D", "22901020", FEE, f"Gebyr {number}"),
        ("K", "97001010", FEE, f"Gebyr {number}"),
        ("D", "22901010", trade.PRICE, usual),
        ("K", "97001030", trade.PRICE, usual),
    ]
    assert (done.charges, done.debit_ore, done.net_ore) == (2, trade.PRICE + FEE, done.debit_ore)
    controller = ready.person("controller")
    behind = [
        [(line.kind, line.charged_ore) for line in settlement.charges_of(controller, done.id, each)]
        for each in (1, 2, 3, 4)
    ]
    assert behind == [[("fee", FEE)]] * 2 + [[("hand_over", trade.PRICE)]] * 2
    assert_whole(ready)


def test_what_is_taken_back_goes_to_the_account_it_was_taken_by(
    ready: World, tmp_path: Path
) -> None:
    choose(ready, KINDS)
    given = hand_over_small(ready)
    settling.released(ready, settling.second(ready), settling.made(ready).id, tmp_path)
    lager = ready.person("lager")
    changes.undo(lager, given)
    done = settling.made(ready)
    assert [each[:3] for each in posted(ready, done.id)] == [
        ("K", "22901020", FEE),
        ("D", "97001010", FEE),
        ("K", "22901010", trade.PRICE),
        ("D", "97001030", trade.PRICE),
    ]
    settlement.withdraw(ready.person("controller"), done.id)
    choose(ready, f"{KINDS}\nrettelse = 22901090")
    again = settling.made(ready)
    assert [each[:3] for each in posted(ready, again.id)] == [
        ("K", "22901090", trade.PRICE + FEE),
        ("D", "97001010", trade.PRICE + FEE),
    ]
    assert_whole(ready)


def test_what_was_made_before_is_the_same_to_the_byte_and_reversed_as_it_was_made(
    ready: World, tmp_path: Path
) -> None:
    hand_over_small(ready)
    done = settling.made(ready)
    before = settlement.posting_file(ready.person("controller"), done.id)
    choose(ready, KINDS)
    assert settling.released(ready, settling.second(ready), done.id, tmp_path) == before
    assert_whole(ready)
    back = settlement.reverse(ready.person("controller"), done.id)
    assert [each[:3] for each in posted(ready, back.id)] == [
        ("K", "22901010", trade.PRICE + FEE),
        ("D", "97001010", trade.PRICE + FEE),
    ]
    assert_whole(ready)


def test_the_example_shows_each_kind_and_a_wrong_one_is_said_by_its_field(ready: World) -> None:
    groups = parameters.grouped(ready.person("admin"))
    values = {item.key: item.value for item in groups["settlement"]}
    shown = settlement.sample({**values, "settlement_kinds": KINDS}).splitlines()
    assert len(shown) == 7
    assert '"22901020"' in shown[3]
    assert '"97001030"' in shown[6]
    with pytest.raises(Invalid) as refused:
        choose(ready, "porto = 22901020")
    assert list(refused.value.errors) == ["settlement_kinds"]


def test_an_account_of_a_kind_that_finance_cannot_take_stops_the_batch(ready: World) -> None:
    choose(ready, "gebyr = 12")
    hand_over_small(ready)
    shown = settlement.preview(ready.person("controller"), settling.NOVEMBER)
    assert [fault.values["value"] for fault in shown.faults] == ["12"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE charge SET corrects_id = id",
        """UPDATE settlement_batch SET profile = '{"kinds": [{}]}'""",
        """UPDATE settlement_batch SET profile = '{"kinds": 7}'""",
        """UPDATE settlement_batch SET profile = '{"kinds": [[]]}'""",
    ],
)
def test_what_nobody_can_follow_hides_nothing_else_of_the_batches(
    ready: World, statement: str
) -> None:
    choose(ready, KINDS)
    hand_over_small(ready)
    settling.made(ready)
    tamper(ready, statement, "UPDATE settlement_batch SET net_ore = net_ore + 1")
    said = {each.message for each in check.run(ready.person("controller")).findings}
    assert "Settlement {key}: its postings are not the sum of its charges." in said
    assert "Settlement {key} is not what was told when it was made." in said
