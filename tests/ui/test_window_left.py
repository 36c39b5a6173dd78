"""A window that is left is gone at once, and is taken apart while the next one is in use."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from moebelcirkel.demo.logins import PASSWORD
from moebelcirkel.settings import SCHEME
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.leaving import has_left, take_apart
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import log_in, windowed


def left(program: Program, qtbot: QtBot) -> MainWindow:
    """The window of somebody who has just given way to the next person, with several pages."""
    program.start()
    log_in(program, qtbot, "lager", PASSWORD)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    for word in ("stock", "cases", "intake"):
        window.go(word)
        qtbot.waitUntil(program.jobs.idle)
    program._ask_change_user()
    with qtbot.waitSignal(program.login_flow.entered):
        program.login_flow.log_in("leder", PASSWORD)
    return window


def test_its_pages_go_one_by_one_and_the_shown_one_with_it(program: Program, qtbot: QtBot) -> None:
    window = left(program, qtbot)
    hidden = [opened.view for word, opened in window.stack.pages.items() if word != "intake"]
    shown = window.stack.pages["intake"].view
    gone: list[int] = []
    for view in (*hidden, shown):
        view.destroyed.connect(lambda: gone.append(len(window.stack.pages)))
    assert len(hidden) >= 2
    qtbot.waitUntil(lambda: not isValid(window))
    assert gone == [*range(len(hidden), 0, -1), 1]
    windowed(program, qtbot)


def test_nothing_of_it_stands_before_the_next_window(program: Program, qtbot: QtBot) -> None:
    window = left(program, qtbot)
    asked = window.findChildren(QDialog)
    assert asked
    assert not window.isVisible()
    assert not any(dialog.isVisible() for dialog in asked)


def test_it_asks_nothing_and_is_told_nothing(program: Program, qtbot: QtBot) -> None:
    window = left(program, qtbot)
    page, heard = window.page, list[object]()
    assert page is not None
    assert has_left(page)
    job = program.jobs.read(lambda _context: 1, heard.append, channel="stock", owner=page)
    assert job.future is None
    assert not program.jobs.asks("stock")
    windowed(program, qtbot)
    assert not heard
    assert program.window is not None
    assert not has_left(program.window)


def test_the_look_of_the_next_person_is_not_put_on_it(program: Program, qtbot: QtBot) -> None:
    program.settings.enter(program.target, "leder")
    program.settings.choose(SCHEME, "dark")
    window = left(program, qtbot)
    assert theme.current().name == "dark"
    assert window.styleSheet() != theme.watch().sheet
    windowed(program, qtbot)
    assert program.window is not None
    assert program.window.styleSheet() == theme.watch().sheet


class Listener(QWidget):
    """Something in a window that follows the look."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.heard: list[object] = []
        theme.watch().changed.connect(self.hear)

    def hear(self, look: theme.Theme) -> None:
        self.heard.append(look.name)


def test_nothing_in_it_hears_of_another_look(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    window, other = QWidget(), QWidget()
    inside, outside = Listener(QWidget(window)), Listener(other)
    for each in (window, other):
        qtbot.addWidget(each)
        theme.dress(each)
    take_apart(window, ())
    theme.apply(qapp, "dark")
    theme.apply(qapp, "light")
    assert inside.heard == []
    assert outside.heard == ["dark", "light"]
