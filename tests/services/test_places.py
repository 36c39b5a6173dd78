"""Places: fields, a whole hall at once, furniture that stands there, undo."""

from dataclasses import replace

import pytest

from moebelcirkel import language
from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import places
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.storage.tables.units import Unit
from tests.services.undoing import assert_undone
from tests.world import World

LINE = "Hal 2, Reol 13–14, hylde B–D"


def _stand_a_chair(world: World, place_id: int) -> None:
    def body(work: Work) -> None:
        work.session.add(
            Unit(
                serial=1,
                number="MC-000001-0",
                article_id=world.chair,
                state="ready",
                condition="A",
                place_id=place_id,
                received_on=work.today,
            )
        )

    world.context.write("setup", None, body)


def test_a_new_place_is_found_by_code_and_name(admin: Context) -> None:
    new = places.save(admin, PlaceForm("v-2", "Malerkabinen", "workshop")).id
    assert [row.id for row in places.find(admin, "malerk")] == [new]
    assert [(row.code, row.kind) for row in places.find(admin, "v-2")] == [("V-2", "workshop")]
    assert "V-2" in [choice.code for choice in places.choices(admin)]


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [("Hal  1", "HAL1", "Hal 1"), ("9-14-c", "9-14-C", "9-14-C"), ("ø", "Ø", "Ø")],
)
def test_a_place_without_a_name_is_called_what_was_typed(
    admin: Context, typed: str, code: str, name: str
) -> None:
    new = places.save(admin, PlaceForm(typed)).id
    assert [(row.code, row.name) for row in places.find(admin, code) if row.id == new] == [
        (code, name)
    ]


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("code", PlaceForm("")),
        ("code", PlaceForm("a;b")),
        ("code", PlaceForm("v-1")),
        ("name", PlaceForm("X", "y" * 81)),
        ("kind", PlaceForm("X", kind="moon")),
    ],
)
def test_a_wrong_field_is_named(admin: Context, field: str, form: PlaceForm) -> None:
    with pytest.raises(Invalid) as caught:
        places.save(admin, form)
    assert list(caught.value.errors) == [field]


def test_a_code_in_use_asks_for_another_code(admin: Context) -> None:
    with pytest.raises(Invalid) as caught:
        places.save(admin, PlaceForm("v-1"))
    assert language.refusal(caught.value.errors["code"]) == (
        "Der er allerede en placering med koden V-1. Vælg en anden kode."
    )


def test_a_series_skips_what_is_there(admin: Context) -> None:
    preview = places.preview_series(admin, LINE)
    assert [each.code for each in preview if each.exists] == ["2-14-C"]
    done = places.create_series(admin, LINE)
    assert (done.created, done.existing) == (5, 1)
    assert [row.code for row in places.find(admin, "reol")] == [
        "2-13-B",
        "2-13-C",
        "2-13-D",
        "2-14-B",
        "2-14-C",
        "2-14-D",
    ]
    with pytest.raises(Invalid) as caught:
        places.create_series(admin, LINE)
    assert "series" in caught.value.errors


def test_a_place_with_furniture_stays_active(world: World, admin: Context) -> None:
    _stand_a_chair(world, world.shelf)
    row = next(row for row in places.find(admin) if row.id == world.shelf)
    assert row.pieces == 1
    with pytest.raises(Invalid) as caught:
        places.save(admin, PlaceForm(row.code, row.name, active=False), row.id, row.version)
    assert "Move it before" in str(caught.value.errors["active"])
    with pytest.raises(Refused, match="Make it inactive"):
        places.delete(admin, row.id, row.version)


def test_an_inactive_place_is_no_choice(world: World, admin: Context) -> None:
    row = next(row for row in places.find(admin) if row.id == world.shelf)
    places.save(admin, PlaceForm(row.code, row.name, active=False), row.id, row.version)
    assert row.id not in [choice.id for choice in places.choices(admin)]
    with pytest.raises(Stale):
        places.save(admin, PlaceForm(row.code, "Andet"), row.id, row.version)


def test_each_change_is_undone(world: World, admin: Context) -> None:
    assert_undone(admin, lambda: places.save(admin, PlaceForm("X-1", "Y")))
    assert_undone(admin, lambda: places.create_series(admin, LINE))
    row = next(row for row in places.find(admin) if row.id == world.shelf)
    form = PlaceForm("9-9", "Nyt navn", "floor", active=False)
    assert_undone(admin, lambda: places.save(admin, form, row.id, row.version))
    new = places.save(admin, replace(form, code="X-2")).id
    assert_undone(admin, lambda: places.delete(admin, new, 1))
