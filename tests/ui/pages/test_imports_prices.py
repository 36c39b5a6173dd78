"""What an import's prices are in: VAT as the column says, and the day they are from."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from moebelcirkel.language import N_
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.steps import PRICES, RESULT
from moebelcirkel.ui.window.main_window import MainWindow

ITEM = RailItem("imports", N_("Import"), "import", "office", ImportsPage)


@pytest.fixture
def page(open_window: Callable[..., MainWindow]) -> ImportsPage:
    window = open_window("admin", [ITEM], size=(1280, 720))
    assert isinstance(window.page, ImportsPage)
    return window.page


def load(page: ImportsPage, file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    page.open_file(str(file))
    assert page.shell.jobs.wait_idle(30_000)


def test_vat_is_ticked_as_the_price_column_says(page: ImportsPage, tmp_path: Path) -> None:
    text = "varenummer;navn;pris ekskl. moms;pris inkl. moms\nA1;Stol;80,00;100,00\n"
    load(page, tmp_path / "moms.csv", text)
    vat, price = (
        page.steps.prices.form.field("vat_included"),
        page.steps.columns.form.field("price"),
    )
    assert (price.value(), vat.value()) == ("pris ekskl. moms", False)
    assert isinstance(price, ChoiceField)
    for column, ticked in (("pris inkl. moms", True), ("pris ekskl. moms", False)):
        price.combo.setCurrentIndex(price.combo.findData(column))
        assert vat.value() is ticked


def test_prices_from_a_day_ahead_are_said_by_their_field(page: ImportsPage, tmp_path: Path) -> None:
    text = "varenummer;navn;kategori;pris\nA1;Kontorstol Rex;Kontorstole;1.250,00\n"
    load(page, tmp_path / "priser.csv", text)
    form = page.steps.prices.form
    form.set_values({"price_date": date(2031, 1, 1), "price_source": "Katalog"})
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    assert page.steps.stack.currentIndex() == PRICES
    assert "fremtiden" in form.field("price_date").error.text()
    assert page.notice.isHidden()


def test_only_what_several_lines_share_is_called_an_example(
    page: ImportsPage, tmp_path: Path
) -> None:
    good = "".join(f"B{each};Stol;Kontorstole;80,00\n" for each in range(9))
    head = f"varenummer;navn;kategori;pris\n{good}"
    load(page, tmp_path / "to.csv", f"{head}A2;;Kontorstole;80\nA3;Stol;Kontorstole;dyr\n")
    page.steps.prices.form.set_values({"price_date": date(2026, 1, 1), "price_source": "K"})
    page.show_step(RESULT)
    assert page.shell.jobs.wait_idle(30_000)
    told = {label.text() for label in page.steps.result.facts.findChildren(QLabel)}
    assert {"Navnet mangler.", "Prisen ”dyr” er ikke et tal."} <= told
