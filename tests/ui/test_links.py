"""Addresses of types: handed to the window that is open, kept until the log-in, refused plainly."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from moebelcirkel import app
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services.context import SYSTEM, Actor, Saved, Work
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window.links import links
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import Open, log_in, windowed

ROOT = Path(__file__).parents[2]


def at_work(program: Program, *roles: Role) -> MainWindow:
    grants = frozenset(Grant(role) for role in roles)
    window = program.open_for(
        Actor(SYSTEM.user_id, "Vibeke", grants, "oekonomi"), Person("V", "", "")
    )
    assert program.jobs.wait_idle()
    return window


def a_type(window: MainWindow) -> tuple[int, str]:
    page = window.page
    assert isinstance(page, ShopPage)
    card = next(iter(page._found.values()))
    return card.key.article_id, card.name


def opened(link: str, target: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "moebelcirkel", "--database", target, "open", "--", link]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=os.environ)


def say(target: str, data: bytes, qtbot: QtBot) -> bytes:
    socket = QLocalSocket()
    socket.connectToServer(links._name(target))
    assert socket.waitForConnected(2_000)
    socket.write(data)
    socket.flush()
    state = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() == state)
    return bytes(socket.readAll().data())


def test_a_link_opens_its_type_in_the_window_that_is_open(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, Role.CONTROLLER)
    program.links.listen(program.target)
    window.go("shop")
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    article_id, name = a_type(window)
    window.go("changes")
    with opened(f"moebelcirklen:type/{article_id}", program.target) as other:
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=30_000)
        assert (other.returncode, other.stderr and other.stderr.read()) == (0, "")
    page = window.page
    assert isinstance(page, ShopPage)
    qtbot.waitUntil(lambda: page.shorts.row.chosen == "type")
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    assert page.shorts.row.buttons["type"].text() == name
    assert {card.key.article_id for card in page._found.values()} == {article_id}
    page.shorts.row.buttons["type"].click()
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    assert len(page._found) > 1
    assert "type" not in page.shorts.row.buttons


def test_of_a_type_that_is_sold_out_it_is_said(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, Role.CONTROLLER)

    def fill(work: Work) -> Saved:
        row = Article(name="Udsolgt reol", category_key="bookcase_wood")
        work.session.add(row)
        work.session.flush()
        return Saved(id=row.id)

    gone = window.context.as_actor(SYSTEM).write("article.save", None, fill).id
    program.links.open(gone)
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    page = window.page
    assert isinstance(page, ShopPage)
    qtbot.waitUntil(lambda: page.shorts.row.chosen == "type")
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    assert page.empty.accessibleName().startswith("Intet af det er til salg lige nu")


def test_a_number_that_is_not_there_is_said(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, Role.CONTROLLER)
    program.links.open(987_654_321)
    assert program.jobs.wait_idle()
    qtbot.wait(10)
    assert "Der er ingen møbeltype med nummer 987654321." in window.messages.notice.text()


def test_what_is_no_address_changes_nothing(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, Role.CONTROLLER)
    program.links.listen(program.target)
    before = window.page
    for data in (b"moebelcirklen:type/../..\n", b"x" * 10_000, b"\xff\x00\n", b"GET / HTTP/1.1\n"):
        assert say(program.target, data, qtbot) == b""
    assert window.page is before
    assert say(program.target, b"moebelcirklen:type/1\n", qtbot) == b"taken\n"


@pytest.mark.parametrize("link", ["moebelcirklen:type/../..", "x" * 10_000, "--help-me"])
def test_the_command_refuses_what_is_no_address(
    link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["open", "--", link]) == 1
    assert capsys.readouterr().err == (
        "moebelcirkel: Det er ikke adressen på en møbeltype. De ser sådan ud: "
        "moebelcirklen:type/123\n"
    )


def test_it_waits_for_the_log_in(open_program: Open, house: str, qtbot: QtBot) -> None:
    program = open_program(house)
    program.links.open(1)
    log_in(program, qtbot)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: isinstance(window.page, ArticlePage))


def test_with_something_open_the_page_stays(program: Program, qtbot: QtBot) -> None:
    window = at_work(program, Role.CONTROLLER)
    before = window.page
    dialog = QDialog(window)
    QVBoxLayout(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    program.links.open(1)
    assert window.page is before
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("Gør det åbne vindue færdigt" in text for text in texts)
    dialog.reject()


def test_a_socket_left_by_a_killed_program_is_taken_over(program: Program, qtbot: QtBot) -> None:
    name = links._name(program.target)
    left = Path(tempfile.gettempdir()) / name  # which an absolute name takes the place of
    left.write_bytes(b"")
    at_work(program, Role.CONTROLLER)
    program.links.listen(program.target)
    assert say(program.target, b"moebelcirklen:type/1\n", qtbot) == b"taken\n"
