"""The shop handed out: what the table says, its pictures, and by itself at its hours."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.services import parameters, photos, routines, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.clock import Clock
from tests.services import shopping, working_day
from tests.world import World

HERE = routines.place("command")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "ud"
    made.mkdir()
    return made


def told(path: Path) -> list[dict[str, str]]:
    return rows(path.read_text("utf-8-sig"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def fill(world: World) -> int:
    trade.put_on_sale(world, 3)
    more = {"ecolabel": "Svanemærket", "width_mm": 800, "depth_mm": 800}
    table = shopping.article(world, "=2+5", "desk_sit_stand", **more)
    trade.put_on_sale(world, 2, article_id=table, price_ore=0)
    trade.put_on_sale(world, 1, article_id=table, state="ready")
    photos.add(world.person("lager"), [working_day.picture("bord")], article_id=table)
    return table


def test_a_table_tells_what_can_be_had_with_its_pictures_beside(world: World, place: Path) -> None:
    table = fill(world)
    done = shop.export(world.person("lager"), place / "butik.csv")
    assert (done.cards, done.units, done.pictures) == (2, 5, 1)
    desk, chair = told(place / "butik.csv")
    assert desk["Nummer"] == str(table)
    assert desk["Navn"] == "'=2+5"
    assert (desk["Antal"], desk["Pris"]) == ("2", "0,00")
    assert (desk["Miljømærke"], desk["Type 1-miljømærke"]) == ("Svanemærket", "ja")
    assert desk["Størrelsesmærke"] == ""
    assert desk["Link"] == f"moebelcirklen:type/{table}"
    assert (place / desk["Billede"]).read_bytes() == working_day.picture("bord").jpeg
    assert (chair["Antal"], chair["Pris"], chair["Billede"]) == ("3", "1340,00", "")
    assert chair["UNSPSC"] == "56112102"


def test_it_tells_where_they_stand_and_what_is_known_of_toys(world: World, place: Path) -> None:
    toys = shopping.article(world, "Klodser", "toys_box")
    known: dict[str, Any] = {"toy_age": "3-5", "toy_complete": True}
    trade.put_on_sale(world, 2, article_id=toys, **known, toy_cleaned=True)
    trade.put_on_sale(world, 1, article_id=toys, **known, place_id=None)
    trade.put_on_sale(world, 1)
    shop.export(world.person("lager"), place / "butik.csv")
    box, chair = told(place / "butik.csv")
    site = chair["Placering"]
    assert site
    assert box["Placering"] == f"{site}: 2"
    assert (box["Aldersgruppe"], box["Komplet"], box["Renset"]) == ("3–5 år", "Ja", "Ja: 2")
    assert (chair["Aldersgruppe"], chair["Komplet"], chair["Renset"]) == ("", "", "")


def test_a_spreadsheet_holds_text_and_never_a_formula(world: World, place: Path) -> None:
    fill(world)
    shop.export(world.person("controller"), place / "butik.xlsx")
    name = openpyxl.load_workbook(place / "butik.xlsx").worksheets[0]["B2"]
    assert (name.value, name.data_type) == ("=2+5", "s")


def test_a_zip_holds_both_tables_and_the_pictures(world: World, place: Path) -> None:
    fill(world)
    shop.export(world.person("lager"), place / "butik.zip")
    with zipfile.ZipFile(place / "butik.zip") as file:
        names = file.namelist()
        found = rows(file.read("butikken.csv").decode("utf-8-sig"))
    assert names[:2] == ["butikken.csv", "butikken.xlsx"]
    assert found[0]["Billede"] in names
    assert [path.name for path in place.iterdir()] == ["butik.zip"]


def test_pictures_that_nothing_speaks_of_go_and_other_files_stay(world: World, place: Path) -> None:
    table = fill(world)
    shop.export_into(world.person("lager"), place)
    pictures = place / "butikken-billeder"
    (pictures / "mine.jpg").write_bytes(b"mine")
    (own,) = photos.of_owner(world.person("lager"), article_id=table)
    photos.remove(world.person("lager"), own.id)
    shop.export_into(world.person("lager"), place)
    assert [path.name for path in pictures.iterdir()] == ["mine.jpg"]
    names = {"butikken.csv", "butikken.xlsx", "butikken-billeder"}
    assert {path.name for path in place.iterdir()} == names


def test_an_unwritable_place_is_said_and_the_old_table_stays(world: World, place: Path) -> None:
    fill(world)
    shop.export_into(world.person("lager"), place)
    before = (place / "butikken.csv").read_bytes()
    with pytest.raises(Unavailable, match="is not there"):
        shop.export_into(world.person("lager"), place / "nowhere")
    (place / "butikken.xlsx").unlink()
    (place / "butikken.xlsx").mkdir()
    with pytest.raises(Unavailable, match="could be written"):
        shop.export_into(world.person("lager"), place)
    assert (place / "butikken.csv").read_bytes() == before
    assert not list(place.glob("*.part"))
    with pytest.raises(Refused, match="must end in"):
        shop.export(world.person("lager"), place / "butik.pdf")


def test_customers_export_nothing(leader: Context, place: Path) -> None:
    with pytest.raises(Refused):
        shop.export(leader, place / "butik.csv")
    assert list(place.iterdir()) == []


def outcomes(context: Context) -> list[routines.RoutineOutcome]:
    return [each for each in routines.run_due(context, HERE) if each.name == "shop"]


def test_it_is_exported_by_itself_at_its_hours(
    world: World, admin: Context, clock: Clock, place: Path
) -> None:
    fill(world)
    assert outcomes(admin) == []
    with pytest.raises(Refused) as caught:
        parameters.save(admin, {"export_hours": "6.00, middag"})
    assert list(caught.value.errors) == ["export_hours"]  # type: ignore[attr-defined]
    parameters.save(admin, {"export_folder": str(place), "export_hours": "12.30 6.00"})
    assert admin.parameter("export_hours") == "06.00, 12.30"
    (done,) = outcomes(admin)
    assert (done.failed, done.values) == (False, {"cards": "2", "units": "5", "pictures": "1"})
    assert len(told(place / "butikken.csv")) == 2
    clock.advance(minutes=10)
    assert outcomes(admin) == []
    clock.advance(hours=24)
    assert len(outcomes(admin)) == 1
    shown = {each.name: each for each in routines.listed(admin).routines}
    assert shown["shop"].last is not None
    last = shown["shop"].last
    assert last is not None
    assert last.named == done.values


def test_a_folder_that_is_gone_is_told_and_tried_again_later(
    world: World, admin: Context, clock: Clock, place: Path
) -> None:
    fill(world)
    parameters.save(admin, {"export_folder": str(place / "drev")})
    (failed,) = outcomes(admin)
    assert failed.failed
    clock.advance(minutes=10)
    assert outcomes(admin) == []
    (place / "drev").mkdir()
    clock.advance(minutes=25)
    assert [each.failed for each in outcomes(admin)] == [False]
