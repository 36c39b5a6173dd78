"""Imports in the window: a real price list by suggestions and a few choices, tried out, undone."""

import csv
import threading
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from moebelcirkel.language import N_
from moebelcirkel.services import articles, imports
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.imports.categories import LEFT_OUT
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.imports.steps import CATEGORIES, COLUMNS, FILE, PRICES, RESULT
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.catalogues import left_english
from tests.ui.falling import fall

DATA = Path(__file__).parents[2] / "data"
IKEA = DATA / "ikea_sa_2020.csv"
ITEM = RailItem("imports", N_("Import"), "import", "office", ImportsPage)
SMALL = "varenummer;navn;kategori;pris\nA1;Kontorstol Rex;Kontorstole;1.250,00\nA2;Bord;Andet;90\n"


IN_RIYADH = {
    "currency": "SAR",
    "rate": Decimal("1.82"),
    "vat_percent": Decimal(5),
    "price_date": date(2020, 4, 20),
    "price_source": "IKEA, april 2020",
}
WHAT_THEY_ARE = {
    "Bar furniture": "bar_stool",
    "Café furniture": "furniture_average",
    "Children's furniture": "child_chair",
    "Nursery furniture": "child_bed",
    "Outdoor furniture": "outdoor_bench",
    "TV & media furniture": "cupboard_wood",
    "Sofas & armchairs": "sofa_3_seat",
    "Tables & desks": "dining_table",
}


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window("admin", [ITEM], size=(1280, 720))


@pytest.fixture
def page(window: MainWindow) -> ImportsPage:
    assert isinstance(window.page, ImportsPage)
    return window.page


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "priser.csv"
    file.write_text(SMALL, "utf-8")
    return file


def rest(page: ImportsPage) -> None:
    assert page.shell.jobs.wait_idle(30_000)


def load(page: ImportsPage, file: Path) -> None:
    page.open_file(str(file))
    rest(page)


def choose(page: ImportsPage, values: dict[str, str]) -> None:
    """Mark a value of the file and choose its category, one after the other."""
    for value, key in values.items():
        assert page.steps.categories.table.select_key(value)
        field = page.steps.categories.choice
        field.combo.setCurrentIndex(field.combo.findData(key))


def prices(page: ImportsPage, **values: object) -> None:
    page.steps.prices.form.set_values(values)
    page._edited()


def test_the_real_price_list_by_suggestions_and_a_few_choices(
    page: ImportsPage, window: MainWindow, town: world.World
) -> None:
    load(page, IKEA)
    assert page.steps.source.said.text() == (
        "3.694 linjer i 14 kolonner. Kolonnerne er navngivet i linje 1."
    )
    found = page.steps.source.form.values()
    assert [found[fact] for fact in ("encoding", "delimiter", "decimal", "header")] == [
        "utf-8-sig",
        ";",
        ",",
        1,
    ]
    page.show_step(COLUMNS)
    assert page.steps.columns.form.field("key").value() == "item_id"
    assert page.steps.columns.measures.field("width_unit").value() == "cm"
    page.show_step(PRICES)
    prices(page, **IN_RIYADH)
    page.show_step(CATEGORIES)
    # Six say too little, and two name several things: sofas and armchairs, tables and desks.
    assert "8 værdier" in page.steps.categories.missing.text()
    choose(page, WHAT_THEY_ARE)
    assert page.steps.categories.missing.text() == "Alle værdier har en kategori."
    page.show_step(RESULT)
    rest(page)
    trial = page.steps.result.trial
    assert trial is not None
    lines = [r.line for r in trial.records] + [e.line for e in trial.errors]
    assert sorted(lines) == list(range(2, 3696))
    assert page.go.text() == f"Importér {len(trial.records):,} møbeltyper".replace(",", ".")
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    rest(page)
    assert not page.start.isHidden()
    (row,) = page.earlier.model.rows
    assert (row.file_name, row.taken) == (IKEA.name, len(trial.records))
    hits = articles.suggest(town.person("lager"), "frekvens 51x51")
    assert [hit.new_price_ore for hit in hits] == [45_933]
    window.undo()
    rest(page)
    assert [row.active for row in page.earlier.model.rows] == [False]


def test_only_by_keyboard(page: ImportsPage, small: Path, qtbot: QtBot) -> None:
    load(page, small)
    page.steps.bar.button(FILE).setFocus()
    for step in (COLUMNS, PRICES):
        QTest.keyClick(page.steps.bar.button(step - 1), Qt.Key.Key_Right)
        rest(page)
        assert page.steps.stack.currentIndex() == step
    day = page.steps.prices.form.field("price_date")
    day.setFocus()
    QTest.keyClicks(day.editor, "201126")
    QTest.keyClicks(page.steps.prices.form.field("price_source").editor, "Liste")
    QTest.keyClick(page.steps.bar.button(PRICES), Qt.Key.Key_Right)
    rest(page)
    QTest.keyClick(page.steps.categories.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.steps.categories.table.selected_rows()) == 2
    page.steps.next.setFocus()
    QTest.keyClick(page.steps.next, Qt.Key.Key_Space)
    rest(page)
    assert page.steps.stack.currentIndex() == RESULT
    assert page.go.isEnabled()


def test_what_is_wrong_stands_by_its_field(page: ImportsPage, small: Path) -> None:
    load(page, small)
    page.steps.columns.form.field("name").set_value(None)
    page.show_step(RESULT)
    assert page.steps.stack.currentIndex() == COLUMNS
    assert page.steps.columns.form.field("name").error.text() == "Vælg kolonnen med navnet."
    page.steps.columns.form.field("name").set_value("navn")
    prices(page, currency="kroner", rate=None)
    page.show_step(RESULT)
    assert page.steps.stack.currentIndex() == PRICES
    assert page.steps.prices.form.field("rate").error.text()
    prices(page, currency="kroner", rate=Decimal(1))
    page.show_step(RESULT)
    assert "tre store bogstaver" in page.steps.prices.form.field("currency").error.text()
    assert not page.go.isEnabled()


def test_every_refused_line_is_listed_filtered_and_saved(
    page: ImportsPage, small: Path, tmp_path: Path
) -> None:
    good = "".join(f"B{n};Reol;Andet;{n}00,50\n" for n in range(1, 6))
    double = "A1;Kontorstol Rex;Kontorstole;1.250,00\n"
    small.write_text(f"{SMALL}{double}A3;Bænk;Andet;mange\n{good}", "utf-8")
    load(page, small)
    prices(page, price_date=date(2026, 1, 1), price_source="Liste")
    choose(page, {"Andet": "dining_table"})
    page.show_step(RESULT)
    rest(page)
    assert [(row.line, row.column) for row in page.steps.result.errors.rows] == [
        (4, "varenummer"),
        (5, "pris"),
    ]
    page.steps.result.filter.line.setText("mange")
    page.steps.result.filter.changed.emit()
    assert [row.line for row in page.steps.result.errors.rows] == [5]
    target = tmp_path / "afvist.csv"
    page.save_refused(str(target))
    rest(page)
    with target.open(encoding="utf-8-sig", newline="") as file:
        saved = list(csv.reader(file, delimiter=";"))
    assert saved[0] == ["Linje", "Kolonne", "Begrundelse"]
    assert [row[:2] for row in saved[1:]] == [["4", "varenummer"], ["5", "pris"]]
    assert not page.steps.result.made.isHidden()


def test_choices_are_saved_and_loaded(page: ImportsPage, small: Path, tmp_path: Path) -> None:
    load(page, small)
    prices(page, price_source="Liste 7")
    choose(page, {"Andet": LEFT_OUT})
    target = tmp_path / "valg.toml"
    page.save_choices(str(target))
    rest(page)
    assert tomllib.loads(target.read_text("utf-8"))["categories"]["Andet"] == ""
    load(page, small)
    assert page.steps.prices.form.field("price_source").value() == ""
    page.load_choices(str(target))
    rest(page)
    assert page.steps.prices.form.field("price_source").value() == "Liste 7"
    assert page.steps.categories.chosen()["Andet"] == ""


def again(page: ImportsPage, open_window: Callable[..., MainWindow]) -> ImportsPage:
    """The page as it stands after the program was started anew."""
    fall(page.shell.drafts)
    found = open_window("admin", [ITEM], size=(1280, 720)).page
    assert isinstance(found, ImportsPage)
    return found


def test_half_made_choices_survive_a_crash(
    page: ImportsPage, open_window: Callable[..., MainWindow], small: Path
) -> None:
    assert page.unfinished.isHidden()
    small.write_text(
        "nr;navn;kategori;pris;rum\nA1;Rex;Stole;1.250,00;Stue\nA2;Max;Andet;90;Gang\n", "utf-8"
    )
    load(page, small)
    page.show_step(COLUMNS)
    column = page.steps.columns.form.field("category")
    column.restore("rum")
    page.steps.columns.form.changed.emit("category")
    page.show_step(CATEGORIES)
    rest(page)
    choose(page, {"Stue": "dining_table", "Gang": LEFT_OUT})
    page.steps.prices.form.restore({"currency": "EUR", "rate": "7,4x", "price_source": "Liste 7"})
    page._edited()
    after = again(page, open_window)
    assert not after.unfinished.isHidden()
    assert left_english([after.unfinished.text.text(), after.unfinished.resume.text()]) == []
    assert "priser.csv" in after.unfinished.text.text()
    after.unfinished.resume.click()
    rest(after)
    assert after.unfinished.isHidden()
    assert after.steps.stack.currentIndex() == CATEGORIES
    assert after.steps.draft() == page.steps.draft()
    assert after.steps.categories.chosen() == {"Stue": "dining_table", "Gang": ""}
    after.show_step(RESULT)
    assert after.steps.prices.form.field("rate").error.text()
    prices(after, rate=Decimal("7.46"), price_date=date(2026, 1, 1))
    after.show_step(RESULT)
    rest(after)
    after.run()
    rest(after)
    assert [row.taken for row in after.earlier.model.rows] == [1]
    assert again(after, open_window).unfinished.isHidden()


def test_what_was_begun_is_given_up_or_its_file_is_gone(
    page: ImportsPage, open_window: Callable[..., MainWindow], small: Path
) -> None:
    load(page, small)
    small.unlink()
    after = again(page, open_window)
    after.unfinished.resume.click()
    rest(after)
    assert "kan ikke læses" in after.notice.text()
    assert not after.unfinished.isHidden()
    after.unfinished.discard.click()
    assert after.unfinished.isHidden()
    assert again(after, open_window).unfinished.isHidden()


def test_a_draft_of_another_shape_is_left_alone(
    page: ImportsPage, open_window: Callable[..., MainWindow]
) -> None:
    page.shell.drafts.save("imports", {"path": 7})
    assert again(page, open_window).unfinished.isHidden()


def test_the_mapping_of_the_command_line_works_here_too(page: ImportsPage) -> None:
    load(page, IKEA)
    page.load_choices(str(DATA / "ikea_mapping.toml"))
    rest(page)
    page.show_step(RESULT)
    rest(page)
    assert page.steps.result.trial is not None
    assert (len(page.steps.result.trial.records), len(page.steps.result.trial.errors)) == (
        2295,
        1399,
    )


def test_another_decimal_sign_reads_the_file_again(page: ImportsPage, small: Path) -> None:
    load(page, small)
    field = page.steps.source.form.field("decimal")
    assert isinstance(field, ChoiceField)
    field.combo.setCurrentIndex(field.combo.findData("."))
    rest(page)
    assert page.read is not None
    assert page.read.source.table.decimal == "."


def test_a_file_is_dropped_on_the_page(page: ImportsPage, small: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(small))])
    event = QDropEvent(
        QPoint(10, 10).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    rest(page)
    assert page.read is not None


def test_cancelled_nothing_is_kept(
    page: ImportsPage, town: world.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(page, IKEA)
    page.load_choices(str(DATA / "ikea_mapping.toml"))
    rest(page)
    page.show_step(RESULT)
    rest(page)
    reached = threading.Event()

    def slow(done: int, total: int) -> None:
        reached.set()
        assert page._stop.wait(10)

    monkeypatch.setattr(page.shell.jobs, "relay", lambda _call: slow)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert reached.wait(20)
    QTest.mouseClick(page.steps.result.cancel, Qt.MouseButton.LeftButton)
    rest(page)
    assert imports.latest(town.person("admin")) == []
    assert page.steps.result.running.isHidden()
    assert page.go.isEnabled()


def test_esc_goes_back_one_step(page: ImportsPage, small: Path) -> None:
    load(page, small)
    page.show_step(2)
    for step in (1, 0, 0):
        QTest.keyClick(page.steps, Qt.Key.Key_Escape)
        assert page.steps.stack.currentIndex() == step
    assert page.read is not None


def test_an_earlier_import_is_undone_from_the_list(
    page: ImportsPage, window: MainWindow, small: Path, qtbot: QtBot
) -> None:
    load(page, small)
    prices(page, price_date=date(2026, 1, 1), price_source="Liste")
    choose(page, {"Andet": "dining_table"})
    page.show_step(RESULT)
    rest(page)
    page.run()
    rest(page)
    page.earlier.table.select_key(page.earlier.model.rows[0].id)
    qtbot.waitUntil(lambda: page.earlier.decision.settled)
    QTest.mouseClick(page.earlier.undo, Qt.MouseButton.LeftButton)
    question = window.findChild(Question)
    assert question is not None
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.earlier.model.rows[0].active)
    assert not page.earlier.undo.isEnabled()


def test_every_control_has_a_name_and_fits(page: ImportsPage, window: MainWindow) -> None:
    load(page, IKEA)
    for step in range(5):
        page.show_step(step)
        rest(page)
        for kind in (QLineEdit, QComboBox, TableView):
            for control in page.findChildren(kind):
                if control.isVisible() and not isinstance(control.parent(), QComboBox):
                    assert control.accessibleName(), control
        assert page.width() <= window.width()
