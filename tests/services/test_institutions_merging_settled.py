"""Charges of an institution that was merged: settled where they arose, sent to the other one."""

from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.services import institutions, repairs, settlement
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.orders import Order
from tests import trade
from tests.clock import Clock
from tests.services import repairing, settling
from tests.services.joining import merge, now, refused, save, settled, undo_last
from tests.services.sound import assert_whole
from tests.services.test_settlement_papers import text_of
from tests.world import World


def test_its_charges_are_settled_where_they_arose_and_sent_to_the_other_one(
    world: World, tmp_path: Path
) -> None:
    settling.ready(world)
    settling.hand_over(world, 2)
    merge(world)
    seen = settlement.preview(world.person("controller"), settling.NOVEMBER)
    assert [part.name for part in seen.parts] == ["Søndervangskolen (nu Plejecenter Åbo)"]
    [told] = [settled(each) for each in seen.warnings if "lagt sammen" in settled(each)]
    assert "EAN-nummeret for Plejecenter Åbo" in told
    made = settling.made(world)
    data = settling.released(world, settling.second(world), made.id, tmp_path).decode("utf-8-sig")
    pays = data.splitlines()[1].split(";")
    assert "5799999000027" in pays[10]
    assert "Søndervangskolen" in data
    assert {row.institution_id for row in settling.charges(world)} == {world.school}
    assert_whole(world)


def test_a_batch_of_before_the_merging_says_what_was_sent(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    settling.ready(world)
    settling.hand_over(world, 1)
    made = settling.made(world)
    controller = world.person("controller")
    assert "A-2026-001" in refused(world)
    settling.released(world, settling.second(world), made.id, tmp_path)
    clock.advance(minutes=1)
    merge(world)
    [part] = settlement.detail(controller, made.id).parts
    assert part.name == "Søndervangskolen"
    back = settlement.reverse(controller, made.id)
    [part] = settlement.detail(controller, back.id).parts
    assert part.name == "Søndervangskolen (nu Plejecenter Åbo)"
    assert_whole(world)


def test_a_preview_of_before_the_merging_makes_no_batch(world: World) -> None:
    settling.ready(world)
    settling.hand_over(world, 1)
    controller = world.person("controller")
    seen = settlement.preview(controller, settling.NOVEMBER)
    done = merge(world)
    with pytest.raises(Stale, match="who gets them"):
        settlement.make(controller, settling.NOVEMBER, seen.seen)
    again = settlement.preview(controller, settling.NOVEMBER)
    made = settlement.make(controller, settling.NOVEMBER, again.seen)
    with pytest.raises(Refused, match="A-2026-001"):
        undo_last(world, done)
    settlement.withdraw(controller, made.id)
    undo_last(world, done)
    assert_whole(world)


def test_a_batch_says_whom_it_was_sent_to_whatever_becomes_of_them(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    settling.ready(world)
    settling.hand_over(world, 1)
    merge(world)
    made = settling.made(world)
    sent = settling.released(world, settling.second(world), made.id, tmp_path).decode("utf-8-sig")
    clock.advance(minutes=1)
    form = institutions.InstitutionForm("Ny Plejeby", ean="5799999000034")
    third = institutions.save(world.person("admin"), form).id
    save(world, world.home, ean="5799999000010")
    merge(world, world.home, third)
    [part] = settlement.detail(world.person("controller"), made.id).parts
    assert part.name == "Søndervangskolen (nu Plejecenter Åbo)"
    assert "5799999000027" in sent
    said = text_of(world, made.id)
    assert [ean for ean in ("5799999000027", "5799999000010", form.ean) if ean in said] == [
        "5799999000027"
    ]
    assert_whole(world)


def test_a_repair_with_a_price_is_charged_to_the_account_of_the_other_one(world: World) -> None:
    account = institutions.CostBearerForm(code="4301", name="Drift")
    save(world, world.school, bearers=(account,))
    asked = repairing.offered(world)
    merge(world)
    order = repairs.accept(now(world, "leader"), asked).order_id
    found = trade.row(world.context, Order, order)
    bearer = trade.row(world.context, CostBearer, found.cost_bearer_id)
    assert (found.institution_id, bearer.institution_id) == (world.home, world.home)
    assert bearer.code == account.code
    assert_whole(world)
