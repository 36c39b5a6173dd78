"""Intake in a real window: a van by keyboard alone, drafts, errors by field, labels, undo."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import func, select

from moebelcirkel.language import N_
from moebelcirkel.services import articles, cases, intake
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.batch_dialog import BatchDialog
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade, world
from tests.ui.falling import fall
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import CTRL, Keyboard

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ITEMS = [RailItem("intake", N_("Intake"), "box", "hall", IntakePage)]


def page_of(window: MainWindow) -> IntakePage:
    page = window.page
    assert isinstance(page, IntakePage)
    return page


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("lager", ITEMS)


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    page = page_of(window)
    page.footer.later.trigger()
    return Keyboard(window)


def stock_of(town: world.World) -> list[tuple[str, str, int | None, str]]:
    """Number, condition, place and state of every piece."""
    query = select(Unit).where(Unit.state != "void").order_by(Unit.id)
    units = trade.rows(town.context, query)
    return [(unit.number, unit.condition, unit.place_id, unit.state) for unit in units]


def dialog(kind: type[QWidget]) -> QWidget:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def choose_place(window: MainWindow, place: int) -> None:
    page_of(window).form.place.set_value(place)


def jpeg(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return buffer.getvalue()


# --- by keyboard --------------------------------------------------------------------------------


def test_a_van_of_forty_pieces_needs_no_mouse(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    keys.strokes = 0
    assert page.givers.finder.hasFocus()
    keys.type("åbo")
    keys.press(Qt.Key.Key_Return)
    assert page.form.type.line.hasFocus()

    # The first batch: a known type, nine good ones on the shelf, three for the workshop.
    keys.type("sofi")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    keys.type("b9c3")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Down)  # the shelf; it stays for the rest of the van
    keys.press(Qt.Key.Key_Return, CTRL)
    assert len(stock_of(town)) == 12
    assert page.form.type.line.hasFocus()
    first = keys.strokes

    # A type nobody has seen: its category is guessed from the name.
    keys.type("Stabelstol, bøg")
    keys.press(Qt.Key.Key_Tab)
    assert page.form.category.value() == "stacking_chair"
    keys.press(Qt.Key.Key_Tab)
    keys.type("b16")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert len(stock_of(town)) == 28
    second = keys.strokes - first

    # Twelve more of the same: its whole name is a known one.
    keys.type("stabel")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    keys.type("a12")
    keys.press(Qt.Key.Key_Return, CTRL)

    assert len(stock_of(town)) == 40
    assert trade.rows(town.context, select(func.count(Article.id))) == [2]
    assert {place for _n, _c, place, state in stock_of(town) if state == "received"} == {town.shelf}
    assert page.givers.batches.rows.rowCount() == 3
    assert page.givers.givers.rows.entries[0].detail == "40 møbler i dag"
    assert len(page.papers.memory.waiting) == 40
    assert page.papers.button.text() == "Udskriv 40 ventende mærkater"
    assert (first, second, keys.strokes) == (18, 21, 51)
    assert keys.strokes <= 4.5 * 40


def test_the_button_counts_and_the_suggestions_follow(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    page.form.type.setFocus()
    keys.type("sofi")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    assert page.advice.label.number() == "MC-·····"
    facts = dict(page.advice.facts.facts())
    assert facts["Nypris, ekskl. moms"].replace("\xa0", " ") == "3.350 kr."
    assert facts["Pris i butikken, stand B"].replace("\xa0", " ") == "1.340 kr."
    keys.type("c1")
    assert page.footer.button.text() == "Opret 1 møbel"
    assert "Pris i butikken, stand C" in dict(page.advice.facts.facts())
    page.footer.now.trigger()
    assert page.footer.button.text() == "Opret 1 møbel og udskriv 1 mærkat"
    keys.type("2")
    assert page.footer.button.text() == "Opret 12 møbler og udskriv 12 mærkater"
    assert not page.form.measures.editor.isEnabled()
    assert page.form.measures.line.text() == "68 × 66 × 98–115"


def test_other_words_make_it_a_new_type_that_keeps_what_was_filled_in(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    page._giver_chosen(town.home)
    choose_place(window, town.shelf)
    keys.type("sofi")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    page.form.type.setFocus()
    page.form.type.line.end(False)
    keys.type(", blå")
    assert page.form.measures.editor.isEnabled()
    page.form.colour.line.setText("Blå")
    page.form.measures.line.setText("70x66x98-115")
    page.form.counts.cards["A"].setFocus()
    keys.type("2")
    keys.press(Qt.Key.Key_Return, CTRL)

    made = trade.rows(town.context, select(Article).order_by(Article.id.desc()))[0]
    assert (made.name, made.colour) == ("Kontorstol HÅG SoFi 7200, blå", "Blå")
    assert (made.width_mm, made.height_min_mm, made.height_max_mm) == (700, 980, 1150)
    assert made.new_price_ore == 335_000


# --- what is wrong ------------------------------------------------------------------------------


def test_each_error_stands_by_its_field_and_nothing_is_saved(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    form = page.form
    page.submit()
    assert form.type.error.text() == "Feltet skal udfyldes."
    assert form.counts.error.text()
    form.type.setFocus()
    keys.type("Bordet")
    form.category.set_value("desk_fixed")
    form.counts.cards["B"].setFocus()
    keys.type("2")
    form.measures.line.setText("stort")
    form.year.line.setText("16")
    form.price.line.setText("1.000.001")
    page.submit()
    assert "68 × 66 × 98–115" in form.measures.error.text()
    assert "fire cifre" in form.year.error.text()
    assert "1.000.000" in form.price.error.text()
    for field in (form.measures, form.year, form.price):
        field.restore("")
    form.note.line.setText("ring til 010203-1234")
    page.submit()
    keys.settle()
    assert "CPR" in form.note.error.text()
    assert form.place.error.text() == "Vælg, hvor møblerne stilles."
    assert stock_of(town) == []
    form.note.line.setText("")
    choose_place(window, town.shelf)
    page.submit()
    keys.settle()
    assert len(stock_of(town)) == 2


def test_good_pieces_go_to_the_shelf_and_worn_ones_to_the_workshop(open_window: OpenWindow) -> None:
    page = page_of(open_window("lager", ITEMS))
    card = page.form.counts.cards["A"]
    assert [target.key for target in card.choice.targets] == ["shelf", "sale", "workshop"]
    assert page.form.counts.cards["D"].target == "workshop"


# --- drafts -------------------------------------------------------------------------------------


def test_a_half_filled_form_survives_a_crash(
    open_window: OpenWindow, window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    page._giver_chosen(town.home)
    keys.type("Plejeseng")
    page.form.pictures._offer(jpeg(), "seng.jpg")
    page.form.counts.cards["C"].setFocus()
    keys.type("7")
    page.form.note.line.setText("løs gavl")
    page.form.note._edited()
    fall(window.drafts)

    again = page_of(open_window("lager", ITEMS))
    form = again.form
    assert form.type.line.text() == "Plejeseng"
    assert form.category.value() == "care_bed"
    assert form.counts.counts()["C"] == 7
    assert form.note.line.text() == "løs gavl"
    assert len(form.pictures.value()) == 1
    assert again.draft.giver == town.home
    assert again.draft.request == page.draft.request
    assert again.card.heading.text() == "Modtag fra Plejecenter Åbo"
    QTest.qWait(50)
    assert again.shell.messages.notice.text().startswith("Her er det")


def _fill(page: IntakePage, town: world.World, keys: Keyboard) -> None:
    page._giver_chosen(town.home)
    choose_place(keys.window, town.shelf)
    keys.type("Plejeseng")
    page.form.counts.cards["B"].setFocus()
    keys.type("4")


def test_what_arrived_before_the_crash_is_not_sent_again(
    open_window: OpenWindow, window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    _fill(page, town, keys)
    page.draft.sending()
    fall(window.drafts)
    batch = Batch(parts=(Part("B", 4, "shelf", town.shelf),), article_id=town.chair)
    intake.register(town.person("lager").with_request(page.draft.request), batch)

    later = open_window("lager", ITEMS)
    again = page_of(later)
    assert later.jobs.wait_idle()
    QTest.qWait(50)
    assert later.jobs.wait_idle()
    assert again.form.type.line.text() == ""
    assert again.draft.request != page.draft.request
    again.submit()
    assert len(stock_of(town)) == 4


def test_what_did_not_arrive_is_still_there_to_send(
    open_window: OpenWindow, window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    _fill(page, town, keys)
    page.draft.sending()
    fall(window.drafts)

    later = open_window("lager", ITEMS)
    again = page_of(later)
    assert again.form.counts.counts()["B"] == 4
    again.submit()
    Keyboard(later).settle()
    assert len(stock_of(town)) == 4


# --- pictures -----------------------------------------------------------------------------------


def test_pictures_are_pasted_made_ready_and_kept_with_the_type(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    _fill(page, town, keys)
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    mime = QMimeData()
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)
    page.form.note.setFocus()
    keys.press(Qt.Key.Key_V, CTRL)
    QGuiApplication.clipboard().clear()  # a picture of Python's would outlive Python
    assert len(page.form.pictures.value()) == 1
    page.form.pictures._offer(b"not a picture", "regning.jpg")
    keys.settle()
    assert "regning.jpg" in page.form.pictures.error.text()
    assert len(page.form.pictures.value()) == 1
    page.submit()
    keys.settle()
    assert trade.rows(town.context, select(func.count(Photo.id))) == [1]
    assert page.form.pictures.value() == ()


# --- labels and batches -------------------------------------------------------------------------


def test_labels_open_after_the_batch_and_the_next_free_one_is_remembered(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    page.footer.now.trigger()
    _fill(page, town, keys)
    keys.press(Qt.Key.Key_Return, CTRL)
    shown = dialog(LabelSheetDialog)
    assert isinstance(shown, LabelSheetDialog)
    assert shown.preview.page_count() == 1
    shown.start.setValue(23)
    QTest.qWait(300)
    keys.settle()
    assert shown.preview.page_count() == 2
    shown.preview.printed.emit()
    assert page.papers.memory.start == 3
    assert window.focusWidget() is page.form.type.line


def test_a_batch_is_shown_again_and_undone(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    _fill(page, town, keys)
    keys.press(Qt.Key.Key_Return, CTRL)
    page.givers.batches.setFocus()
    page.givers.batches.setCurrentIndex(page.givers.batches.rows.index(0, 0))
    keys.press(Qt.Key.Key_Return)
    shown = dialog(BatchDialog)
    assert isinstance(shown, BatchDialog)
    assert [piece.condition for piece in shown.batch.pieces] == ["B"] * 4
    shown.undo_button.click()
    keys.settle()
    assert stock_of(town) == []
    assert page.givers.batches.rows.rowCount() == 0
    assert page.papers.memory.waiting == []


def test_ctrl_z_takes_the_last_batch_back(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    page = page_of(window)
    _fill(page, town, keys)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert len(stock_of(town)) == 4
    keys.press(Qt.Key.Key_Z, CTRL)
    assert stock_of(town) == []
    assert articles.suggest(town.person("lager"), "plejeseng") == []
    assert cases.waiting_count(town.context) == 0


# --- the look -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_the_page_fits_and_everything_has_a_name(
    open_window: OpenWindow, size: tuple[int, int]
) -> None:
    window = open_window("lager", ITEMS, size=size)
    page = page_of(window)
    QTest.qWait(20)
    right = page.mapTo(window, page.rect().topRight()).x()
    assert right <= size[0]
    assert page.footer.button.visibleRegion().boundingRect().height() == page.footer.button.height()
    for line in page.findChildren(QLineEdit):
        owner = line.parentWidget()
        assert line.accessibleName() or (owner is not None and owner.accessibleName())
