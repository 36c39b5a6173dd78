"""Questions that name what they do, refusals by their place, and the last line of defence."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.ui.kit.crash import CrashHandler
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.jobs import Job
from moebelcirkel.ui.kit.messages import Messages, Notice
from moebelcirkel.ui.kit.strips import Banner
from moebelcirkel.ui.kit.toast import Toast


@pytest.fixture
def messages(qtbot: QtBot) -> Messages:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    return Messages(host, Banner(host), Notice(host))


def test_a_dangerous_question_is_not_answered_by_return(messages: Messages) -> None:
    answers: list[str] = []
    question = messages.ask(
        "Kassér 3 møbler?",
        "Du kan fortryde bagefter.",
        "Kassér",
        lambda: answers.append("yes"),
        danger=True,
    )
    assert (question.verb.text(), question.cancel.text()) == ("Kassér", "Annullér")
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert answers == []
    assert not question.isVisible()


def test_the_verb_does_what_it_says(messages: Messages) -> None:
    answers: list[str] = []
    question = messages.ask("Send?", "", "Send", lambda: answers.append("yes"))
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    assert answers == ["yes"]


def test_a_dialog_over_the_banner_says_it_too_and_takes_it_back(messages: Messages) -> None:
    host = messages.banner.parentWidget()
    assert host is not None
    dialog = ActionDialog(host, "Flyt", "Flyt")
    dialog.open()
    job = Job("write", lambda _context: None, None, None, None)
    messages.unavailable(Unavailable("Locked."), job)
    assert messages.banner.isVisible()
    assert (dialog.notice.text(), dialog.notice.isVisible()) == ("Locked.", True)
    messages.banner._abandon()
    assert not dialog.notice.isVisible()
    dialog.reject()


@pytest.mark.parametrize("marked", [("role", "primary"), ("main", True)])
def test_a_toast_does_not_lie_over_a_main_button(
    messages: Messages, qtbot: QtBot, marked: tuple[str, object]
) -> None:
    host = messages.banner.parentWidget()
    assert host is not None
    button = QPushButton("Opret", host)
    button.setProperty(*marked)
    button.setGeometry(300, 530, 200, 44)
    button.show()
    messages.success("14 møbler er registreret")
    toast = host.findChild(Toast)
    assert toast is not None
    assert not toast.geometry().intersects(button.geometry())
    assert 400 < toast.geometry().bottom() < button.geometry().top()
    button.move(20, 20)
    host.resize(800, 640)
    qtbot.waitUntil(lambda: toast.geometry().bottom() == 640 - 24 - 1)


def test_a_toast_lies_over_no_button_of_any_kind(messages: Messages) -> None:
    host = messages.banner.parentWidget()
    assert host is not None
    buttons = [QPushButton("Ryd", host), QCheckBox("Hak", host), QToolButton(host)]
    for place, button in enumerate(buttons):
        button.setGeometry(250 + 110 * place, 540 - 60 * place, 100, 40)
        button.show()
    messages.success("14 møbler er registreret", lambda: None)
    toast = host.findChild(Toast)
    assert toast is not None
    assert not any(toast.geometry().intersects(button.geometry()) for button in buttons)
    assert toast.geometry().top() > 300


def test_a_toast_makes_room_for_the_buttons_of_the_next_page(
    messages: Messages, qtbot: QtBot
) -> None:
    host = messages.banner.parentWidget()
    assert host is not None
    messages.success("14 møbler er registreret")
    messages.success("2 møbler er sat til salg")
    button = QPushButton("Opret", host)
    button.setProperty("main", True)
    button.setGeometry(300, 530, 200, 44)
    button.show()
    messages.clear()
    toasts = host.findChildren(Toast)
    assert len(toasts) == 2
    qtbot.waitUntil(lambda: not any(t.geometry().intersects(button.geometry()) for t in toasts))
    assert not toasts[0].geometry().intersects(toasts[1].geometry())


def test_what_contradicts_a_toast_takes_its_place(messages: Messages) -> None:
    host = messages.banner.parentWidget()
    assert host is not None

    def standing() -> list[str]:
        return [each.accessibleName() for each in host.findChildren(Toast) if each.isVisible()]

    messages.success("2 møbler er flyttet", lambda: None, 4)
    messages.success("14 møbler er registreret", lambda: None, 5)
    messages.success("Fortrudt: modtagelse", None, 6, 5)
    assert standing() == ["2 møbler er flyttet", "Fortrudt: modtagelse"]
    messages.success("Udført igen: modtagelse", lambda: None, 7, 6)
    assert standing() == ["2 møbler er flyttet", "Udført igen: modtagelse"]


def test_a_notice_speaks_and_falls_silent(messages: Messages) -> None:
    messages.refused(Refused("No {x}.", x=3))
    assert messages.notice.text() == "No 3."
    messages.clear()
    assert messages.notice.text() == ""


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def handler(
    qapp: QApplication, tmp_path: Path, ended: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[CrashHandler]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    handler = CrashHandler(tmp_path / "log", "0.1", lambda: ended.append("end"))
    yield handler
    if handler.dialog is not None:
        handler.dialog.deleteLater()


def crash(handler: CrashHandler) -> None:
    try:
        raise ZeroDivisionError(str(Path.home() / "secret"))
    except ZeroDivisionError as error:
        handler.handle(type(error), error, error.__traceback__)


def test_a_bug_is_kept_shown_and_ends_in_order(
    handler: CrashHandler, tmp_path: Path, ended: list[str]
) -> None:
    crash(handler)
    crash(handler)
    (file, *_more) = (tmp_path / "log").glob("crash-*.txt")
    text = file.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert str(Path.home()) not in text
    assert handler.dialog is not None
    QTest.mouseClick(handler.dialog.copy, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    assert ended == []
    handler.dialog.accept()
    assert ended == ["end"]


def test_a_bug_in_a_thread_is_shown_too(handler: CrashHandler, qtbot: QtBot) -> None:
    handler.install()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: handler.dialog is not None)
    handler.uninstall()
