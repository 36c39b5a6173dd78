"""Pages are made ahead of their first visit, and nobody who works meanwhile notices."""

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.demo.logins import PASSWORD
from moebelcirkel.ui.pages.articles.detail import ArticlePanel
from moebelcirkel.ui.pages.intake.form import IntakeForm
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.page_stack import PageStack
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import log_in, windowed

if TYPE_CHECKING:
    from moebelcirkel.ui.pages.settings.page import SettingsPage
    from moebelcirkel.ui.pages.stock.page import StockPage

CTRL = Qt.KeyboardModifier.ControlModifier


def at_work(program: Program, qtbot: QtBot, login: str) -> MainWindow:
    """The window of somebody of the example, with its first page."""
    program.start()
    log_in(program, qtbot, login, PASSWORD)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.page is not None and program.jobs.idle())
    return window


def all_made(window: MainWindow) -> bool:
    return set(window.stack.pages) == set(window.help_pages())


def test_a_page_made_ahead_opens_as_on_its_first_visit(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, qtbot, "lager")
    qtbot.waitUntil(lambda: all_made(window), timeout=60_000)
    ahead = window.stack.pages["stock"]
    assert ahead.stale
    assert not ahead.view.isVisible()
    window.go("stock")
    assert window.page is ahead.page
    assert not ahead.stale
    page: StockPage = window.page
    qtbot.waitUntil(lambda: program.jobs.idle() and page.model.rowCount() > 0)


def test_a_page_that_takes_long_to_make_is_made_in_turns(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, qtbot, "lager")
    fresh = PageStack(window._items, window, window.header.strip)
    qtbot.addWidget(fresh)
    form, page, place = fresh.steps("intake")
    form()
    assert not fresh.pages
    made = fresh._parts["intake"]
    page()
    place()
    assert fresh.pages["intake"].page.findChild(IntakeForm) is made
    for again in fresh.steps("intake"):
        again()
    assert not fresh._parts


def test_whoever_is_quicker_than_the_turns_gets_the_part_that_is_made(
    program: Program, qtbot: QtBot
) -> None:
    window = at_work(program, qtbot, "lager")
    fresh = PageStack(window._items, window, window.header.strip)
    qtbot.addWidget(fresh)
    form, *left = fresh.steps("intake")
    form()
    made = fresh._parts["intake"]
    opened = fresh.open("intake").page
    assert opened.findChild(IntakeForm) is made
    for late in left:
        late()
    assert fresh.open("intake").page is opened


def test_code_that_a_chosen_page_needs_first_is_read_by_a_job(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at_work(program, qtbot, "lager")
    qtbot.waitUntil(lambda: all_made(window) and program.jobs.idle(), timeout=60_000)
    fresh = PageStack(window._items, window, window.header.strip)
    qtbot.addWidget(fresh)
    code = window._items["demand"].code
    monkeypatch.delitem(sys.modules, code)
    shown: list[str] = []
    fresh.prepare("demand", lambda: shown.append("demand"))
    assert not program.jobs.idle()
    assert not shown
    assert not fresh.pages
    qtbot.waitUntil(lambda: bool(shown))
    assert code in sys.modules
    assert list(fresh.pages) == ["demand"]


def test_a_page_made_late_is_not_shown_to_who_went_elsewhere(
    program: Program, qtbot: QtBot
) -> None:
    window = at_work(program, qtbot, "lager")
    fresh = PageStack(window._items, window, window.header.strip)
    qtbot.addWidget(fresh)
    shown: list[str] = []
    fresh.prepare("intake", lambda: shown.append("intake"))
    fresh.prepare("runs", lambda: shown.append("runs"))
    qtbot.waitUntil(lambda: "intake" in fresh.pages)
    fresh.setCurrentWidget(fresh.open("runs").view)
    fresh.prepare("units", lambda: fresh.setCurrentWidget(fresh.open("units").view))
    fresh.prepare("intake", lambda: shown.append("intake again"))
    assert shown == ["runs", "intake again"]
    assert fresh.currentWidget() is fresh.pages["units"].view


def test_keys_go_to_no_page_while_a_chosen_one_is_made(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, qtbot, "admin")
    page: SettingsPage = window.page  # type: ignore[assignment]
    line = next(each for each in page.section().findChildren(QLineEdit) if each.isVisible())
    line.setFocus()
    before = line.text()
    fresh = PageStack(window._items, window, window.header.strip)
    window.stack.addWidget(fresh)
    word = next(word for word, item in window._items.items() if word != window._word)
    code = window._items[word].code
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, code, raising=False)
        fresh.prepare(word, lambda: None)
        QTest.keyClick(window.windowHandle(), "x")  # type: ignore[call-overload]
        qtbot.waitUntil(lambda: word in fresh.pages)
    assert line.text() == before


def test_the_form_of_a_type_is_made_ahead_too(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, qtbot, "lager")
    qtbot.waitUntil(lambda: "articles" in window.stack.pages, timeout=60_000)
    stack = window.stack.pages["articles"].page.findChild(QStackedWidget)
    assert stack is not None
    qtbot.waitUntil(lambda: any(isinstance(each, ArticlePanel) for each in stack.children()))
    assert window.page is not window.stack.pages["articles"].page


def test_another_look_leaves_the_filters_of_a_page_made_ahead_beside_it(
    program: Program, qtbot: QtBot
) -> None:
    window = at_work(program, qtbot, "lager")
    window.showNormal()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: all_made(window), timeout=60_000)
    program.choose_scheme("dark")  # looks anew how wide everything is, also what has no size yet
    window.go("stock")
    page: StockPage = window.page  # type: ignore[assignment]
    qtbot.waitUntil(lambda: program.jobs.idle() and page.model.rowCount() > 0)
    assert page.panel.isVisible()
    assert page.filter_button.mapTo(page, page.filter_button.rect().topLeft()).y() < (
        page.count.mapTo(page, page.count.rect().bottomLeft()).y()
    )


def test_a_page_asked_for_before_its_turn_is_made_at_once_and_only_once(
    program: Program, qtbot: QtBot
) -> None:
    window = at_work(program, qtbot, "lager")
    words = [word for word in window.help_pages() if word not in window.stack.pages]
    for word in reversed(words):
        window.go(word)
        assert window.page is window.stack.pages[word].page
    pages = [opened.page for opened in window.stack.pages.values()]
    qtbot.waitUntil(lambda: all_made(window) and program.jobs.idle())
    assert [opened.page for opened in window.stack.pages.values()] == pages
    assert window.stack.count() == len(pages)


def test_what_is_typed_while_pages_are_made_stands_where_it_was_typed_and_is_saved(
    program: Program, qtbot: QtBot
) -> None:
    window = at_work(program, qtbot, "admin")
    page: SettingsPage = window.page  # type: ignore[assignment]
    line = next(each for each in page.section().findChildren(QLineEdit) if each.isVisible())
    line.setFocus()
    line.clear()
    name = "Nordby Kommune"
    begun = len(window.stack.pages)
    for letter in name:
        QTest.keyClick(window.windowHandle(), letter)  # type: ignore[call-overload]
        made = len(window.stack.pages)
        qtbot.waitUntil(lambda made=made: all_made(window) or len(window.stack.pages) > made)  # type: ignore[misc]
    assert len(window.stack.pages) > begun
    assert line.hasFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not page.is_unsaved() and program.jobs.idle())
    assert window.context.parameter("municipality") == name
    assert window.page is page


def test_no_page_is_made_for_a_window_that_is_closed(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, qtbot, "lager")
    qtbot.waitUntil(lambda: len(window.stack.pages) > 1, timeout=60_000)
    stack = window.stack
    window.shut()
    made = list(stack.pages)
    assert made != list(window.help_pages())
    stack.make_ahead()
    turns: list[str] = []
    QTimer.singleShot(200, program, lambda: turns.append("later"))
    qtbot.waitUntil(lambda: bool(turns))
    assert list(stack.pages) == made
