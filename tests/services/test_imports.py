"""Imports: the real price list comes in whole, is undone whole, and never twice."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Interrupted, Refused
from moebelcirkel.services import articles, changes, imports, intake
from moebelcirkel.services.context import Context
from moebelcirkel.services.imports import ColumnMapping, ImportChoices, PriceBasis, Source
from tests.world import World

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def source() -> Source:
    return imports.read((DATA / "ikea_sa_2020.csv").read_bytes(), "ikea_sa_2020.csv")


def _choices(context: Context) -> ImportChoices:
    data = (DATA / "ikea_mapping.toml").read_bytes()
    return imports.choices_from_file(context, data, "ikea_mapping.toml")


def test_every_line_is_taken_in_or_refused(world: World, source: Source) -> None:
    admin = world.person("admin")
    steps: list[tuple[int, int]] = []
    done = imports.run(
        admin, source, _choices(admin), progress=lambda now, all_: steps.append((now, all_))
    )

    assert (done.taken, done.refused) == (2295, 1399)
    assert steps[-1] == (2295, 2295)
    (row,) = imports.latest(admin)
    assert (row.file_name, row.taken, row.by, row.active) == (
        "ikea_sa_2020.csv",
        2295,
        "Admin",
        True,
    )
    hit = articles.suggest(world.person("lager"), "ingolf barstol")[0]
    assert hit.category_key == "bar_stool"
    assert hit.new_price_ore is not None


def test_the_same_file_and_the_same_numbers_never_come_in_twice(
    world: World, source: Source
) -> None:
    admin = world.person("admin")
    choices = _choices(admin)
    imports.run(admin, source, choices)
    with pytest.raises(Refused, match="imported already"):
        imports.run(admin, source, choices)

    trial = imports.try_out(admin, source, choices)
    assert trial.records == ()
    other = imports.read(source.data + b"\n", "copy.csv")
    with pytest.raises(Refused, match="No line"):
        imports.run(admin, other, choices)


def test_a_file_comes_in_whatever_its_name_holds(world: World) -> None:
    admin = world.person("admin")
    source = imports.read(b"nummer;navn;kategori;pris\nK-1;Bord;Skrivebord;1000\n", "\udcff.csv")
    basis = PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Prisliste")
    imports.run(admin, source, dataclasses.replace(imports.suggest(admin, source), basis=basis))
    assert [row.file_name for row in imports.latest(admin)] == ["?.csv"]


def test_how_a_line_reads_in_each_encoding_comes_with_the_file() -> None:
    data = "nummer;navn\nK-1;Bænk\n".encode("cp1252")
    source = imports.read(data, "stole.csv")
    assert source.readings["cp1252"] == "K-1;Bænk"
    assert source.readings["cp850"] == "K-1;Bµnk"
    assert dict(source.again(encoding="cp850").readings) == dict(source.readings)


def test_an_import_is_undone_as_a_whole_and_can_come_again(world: World, source: Source) -> None:
    admin = world.person("admin")
    done = imports.run(admin, source, _choices(admin))
    changes.undo(admin, done.change_id or 0)

    assert [row.active for row in imports.latest(admin)] == [False]
    assert articles.suggest(world.person("lager"), "ingolf") == []
    again = imports.run(admin, source, _choices(admin))
    assert again.taken == 2295


def test_undo_is_refused_once_furniture_of_it_has_come(world: World, source: Source) -> None:
    admin = world.person("admin")
    done = imports.run(admin, source, _choices(admin))
    hit = articles.suggest(world.person("lager"), "ingolf")[0]
    intake.register(
        world.person("lager"),
        intake.Batch(article_id=hit.id, parts=(intake.Part("B", 1, "shelf", world.shelf),)),
    )
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, done.change_id or 0)
    assert imports.latest(admin)[0].active


OFFICE = "varenr;navn;kategori;pris\nK1;Stol Rex;Stole;995,00\nK2;Bord;Ukendt;1.250,00\n"
COLUMNS = ColumnMapping("varenr", ("navn",), category="kategori", price="pris")
BASIS = PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Liste")


def chosen(**categories: str) -> ImportChoices:
    return ImportChoices(COLUMNS, BASIS, dict(categories))


def received_and_undone(world: World, article_id: int) -> None:
    lager = world.person("lager")
    batch = intake.Batch(article_id=article_id, parts=(intake.Part("B", 1, "shelf", world.shelf),))
    changes.undo(lager, intake.register(lager, batch).change_id or 0)


def types(world: World) -> list[str]:
    return sorted(hit.name for hit in articles.suggest(world.person("lager"), "rex"))


def test_a_piece_received_and_undone_does_not_bar_the_undo_of_its_import(world: World) -> None:
    admin = world.person("admin")
    source = imports.read(OFFICE.encode(), "stole.csv")
    first = imports.run(admin, source, chosen(Stole="visitor_chair", Ukendt="dining_table"))
    hit = articles.suggest(world.person("lager"), "rex")[0]
    received_and_undone(world, hit.id)
    changes.undo(admin, first.change_id or 0)
    assert [row.active for row in imports.latest(admin)] == [False]
    # What stays for the undone registration is no bar when the file comes again.
    again = imports.run(admin, source, chosen(Stole="stacking_chair", Ukendt="dining_table"))
    assert (again.taken, again.refused) == (2, 0)
    assert types(world) == ["Stol Rex"]
    assert articles.suggest(world.person("lager"), "rex")[0].category_key == "stacking_chair"
    changes.undo(admin, again.change_id or 0)
    assert [row.active for row in imports.latest(admin)] == [False, False]
    assert articles.suggest(world.person("lager"), "bord") == []


def test_the_same_file_comes_again_for_the_lines_that_were_refused(world: World) -> None:
    admin = world.person("admin")
    source = imports.read(OFFICE.encode(), "stole.csv")
    done = imports.run(admin, source, chosen(Stole="visitor_chair"))
    assert (done.taken, done.refused) == (1, 1)
    with pytest.raises(Refused, match="correct the choices or the file"):
        imports.run(admin, source, chosen(Stole="visitor_chair"))
    more = imports.run(admin, source, chosen(Stole="visitor_chair", Ukendt="dining_table"))
    assert (more.taken, more.refused) == (1, 1)
    corrected = imports.read(f"{OFFICE}K3;Reol;Stole;500,00\n".encode(), "stole.csv")
    assert imports.run(admin, corrected, chosen(Stole="bookcase_wood")).taken == 1


def test_the_same_file_does_not_come_again_by_other_numbers(world: World) -> None:
    admin = world.person("admin")
    source = imports.read(OFFICE.encode(), "stole.csv")
    choices = chosen(Stole="visitor_chair", Ukendt="dining_table")
    imports.run(admin, source, choices)
    by_name = dataclasses.replace(choices.mapping, key="")
    with pytest.raises(Refused, match="imported already"):
        imports.run(admin, source, dataclasses.replace(choices, mapping=by_name))


def test_cancelled_half_way_nothing_is_kept(world: World, source: Source) -> None:
    admin = world.person("admin")
    asked = iter([False, False, True])
    with pytest.raises(Interrupted):
        imports.run(admin, source, _choices(admin), cancelled=lambda: next(asked))
    assert imports.latest(admin) == []
    assert articles.suggest(world.person("lager"), "ingolf") == []


def test_prices_far_from_their_category_wait_for_somebody_to_say_they_are_right(
    world: World,
) -> None:
    admin = world.person("admin")
    text = "varenr;navn;pris\nM1;Kontorstol Rex;4,95\nM2;Kontorstol Max;1.250,00\n"
    odd = imports.read(text.encode(), "priser.csv")
    choices = imports.suggest(admin, odd)
    choices.mapping.fixed["category"] = "office_task_chair"
    basis = dataclasses.replace(choices.basis, price_date=dt.date(2026, 1, 1), price_source="Liste")
    choices = dataclasses.replace(choices, basis=basis)
    trial = imports.try_out(admin, odd, choices)
    assert ([record.key for record in trial.records], trial.far_out) == (["M2"], 1)
    [error] = trial.errors
    assert (error.line, error.column) == (2, "pris")
    assert "far from what such furniture costs" in error.message
    confirmed = imports.try_out(admin, odd, choices, any_price=True)
    assert ([record.key for record in confirmed.records], confirmed.far_out) == (["M1", "M2"], 1)
    assert imports.run(admin, odd, choices).refused == 1


def test_prices_in_a_foreign_currency_wait_for_its_rate(world: World) -> None:
    admin = world.person("admin")
    source = imports.read("varenr;navn;pris\nM1;Stol;349,00 €\n".encode(), "euro.csv")
    choices = imports.suggest(admin, source)
    assert choices.basis.currency == "EUR"
    with pytest.raises(Refused, match="kroner for one EUR") as refused:
        imports.try_out(admin, source, choices)
    assert refused.value.field == "rate"


def test_only_an_administrator_imports(world: World, source: Source) -> None:
    with pytest.raises(Refused, match="right"):
        imports.run(world.person("lager"), source, _choices(world.person("admin")))
