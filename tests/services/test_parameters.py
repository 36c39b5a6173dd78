"""The municipality's settings: rules, two writers, undo."""

from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Invalid, Stale
from moebelcirkel.domain.parameters import PARAMETERS, Value
from moebelcirkel.services import parameters
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.tables.units import Unit
from tests.services.undoing import assert_undone
from tests.world import World


def test_all_settings_are_there_in_groups(admin: Context) -> None:
    groups = parameters.grouped(admin)
    shown = {key for key, declared in PARAMETERS.items() if declared.group != "hidden"}
    assert {item.key for group in groups.values() for item in group} == shown
    assert list(groups) == [
        "municipality",
        "labels",
        "shop",
        "prices",
        "figures",
        "reports",
        "settlement",
        "mail",
        "texts",
        "copies",
        "people",
    ]


def test_what_is_saved_is_read_back(admin: Context) -> None:
    values: dict[str, Value] = {
        "municipality": " Åby  Kommune ",
        "transport_km": Decimal("12.5"),
        "hold_minutes": 45,
        "handling_ore": 12_550,
        "label_prefix": "mk",
    }
    done = parameters.save(admin, values)
    assert set(done.changed) == set(values)
    assert admin.parameter("municipality") == "Åby  Kommune"
    assert admin.parameter("transport_km") == Decimal("12.5")
    assert admin.parameter("label_prefix") == "MK"
    assert parameters.save(admin, {"hold_minutes": 45}).changed == ()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("municipality", {"municipality": " "}),
        ("municipality", {"municipality": "x" * 121}),
        ("municipality_cvr", {"municipality_cvr": "12345678901"}),
        ("municipality_cvr", {"municipality_cvr": "2918993"}),
        ("warehouse_address", {"warehouse_address": "Anna 010203-1234"}),
        ("hold_minutes", {"hold_minutes": 0}),
        ("label_prefix", {"label_prefix": "M1"}),
        ("label_width_mm", {"label_columns": 4}),
        ("label_height_mm", {"label_height_mm": Decimal(40)}),
        ("price_percent_b", {"price_percent_a": 30}),
        ("price_percent_c", {"price_percent_c": 101}),
        ("price_step_ore", {"price_step_ore": 0}),
        ("transport_km", {"transport_km": Decimal(-1)}),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_saved(
    admin: Context, field: str, values: dict[str, Value]
) -> None:
    with pytest.raises(Invalid) as caught:
        parameters.save(admin, {"warehouse_name": "Genbrugslageret", **values})
    assert list(caught.value.errors) == [field]
    assert admin.parameter("warehouse_name") == "Møbelcirklen"


def test_the_prefix_of_printed_labels_stays(world: World, admin: Context) -> None:
    def body(work: Work) -> None:
        work.session.add(
            Unit(
                serial=1,
                number="MC-000001-0",
                article_id=world.chair,
                state="ready",
                condition="A",
                received_on=work.today,
            )
        )

    world.context.write("setup", None, body)
    parameters.save(admin, {"label_prefix": "MC"})
    with pytest.raises(Invalid) as caught:
        parameters.save(admin, {"label_prefix": "MK"})
    assert "label_prefix" in caught.value.errors


def test_the_second_writer_of_the_same_setting_is_told(admin: Context) -> None:
    seen: dict[str, Value] = {"hold_minutes": 30, "warehouse_name": "Møbelcirklen"}
    parameters.save(admin, {"hold_minutes": 45}, seen)
    parameters.save(admin, {"warehouse_name": "Lageret"}, seen)
    with pytest.raises(Stale, match="changed by Admin"):
        parameters.save(admin, {"hold_minutes": 60}, seen)
    assert admin.parameter("hold_minutes") == 45


def test_each_change_is_undone(admin: Context) -> None:
    values: dict[str, Value] = {"municipality": "Åby", "transport_km": Decimal("1.5")}
    assert_undone(admin, lambda: parameters.save(admin, values))
    parameters.save(admin, values)
    assert_undone(admin, lambda: parameters.save(admin, {"municipality": "Byen"}))
