"""Pieces that come back between the preview of a settlement and the saving of its file."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Stale
from moebelcirkel.services import check, parameters, settlement
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import delivering, lending, settling
from tests.services.settling import NOVEMBER
from tests.world import World


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world)
    return world


def assert_whole(world: World) -> None:
    report = check.run(world.person("controller"))
    assert [check.text(each) for each in report.findings] == []


def test_a_loan_returned_between_preview_and_making_stops_the_batch(ready: World) -> None:
    controller = ready.person("controller")
    parameters.save(ready.person("admin"), {"loan_rate_ore": 500})
    [unit] = lending.lent(ready, 1, days=60)
    seen = settlement.preview(controller, NOVEMBER).seen
    delivering.back(ready, [unit])
    with pytest.raises(Stale, match="Charges have come or gone"):
        settlement.make(controller, NOVEMBER, seen)
    assert settling.batches(ready) == []
    seen = settlement.preview(controller, NOVEMBER).seen
    done = settlement.make(controller, NOVEMBER, seen)
    assert (done.charges, done.net_ore) == (2, sum(ore for _kind, ore in lending.charges(ready)))
    assert_whole(ready)


def test_a_loan_returned_between_making_and_release_waits_for_the_next_batch(
    ready: World, tmp_path: Path
) -> None:
    parameters.save(ready.person("admin"), {"loan_rate_ore": 500})
    [unit] = lending.lent(ready, 1, days=60)
    done = settling.made(ready)
    delivering.back(ready, [unit])
    saved = settling.released(ready, settling.second(ready), done.id, tmp_path)
    assert hashlib.sha256(saved).hexdigest() == done.file_sha256
    later = settling.made(ready)
    assert (done.charges, later.charges) == (1, 1)
    assert done.net_ore + later.net_ore == sum(ore for _kind, ore in lending.charges(ready))
    assert later.net_ore < 0
    assert_whole(ready)


def test_a_piece_bought_and_returned_between_preview_and_making_changes_no_charge(
    ready: World,
) -> None:
    controller = ready.person("controller")
    settling.hand_over(ready)
    shown = settlement.preview(controller, NOVEMBER)
    delivering.back(ready, [trade.rows(ready.context, select(OrderLine.unit_id))[0]])
    done = settlement.make(controller, NOVEMBER, shown.seen)
    assert (done.charges, done.net_ore) == (shown.charges, shown.net_ore)
    assert_whole(ready)
