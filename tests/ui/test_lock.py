"""A window nobody is at locks itself; nothing half typed is lost, and nobody else gets below."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.domain.users.badges import code
from moebelcirkel.services import badges, parameters, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.users import User
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.places import PlacesSection
from moebelcirkel.ui.window.access.lock import Lock
from moebelcirkel.ui.window.access.sheet import LockSheet
from moebelcirkel.ui.window.login import ChangeUser
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests.ui.kit.test_scanner import scan
from tests.ui.program_hands import SECRET, add_warehouse_person, log_in, windowed

BADGE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
MINUTES = 5

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)


class Clock:
    """Real time, and what a test lets pass besides."""

    def __init__(self) -> None:
        self.passed = dt.timedelta()

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.passed

    def wait(self, **time: float) -> None:
        self.passed += dt.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def admin(house: str) -> Iterator[Context]:
    """The database beside the window; the municipality locks after some minutes."""
    context = Context(Database(house), SYSTEM)
    parameters.save(context, {"lock_minutes": MINUTES})
    yield context
    context.database.close()


class Begin:
    """Starts the program on a PC, with what is decided for everybody on it, and lets Eva in."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, house: str, clock: Clock) -> None:
        self._parts = qapp, qtbot, house, clock
        self.program: Program | None = None

    def __call__(self, folder: Path, **decided: object) -> MainWindow:
        qapp, qtbot, house, clock = self._parts
        machine = folder / "machine.json"
        machine.write_text(json.dumps(decided))
        own = Settings(folder / "settings.json", machine)
        own.put({"lock_minutes": 0})  # a person has no say in it
        self.program = program = Program(qapp, own, house, clock=clock)
        program.start()
        log_in(program, qtbot)
        windowed(program, qtbot)
        assert program.window is not None
        program.window.activateWindow()
        qtbot.waitUntil(program.jobs.idle)
        return program.window

    def running(self) -> Program:
        """The program that was started."""
        assert self.program is not None
        return self.program


@pytest.fixture
def begin(
    qapp: QApplication, qtbot: QtBot, house: str, admin: Context, clock: Clock
) -> Iterator[Begin]:
    """Eva at work in the window."""
    start = Begin(qapp, qtbot, house, clock)
    yield start
    start.running().end()


def lock_of(window: MainWindow) -> Lock:
    assert window.lock is not None
    return window.lock


def locked(window: MainWindow, qtbot: QtBot) -> LockSheet:
    qtbot.waitUntil(lambda: lock_of(window).locked)
    sheet = lock_of(window).sheet
    assert sheet is not None
    return sheet


def left_alone(window: MainWindow, qtbot: QtBot, clock: Clock) -> LockSheet:
    clock.wait(minutes=MINUTES)
    return locked(window, qtbot)


def unlock(window: MainWindow, sheet: LockSheet, qtbot: QtBot, secret: str = SECRET) -> None:
    QTest.keyClicks(sheet.password, secret)
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    qtbot.waitUntil(window.jobs.idle)


def typing_a_place(window: MainWindow, qtbot: QtBot) -> QLineEdit:
    """Half of a form that keeps no draft."""
    window.go("settings", "places:new")
    qtbot.waitUntil(window.jobs.idle)
    page = window.page
    assert page is not None
    field = next(
        each
        for each in page.findChildren(QLineEdit)
        if each.isVisible() and each.isEnabled() and each is QApplication.focusWidget()
    )
    QTest.keyClicks(field, "9-09")
    qtbot.waitUntil(lambda: field.text() == "9-09")
    return field


def seen(window: MainWindow) -> list[str]:
    """What a screen reader and the eye find in the window."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            found.append(interface.text(QAccessible.Text.Name))
    return [each for each in found if each]


def test_half_typed_it_locks_and_comes_back_as_it_was(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    field = typing_a_place(window, qtbot)
    field.setCursorPosition(2)
    sheet = left_alone(window, qtbot, clock)
    assert sheet.who.text() == "Eva Holm er logget ind her."
    assert window.windowTitle() == "Låst – Møbelcirklen"
    assert sheet.size() == window.size()
    window.resize(1500, 950)
    assert sheet.size() == window.size()
    unlock(window, sheet, qtbot)
    assert not lock_of(window).locked
    assert (field.text(), field.cursorPosition(), field.hasFocus()) == ("9-09", 2, True)
    assert window.windowTitle() == "Indstillinger – Møbelcirklen"
    QTest.keyClicks(field, "x")
    qtbot.waitUntil(lambda: field.text() == "9-x09")


def test_nothing_below_is_seen_read_or_reached(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    typing_a_place(window, qtbot)
    page = window.page
    sheet = left_alone(window, qtbot, clock)
    assert not any(
        each.isVisible()
        for each in window.findChildren(QWidget)
        if each is not sheet and not sheet.isAncestorOf(each)
    )
    assert "Indstillinger" not in seen(window)
    for _turn in range(8):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert sheet.isAncestorOf(focus)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Z, Qt.Key.Key_S, Qt.Key.Key_Q):
        QTest.keyClick(sheet.password, key, control)
    QTest.keyClick(sheet.password, Qt.Key.Key_F1)
    QTest.keyClick(sheet.password, Qt.Key.Key_Escape)
    scan(sheet.password, "MC-000001-3")
    window.header.field.setFocus()
    assert window.page is page
    assert sheet.isAncestorOf(QApplication.focusWidget() or window)
    assert lock_of(window).locked
    assert window.help.dialog is None


def test_open_dialogs_go_below_and_come_back_with_what_is_typed(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    window.menu.change_password.emit()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    field = dialog.findChildren(QLineEdit)[0]
    QTest.keyClicks(field, "halvt")
    qtbot.waitUntil(lambda: field.text() == "halvt")
    sheet = left_alone(window, qtbot, clock)
    assert not dialog.isVisible()
    question = Question(window, "Spørgsmål", "fra et job", "Ja")
    question.open()
    qtbot.waitUntil(lambda: not question.isVisible())
    unlock(window, sheet, qtbot)
    assert dialog.isVisible()
    assert question.isVisible()
    assert field.text() == "halvt"


def test_it_waits_for_hands_keys_and_scans(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    field = typing_a_place(window, qtbot)
    idle = begin.running()._idle
    almost = dt.timedelta(minutes=MINUTES, seconds=-1)
    touches: tuple[Callable[[], object], ...] = (
        lambda: QTest.keyClick(window.windowHandle(), Qt.Key.Key_A),
        lambda: scan(field, "MC-000001-3"),
        lambda: QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton),
        lambda: QTest.mouseMove(window.windowHandle(), QPoint(40, 60)),
    )
    for touch in touches:
        clock.wait(seconds=almost.total_seconds())
        before = idle.still()
        touch()
        qtbot.waitUntil(lambda before=before: idle.still() < before)  # type: ignore[misc]
        assert not lock_of(window).locked
    assert before >= almost
    clock.wait(minutes=MINUTES)
    locked(window, qtbot)


def test_wrong_passwords_make_wait_as_at_the_log_in(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    sheet = left_alone(window, qtbot, clock)
    for _turn in range(5):
        unlock(window, sheet, qtbot, "forkert kode")
        assert sheet.error.text() == "Adgangskoden er ikke rigtig. Prøv igen."
    unlock(window, sheet, qtbot)
    assert "tastet forkert for mange gange" in sheet.error.text()
    assert lock_of(window).locked
    clock.wait(seconds=30)
    unlock(window, sheet, qtbot)
    assert not lock_of(window).locked


def test_another_takes_over_and_is_asked_about_what_is_not_saved(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock, house: str
) -> None:
    add_warehouse_person(house)
    window = begin(tmp_path)
    program = begin.running()
    typing_a_place(window, qtbot)
    sheet = left_alone(window, qtbot, clock)
    QTest.mouseClick(sheet.change, Qt.MouseButton.LeftButton)
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    QTest.mouseClick(question.cancel, Qt.MouseButton.LeftButton)
    assert lock_of(window).locked
    QTest.mouseClick(sheet.change, Qt.MouseButton.LeftButton)
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ChangeUser)
    dialog.form.name.setText("bo")
    dialog.form.password.setText(SECRET)
    QTest.keyClick(dialog.form.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not window)
    windowed(program, qtbot)
    assert program.window is not None
    assert program.window.context.actor.login == "bo"
    assert not lock_of(program.window).locked
    assert program.window.stack.isVisible()


@pytest.mark.parametrize("pin", ["", "2580"])
def test_ones_own_badge_unlocks_with_its_pin(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock, admin: Context, pin: str
) -> None:
    with admin.read() as session:
        eva = session.scalars(select(User.id).where(User.login == "eva")).one()
    badges.store(admin, eva, digest(BADGE), pin)
    window = begin(tmp_path)
    program = begin.running()
    sheet = left_alone(window, qtbot, clock)
    scan(sheet.password, code(BADGE))
    if pin:
        qtbot.waitUntil(
            lambda: program.badges.dialog is not None and program.badges.dialog.isVisible()
        )
        assert lock_of(window).locked
        assert program.badges.dialog is not None
        program.badges.dialog.pin.setText(pin)
        QTest.mouseClick(program.badges.dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not lock_of(window).locked)
    assert program.window is window


def test_what_others_do_is_shown_when_it_is_unlocked(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock, admin: Context
) -> None:
    window = begin(tmp_path)
    window.go("settings", "places")
    qtbot.waitUntil(window.jobs.idle)
    sheet = left_alone(window, qtbot, clock)
    with qtbot.waitSignal(window.told, timeout=10_000):
        places.save(admin, places.PlaceForm("8-08-H"))
    qtbot.waitUntil(window.jobs.idle)
    unlock(window, sheet, qtbot)
    page = window.page
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, PlacesSection)
    codes = [section.model.index(row, 0).data() for row in range(section.model.rowCount())]
    assert "8-08-H" in codes


def test_what_is_decided_for_the_pc_counts_more_than_the_municipality(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path, lock_minutes=2)
    clock.wait(minutes=2)
    locked(window, qtbot)


def test_on_a_pc_where_it_is_decided_so_it_never_locks(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path, lock_minutes=0)
    clock.wait(hours=3)
    with qtbot.waitSignal(begin.running()._idle.still_for):
        pass
    assert not lock_of(window).locked


def test_closing_a_locked_window_asks_about_what_is_not_saved(
    begin: Begin, tmp_path: Path, qtbot: QtBot, clock: Clock
) -> None:
    window = begin(tmp_path)
    typing_a_place(window, qtbot)
    left_alone(window, qtbot, clock)
    window.close()
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    assert window.isVisible()


def test_it_can_be_locked_by_hand(begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
    window = begin(tmp_path)
    window.menu.lock_asked.emit()
    sheet = locked(window, qtbot)
    unlock(window, sheet, qtbot)
    assert not lock_of(window).locked
