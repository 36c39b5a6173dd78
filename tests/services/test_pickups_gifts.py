"""What a firm gives: finished goods are sold as all else, material is for the workshop."""

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.pickups import PickupStep
from moebelcirkel.services import cases, changes, intake, pickups, stock
from moebelcirkel.services.intake import Batch, Part, ReportOrigin
from moebelcirkel.services.pickups import Report
from tests import trade
from tests.services.reported import CHAIRS, line_of, report, reported
from tests.services.sound import assert_whole
from tests.world import World


def gift(world: World, kind: str) -> int:
    said = Report(firm="Airbag A/S", value_ore=120_000, gift=kind, lines=(CHAIRS,))
    return pickups.report(world.person("lager"), said).pickup_id


def test_material_has_giver_value_and_no_owner_and_goes_to_the_workshop(world: World) -> None:
    lager, bench, key = world.person("lager"), world.person("bench"), gift(world, "material")
    seen = pickups.detail(lager, key)
    assert (seen.gift, seen.value_ore, seen.row.giver) == ("material", 120_000, "Airbag A/S")
    assert PickupStep.OFFER not in seen.steps
    with pytest.raises(Refused, match="A-000001 is material that a firm gave"):
        pickups.offer(lager, key, [line_of(lager, key)])
    pickups.accept(lager, key)
    origin = ReportOrigin(key, line_of(lager, key))

    def batch(destination: str) -> Batch:
        part = Part("B", 2, destination, world.shelf)  # type: ignore[arg-type]
        return Batch(article_id=world.chair, parts=(part,), origin=origin)

    with pytest.raises(Refused, match="A-000001 is material that a firm gave"):
        intake.register(lager, batch("sale"))
    ids = intake.register(lager, batch("shelf")).unit_ids
    assert {trade.unit(world, each).giver_id for each in ids} == {None}
    with pytest.raises(Refused, match="is material that a firm gave"):
        stock.put_on_sale(lager, ids)
    furniture = trade.put_on_sale(world, 1)
    stock.take_off_sale(lager, furniture)
    with pytest.raises(Refused, match="is material that a firm gave"):
        stock.put_on_sale(lager, [*furniture, ids[0]])
    opened = cases.send(bench, ids[:1])
    assert trade.state(world.context, ids[0]) == "workshop"
    changes.undo(bench, opened.change_id or 0)
    assert_whole(world)


def test_goods_are_sold_as_all_else_and_older_gifts_are_goods(world: World) -> None:
    lager, key = world.person("lager"), gift(world, "goods")
    ids = pickups.offer(lager, key, [line_of(lager, key)]).unit_ids
    assert trade.state(world.context, ids[0]) == "listed"
    own = reported(world)
    assert pickups.detail(lager, own).gift is None
    assert_whole(world)


def test_the_kind_is_corrected_as_long_as_nothing_is_decided(world: World) -> None:
    lager, key = world.person("lager"), gift(world, "goods")
    said = report(world, institution_id=None, firm="Airbag A/S", gift="material")
    done = pickups.correct(lager, key, said)
    assert pickups.detail(lager, key).gift == "material"
    changes.undo(lager, done.change_id or 0)
    assert pickups.detail(lager, key).gift == "goods"
    with pytest.raises(Invalid) as wrong:
        pickups.report(lager, Report(firm="Airbag A/S", gift="gold", lines=(CHAIRS,)))
    assert set(wrong.value.errors) == {"gift"}
