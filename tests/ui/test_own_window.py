"""What belongs to a person and a PC: the look, the last user, the window's place; and Om."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from moebelcirkel import __version__, settings
from moebelcirkel.domain.errors import Refused
from moebelcirkel.settings import Settings
from moebelcirkel.storage import migrate
from moebelcirkel.ui.kit import geometry, theme
from moebelcirkel.ui.window.about import LICENCES, AboutDialog
from tests.ui.program_hands import Open, add_warehouse_person, log_in, login_page, windowed


def test_language_scheme_and_size_are_chosen_and_remembered(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    old = program.window
    assert old is not None
    old.menu.scheme_chosen.emit("dark")
    assert theme.current().name == "dark"
    old.menu.scale_chosen.emit(1.5)
    assert theme.current().scale == 1.5
    old.menu.language_chosen.emit("en")
    qtbot.waitUntil(lambda: program.window is not old and program.window is not None)
    windowed(program, qtbot)
    assert program.window is not None
    assert program.window.rail.buttons["settings"].text().strip().endswith("Settings")
    again = Settings(program.settings.file)
    assert again.get(settings.SCHEME) == "dark"
    assert again.get(settings.SCALE) == 1.5
    assert again.get(settings.LANGUAGE) == "en"


def test_another_language_does_not_end_the_program(
    open_program: Open, qtbot: QtBot, house: str, qapp: QApplication
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    old, waiting = program.window, QTimer()
    assert old is not None

    def look() -> None:
        now = program.window
        if now is not None and now is not old and now.page is not None and program.jobs.idle():
            qapp.exit(7)

    waiting.timeout.connect(look)
    waiting.start(5)
    QTimer.singleShot(0, lambda: old.menu.language_chosen.emit("en"))
    assert qapp.exec() == 7  # 0 is the end of the program
    waiting.stop()


def test_the_look_goes_with_the_person(open_program: Open, qtbot: QtBot, house: str) -> None:
    add_warehouse_person(house)
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    first = program.window
    assert first is not None
    first.menu.scheme_chosen.emit("dark")
    first.menu.scale_chosen.emit(1.25)
    program._log_off()
    assert theme.current().name == "dark"  # before log-in as it was last
    for login, name, scale in (("bo", "light", 1.0), ("eva", "dark", 1.25)):
        log_in(program, qtbot, name=login)
        windowed(program, qtbot)
        assert (theme.current().name, theme.current().scale) == (name, scale)
        assert program.window is not None
        chosen = [a.text() for a in program.window.menu.findChildren(QAction) if a.isChecked()]
        assert f"{scale * 100:.0f}" in "".join(chosen)
        program._log_off()


def test_the_last_user_is_offered_in_the_same_database_only(
    open_program: Open, qtbot: QtBot, house: str, tmp_path: Path
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    program._log_off()
    assert login_page(program, qtbot).form.name.text() == "eva"
    program._use(str(tmp_path / "another.sqlite"))
    assert login_page(program, qtbot).form.name.text() == ""
    program._use(house)
    assert login_page(program, qtbot).form.name.text() == "eva"


def test_about_names_version_database_schema_and_licences(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    program.window.menu.about_asked.emit()
    dialog = program.window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    place = house.removeprefix("sqlite:///") if house.startswith("sqlite") else "postgresql"
    assert any(place in text for text in said)
    assert {__version__, migrate.revisions()[-1], *LICENCES} <= set(said)
    password = make_url(house).password
    assert password is None or not any(password in text for text in said)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# --- the size of the window --------------------------------------------------------------------


def test_the_window_keeps_its_size_from_log_in_to_work_and_back(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    program = open_program(house)
    start_window = program.login_flow.start_window
    qtbot.waitUntil(start_window.isVisible)
    start_window.showNormal()
    start_window.setGeometry(20, 60, 640, 500)
    log_in(program, qtbot)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    least = window.minimumSizeHint().expandedTo(QSize(640, 500))
    assert window.geometry() == QRect(QPoint(20, 60), least) or window.isMaximized()
    window.showNormal()
    window.setGeometry(10, 50, 700, 600)
    size = window.size()
    program._log_off()
    assert start_window.size() == size
    assert start_window.isVisible()


def test_a_window_lies_on_its_screen_with_its_title_bar(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    screen = window.screen().availableGeometry()
    window.setGeometry(screen.left() - 50, screen.top() - 50, 300, 200)
    geometry.fit(window)
    assert window.geometry().top() >= screen.top() + 30
    assert window.geometry().left() >= screen.left()
    window.setGeometry(screen.right() - 100, screen.bottom() - 100, 300, 200)
    geometry.fit(window)
    assert screen.contains(window.geometry())
    window.resize(screen.size())  # fits without its title bar, but not with it
    geometry.fit(window)
    assert window.isMaximized()


def test_what_is_said_over_a_page_moves_nothing_on_it(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    assert window.page is not None

    def place() -> QRect:
        assert window is not None
        assert window.page is not None
        return QRect(window.page.mapToGlobal(QPoint(0, 0)), window.page.size())

    before = place()
    window.messages.refused(Refused("Nej."))
    QApplication.processEvents()
    assert window.messages.notice.isVisible()
    assert place() == before
    assert window.messages.notice.geometry().top() >= window.header.geometry().bottom()
