"""What is said on a page moves nothing that can be pressed or typed in away under the pointer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.imports.page import ImportsPage
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.test_settings import choose, show
from tests.ui.pages.warehouse import settle, starting_with
from tests.world import World

SMALL = (1280, 720)
#: Two sentences, as most refusals are.
WHY = Refused("Det blev ikke gemt. Prøv igen om lidt.")
Find = Callable[[OpenWindow, World], tuple[MainWindow, Notice]]


def _article(open_window: OpenWindow, town: World) -> tuple[MainWindow, Notice]:
    window = open_window("lager", starting_with("articles"), size=SMALL)
    window.go("articles", town.chair)
    assert isinstance(window.page, ArticlePage)
    settle(window.page)
    return window, window.page.article.notice


def _photos(open_window: OpenWindow, town: World) -> tuple[MainWindow, Notice]:
    window, _notice = _article(open_window, town)
    assert isinstance(window.page, ArticlePage)
    return window, window.page.article.photos.notice


def _settings(open_window: OpenWindow, word: str) -> tuple[MainWindow, SettingsPage]:
    item = RailItem("settings", "Settings", "settings", "own", SettingsPage)
    window = open_window("admin", [item], size=SMALL)
    page = window.page
    assert isinstance(page, SettingsPage)
    page.entries[word].click()
    settle(page)
    return window, page


def _parameters(open_window: OpenWindow, _town: World) -> tuple[MainWindow, Notice]:
    window, page = _settings(open_window, "municipality")
    return window, page.section().notice  # type: ignore[attr-defined]


def _register(open_window: OpenWindow, _town: World) -> tuple[MainWindow, Notice]:
    window, page = _settings(open_window, "institutions")
    section = show(page, "institutions")
    choose(page, section, "Søndervangskolen")
    return window, section.editor.notice


def _imports(open_window: OpenWindow, _town: World) -> tuple[MainWindow, Notice]:
    item = RailItem("imports", "Import", "import", "office", ImportsPage)
    window = open_window("admin", [item], size=SMALL)
    assert isinstance(window.page, ImportsPage)
    return window, window.page.notice


def _intake(open_window: OpenWindow, _town: World) -> tuple[MainWindow, Notice]:
    item = RailItem("intake", "Intake", "box", "hall", IntakePage)
    window = open_window("lager", [item], size=SMALL)
    assert isinstance(window.page, IntakePage)
    return window, window.page.notice


def places(window: MainWindow) -> dict[QWidget, QRect]:
    """Where everything is that can be pressed or typed in, but what is itself of a message."""
    return {
        each: QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        for each in window.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit | QPlainTextEdit)
        and each.isVisible()
        and not any(parent.property("says") for parent in _above(each))
    }


def _above(widget: QWidget) -> list[QWidget]:
    parent = widget.parentWidget()
    return [] if parent is None else [parent, *_above(parent)]


@pytest.mark.parametrize(
    "find",
    [_article, _photos, _parameters, _register, _imports, _intake],
    ids=lambda find: find.__name__.strip("_"),
)
def test_what_is_said_moves_nothing(open_window: OpenWindow, town: World, find: Find) -> None:
    window, notice = find(open_window, town)
    window.jobs.wait_idle()
    before = places(window)
    assert before
    notice.refuse(WHY)
    settle(window.page)  # type: ignore[arg-type]
    assert notice.isVisible()
    assert not notice.visibleRegion().isEmpty()
    after = places(window)
    moved = {each: (before[each], after[each]) for each in before if after[each] != before[each]}
    assert moved == {}
    notice.hide()
    settle(window.page)  # type: ignore[arg-type]
    assert places(window) == before
