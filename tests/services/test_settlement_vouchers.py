"""A voucher number that was noted by mistake is corrected, and what was noted before stays."""

import functools
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.settlement import SettlementState
from moebelcirkel.services import check, settlement
from tests.services import settling
from tests.services.test_orders_race import together
from tests.world import World


def booked(world: World, folder: Path) -> int:
    settling.ready(world)
    settling.hand_over(world)
    done = settling.made(world)
    settling.released(world, settling.second(world), done.id, folder)
    settlement.book(world.person("controller"), done.id, "4711")
    return done.id


def test_a_wrong_number_is_corrected_and_both_stay_to_be_seen(world: World, tmp_path: Path) -> None:
    controller, batch = world.person("controller"), booked(world, tmp_path)
    with pytest.raises(Refused, match="That is the voucher number it has"):
        settlement.book(controller, batch, "4711", "4711")
    settlement.book(controller, batch, "4712", "4711")
    row = settlement.detail(controller, batch).row
    assert (row.voucher, row.state) == ("4712", SettlementState.BOOKED)
    assert [step.voucher for step in row.steps] == ["", "4711", "4712"]
    # Who looked before that is told what it is now.
    with pytest.raises(Refused, match="is booked already, by voucher 4712"):
        settlement.book(controller, batch, "4713", "4711")
    settlement.book(controller, batch, "4711", "4712")
    assert check.run(controller).findings == ()


def test_two_at_once_correct_it_once(world: World, tmp_path: Path) -> None:
    controller, batch = world.person("controller"), booked(world, tmp_path)
    answers = together(
        functools.partial(settlement.book, controller, batch, "4712", "4711"),
        functools.partial(settlement.book, controller, batch, "4713", "4711"),
    )
    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert check.run(controller).findings == ()
