"""Files of institutions, places and people in the window: understood, tried and taken in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from moebelcirkel.language import N_, _
from moebelcirkel.services import articles
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.flows import FLOWS
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.step_frame import RESULT
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.catalogues import left_english

ITEM = RailItem("imports", N_("Import"), "import", "office", ImportsPage)
FILES = {
    "institutions": "Institution;EAN;Parkering\nVestskolen;5799999000034;tirsdag\nFri;1;\n",
    "places": "Placering;Art\nHal 1 / Reol 1–3;reol\nHal 2 / Reol 14 / C;\n",
    "users": "Login;Navn;Rolle;Institution\nanne;Anne;leder;Søndervangskolen\nbo;Bo;chef;\n",
}


@pytest.fixture
def page(open_window: Callable[..., MainWindow]) -> ImportsPage:
    window = open_window("admin", [ITEM], size=(1280, 720))
    assert isinstance(window.page, ImportsPage)
    return window.page


@pytest.mark.parametrize("kind", FILES)
def test_one_line_comes_in_and_the_other_says_why_not(
    page: ImportsPage, tmp_path: Path, kind: str
) -> None:
    page.start.kind.set_value(kind)
    page.start.kind.changed.emit()
    file = tmp_path / f"{kind}.csv"
    file.write_text(FILES[kind], "utf-8")
    page.open_file(str(file))
    assert page.shell.jobs.wait_idle(30_000)
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    assert [record.line for record in page.steps.result.trial.records] == [2]
    assert [error.line for error in page.steps.result.errors.rows] == [3]
    assert left_english([label.text() for label in page.steps.result.findChildren(QLabel)]) == []
    titles = [column.title for column in page.steps.result.records.columns]
    assert left_english(titles) == []
    page.run()
    assert page.shell.jobs.wait_idle(30_000)
    (row,) = page.earlier.model.rows
    assert (row.kind, row.taken) == (kind, 1)


def test_columns_that_nobody_asks_for_are_named(page: ImportsPage, tmp_path: Path) -> None:
    page.choose_kind("institutions")
    file = tmp_path / "skoler.csv"
    file.write_text(FILES["institutions"], "utf-8")
    page.open_file(str(file))
    assert page.shell.jobs.wait_idle(30_000)
    assert page.steps.columns.unused.text() == "Bruges ikke: Parkering"
    page.steps.columns.form.field("town").set_value("Parkering")
    page.steps.columns.form.changed.emit("town")
    assert page.steps.columns.unused.isHidden()


def test_new_prices_are_shown_beside_the_old_before_they_are_saved(
    page: ImportsPage, tmp_path: Path, town: world.World
) -> None:
    page.choose_kind("prices")
    file = tmp_path / "priser.csv"
    file.write_text("Navn;Nypris ekskl. moms\nKontorstol HÅG SoFi 7200;3.500,00\n", "utf-8")
    page.open_file(str(file))
    assert page.shell.jobs.wait_idle(30_000)
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    assert page.steps.result.errors.rows[0].text.startswith("Prisen har ingen dato")
    assert not page.steps.prices.form.field("vat_included").value()
    page.steps.prices.form.set_values(
        {"price_date": dt.date(2026, 1, 1), "price_source": "Prisliste 2026"}
    )
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    shown = page.steps.result.records
    (row,) = shown.rows
    texts = {column.text(row).replace("\xa0", " ") for column in shown.columns}
    assert {"3.350 kr.", "3.500 kr.", "+4 %"} <= texts
    assert left_english([column.title for column in shown.columns]) == []
    page.run()
    assert page.shell.jobs.wait_idle(30_000)
    values = articles.get(town.person("admin"), town.chair).values
    assert values.new_price_ore == 350_000


def test_every_kind_says_what_its_file_is(page: ImportsPage) -> None:
    for flow in FLOWS:
        page.choose_kind(flow.key)
        texts = [label.text() for label in page.start.findChildren(QLabel)]
        assert left_english(texts) == []
        assert _(flow.about) in texts
