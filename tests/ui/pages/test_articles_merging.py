"""Several types are chosen on their page and become one, with what that changes shown before."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.language import N_, kroner
from moebelcirkel.services import articles
from moebelcirkel.services.articles import lists
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.articles.merge_dialog import MergeDialog
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade, world

ITEM = RailItem("articles", N_("Furniture types"), "chair", "office", ArticlePage)


@pytest.fixture
def doubles(town: world.World) -> list[int]:
    """Two names for one stool, and another thing altogether."""
    made = [
        ArticleValues(name="Skammel", category_key="visitor_chair", new_price_ore=90_000),
        ArticleValues(name="Skammel sort", category_key="visitor_chair", key="SK-2"),
        ArticleValues(name="Skammelbord", category_key="desk_fixed"),
    ]
    return [articles.add(town.person("admin"), values).id for values in made]


@pytest.fixture
def page(
    open_window: Callable[..., MainWindow], town: world.World, doubles: list[int], qtbot: QtBot
) -> ArticlePage:
    trade.put_on_sale(town, 3, article_id=doubles[0])
    window = open_window("admin", [ITEM], size=(1280, 720))
    page = window.page
    assert isinstance(page, ArticlePage)
    page.search("skammel")
    qtbot.waitUntil(lambda: page.list._total == 3)
    return page


def choose(page: ArticlePage, qtbot: QtBot, rows: int) -> MergeDialog:
    """Select the first rows and press the button."""
    assert page.list.merge.isHidden()
    page.list.table.selectRow(0)
    for number in range(1, rows):
        index = page.list.model.index(number, 0)
        point = page.list.table.visualRect(index).center()
        QTest.mouseClick(
            page.list.table.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            point,
        )
    qtbot.waitUntil(page.list.merge.isVisible)
    QTest.mouseClick(page.list.merge, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(MergeDialog) is not None)
    dialog = page.findChild(MergeDialog)
    assert dialog is not None
    return dialog


def kept(town: world.World, article_id: int) -> int | None:
    found: int | None = trade.row(town.context, Article, article_id).merged_into_id
    return found


def test_two_become_one_and_come_back(
    page: ArticlePage, town: world.World, doubles: list[int], qtbot: QtBot
) -> None:
    dialog = choose(page, qtbot, 2)
    assert dialog.kept.value() == doubles[0]
    assert [(row.label, row.before, row.after) for row in dialog.model.rows] == [
        ("Nypris", "", kroner(90_000))
    ]
    dialog.kept.combo.setCurrentIndex(dialog.kept.combo.findData(doubles[1]))
    qtbot.waitUntil(lambda: dialog._types[0].id == doubles[1] and dialog.verb.isEnabled())
    assert "Møbler: 3" in dialog.follows.text()
    assert "Skammel sort findes også ved disse navne: Skammel" in dialog.follows.text()
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: kept(town, doubles[0]) == doubles[1])
    qtbot.waitUntil(lambda: page.list._total == 2)
    qtbot.waitUntil(lambda: page.findChild(MergeDialog) is None)
    window = page.window()
    assert isinstance(window, MainWindow)
    window.undo()
    qtbot.waitUntil(lambda: kept(town, doubles[0]) is None)
    qtbot.waitUntil(lambda: page.list._total == 3)


def test_what_stands_in_the_way_is_said_in_the_dialog(
    page: ArticlePage, town: world.World, doubles: list[int], qtbot: QtBot
) -> None:
    dialog = choose(page, qtbot, 3)
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Ret først kategorien" in dialog.notice.text())
    assert dialog.isVisible()
    assert lists.find(town.person("admin"), "skammel").total == 3
