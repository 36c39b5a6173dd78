"""The first start with its real services: every way ends in the window or says why not."""

import functools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel import settings
from moebelcirkel.demo import making as demo
from moebelcirkel.services.start import first_start, opening
from moebelcirkel.ui.window.first_start import FirstStartPage
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import SECRET, Open, log_in, login_page, windowed


def first_page(program: Program) -> FirstStartPage:
    assert program.login_flow.welcome is not None
    return program.login_flow.welcome.page


def fill_first_person(page: FirstStartPage, **values: str) -> None:
    texts = {
        "municipality": "Randers Kommune",
        "cvr": "29189668",
        "name": "Eva Holm",
        "login": "eva",
        "password": SECRET,
        "again": SECRET,
    }
    for name, text in (texts | values).items():
        page.empty.fields[name].setText(text)


@pytest.mark.parametrize("shared", [False, True], ids=["only me", "everybody"])
def test_start_empty_ends_in_the_window(open_program: Open, qtbot: QtBot, shared: bool) -> None:
    program = open_program()
    page = first_page(program)
    page.start_empty()
    fill_first_person(page)
    page.empty.shared.setChecked(shared)
    QTest.mouseClick(page.empty.go, Qt.MouseButton.LeftButton)
    login_page(program, qtbot)
    target = opening.own_file(shared=shared)
    assert target.exists()
    assert program.settings.get(settings.DATABASE) == str(target)
    qtbot.waitUntil(lambda: login_page(program, qtbot).where.text() == "Randers Kommune")
    log_in(program, qtbot)
    assert windowed(program, qtbot)[-1] == "settings"


def test_what_the_services_refuse_stands_by_its_field(open_program: Open, qtbot: QtBot) -> None:
    page = first_page(open_program())
    page.start_empty()
    fill_first_person(page, cvr="29189668123", password="kort", again="kort")
    page.empty.submit()
    qtbot.waitUntil(lambda: page.empty.fields["password"].property("invalid") is True)
    assert page.empty.fields["cvr"].accessibleDescription()
    assert page.empty.isEnabled()


def test_starting_empty_twice_names_the_database_that_is_there(
    open_program: Open, qtbot: QtBot
) -> None:
    context = opening.create(opening.own_file(shared=False))
    first_start.begin(context, first_start.FirstStart("Randers", "Eva", "eva", SECRET))
    opening.close(context)
    page = first_page(open_program())
    page.start_empty()
    fill_first_person(page)
    page.empty.submit()
    qtbot.waitUntil(lambda: bool(page.notice.text()))
    assert str(opening.own_file(shared=False)) in page.notice.text()


def test_connecting_to_a_shared_database(open_program: Open, qtbot: QtBot, house: str) -> None:
    program = open_program()
    page = first_page(program)
    page.show_way(2)
    page.connection.fields["url"].setText(house)
    QTest.mouseClick(page.connection.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notice.text() == "Forbindelsen virker.")
    QTest.mouseClick(page.connection.go, Qt.MouseButton.LeftButton)
    log_in(program, qtbot)
    assert windowed(program, qtbot)
    assert program.settings.get(settings.DATABASE) == house


def test_a_shared_database_without_people_asks_for_the_first(
    open_program: Open, qtbot: QtBot, engine_url: str
) -> None:
    program = open_program()
    page = first_page(program)
    page.connection.chosen.emit(engine_url)
    qtbot.waitUntil(lambda: not page.empty.isHidden())
    assert page.empty.mine.isHidden()
    fill_first_person(page)
    page.empty.submit()
    log_in(program, qtbot)
    assert windowed(program, qtbot)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nobody@127.0.0.1:9/none", "svarer ikke"),
        ("http://randers.dk/", "ikke adressen"),
        ("postgresql://h:port/db", "ikke adressen"),
        ("/findes/ikke.sqlite", "ingen database"),
    ],
)
def test_a_wrong_address_is_said_plainly(
    open_program: Open, qtbot: QtBot, address: str, said: str
) -> None:
    page = first_page(open_program())
    page.show_way(2)
    page.connection.fields["url"].setText(address)
    page.connection.submit()
    qtbot.waitUntil(lambda: bool(page.notice.text()), timeout=10_000)
    assert said in page.notice.text()
    assert page.connection.isEnabled()


def test_the_example_data_is_made_while_progress_is_shown(
    open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "create", functools.partial(demo.create, units=60))
    program = open_program()
    page = first_page(program)
    steps: list[int] = []
    page.progress.valueChanged.connect(steps.append)
    page.demo_chosen.emit()
    assert not page.progress.isHidden()
    qtbot.waitUntil(lambda: program.login_flow.login_page is not None, timeout=60_000)
    assert len(steps) > 2
    qtbot.waitUntil(lambda: "stol-bord-reol" in login_page(program, qtbot).tip.text())
    log_in(program, qtbot, "leder", "stol-bord-reol")
    assert windowed(program, qtbot)[0] == "home"


def test_making_example_data_shows_a_count_and_can_be_stopped(
    open_program: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "create", functools.partial(demo.create, units=60))
    program = open_program()
    page = first_page(program)
    page.demo_chosen.emit()
    assert page.stop.isVisibleTo(page)
    qtbot.waitUntil(lambda: ": dag " in page.state.text(), timeout=60_000)
    QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notice.text().startswith("Stoppet"), timeout=60_000)
    assert page.ways[0].isEnabled()
    assert not page.stop.isVisibleTo(page)
    assert list(opening.demo_file().parent.glob(f"{opening.demo_file().name}*")) == []


def test_the_program_ends_at_once_while_example_data_is_being_made(
    open_program: Open, qtbot: QtBot
) -> None:
    program = open_program()
    page = first_page(program)
    page.demo_chosen.emit()
    qtbot.waitUntil(lambda: page.progress.maximum() > 0, timeout=60_000)
    program.login_flow.leave()
    assert list(opening.demo_file().parent.glob(f"{opening.demo_file().name}*")) == []


def test_the_first_tab_shows_the_first_way(open_program: Open, qtbot: QtBot) -> None:
    page = first_page(open_program())
    qtbot.waitUntil(page.hasFocus)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not None
    assert now.accessibleName() == "Prøv med eksempeldata"
