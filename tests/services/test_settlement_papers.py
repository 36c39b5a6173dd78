"""The voucher of a batch: each line agreed against charged, and the sum of its postings."""

from collections import Counter

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import Pace
from moebelcirkel.services import (
    changes,
    complaints,
    deliveries,
    orders,
    parameters,
    settlement,
    shop,
)
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import settlement as queries
from tests import trade
from tests.documents.reading import whole_text
from tests.services import complaining, lending, ordering, repairing, settling
from tests.services.tampering import tamper
from tests.world import World


def text_of(world: World, batch_id: int) -> str:
    return whole_text(settlement.vouchers_pdf(world.person("controller"), batch_id))


def test_each_institution_has_its_lines_and_their_sum(world: World) -> None:
    settling.ready(world)
    settling.hand_over(world)
    settling.hand_over_units(world, trade.put_on_sale(world, 1), world.home)
    done = settling.made(world)
    text = text_of(world, done.id)
    sums = "2.680,00 kr.", "0,00 kr."
    for said in ("A-2026-001", "Søndervangskolen", "Plejecenter Åbo", *sums, "MC-"):
        assert said in text


def test_what_was_given_back_stands_with_a_minus(world: World) -> None:
    settling.ready(world)
    changes.undo(world.person("lager"), settling.hand_over(world, 1))
    done = settling.made(world)
    assert "−1.340,00 kr." in text_of(world, done.id).replace("-1.340", "−1.340")


def lines_of(world: World, batch_id: int) -> list[tuple[str, int, int]]:
    """Kind, agreed and charged of each line."""
    with world.context.database.read() as session:
        found = queries.lines(session, batch_id)
    return [(line.kind, line.agreed_ore, line.charged_ore) for line in found]


def test_a_price_that_a_complaint_came_to_is_what_was_agreed(world: World) -> None:
    settling.ready(world)
    done, _lines, _units = complaining.complained(world, 1)
    lager = world.person("lager")
    said = complaints.lower_price(lager, done.ids[0], 100_000)
    changes.undo(lager, said.change_id or 0)
    complaints.refuse(lager, done.ids[0], "Den vakler ikke.")
    less = trade.PRICE - 100_000
    assert lines_of(world, settling.made(world).id) == [
        ("hand_over", trade.PRICE, trade.PRICE),
        ("price", -less, -less),
        ("reversal", less, less),
    ]


def test_repairs_and_what_gives_them_back_are_as_agreed(world: World) -> None:
    settling.ready(world)
    repairing.brought_back(world)
    lending.undo_last(world.person("lager"), "delivery.hand_over")
    found = lines_of(world, settling.made(world).id)
    assert found == 4 * [("outside", 26_800, 26_800)] + 4 * [("reversal", -26_800, -26_800)]


def test_a_line_says_what_is_charged_unless_that_is_a_piece(world: World) -> None:
    settling.ready(world)
    repairing.brought_back(world)
    lending.undo_last(world.person("lager"), "delivery.hand_over")
    settling.hand_over(world, 1)
    asked, controller = settling.NOVEMBER, world.person("controller")
    before = settlement.charges(controller, asked)
    names = Counter(settlement.charge_words(line).split(" · ")[0] for line in before)
    assert names.pop("Kontorstol HÅG SoFi 7200") == 1
    assert names == {"Repareret af andre": 4, "Givet tilbage": 4}
    done = settling.made(world)
    assert settlement.charges(controller, done.id) == before
    text = " ".join(text_of(world, done.id).split())
    assert "Repareret af andre ·" in text
    settlement.release(settling.second(world), done.id, done.file_sha256)
    back = settlement.reverse(controller, done.id)
    assert [line.charged_ore for line in settlement.charges(controller, back.id)] == [
        -line.charged_ore for line in before
    ]


def hurried(world: World, leader: Context) -> int:
    """The batch of an urgent order of one chair, with its fee."""
    settling.ready(world)
    parameters.save(world.person("admin"), {"urgent_days": 2})
    ordering.fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.YES)
    order = orders.send(leader, world.school, pace=Pace.URGENT).order_id
    lines, lager = lending.lines(world, order), world.person("lager")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    return settling.made(world).id


def test_the_fee_is_named_by_what_it_is_for(world: World, leader: Context) -> None:
    text = " ".join(text_of(world, hurried(world, leader)).split())
    assert "Gebyr for hastebestilling" in text
    assert "lille bestilling" not in text


def test_a_fee_that_is_not_what_was_agreed_stands_apart_from_it(
    world: World, leader: Context
) -> None:
    made = hurried(world, leader)
    tamper(world, "UPDATE charge SET amount_ore = 20000 WHERE kind = 'fee'")
    assert lines_of(world, made)[-1] == ("fee", 15_000, 20_000)
