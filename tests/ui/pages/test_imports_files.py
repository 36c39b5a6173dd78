"""How a file is read, in the window: what it does not tell is asked, and all can be changed."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from moebelcirkel.language import N_
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.steps import CATEGORIES, COLUMNS, FILE, PRICES, RESULT
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.full_drive import files_no_larger_than, needs_limits

ITEM = RailItem("imports", N_("Import"), "import", "office", ImportsPage)


@pytest.fixture
def page(open_window: Callable[..., MainWindow]) -> ImportsPage:
    window = open_window("admin", [ITEM], size=(1280, 720))
    assert isinstance(window.page, ImportsPage)
    return window.page


def load(page: ImportsPage, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    page.open_file(str(file))
    rest(page)


def rest(page: ImportsPage) -> None:
    assert page.shell.jobs.wait_idle(30_000)


def field(page: ImportsPage, name: str) -> ChoiceField:
    found = page.steps.source.form.field(name)
    assert isinstance(found, ChoiceField)
    return found


def choose(page: ImportsPage, name: str, key: str | int) -> None:
    combo = field(page, name).combo
    combo.setCurrentIndex(combo.findData(key))
    rest(page)


def try_out(page: ImportsPage, *, one: str = "") -> None:
    page.steps.prices.form.set_values({"price_date": date(2026, 1, 1), "price_source": "Liste"})
    if one:
        page.steps.categories.one.set_value(one)
    page.show_step(RESULT)
    rest(page)


def test_a_decimal_sign_that_the_file_does_not_tell_is_asked_for(
    page: ImportsPage, tmp_path: Path
) -> None:
    text = "varenr;navn;kategori;pris\n1;Kontorstol;Kontorstole;1.200\n2;Stol;Kontorstole;3.450\n"
    load(page, tmp_path / "priser.csv", text.encode())
    decimal = field(page, "decimal")
    assert decimal.value() is None
    assert "”1.200” har tusindtalstegn eller decimaler" in decimal.error.text()
    try_out(page)
    assert page.steps.stack.currentIndex() == FILE
    assert decimal.error.text()
    choose(page, "decimal", ",")
    assert not decimal.error.text()
    try_out(page)
    trial = page.steps.result.trial
    assert trial is not None
    assert [record.new_price_ore for record in trial.records] == [96_000, 276_000]


def test_every_encoding_shows_how_a_line_reads_in_it(page: ImportsPage, tmp_path: Path) -> None:
    text = "Varenr;Navn;Kategori\nA;Stol;Stole\nC-1;Kontorstol i bøg;Kontorstole\n"
    load(page, tmp_path / "dos.csv", text.encode("cp850"))
    encoding = field(page, "encoding")
    assert encoding.value() == "cp850"
    assert encoding.helper.text() == "C-1;Kontorstol i bøg;Kontorstole"
    offered = [encoding.combo.itemText(n) for n in range(encoding.combo.count())]
    assert "DOS, tegntabel 850: C-1;Kontorstol i bøg;Kontorstole" in offered
    assert "Windows-1252: C-1;Kontorstol i b›g;Kontorstole" in offered
    choose(page, "encoding", "cp1252")
    assert page.read is not None
    assert page.read.source.table.rows[1].cells[1] == "Kontorstol i b›g"
    assert page.steps.source.facts() == {"encoding": "cp1252"}


def workbook() -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Versioner"
    first.append(["Udgave", "Rettet"])
    first.append(["Maj", "priser"])
    prices = book.create_sheet("Priser")
    for row in (
        ["Leverandør", "Nordisk Møbel", "maj"],
        ["Varenr", "Navn", "Nypris"],
        ["F-1", "Kontorstol", 1250],
    ):
        prices.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_sheet_and_header_are_proposed_and_chosen(page: ImportsPage, tmp_path: Path) -> None:
    load(page, tmp_path / "bog.xlsx", workbook())
    assert (field(page, "sheet").value(), field(page, "header").value()) == ("Priser", 2)
    assert field(page, "header").text() == "2: Varenr · Navn · Nypris"
    assert page.steps.columns.form.field("price").value() == "Nypris"
    choose(page, "header", 1)
    assert page.read is not None
    assert page.read.source.table.columns[0] == "Leverandør"
    choose(page, "sheet", "Versioner")
    assert page.read.source.table.columns == ("Udgave", "Rettet")
    assert page.steps.source.facts() == {"sheet": "Versioner"}
    shown = [field(page, name).label.text() for name in ("sheet", "header")]
    assert left_english(shown) == []


def test_one_category_counts_where_the_column_is_empty(page: ImportsPage, tmp_path: Path) -> None:
    text = "Varenr;Navn;Kategori;Nypris\nT-1;Nanna;;1.250,00\nT-2;Bo;;2.400,00\n"
    load(page, tmp_path / "tom.csv", text.encode())
    page.show_step(COLUMNS)
    column = page.steps.columns.form.field("category")
    assert column.value() is None
    column.restore("Kategori")
    try_out(page, one="office_task_chair")
    trial = page.steps.result.trial
    assert trial is not None
    assert ([r.category_key for r in trial.records], trial.errors) == (
        ["office_task_chair"] * 2,
        (),
    )


def test_lines_without_a_category_get_one_of_their_own(page: ImportsPage, tmp_path: Path) -> None:
    text = "Varenr;Navn;Kategori;Nypris\nT-1;Nanna;;1.250,00\nT-2;Bo;Kontorstole;2.400,00\n"
    load(page, tmp_path / "halv.csv", text.encode())
    one = page.steps.categories.one
    assert not one.isHidden()
    assert one.label.text() == "Kategori for linjer uden"
    try_out(page, one="dining_table")
    trial = page.steps.result.trial
    assert trial is not None
    assert [r.category_key for r in trial.records] == ["dining_table", "office_task_chair"]


def test_prices_far_from_the_usual_are_listed_and_confirmed(
    page: ImportsPage, tmp_path: Path
) -> None:
    text = "Varenr;Navn;Kategori;Nypris\nT-1;Rex;Kontorstole;4,95\nT-2;Bo;Kontorstole;2.400,00\n"
    load(page, tmp_path / "priser.csv", text.encode())
    try_out(page)
    result = page.steps.result
    [refused] = result.errors.rows
    assert (refused.line, refused.column) == (2, "Nypris")
    assert "langt fra" in refused.text
    assert result.far_out.box.text() == "Den 1 usædvanlige pris er rigtig"
    result.far_out.box.click()
    rest(page)
    assert result.trial is not None
    assert (len(result.trial.records), result.trial.errors) == (2, ())
    assert not result.far_out.isHidden()
    page.run()
    rest(page)
    assert [row.taken for row in page.earlier.model.rows] == [2]


@needs_limits
def test_a_full_drive_leaves_no_part_of_the_choices(page: ImportsPage, tmp_path: Path) -> None:
    load(page, tmp_path / "priser.csv", b"navn;pris\nBord;1000\n")
    page.steps.prices.form.set_values({"price_date": date(2026, 1, 1), "price_source": "Liste"})
    folder = tmp_path / "valg"
    folder.mkdir()
    with files_no_larger_than(20):
        page.save_choices(str(folder / "valg.toml"))
        rest(page)
    assert "Tjek, at der er plads på drevet" in page.notice.text()
    assert list(folder.iterdir()) == []
    page.save_choices(str(folder / "valg.toml"))
    rest(page)
    assert [file.name for file in folder.iterdir()] == ["valg.toml"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tom.csv", b"", "er tom"),
        ("bog.pdf", b"%PDF-1.7 ...", "PDF-dokument"),
        ("x.csv", b"\x00\x01\x02\x03", "ikke en tabel"),
    ],
)
def test_a_file_that_is_no_table(
    page: ImportsPage, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    load(page, tmp_path / name, data)
    assert said in page.notice.text()
    assert page.read is None


def test_a_file_that_is_gone(page: ImportsPage, tmp_path: Path) -> None:
    page.open_file(str(tmp_path / "findes-ikke.csv"))
    rest(page)
    assert "kan ikke læses" in page.notice.text()


def test_the_day_and_source_of_prices_are_asked_before_each_line_is_refused(
    page: ImportsPage, tmp_path: Path
) -> None:
    load(page, tmp_path / "uden-dag.csv", b"navn;kategori;pris\nKurt;Kontorstol;1.250,00\n")
    page.show_step(PRICES)
    form = page.steps.prices.form
    page.steps.next.click()
    assert page.steps.current() == PRICES
    assert "Angiv den dag" in form.field("price_date").error.text()
    assert "Skriv, hvor" in form.field("price_source").error.text()
    form.set_values({"price_date": date(2026, 1, 1), "price_source": "Liste"})
    page.steps.next.click()
    rest(page)
    assert page.steps.current() == CATEGORIES


def test_a_chosen_file_leads_on_by_return(page: ImportsPage, tmp_path: Path) -> None:
    load(page, tmp_path / "liste.csv", b"varenr;navn;kategori;nypris\nM-1;Sofa;Sofa;4000\n")
    assert page.window().focusWidget() is page.steps.next
    field(page, "encoding").combo.setFocus()
    choose(page, "delimiter", ",")
    assert page.window().focusWidget() is not page.steps.next, "whoever looks at it stays there"


def test_measures_nobody_knows_are_left_open(page: ImportsPage, tmp_path: Path) -> None:
    data = "varenr;navn;kategori;bredde\nM-1;Sofa;Sofa;\nM-2;Sofa blå;Sofa;200\n".encode()
    load(page, tmp_path / "liste.csv", data)
    try_out(page)
    model = page.steps.result.record_table.columns_model()
    at = next(n for n, each in enumerate(model.columns) if each.key == "size")
    assert [model.columns[at].text(model.peek(row)) for row in range(2)] == ["", "200 × – × –"]
