"""Correcting a piece: note, year and other codes; rules by field, two at once, undo, rights."""

from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, check, stock, units
from moebelcirkel.services.context import Context
from moebelcirkel.services.intake import Batch, Part, register
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.values import UnitValues
from tests import trade
from tests.clock import Clock
from tests.services.undoing import assert_undone
from tests.world import World

FULL = UnitValues(
    note="gaspatron skiftet", acquired_year=2016, codes=("5701234567899", "Inv. 0042")
)


@pytest.fixture
def unit(world: World, lager: Context) -> int:
    """One worn chair with a note."""
    batch = Batch(
        giver_id=world.home,
        article_id=world.chair,
        note="gaspatron defekt",
        parts=(Part("C", 1, "shelf", world.shelf),),
    )
    return int(register(lager, batch).unit_ids[0])


def version(lager: Context, unit: int) -> int:
    return units.passport(lager, unit).version


def test_everything_can_be_corrected_and_is_found_again(lager: Context, unit: int) -> None:
    unit_values.save(lager, unit, FULL, version(lager, unit))
    seen = units.passport(lager, unit)
    assert seen.values == FULL
    facts = {fact.label: fact.value for fact in seen.facts}
    assert facts["Note"] == "gaspatron skiftet"
    assert facts["Andre koder"] == "5701234567899, Inv. 0042"
    assert seen.periods == ("1. brugsperiode: købt ny 2016",)
    assert stock_list.scan(lager, "5701234567899") == unit
    assert [each.title for each in seen.history][:3] == [
        "Andre koder rettet",
        "År rettet: købt ny 2016",
        "Note: gaspatron skiftet",
    ]


def test_everything_can_be_emptied(lager: Context, unit: int) -> None:
    unit_values.save(lager, unit, FULL, version(lager, unit))
    unit_values.save(lager, unit, UnitValues(), version(lager, unit))
    seen = units.passport(lager, unit)
    assert seen.values == UnitValues()
    assert [each.title for each in seen.history][:3] == [
        "Andre koder rettet",
        "Købsåret er fjernet",
        "Noten er fjernet",
    ]


def test_a_long_note_is_one_short_line_of_the_history(lager: Context, unit: int) -> None:
    note = "Ryglænet er løst.\n" + "Stoffet er slidt. " * 20
    unit_values.save(lager, unit, UnitValues(note=note), version(lager, unit))
    seen = units.passport(lager, unit)
    assert seen.values.note == note.strip()
    assert seen.history[0].title.startswith("Note: Ryglænet er løst. Stoffet er slidt.")
    assert seen.history[0].title.endswith(" …")
    assert len(seen.history[0].title) <= 126


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"acquired_year": 2031}, "acquired_year", "2031 ligger i fremtiden"),
        ({"acquired_year": 216}, "acquired_year", "Skriv året med fire cifre"),
        ({"note": "x" * 1001}, "note", "1000 tegn"),
        ({"note": "Bo 010180-1234"}, "note", "CPR"),
        ({"codes": ("010190-1234",)}, "codes", "CPR"),
        ({"codes": ("x" * 61,)}, "codes", "60 tegn"),
        ({"codes": tuple(str(each) for each in range(21))}, "codes", "højst have 20"),
        ({"codes": ("mc 1-3",)}, "codes", "er et mærkatnummer"),
    ],
)
def test_a_wrong_field_is_named(
    lager: Context, unit: int, wrong: dict[str, object], field: str, says: str
) -> None:
    values = replace(FULL, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        unit_values.save(lager, unit, values, version(lager, unit))
    assert list(caught.value.errors) == [field]
    assert says in refusal(caught.value.errors[field])
    assert units.passport(lager, unit).values.codes == ()


def test_a_piece_was_not_bought_new_after_it_came(lager: Context, unit: int, clock: Clock) -> None:
    clock.advance(days=800)
    with pytest.raises(Invalid) as caught:
        unit_values.save(lager, unit, UnitValues(acquired_year=2028), version(lager, unit))
    assert "modtaget i 2026" in refusal(caught.value.errors["acquired_year"])
    unit_values.save(lager, unit, UnitValues(acquired_year=2026), version(lager, unit))


def test_a_code_belongs_to_one_piece(world: World, lager: Context, unit: int) -> None:
    [other] = trade.put_on_sale(world, 1)
    unit_values.save(lager, other, UnitValues(codes=("Inv. 0042",)), version(lager, other))
    with pytest.raises(Invalid) as caught:
        unit_values.save(lager, unit, UnitValues(codes=("INV. 0042",)), version(lager, unit))
    number = trade.number(world.context, other)
    assert f"sidder allerede på {number}" in refusal(caught.value.errors["codes"])
    unit_values.save(lager, other, UnitValues(), version(lager, other))
    unit_values.save(lager, unit, UnitValues(codes=("INV. 0042",)), version(lager, unit))
    unit_values.save(lager, unit, UnitValues(codes=("inv. 0042",)), version(lager, unit))
    assert units.passport(lager, unit).values.codes == ("inv. 0042",)


def test_two_who_correct_the_same_piece(lager: Context, unit: int) -> None:
    opened = version(lager, unit)
    unit_values.save(lager, unit, UnitValues(codes=("A1",)), opened)
    with pytest.raises(Stale, match=r"changed by Lager at 09\.05"):
        unit_values.save(lager, unit, UnitValues(codes=("B2",)), opened)


def test_undo_gives_everything_back(world: World, lager: Context, unit: int) -> None:
    unit_values.save(lager, unit, UnitValues(codes=("A1", "B2")), version(lager, unit))
    assert_undone(lager, lambda: unit_values.save(lager, unit, FULL, version(lager, unit)))
    seen = units.passport(lager, unit)
    assert seen.history[0].title.startswith("Fortrudt: ")
    assert check.run(world.person("controller")).ok


def test_undone_codes_make_open_forms_stale(lager: Context, unit: int) -> None:
    done = unit_values.save(lager, unit, UnitValues(codes=("A1",)), version(lager, unit))
    opened = version(lager, unit)
    changes.undo(lager, done.change_id or 0)
    with pytest.raises(Stale):
        unit_values.save(lager, unit, UnitValues(codes=("A1",)), opened)


def test_undo_is_refused_when_another_piece_has_the_code_now(
    world: World, lager: Context, unit: int
) -> None:
    [other] = trade.put_on_sale(world, 1)
    unit_values.save(lager, unit, UnitValues(codes=("A1",)), version(lager, unit))
    freed = unit_values.save(lager, unit, UnitValues(), version(lager, unit))
    unit_values.save(lager, other, UnitValues(codes=("A1",)), version(lager, other))
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(lager, freed.change_id or 0)


def test_what_is_undone_or_gone_is_not_corrected(lager: Context, unit: int) -> None:
    with pytest.raises(Stale):
        unit_values.save(lager, 4711, FULL, 1)
    scrapped = stock.scrap(lager, [unit], "broken")
    unit_values.save(lager, unit, UnitValues(note="til genbrugspladsen"), version(lager, unit))
    assert scrapped.change_id


@pytest.mark.parametrize("who", ["bench", "controller", "admin", "leader"])
def test_only_the_warehouse_corrects(world: World, unit: int, who: str) -> None:
    with pytest.raises(Refused, match="do not have the right"):
        unit_values.save(world.person(who), unit, FULL, 1)
