"""Types without furniture are found on their page and deleted, the chosen ones or all."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.language import N_
from moebelcirkel.services import articles
from moebelcirkel.services.articles import lists
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world

ITEM = RailItem("articles", N_("Furniture types"), "chair", "office", ArticlePage)


@pytest.fixture
def window(open_window: Callable[..., MainWindow], town: world.World) -> MainWindow:
    for number in range(5):
        values = ArticleValues(name=f"Skammel {number}", category_key="visitor_chair")
        articles.add(town.person("admin"), values)
    return open_window("admin", [ITEM], size=(1280, 720))


def test_unused_types_are_deleted_and_brought_back(
    window: MainWindow, town: world.World, qtbot: QtBot
) -> None:
    page = window.page
    assert isinstance(page, ArticlePage)
    assert page.list.delete.isHidden()
    count = len(lists.unused_ids(town.person("admin")))
    page.list.unused.setChecked(True)
    qtbot.waitUntil(lambda: page.list.delete.isVisible() and page.list._total == count)
    assert page.list.delete.text() == "Slet alle …"
    page.list.table.selectRow(0)
    page.list.table.selectAll()
    qtbot.waitUntil(lambda: page.list.delete.text() == f"Slet {count} valgte …")
    QTest.mouseClick(page.list.delete, Qt.MouseButton.LeftButton)
    question = window.findChild(Question)
    assert question is not None
    assert f"Slet {count} møbeltyper?" in question.windowTitle()
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lists.unused_ids(town.person("admin")) == [])
    qtbot.waitUntil(page.list.delete.isHidden)
