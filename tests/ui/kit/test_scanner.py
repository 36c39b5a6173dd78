"""A scanner's code is taken whole wherever the focus is; what a person types is left alone."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.scanner import GAP_MILLISECONDS, RETURN_MILLISECONDS, Scanner

CODE = "MC-004127-1"


class Clock:
    """A clock that tests turn by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scanner(qapp: QApplication, clock: Clock) -> Iterator[Scanner]:
    scanner = Scanner(qapp, lambda text: bool(re.fullmatch(r"MC-\d{6}-\d", text)), clock)
    yield scanner
    scanner.stop()
    scanner.deleteLater()


@pytest.fixture
def codes(scanner: Scanner) -> list[str]:
    codes: list[str] = []
    scanner.scanned.connect(codes.append)
    return codes


def scan(widget: QWidget, text: str = CODE) -> None:
    """As the system gives keys: to the window, which finds the widget."""
    type_in(widget, text)
    press(widget, Qt.Key.Key_Return)


def type_in(widget: QWidget, text: str, gap: int = 0) -> None:
    """Any letter, also those that no test library knows a key for."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(handle(widget), event)
        if gap:
            QTest.qWait(gap)


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(handle(widget), key)


def handle(widget: QWidget) -> QWindow:
    window = widget.window().windowHandle()
    assert window is not None
    return window


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QSpinBox])
def test_a_code_is_swallowed_in_any_field(
    qtbot: QtBot, codes: list[str], kind: type[QLineEdit]
) -> None:
    field = kind()
    shown(qtbot, field)
    before = field.text() if hasattr(field, "text") else ""
    scan(field)
    assert codes == [CODE]
    after = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    assert after == before


def test_a_command_follows_what_was_typed_just_before_it(qtbot: QtBot, codes: list[str]) -> None:
    field, saved = QLineEdit(), []
    shown(qtbot, field)
    shortcut = QShortcut(QKeySequence("Ctrl+S"), field)
    shortcut.activated.connect(lambda: saved.append(field.text()))
    type_in(field, "gem")
    QTest.keyClick(handle(field), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved == ["gem"]
    assert codes == []


def test_a_key_that_stands_in_a_code_does_nothing_of_its_own_there(
    qtbot: QtBot, codes: list[str]
) -> None:
    table, put_back = QTableWidget(2, 2), []
    keys.add(table, "Put back", lambda: put_back.append(1), Qt.Key.Key_Minus)
    shown(qtbot, table)
    for letter in CODE:
        QTest.keyClick(handle(table), ord(letter))
    press(table, Qt.Key.Key_Return)
    assert codes == [CODE]
    assert put_back == []
    press(table, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: put_back == [1])
    assert keys.named(table) == {"Put back": ["-"]}


def test_the_field_never_hears_of_it(qtbot: QtBot, codes: list[str]) -> None:
    field = QLineEdit()
    changes: list[str] = []
    field.textChanged.connect(changes.append)
    shown(qtbot, field)
    scan(field)
    assert codes == [CODE]
    assert changes == []


def test_a_focused_button_is_not_pressed(qtbot: QtBot, codes: list[str]) -> None:
    button, clicks = QPushButton("Gem"), []
    button.clicked.connect(lambda: clicks.append(1))
    shown(qtbot, button)
    scan(button)
    assert codes == [CODE]
    assert clicks == []
    press(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: clicks == [1])


def test_the_default_button_of_a_dialog_is_not_pressed(qtbot: QtBot, codes: list[str]) -> None:
    dialog = QDialog()
    field, button = QLineEdit(), QPushButton("Gem")
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(field)
    column.addWidget(button)
    qtbot.addWidget(dialog)
    dialog.open()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    scan(field)
    assert codes == [CODE]
    assert dialog.isVisible()
    assert field.text() == ""


def test_typing_passes_through(qtbot: QtBot, codes: list[str]) -> None:
    field = QLineEdit()
    shown(qtbot, field)
    for letter in "Æble 12":
        type_in(field, letter, GAP_MILLISECONDS * 2)
    qtbot.waitUntil(lambda: field.text() == "Æble 12")
    assert codes == []


def test_a_code_typed_slowly_is_typing(qtbot: QtBot, codes: list[str]) -> None:
    field = QLineEdit()
    shown(qtbot, field)
    type_in(field, CODE, GAP_MILLISECONDS * 2)
    qtbot.waitUntil(lambda: field.text() == CODE)
    press(field, Qt.Key.Key_Return)
    assert codes == []


def test_fast_typing_and_return_is_no_code(qtbot: QtBot, codes: list[str]) -> None:
    field, entered = QLineEdit(), []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    shown(qtbot, field)
    scan(field, "stol")
    assert entered == ["stol"]
    assert codes == []


def test_a_label_read_wrong_is_told_where_there_is_nothing_to_type_in(
    qtbot: QtBot, scanner: Scanner, codes: list[str]
) -> None:
    strange: list[str] = []
    scanner.strange.connect(strange.append)
    button, clicks = QPushButton("Gem"), []
    button.clicked.connect(lambda: clicks.append(1))
    shown(qtbot, button)
    scan(button, "MX-004127-1")
    scan(button, "7-7-Q")
    assert strange == ["MX-004127-1", "7-7-Q"], "a short one presses no button either"
    field = QLineEdit()
    shown(qtbot, field)
    scan(field, "Kontorstol")
    assert field.text() == "Kontorstol"
    assert len(strange) == 2
    assert (codes, clicks) == ([], [])


def timed(widget: QWidget, text: str, after: int) -> None:
    """A scan whose Return comes so many milliseconds after its last character, by the system."""
    keys = [(ord(letter), letter, 1_000 + at) for at, letter in enumerate(text)]
    keys.append((Qt.Key.Key_Return, "\r", 1_000 + len(text) - 1 + after))
    for key, letter, at in keys:
        if key == Qt.Key.Key_Return and after > GAP_MILLISECONDS:
            QTest.qWait(3 * GAP_MILLISECONDS)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(at)
            QCoreApplication.sendEvent(handle(widget), event)


def test_a_late_return_of_a_scanner_presses_no_button(
    qtbot: QtBot, qapp: QApplication, clock: Clock
) -> None:
    scanner = Scanner(
        qapp, lambda text: text == CODE, clock, looks_like=lambda text: text[:1] == "M"
    )
    heard: list[str] = []
    scanner.scanned.connect(heard.append)
    scanner.strange.connect(heard.append)
    dialog, clicks = QDialog(), []
    field, button = QLineEdit(), QPushButton("Gem")
    button.setDefault(True)
    button.clicked.connect(lambda: clicks.append(1))
    column = QVBoxLayout(dialog)
    column.addWidget(field)
    column.addWidget(button)
    shown(qtbot, dialog)
    for widget, codes in ((button, (CODE, "MX-1", "KONTORSTOL")), (field, (CODE, "MX-1"))):
        widget.setFocus()
        for code in codes:
            clock.now += 2
            heard.clear()
            timed(dialog, code, RETURN_MILLISECONDS - 30)
            assert (heard, clicks, field.text()) == ([code], [], "")
    button.setFocus()
    timed(dialog, "MX-1", RETURN_MILLISECONDS)
    assert clicks == [1], "a person's own Return"
    field.setFocus()
    timed(dialog, "stol", RETURN_MILLISECONDS - 30)
    assert (clicks, field.text()) == ([1, 1], "stol"), "of words it sends the form as ever"
    scanner.stop()


def test_a_late_return_sends_no_form_with_a_number_that_was_scanned_into_it(
    qtbot: QtBot, codes: list[str]
) -> None:
    field, entered = QLineEdit(), []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    shown(qtbot, field)
    timed(field, CODE, RETURN_MILLISECONDS - 30)
    assert (field.text(), entered, codes) == (CODE, [], [])
    press(field, Qt.Key.Key_Return)
    assert entered == [CODE]


def test_other_keys_keep_their_order(qtbot: QtBot, scanner: Scanner) -> None:
    field = QLineEdit()
    shown(qtbot, field)
    type_in(field, "ab")
    press(field, Qt.Key.Key_Backspace)
    type_in(field, "c")
    qtbot.waitUntil(lambda: field.text() == "ac")


def test_the_same_code_at_once_counts_once(
    qtbot: QtBot, scanner: Scanner, codes: list[str], clock: Clock
) -> None:
    repeats: list[str] = []
    scanner.repeated.connect(repeats.append)
    field = QLineEdit()
    shown(qtbot, field)
    scan(field)
    clock.now += 0.5
    scan(field)
    assert (codes, repeats) == ([CODE], [CODE])
    clock.now += 1.5
    scan(field)
    scan(field, "MC-004128-9")
    assert codes == [CODE, CODE, "MC-004128-9"]


def test_keys_as_far_apart_as_a_hand_s_are_typing_however_late_they_are_looked_at(
    qtbot: QtBot, codes: list[str]
) -> None:
    field, entered = QLineEdit(), []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    shown(qtbot, field)
    for number, letter in enumerate(CODE, start=1):  # all at once, as after a busy moment
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(1_000 + 40 * number)
        QCoreApplication.sendEvent(handle(field), event)
    end = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    end.setTimestamp(1_000 + 40 * (len(CODE) + 1))
    QCoreApplication.sendEvent(handle(field), end)
    assert (entered, codes) == ([CODE], [])


def test_a_code_nobody_has_a_use_for_is_typed_out_in_the_field(
    qtbot: QtBot, scanner: Scanner
) -> None:
    scanner.scanned.connect(lambda _code: scanner.type_out())
    field, entered = QLineEdit(), []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    shown(qtbot, field)
    scan(field)
    scan(field)
    assert field.text() == CODE + CODE
    assert entered == []
    button = QPushButton("Gem")
    shown(qtbot, button)
    scan(button)
    assert not scanner.type_out()
