"""Small lists of suppliers that once went wrong, each through the page with what it proposes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from moebelcirkel.services.imports import ArticleRecord, Trial
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.steps import COLUMNS, FILE, PRICES, RESULT
from moebelcirkel.ui.window.main_window import MainWindow

CASES = Path(__file__).parents[2] / "data" / "cases"
ITEM = RailItem("imports", "Import", "import", "office", ImportsPage)


@pytest.fixture
def page(open_window: Callable[..., MainWindow]) -> ImportsPage:
    window = open_window("admin", [ITEM], size=(1280, 720))
    assert isinstance(window.page, ImportsPage)
    return window.page


def opened(page: ImportsPage, name: str) -> None:
    page.open_file(str(CASES / name))
    assert page.shell.jobs.wait_idle(30_000)
    assert page.steps.current() == FILE


def tried(page: ImportsPage, **prices: Decimal) -> Trial[ArticleRecord]:
    """The dry run by what is proposed, once the day and the source are said."""
    page.steps.prices.form.set_values(
        {"price_date": date(2026, 1, 1), "price_source": "Liste"} | prices
    )
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    assert page.steps.current() == RESULT
    trial: Trial[ArticleRecord] | None = page.steps.result.trial
    assert trial is not None
    return trial


def column(page: ImportsPage, name: str) -> object:
    return page.steps.columns.form.field(name).value()


def source(page: ImportsPage, name: str) -> object:
    return page.steps.source.form.field(name).value()


def refused(page: ImportsPage) -> list[tuple[int, str]]:
    return [(row.line, row.text) for row in page.steps.result.errors.rows]


@pytest.mark.parametrize(
    ("name", "without_vat"),
    [
        ("01_tusindtal_valuta.csv", [495_600, 359_600, 967_840]),
        ("01_tusindtal_dash.csv", [495_600, 359_600]),
        ("12_flere_ark.xlsx", [100_000, 108_000]),
    ],
)
def test_prices_are_what_the_file_says(
    page: ImportsPage, name: str, without_vat: list[int]
) -> None:
    opened(page, name)
    trial = tried(page)
    assert [record.new_price_ore for record in trial.records] == without_vat
    assert trial.errors == ()


def test_the_currency_of_the_cells_is_proposed_and_asks_for_its_rate(page: ImportsPage) -> None:
    opened(page, "02_valuta_i_celle.csv")
    assert page.steps.prices.form.field("currency").value() == "EUR"
    page.show_step(RESULT)
    assert page.steps.current() == PRICES
    assert page.steps.prices.form.field("rate").error.text()
    trial = tried(page, rate=Decimal("7.46"))
    assert [record.new_price_ore for record in trial.records] == [208_283, 745_403]
    [(line, text)] = refused(page)
    assert line == 4
    assert "NOK" in text


def test_plurals_are_suggested_as_their_singulars(page: ImportsPage) -> None:
    opened(page, "03_flertal.csv")
    trial = tried(page)
    assert [record.category_key for record in trial.records] == [
        "visitor_chair",
        "dining_table",
        "bookcase_wood",
        "cupboard_wood",
        "sofa_3_seat",
        "bed_frame",
        "stool_wood",
        "pouf",
        "pedestal",
    ]
    assert refused(page) == [(11, "Der er ikke valgt en kategori til ”Borde & stole”.")]


def test_one_category_for_all_lines_counts_where_the_column_is_empty(page: ImportsPage) -> None:
    opened(page, "04_tom_kategori.csv")
    page.show_step(COLUMNS)
    page.steps.columns.form.field("category").restore("Kategori")
    page.steps.categories.one.set_value("office_task_chair")
    trial = tried(page)
    assert [record.category_key for record in trial.records] == ["office_task_chair"] * 3
    assert trial.errors == ()


@pytest.mark.parametrize(
    ("name", "key", "maker", "keys"),
    [
        ("05a_billede_som_nummer.csv", None, None, ["Kontorstol Alfa", "Kontorstol Beta"]),
        ("05b_tomt_id.csv", "ean", "brand_name", ["5701234567890", "5701234567906"]),
    ],
)
def test_only_columns_that_fit_are_proposed(
    page: ImportsPage, name: str, key: str | None, maker: str | None, keys: list[str]
) -> None:
    opened(page, name)
    assert (column(page, "key"), column(page, "maker")) == (key, maker)
    trial = tried(page)
    assert [record.key for record in trial.records] == keys
    assert trial.errors == ()


def test_a_long_name_is_no_number_and_can_be_imported(page: ImportsPage) -> None:
    opened(page, "05d_langt_navn_som_nummer.csv")
    trial = tried(page)
    assert trial.errors == ()
    assert [(len(record.name), record.new_price_ore) for record in trial.records] == [
        (78, 280_000),
        (10, 200_000),
    ]


def test_a_title_is_not_joined_with_a_description_too_long_for_a_name(page: ImportsPage) -> None:
    opened(page, "06_lang_beskrivelse.csv")
    assert (column(page, "name"), column(page, "name_2")) == ("Titel", None)
    trial = tried(page)
    assert {record.name for record in trial.records} == {"Kontorstol"}
    assert trial.errors == ()


def test_parts_and_covers_are_left_out_and_an_appliance_is_no_cupboard(page: ImportsPage) -> None:
    opened(page, "08_tilbehoer.csv")
    assert tried(page).records == ()
    texts = [text for _line, text in refused(page)]
    assert len(texts) == 10
    assert all("er ikke et møbel" in text for text in texts[:8])
    assert texts[8:] == ["Der er ikke valgt en kategori til linjen."] * 2


def test_question_marks_speak_against_no_measure(page: ImportsPage) -> None:
    opened(page, "09_spoergsmaalstegn.csv")
    measures = page.steps.columns.draft()["measures"]
    assert [measures[each] for each in ("width", "depth", "height")] == ["W", "D", "H"]
    trial = tried(page)
    assert [record.width_mm for record in trial.records] == [800, None, 1_200, None, 600]
    assert trial.errors == ()


def test_a_file_of_dos_is_recognised(page: ImportsPage) -> None:
    opened(page, "10_cp850.csv")
    assert source(page, "encoding") == "cp850"
    names = [record.name for record in tried(page).records]
    assert names == ["Kontorstol i bøg med læder", "Kontorstol i grå lærk"]


def test_the_likely_sheet_is_proposed(page: ImportsPage) -> None:
    opened(page, "12_flere_ark.xlsx")
    assert (source(page, "sheet"), source(page, "header")) == ("Priser", 1)


def test_formulas_without_values_are_said_by_line(page: ImportsPage) -> None:
    opened(page, "13_formler_uden_vaerdi.xlsx")
    assert tried(page).records == ()
    assert [line for line, _text in refused(page)] == [2, 3]
    assert all("her en formel uden værdi" in text for _line, text in refused(page))
