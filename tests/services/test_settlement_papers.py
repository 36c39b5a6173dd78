"""The voucher of a batch: each line agreed against charged, and the sum of its postings."""

from moebelcirkel.services import changes, settlement
from tests import trade
from tests.documents.reading import whole_text
from tests.services import settling
from tests.world import World


def text_of(world: World, batch_id: int) -> str:
    return whole_text(settlement.vouchers_pdf(world.person("controller"), batch_id))


def test_each_institution_has_its_lines_and_their_sum(world: World) -> None:
    settling.ready(world)
    settling.hand_over(world)
    settling.hand_over_units(world, trade.put_on_sale(world, 1), world.home)
    done = settling.made(world)
    text = text_of(world, done.id)
    for said in ("A-2026-001", "Søndervangskolen", "Plejecenter Åbo", "2.680 kr.", "MC-"):
        assert said in text


def test_what_was_given_back_stands_with_a_minus(world: World) -> None:
    settling.ready(world)
    changes.undo(world.person("lager"), settling.hand_over(world, 1))
    done = settling.made(world)
    assert "−1.340 kr." in text_of(world, done.id).replace("-1.340", "−1.340")
