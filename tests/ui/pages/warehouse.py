"""The pages around the stock in one window, and what tests of them share."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.changes.page import ChangesPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import catalogues

ITEMS = [
    RailItem("stock", "Stock", "wardrobe", "hall", StockPage),
    RailItem("units", "Furniture passport", "label", "hall", UnitPage, under="stock"),
    RailItem("articles", "Furniture types", "chair", "hall", ArticlePage, under="stock"),
    RailItem("changes", "History", "history", "office", ChangesPage),
]


def starting_with(word: str) -> list[RailItem]:
    """The same items with one of them first, as the window opens the first."""
    return sorted(ITEMS, key=lambda item: item.word != word)


def settle(page: Page) -> None:
    """Wait until nothing is under way."""
    for _turn in range(4):
        assert page.shell.jobs.wait_idle()
        QApplication.processEvents()


def press(page: Page, button: QPushButton) -> None:
    """Click a button and wait."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page)


def toasts(window: MainWindow) -> list[str]:
    """What the toasts on screen say."""
    return [toast.accessibleName().replace("\u00a0", " ") for toast in window.findChildren(Toast)]


def shown_texts(page: Page) -> Sequence[str]:
    """Every label on screen."""
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def left_english(page: Page) -> list[str]:
    """Labels that are still English."""
    return catalogues.left_english(shown_texts(page))
