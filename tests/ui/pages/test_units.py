"""Møbelpas in the window: facts, history, figures in kg and kr., actions, papers, pictures."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.services import stock
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.values import UnitValues
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.units.edit_dialog import EditDialog
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.parts.paper_dialog import PaperDialog
from moebelcirkel.ui.parts.piece_dialogs import ConditionDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import catalogues, templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import left_english, settle, starting_with, toasts
from tests.ui.shown import texts
from tests.world import World


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    found = trade.put_on_sale(town, 2)
    trade.order(town, found[:1])
    return found


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    return open_window("lager", starting_with("units"))


@pytest.fixture
def page(window: MainWindow, units: list[int]) -> UnitPage:
    window.go("units", units[0])
    found = window.page
    assert isinstance(found, UnitPage)
    settle(found)
    return found


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(data, "PNG")
    return data.getvalue()


def test_all_of_the_piece(page: UnitPage) -> None:
    assert page.name.text() == "Kontorstol HÅG SoFi 7200, sort"
    assert page.subtitle.text() == "MC-000001-3 · Kontorstol · Svanemærket"
    facts = dict(page.facts.facts())
    assert facts["Placering"] == "Hal 2 · Reol 14 · C"
    model = page.history.model()
    assert model.index(0, 0).data() == "Bestilt af Søndervangskolen"
    assert dict(page.figures.rows.facts())["Undgået, netto (skøn)"].startswith("43,7")
    assert left_english(page) == []


def test_kilograms_and_kroner(page: UnitPage) -> None:
    page.figures.switch.button(1).click()
    rows = dict(page.figures.rows.facts())
    assert rows["Sparet indkøb (skøn), før drift"].replace("\u00a0", " ") == "3.250 kr."
    assert "Foreløbig" in page.figures.note.text()
    assert page.figures.switch.button(1).accessibleName() == "Vis tallene i Kroner"


def test_without_a_piece_it_says_what_to_do(window: MainWindow) -> None:
    page = window.page
    assert isinstance(page, UnitPage)
    assert page.stack.currentWidget() is page.empty
    assert not page.label.isEnabled()


def test_a_scan_or_a_typed_number_opens_another(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    window.scanned(trade.number(town.context, units[1]))
    settle(page)
    assert page.passport is not None
    assert page.passport.id == units[1]
    page.search(trade.number(town.context, units[0]))
    settle(page)
    assert page.passport.id == units[0]
    window.scanned("1234567890123")
    settle(page)
    assert "1234567890123" in window.messages.notice.text()


def test_what_cannot_be_done_is_not_offered(page: UnitPage, units: list[int]) -> None:
    offered = {key for key, action in page.actions_of._actions.items() if action.isEnabled()}
    assert offered == {"move"}
    page.activate(units[1])
    settle(page)
    offered = {key for key, action in page.actions_of._actions.items() if action.isEnabled()}
    assert offered == {"move", "workshop", "unlist", "price", "condition", "dismantle", "scrap"}


def test_an_action_shows_at_once_and_can_be_undone(
    page: UnitPage, window: MainWindow, units: list[int]
) -> None:
    page.activate(units[1])
    settle(page)
    page.actions_of.trigger("condition")
    dialog = page.asking
    assert isinstance(dialog, ConditionDialog)
    assert dialog.letter == "B"
    dialog.condition.set_value("C")
    dialog.verb.click()
    settle(page)
    number = trade.number(page.shell.context, units[1])
    assert toasts(window) == [f"Standen på {number} er rettet"]
    assert page.history.model().index(0, 0).data() == "Stand rettet fra B til C"
    window.undo()
    settle(page)
    assert page.history.model().index(0, 0).data() == "Fortrudt: Stand rettet fra B til C"


def test_a_better_condition_asks_why(page: UnitPage, window: MainWindow, units: list[int]) -> None:
    page.activate(units[1])
    settle(page)
    page.actions_of.trigger("condition")
    dialog = page.asking
    assert isinstance(dialog, ConditionDialog)
    assert dialog.reason.isHidden()
    dialog.condition.button(0).click()
    dialog.verb.click()
    assert dialog.reason.error.text()
    dialog.reason.set_value("misjudged")
    dialog.verb.click()
    settle(page)
    told = page.history.model().index(0, 0).data()
    assert told == "Stand rettet fra B til A · den blev bedømt for hårdt før"


def test_others_changes_are_read_again(page: UnitPage, town: World, units: list[int]) -> None:
    page.activate(units[1])
    settle(page)
    done = stock.take_off_sale(town.person("lager"), units[1:])
    page.shell.changed(done)
    settle(page)
    assert page.history.model().index(0, 0).data() == "Taget af salg"


def test_pictures_of_the_piece_itself(page: UnitPage, window: MainWindow, town: World) -> None:
    page.photos.strip.offered.emit(picture("red"), "a.png")
    settle(page)
    page.photos.strip.offered.emit(picture("blue"), "b.png")
    settle(page)
    first, second = page.photos.strip.keys()
    page.photos.strip.reordered.emit((second, first))
    settle(page)
    assert page.photos.strip.keys() == (second, first)
    page.photos.strip.removed.emit(first)
    settle(page)
    assert page.photos.strip.keys() == (second,)
    window.undo()
    settle(page)
    assert page.photos.strip.keys() == (second, first)


def test_broken_pictures_are_refused_by_name_though_others_are_added(
    page: UnitPage, tmp_path: Path
) -> None:
    files = {"brev.jpg": b"not a picture", "stol.png": picture("red"), "regning.jpg": b"none"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page.photos.strip.take_files([str(tmp_path / name) for name in ("væk.jpg", *files)])
    settle(page)
    said = page.photos.notice.text()
    assert all(name in said for name in ("væk.jpg", "brev.jpg", "regning.jpg"))
    assert len(page.photos.strip.keys()) == 1
    page.photos.strip.take_files([str(tmp_path / "stol.png")])
    assert page.photos.notice.text() == ""
    settle(page)


def test_the_passport_on_paper(page: UnitPage, window: MainWindow, qtbot: QtBot) -> None:
    page.pdf.click()
    settle(page)
    dialog = window.findChild(PaperDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Møbelpas MC-000001-3"
    assert dialog.preview.page_count() >= 1
    dialog.reject()


def test_the_way_to_the_type(page: UnitPage, window: MainWindow, town: World) -> None:
    page.type_button.click()
    settle(page)
    opened = window.page
    assert isinstance(opened, ArticlePage)
    assert opened.article.article_id == town.chair


def test_a_piece_that_is_gone(page: UnitPage, window: MainWindow) -> None:
    window.go("units", 4711)
    settle(page)
    assert "findes ikke længere" in window.messages.notice.text()
    assert page.stack.currentWidget() is page.empty


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_three_cards_side_by_side(
    open_window: OpenWindow, units: list[int], size: tuple[int, int]
) -> None:
    window = open_window("lager", starting_with("units"), size=size)
    window.go("units", units[0])
    page = window.page
    assert isinstance(page, UnitPage)
    settle(page)
    QApplication.processEvents()
    boxes = [page.photos, page.history, page.figures.rows]
    lefts = [widget.mapTo(page, widget.rect().topLeft()).x() for widget in boxes]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 3
    assert page.width() <= page.parentWidget().width()  # type: ignore[union-attr]


def opened_form(page: UnitPage) -> EditDialog:
    page.edit_button.click()
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    return dialog


def test_no_help_lies_under_its_field(page: UnitPage) -> None:
    dialog = opened_form(page)
    helped = dialog.codes.helper
    assert helped.height() >= helped.heightForWidth(helped.width())
    assert helped.geometry().top() > dialog.codes.edit.geometry().bottom()


def test_details_are_corrected_scanned_and_undone(
    page: UnitPage, window: MainWindow, town: World
) -> None:
    dialog = opened_form(page)
    assert catalogues.left_english(texts(dialog)) == []
    dialog.note.edit.setPlainText("armlæn løst")
    dialog.year.line.setText("2016")
    window.scanned("5701234567899")
    window.scanned("5701234567899")
    assert dialog.codes.value() == "5701234567899"
    dialog.verb.click()
    settle(page)
    facts = dict(page.facts.facts())
    assert (facts["Note"], facts["Andre koder"]) == ("armlæn løst", "5701234567899")
    assert toasts(window) == ["Oplysningerne om MC-000001-3 er rettet"]
    window.undo()
    settle(page)
    assert not {"Note", "Andre koder"} & set(dict(page.facts.facts()))


def test_what_is_wrong_is_said_in_the_form(page: UnitPage, town: World, units: list[int]) -> None:
    lager = town.person("lager")
    dialog = opened_form(page)
    dialog.year.line.setText("16")
    dialog.verb.click()
    assert dialog.year.error.text() == "Skriv året med fire cifre, f.eks. 2016."
    dialog.year.line.setText("2016")
    unit_values.save(lager, units[1], UnitValues(codes=("A1",)), 1)
    dialog.codes.edit.setPlainText("A1")
    dialog.verb.click()
    settle(page)
    assert "sidder allerede på" in dialog.codes.error.text()
    assert page.passport is not None
    unit_values.save(lager, units[0], UnitValues(note="fra en anden"), page.passport.version)
    dialog.codes.edit.setPlainText("A2")
    dialog.verb.click()
    settle(page)
    assert dialog.notice.text().startswith("Det er ændret af Lager kl. 09.05")
    assert (dialog.codes.value(), dict(page.facts.facts())["Note"]) == ("A2", "fra en anden")
    dialog.reject()


def test_who_may_not_correct_is_not_asked(open_window: OpenWindow, units: list[int]) -> None:
    bench = open_window("bench", starting_with("units"))
    bench.go("units", units[0])
    page = bench.page
    assert isinstance(page, UnitPage)
    settle(page)
    assert not page.edit_button.isVisible()
