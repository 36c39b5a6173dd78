"""Every page by keyboard: where one is shows at the first Tab, and Esc leads back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Role
from moebelcirkel.language import _
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests.ui.conftest import NOW


class Strays(QObject):
    """Widgets that were shown as windows of their own, although they belong into one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QMainWindow | QDialog)
        ):
            self.found.append(type(watched).__name__)
        return False


def at_work(program: Program, role: Role, qtbot: QtBot) -> tuple[MainWindow, list[str]]:
    """The window of somebody with this role, and the words of the pages."""
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    window = program.open_for(own.actor, Person(own.actor.name, _(role.label)))
    words = [item.word for item in entries.items_for(own)]
    opening.close(context)
    settle(program)
    window.showNormal()
    window.resize(1280, 720)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, words


@pytest.mark.parametrize("role", list(Role))
def test_the_first_tab_shows_where_one_is(
    program: Program, qapp: QApplication, qtbot: QtBot, role: Role
) -> None:
    window, words = at_work(program, role, qtbot)
    strays = Strays()
    qapp.installEventFilter(strays)
    for word in words:
        window.go(word)
        settle(program)
        start = QApplication.focusWidget()
        before = window.grab().toImage()
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        settle(program)
        focus = QApplication.focusWidget()
        assert focus is not None, word
        assert not focus.visibleRegion().isEmpty(), word
        same = window.grab().toImage() == before
        assert not same, (word, start, focus, focus.accessibleName())
    qapp.removeEventFilter(strays)
    assert strays.found == []


def kinds_of_places(page: QWidget) -> dict[str, QWidget]:
    """Of each kind of thing that has the keyboard on a page, the first one that shows."""
    found: dict[str, QWidget] = {}
    for each in page.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
            found.setdefault(type(each).__name__, each)
    return found


@pytest.mark.parametrize("role", list(Role))
def test_esc_leads_back_from_every_page_of_every_role(
    program: Program, qtbot: QtBot, role: Role
) -> None:
    window, words = at_work(program, role, qtbot)
    before, other = [word for word in words if window._items[word].under is None][:2]
    for word in words:
        start = other if word == before else before
        kinds = {""}
        while kinds:
            kind = kinds.pop()
            window.go(start)
            window.go(word, 1 if window._items[word].under is not None else None)
            settle(program)
            assert window.page is not None
            places = kinds_of_places(window.page)
            if not kind:
                kinds |= set(places)
            elif kind in places:
                places[kind].setFocus()
                QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
                assert window.page is not None
                assert window.page.word == start, (word, kind)


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.CONTROLLER])
def test_esc_leads_back_from_wherever_one_is_on_a_page_under_another(
    program: Program, qtbot: QtBot, role: Role
) -> None:
    window, words = at_work(program, role, qtbot)
    under = [word for word in words if window._items[word].under is not None]
    assert under
    for word in under:
        window.go("stock")
        settle(program)
        window.go(word, 1)
        settle(program)
        page = window.page
        assert page is not None
        places = [
            each
            for each in page.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
        ]
        assert places
        for number in range(len(places)):
            if not places[number].isVisible() or not places[number].isEnabled():
                continue
            places[number].setFocus()
            QTest.keyClick(places[number], Qt.Key.Key_Escape)
            assert window.page is not None
            assert window.page.word == "stock", (word, places[number])
            window.go(word)
            settle(program)
