"""A shop with furniture in it, and what a customer sees and does there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services.context import Context
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.services import shopping
from tests.world import World

OpenWindow = Callable[..., MainWindow]
WORDS = ("shop", "orders", "approvals")


def items(context: Context) -> list[RailItem]:
    return [item for item in entries.items_for(context) if item.word in WORDS]


def texts(window: MainWindow) -> str:
    """All that the labels of the page say."""
    assert window.page is not None
    shown = [label.text() for label in window.page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown).replace("\u00a0", " ")


def stock(town: World) -> World:
    """Two dozen office chairs, and a few other things."""
    trade.put_on_sale(town, 24, condition="A", price_ore=85_000)
    for name, category, count, price in (
        ("Bogreol eg 80×190", "bookcase_wood", 14, 42_000),
        ("Stabelstol bøg", "stacking_chair", 36, 14_000),
        ("Lænestol læder", "armchair", 1, 120_000),
    ):
        article = shopping.article(town, name, category)
        trade.put_on_sale(town, count, article_id=article, price_ore=price)
    return town


class Customer:
    """The page and what a person sees and does on it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        assert isinstance(window.page, ShopPage)
        self.page = window.page

    def settle(self) -> None:
        """Everything is read and shown; new rows become visible in the event loop."""
        assert self.window.jobs.wait_idle()
        self.qtbot.wait(10)

    def titles(self) -> list[str]:
        model = self.page.model
        return [
            str(model.index(number, 0).data(Qt.ItemDataRole.DisplayRole))
            for number in range(model.rowCount())
        ]

    def search(self, text: str) -> None:
        field = self.window.header.field
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def texts(self) -> str:
        shown = [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown).replace("\u00a0", " ")

    def answer(self) -> None:
        """Yes, by its key."""
        QTest.keyClick(self.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        self.settle()

    def toast(self) -> str:
        """What the newest message at the foot of the window says."""
        return [each for each in self.window.findChildren(Toast) if each.isVisible()][
            -1
        ].accessibleName()

    def take(self) -> None:
        """Return on the chosen card, once what is shown could be read."""
        self.qtbot.waitUntil(lambda: self.page.grid.settled)
        QTest.keyClick(self.page.grid, Qt.Key.Key_Return)
        self.settle()
