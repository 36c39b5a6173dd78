"""Pieces that come back between the preview of a settlement and the saving of its file."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Stale
from moebelcirkel.language import refusal
from moebelcirkel.services import (
    changes,
    complaints,
    deliveries,
    institutions,
    parameters,
    settlement,
)
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import complaining, delivering, lending, ordering, settling
from tests.services.settling import NOVEMBER
from tests.services.sound import assert_whole
from tests.world import World


@pytest.fixture
def ready(world: World) -> World:
    settling.ready(world)
    return world


def test_a_loan_returned_between_preview_and_making_stops_the_batch(ready: World) -> None:
    controller = ready.person("controller")
    parameters.save(ready.person("admin"), {"loan_rate_ore": 500})
    [unit] = lending.lent(ready, 1, days=60)
    seen = settlement.preview(controller, NOVEMBER).seen
    delivering.back(ready, [unit])
    with pytest.raises(Stale, match="have changed since you looked"):
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


def test_a_price_lowered_between_preview_and_making_is_said_in_danish_and_then_settled(
    ready: World,
) -> None:
    controller, lager = ready.person("controller"), ready.person("lager")
    said, lines, _units = complaining.complained(ready, 1)
    seen = settlement.preview(controller, NOVEMBER).seen
    complaints.lower_price(lager, said.ids[0], 100_000)
    with pytest.raises(Stale) as refused:
        settlement.make(controller, NOVEMBER, seen)
    assert refusal(refused.value) == (
        "Opkrævningerne, eller hvem der får dem, er ændret, siden du så på det. Se på det én gang"
        " til."
    )
    assert settling.batches(ready) == []
    done = settlement.make(controller, NOVEMBER, settlement.preview(controller, NOVEMBER).seen)
    assert (done.charges, done.net_ore) == (2, 100_000)
    assert done.net_ore == complaining.charged(ready, lines[0])
    assert_whole(ready)


def test_what_comes_back_by_a_complaint_before_release_is_given_back_by_the_next_batch(
    ready: World, tmp_path: Path
) -> None:
    delivery, lines, [unit] = complaining.handed(ready, 1)
    done = settling.made(ready)
    said = complaints.report(ready.person("leader"), delivery, lines, "Vakler")
    complaints.agree_return(ready.person("lager"), said.ids[0])
    delivering.back(ready, [unit])
    saved = settling.released(ready, settling.second(ready), done.id, tmp_path)
    assert hashlib.sha256(saved).hexdigest() == done.file_sha256
    later = settling.made(ready)
    assert (done.net_ore, later.net_ore) == (trade.PRICE, -trade.PRICE)
    assert_whole(ready)


def test_a_cost_bearer_closed_between_preview_and_making_still_pays_and_is_named(
    ready: World,
) -> None:
    controller, leader = ready.person("controller"), ready.person("leader")
    order = ordering.send(leader, ready)
    lines = [line.id for line in ordering.lines_of(ready, order)]
    deliveries.pick(ready.person("lager"), lines)
    deliveries.hand_over(ready.person("lager"), line_ids=lines)
    seen = settlement.preview(controller, NOVEMBER).seen
    row = institutions.get(ready.person("admin"), ready.school)
    assert row is not None
    closed = tuple(replace(each, active=False) for each in row.form.bearers)
    institutions.save(
        ready.person("admin"), replace(row.form, bearers=closed), ready.school, row.version
    )
    warnings = [refusal(each) for each in settlement.preview(controller, NOVEMBER).warnings]
    assert warnings == ["Søndervangskolen: betalingsstedet 4300 er lukket."]
    done = settlement.make(controller, NOVEMBER, seen)
    assert b';"4300";' in settlement.posting_file(controller, done.id)
    assert_whole(ready)


def test_who_takes_back_what_is_settled_is_told_that_the_next_one_puts_it_right(
    ready: World, tmp_path: Path
) -> None:
    lager = ready.person("lager")
    first, given = settling.hand_over(ready, 1), settling.hand_over(ready, 1)
    assert changes.undo(lager, first).settled == ""
    settling.released(ready, settling.second(ready), settling.made(ready).id, tmp_path)
    assert changes.undo(lager, given).settled == "A-2026-001"
    assert settling.made(ready).net_ore == -trade.PRICE
    assert_whole(ready)
