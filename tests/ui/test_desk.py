"""The running program: from the first start to the window and back, with its real services."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from moebelcirkel import language, settings
from moebelcirkel.services import first_start, login, opening
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.storage import engine
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.desk import Desk
from moebelcirkel.ui.first_start import FirstStart
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.login import ChangeUser, LoginPage
from moebelcirkel.ui.new_password import NewPassword
from tests.ui.bad_files import BAD_FILES

SECRET = "tre grønne stole"
Open = Callable[..., Desk]


@pytest.fixture
def open_desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Starts the program on a database; afterwards it is ended in order."""
    opened: list[Desk] = []

    def start(target: str | None = None) -> Desk:
        desk = Desk(qapp, Settings(tmp_path / "settings.json"), target)
        opened.append(desk)
        desk.start()
        return desk

    yield start
    for desk in opened:
        desk.end()
    assert not [t for t in threading.enumerate() if t.name.split("_")[0] in {"writer", "reader"}]


@pytest.fixture
def house(engine_url: str) -> str:
    """A database with one administrator, once on each engine."""
    context = Context(Database(engine_url), SYSTEM)
    try:
        first_start.begin(
            context, first_start.FirstStart("Randers Kommune", "Eva Holm", "eva", SECRET)
        )
    finally:
        opening.close(context)
    return engine_url


def login_page(desk: Desk, qtbot: QtBot) -> LoginPage:
    qtbot.waitUntil(lambda: desk.login_page is not None)
    assert desk.login_page is not None
    return desk.login_page


def log_in(desk: Desk, qtbot: QtBot, name: str = "eva", secret: str = SECRET) -> None:
    """As a person does it: name, password, Return."""
    form = login_page(desk, qtbot).form
    qtbot.waitUntil(desk.jobs.idle)
    form.name.setText(name)
    form.password.setText(secret)
    QTest.keyClick(form.password, Qt.Key.Key_Return)


def windowed(desk: Desk, qtbot: QtBot) -> list[str]:
    """Wait for the window; the words in its rail."""
    qtbot.waitUntil(lambda: desk.window is not None, timeout=10_000)
    assert desk.window is not None
    qtbot.waitUntil(desk.jobs.idle)
    return list(desk.window.rail.buttons)


def first_page(desk: Desk) -> FirstStart:
    assert desk.welcome is not None
    return desk.welcome.page


def fill_first_person(page: FirstStart, **values: str) -> None:
    texts = {
        "municipality": "Randers Kommune", "cvr": "29189668", "name": "Eva Holm", "login": "eva",
        "password": SECRET, "again": SECRET,
    }  # fmt: skip
    for name, text in (texts | values).items():
        page.empty.fields[name].setText(text)


# --- first start -------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [False, True], ids=["only me", "everybody"])
def test_start_empty_ends_in_the_window(open_desk: Open, qtbot: QtBot, shared: bool) -> None:
    desk = open_desk()
    page = first_page(desk)
    page.start_empty()
    fill_first_person(page)
    page.empty.shared.setChecked(shared)
    QTest.mouseClick(page.empty.go, Qt.MouseButton.LeftButton)
    login_page(desk, qtbot)
    target = opening.own_file(shared=shared)
    assert target.exists()
    assert desk.settings.get(settings.DATABASE) == str(target)
    qtbot.waitUntil(lambda: login_page(desk, qtbot).where.text() == "Randers Kommune")
    log_in(desk, qtbot)
    assert windowed(desk, qtbot)[-1] == "settings"


def test_what_the_services_refuse_stands_by_its_field(open_desk: Open, qtbot: QtBot) -> None:
    page = first_page(open_desk())
    page.start_empty()
    fill_first_person(page, cvr="29189668123", password="kort", again="kort")
    page.empty.submit()
    qtbot.waitUntil(lambda: page.empty.fields["password"].property("invalid") is True)
    assert page.empty.fields["cvr"].accessibleDescription()
    assert page.empty.isEnabled()


def test_starting_empty_twice_names_the_database_that_is_there(
    open_desk: Open, qtbot: QtBot
) -> None:
    context = opening.create(opening.own_file(shared=False))
    first_start.begin(context, first_start.FirstStart("Randers", "Eva", "eva", SECRET))
    opening.close(context)
    page = first_page(open_desk())
    page.start_empty()
    fill_first_person(page)
    page.empty.submit()
    qtbot.waitUntil(lambda: bool(page.notice.text()))
    assert str(opening.own_file(shared=False)) in page.notice.text()


def test_connecting_to_a_shared_database(open_desk: Open, qtbot: QtBot, house: str) -> None:
    desk = open_desk()
    page = first_page(desk)
    page.show_way(2)
    page.connection.fields["url"].setText(house)
    QTest.mouseClick(page.connection.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notice.text() == "Forbindelsen virker.")
    QTest.mouseClick(page.connection.go, Qt.MouseButton.LeftButton)
    log_in(desk, qtbot)
    assert windowed(desk, qtbot)
    assert desk.settings.get(settings.DATABASE) == house


def test_a_shared_database_without_people_asks_for_the_first(
    open_desk: Open, qtbot: QtBot, engine_url: str
) -> None:
    desk = open_desk()
    page = first_page(desk)
    page.connection.chosen.emit(engine_url)
    qtbot.waitUntil(lambda: not page.empty.isHidden())
    assert page.empty.mine.isHidden()
    fill_first_person(page)
    page.empty.submit()
    log_in(desk, qtbot)
    assert windowed(desk, qtbot)


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
    open_desk: Open, qtbot: QtBot, address: str, said: str
) -> None:
    page = first_page(open_desk())
    page.show_way(2)
    page.connection.fields["url"].setText(address)
    page.connection.submit()
    qtbot.waitUntil(lambda: bool(page.notice.text()), timeout=10_000)
    assert said in page.notice.text()
    assert page.connection.isEnabled()


# --- a database that cannot be used ------------------------------------------------------------


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_database_that_cannot_be_used_is_said_with_a_way_out(
    open_desk: Open, qtbot: QtBot, sqlite_file: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    bad = BAD_FILES[kind]
    with bad.made(sqlite_file, monkeypatch) as target:
        desk = open_desk(str(target))
        page = login_page(desk, qtbot)
        qtbot.waitUntil(lambda: bool(page.trouble.text()))
        assert bad.said in page.trouble.text()
        assert page.form.isHidden()
        QTest.mouseClick(page.other, Qt.MouseButton.LeftButton)
        assert desk.welcome is not None
        desk.welcome.page.returned.emit()
        assert desk.login_page is not None


def test_try_again_when_the_database_is_there_again(
    open_desk: Open, qtbot: QtBot, sqlite_file: Path
) -> None:
    away = sqlite_file.rename(sqlite_file.with_suffix(".away"))
    desk = open_desk(str(sqlite_file))
    page = login_page(desk, qtbot)
    qtbot.waitUntil(lambda: bool(page.trouble.text()))
    away.rename(sqlite_file)
    QTest.mouseClick(page.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.trouble.isHidden)
    assert not page.form.isHidden()


def test_another_database_file_is_opened_instead(
    open_desk: Open, qtbot: QtBot, house: str, tmp_path: Path
) -> None:
    desk = open_desk(str(tmp_path / "none.sqlite"))
    page = login_page(desk, qtbot)
    qtbot.waitUntil(lambda: bool(page.trouble.text()))
    desk.show_first_start()
    assert desk.welcome is not None
    desk.welcome._open(house)
    qtbot.waitUntil(lambda: desk.target == house)
    log_in(desk, qtbot)
    assert windowed(desk, qtbot)


# --- logging in, and who is at work ------------------------------------------------------------


def test_a_wrong_password_is_said_and_asked_for_again(
    open_desk: Open, qtbot: QtBot, house: str
) -> None:
    desk = open_desk(house)
    log_in(desk, qtbot, secret="forkert")
    form = login_page(desk, qtbot).form
    qtbot.waitUntil(lambda: not form.password_error.isHidden())
    assert form.password_error.text().startswith("Brugernavn eller adgangskode")
    log_in(desk, qtbot)
    assert windowed(desk, qtbot)


def test_a_one_time_password_asks_for_a_new_one(open_desk: Open, qtbot: QtBot, house: str) -> None:
    context = Context(Database(house), SYSTEM)
    once = login.reset_password(context, "eva")
    opening.close(context)
    desk = open_desk(house)
    log_in(desk, qtbot, secret=once)
    qtbot.waitUntil(lambda: desk.front.findChild(NewPassword) is not None)
    dialog = desk.front.findChild(NewPassword)
    assert isinstance(dialog, NewPassword)
    dialog.first.setText("en helt ny sætning")
    dialog.second.setText("en helt ny sætnimg")
    dialog._save()
    assert dialog.error.text().startswith("De to")
    dialog.second.setText("en helt ny sætning")
    QTest.keyClick(dialog.second, Qt.Key.Key_Return)
    assert windowed(desk, qtbot)
    desk._log_off()
    log_in(desk, qtbot, secret="en helt ny sætning")
    assert windowed(desk, qtbot)


def test_a_new_password_that_is_too_weak_is_asked_for_again(
    open_desk: Open, qtbot: QtBot, house: str
) -> None:
    context = Context(Database(house), SYSTEM)
    once = login.reset_password(context, "eva")
    opening.close(context)
    desk = open_desk(house)
    desk._submit("eva", once, "kort")
    qtbot.waitUntil(lambda: desk.front.findChild(NewPassword) is not None)
    dialog = desk.front.findChild(NewPassword)
    assert dialog is not None
    dialog.reject()
    assert desk.window is None


def test_the_next_person_takes_over_with_their_own_rail(
    open_desk: Open, qtbot: QtBot, house: str
) -> None:
    add_warehouse_person(house)
    desk = open_desk(house)
    log_in(desk, qtbot)
    before = windowed(desk, qtbot)
    window = desk.window
    assert window is not None
    window.menu.change_user.emit()
    dialog = window.findChild(ChangeUser)
    assert isinstance(dialog, ChangeUser)
    dialog.form.name.setText("bo")
    dialog.form.password.setText("forkert")
    dialog.form._submit()
    qtbot.waitUntil(lambda: not dialog.form.password_error.isHidden())
    dialog.form.password.setText(SECRET)
    dialog.form._submit()
    qtbot.waitUntil(lambda: desk.window is not window and desk.window is not None)
    after = windowed(desk, qtbot)
    assert after[0] == "intake"
    assert "settings" in before
    assert "settings" not in after


def add_warehouse_person(url: str) -> None:
    from moebelcirkel.domain.roles import Grant, Role
    from moebelcirkel.services import users

    context = Context(Database(url), SYSTEM)
    try:
        users.save(
            context,
            users.UserForm(
                login="bo", name="Bo", grants=frozenset({Grant(Role.WAREHOUSE, None)}),
                password=SECRET,
            ),
        )  # fmt: skip
    finally:
        opening.close(context)


def test_logging_off_leads_back_to_the_log_in(open_desk: Open, qtbot: QtBot, house: str) -> None:
    desk = open_desk(house)
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    assert desk.window is not None
    desk.window.menu.log_off.emit()
    assert desk.window is None
    form = login_page(desk, qtbot).form
    assert (form.name.text(), form.password.text()) == ("eva", "")


def test_language_scheme_and_size_are_chosen_and_remembered(
    open_desk: Open, qtbot: QtBot, house: str
) -> None:
    desk = open_desk(house)
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    old = desk.window
    assert old is not None
    old.menu.scheme_chosen.emit("dark")
    assert theme.current().name == "dark"
    old.menu.scale_chosen.emit(1.5)
    assert theme.current().scale == 1.5
    old.menu.language_chosen.emit("en")
    qtbot.waitUntil(lambda: desk.window is not old and desk.window is not None)
    windowed(desk, qtbot)
    assert desk.window is not None
    assert desk.window.rail.buttons["settings"].text().strip().endswith("Settings")
    again = Settings(desk.settings.file)
    assert again.get(settings.SCHEME) == "dark"
    assert again.get(settings.SCALE) == 1.5
    assert again.get(settings.LANGUAGE) == "en"


def test_qts_own_texts_are_danish_with_our_words(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Cancel | kinds.Save)
    qtbot.addWidget(box)
    assert {button.text() for button in box.buttons()} == {"Gem", "Annullér"}
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    words = [action.text().replace("&", "").split("\t")[0] for action in menu.actions()]
    assert words[:2] == ["Fortryd", "Gentag"]
    menu.deleteLater()
    desk._choose_language("en")
    assert language.current_language() == "en"
    english = QDialogButtonBox(kinds.Cancel)
    qtbot.addWidget(english)
    assert english.buttons()[0].text() == "Cancel"


# --- speed -------------------------------------------------------------------------------------

FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from moebelcirkel.settings import Settings
from moebelcirkel.ui.desk import Desk
from moebelcirkel.ui.welcome import Front
from pathlib import Path

seen = []
class Watch(Front):
    def paintEvent(self, event):
        super().paintEvent(event)
        seen.append([name for name in ("sqlalchemy", "reportlab", "PIL") if name in sys.modules])
import moebelcirkel.ui.desk as desk_module
desk_module.Front = Watch
app = QApplication([])
desk = Desk(app, Settings(Path(sys.argv[1]) / "settings.json"), sys.argv[2])
desk.start()
while not seen or "sqlalchemy" not in sys.modules or not desk.jobs.idle():
    app.processEvents()
later = "sqlalchemy" in sys.modules
desk.end()
print(seen[0], later)
"""


def test_the_first_picture_waits_for_no_database_library(sqlite_file: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path), str(sqlite_file)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert answer.stdout.strip() == "[] True", answer.stderr
