"""Intake where there is little room or large text, and its form emptied and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPushButton, QScrollArea

from moebelcirkel import language
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.suggest import Suggestion
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.intake.givers import GiverEntry
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import CTRL, Keyboard
from tests.ui.pages.test_intake import ITEMS, jpeg, page_of

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def filled(
    window: MainWindow, town: world.World, *, at_once: bool = False
) -> tuple[IntakePage, Keyboard]:
    """A known type with a date, counted and placed."""
    page, keys = page_of(window), Keyboard(window)
    if not at_once:
        page.footer.later.trigger()
    keys.settle()
    page.givers.giver_chosen.emit(town.home)
    line = page.form.type.line
    assert line.visibleRegion().boundingRect() == line.rect()
    keys.type("sofi")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    keys.type("b4")
    page.form.place.set_value(town.shelf)
    keys.settle()
    return page, keys


@pytest.mark.parametrize(
    ("size", "scale"), [((960, 600), 1.0), ((1920, 1200), 2.0), ((1280, 720), 1.0)]
)
def test_it_scrolls_one_way_and_the_button_stays_in_reach(
    open_window: OpenWindow,
    qapp: QApplication,
    town: world.World,
    size: tuple[int, int],
    scale: float,
) -> None:
    window = open_window("lager", ITEMS, size=size)
    theme.apply(qapp, "light", scale=scale)
    window.resize(*size)
    page, keys = filled(window, town, at_once=True)
    button = page.footer.button
    assert button.text() == "Opret 4 møbler og udskriv 4 mærkater"
    assert button.visibleRegion().boundingRect() == button.rect()
    areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible()]
    assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)
    tall = [each for each in areas if isinstance(each, QScrollArea)]
    tall = [each for each in tall if each.verticalScrollBar().maximum()]
    assert len(tall) <= 1
    for field in (page.form.price_on, page.form.measures, page.form.price):
        line = field.editor.findChild(QLineEdit) or field.editor
        assert isinstance(line, QLineEdit)
        needed = line.fontMetrics().horizontalAdvance(line.text() or line.placeholderText())
        assert line.width() >= needed
    for chip in page.form.findChildren(ChipLabel):
        assert chip.isHidden() or chip.width() >= chip.sizeHint().width()
    keys.press(Qt.Key.Key_Return, CTRL)
    assert page.form.is_empty()
    theme.apply(qapp, "light")


def test_the_button_says_all_of_what_it_does_in_english_too(
    open_window: OpenWindow, town: world.World
) -> None:
    language.set_language("en")
    footer = page_of(open_window("lager", ITEMS, size=(1280, 720))).footer
    for count in (0, 12):
        footer.show_count(count)
        assert footer.button.text().startswith("Register")
        QApplication.processEvents()
        assert footer.button.width() >= footer.button.sizeHint().width()


def test_at_200_percent_the_keyboard_brings_every_field_whole_into_sight(
    open_window: OpenWindow, qapp: QApplication, town: world.World
) -> None:
    window = open_window("lager", ITEMS, size=(1280, 720))
    theme.apply(qapp, "light", scale=2.0)
    window.resize(1280, 720)
    page, keys = page_of(window), Keyboard(window)
    keys.settle()
    page.form.type.line.setFocus()
    keys.settle()
    came, cut = 0, []
    while (focus := QApplication.focusWidget()) is not None and page.form.isAncestorOf(focus):
        came += 1
        if focus.visibleRegion().boundingRect() != focus.rect():
            cut.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QApplication.processEvents()
    assert came > 10
    assert cut == []
    button = page.footer.button
    assert button.visibleRegion().boundingRect() == button.rect()
    theme.apply(qapp, "light")


def test_the_form_is_emptied_and_brought_back(open_window: OpenWindow, town: world.World) -> None:
    window = open_window("lager", ITEMS)
    page, keys = filled(window, town)
    page.form.note.set_value("ridset")
    page.form.pictures.offered.emit(jpeg(), "stol.jpg")
    keys.settle()
    before, pictures = page.form.form.draft(), page.form.pictures.kept()
    assert len(pictures) == 1
    keys.press(Qt.Key.Key_R, CTRL)
    assert page.form.is_empty()
    assert page.form.type.line.hasFocus()
    assert page.footer.button.text() == "Opret møbler"
    toast = window.findChildren(Toast)[-1]
    assert toast.accessibleName() == "Formularen er ryddet"
    undo = next(each for each in toast.findChildren(QPushButton) if each.text() == "Fortryd")
    undo.click()
    keys.settle()
    assert page.form.form.draft() == before
    assert page.form.pictures.kept() == pictures
    page.footer.clear.click()
    keys.settle()
    assert page.form.is_empty()
    page.footer.clear.click()
    keys.settle()
    assert len([each for each in window.findChildren(Toast) if not each.leaving]) == 1


def test_the_pill_of_a_known_type_leaves_the_end_of_its_name_in_sight(
    open_window: OpenWindow, town: world.World
) -> None:
    window = open_window("lager", ITEMS, size=(1280, 720))
    page, keys = page_of(window), Keyboard(window)
    keys.settle()
    line = page.form.type.line
    long = Chip("findes allerede · 0 på lager", "accent")
    page.form.type.pick(Suggestion(town.chair, "Jalousiskab 120×120, hvid", chip=long))
    keys.settle()
    chip = line.findChild(ChipLabel)
    assert chip is not None
    assert chip.text() == "0 på lager"
    words = line.fontMetrics().horizontalAdvance(line.text())
    assert line.textMargins().right() + words < line.width()
    window.resize(1600, 900)
    keys.settle()
    assert chip.text() == "findes allerede · 0 på lager"


def test_a_giver_that_is_not_found_says_what_to_do(
    open_window: OpenWindow, town: world.World
) -> None:
    window = open_window("lager", ITEMS, size=(1280, 720))
    page, keys = page_of(window), Keyboard(window)
    keys.settle()
    page.givers.finder.setFocus()
    keys.type("xyz")
    assert page.givers.none.isVisible()
    assert not page.givers.givers.isVisible()
    assert "Ingen afgiver passer" in page.givers.none.accessibleName()
    unknown = page.givers.none.findChild(QPushButton)
    assert unknown is not None
    assert unknown.text() == "Ukendt afgiver"
    unknown.click()
    keys.settle()
    assert page.givers.finder.text() == ""
    assert page.givers.givers.isVisible()
    assert not page.givers.none.isVisible()
    assert page.form.type.line.hasFocus()


def test_return_takes_the_one_giver_that_is_listed(
    open_window: OpenWindow, town: world.World
) -> None:
    window = open_window("lager", ITEMS, size=(1280, 720))
    page, keys = page_of(window), Keyboard(window)
    keys.settle()
    card = page.givers
    card.show_givers([GiverEntry(None, "Ukendt afgiver", "når ingen ved det")])
    card.mark(None, chosen=False)
    card.finder.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert card._chosen
    assert page.form.type.line.hasFocus()


def test_the_search_of_givers_is_emptied_by_its_cross_and_by_esc(
    open_window: OpenWindow, town: world.World
) -> None:
    window = open_window("lager", ITEMS, size=(1280, 720))
    page, keys = page_of(window), Keyboard(window)
    keys.settle()
    finder, below = page.givers.finder, page.givers.givers
    finder.setFocus()
    assert not finder.cross.isVisible()
    high, top = finder.height(), below.y()
    keys.type("skole")
    assert finder.cross.isVisible()
    assert (finder.height(), below.y()) == (high, top)
    middle = finder.cross.geometry().center().y() - finder.rect().center().y()
    assert abs(middle) <= 1
    QTest.mouseClick(finder.cross, Qt.MouseButton.LeftButton)
    assert finder.text() == ""
    keys.type("skole")
    keys.press(Qt.Key.Key_Escape)
    assert finder.text() == ""
    assert window.page is page
