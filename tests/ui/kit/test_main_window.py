"""The window around small pages: rail, keyboard, reload by kinds, undo, its smallest size."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.language import N_
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.drafts import Drafts
from moebelcirkel.ui.kit.jobs import Jobs
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.shell import Person, RailItem, Shell
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.menu import PersonMenu
from tests.ui.kit.fakes import contexts

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


@dataclass(frozen=True)
class Done:
    """What a service call came to."""

    change_id: int | None
    kinds: frozenset[str]
    kind: str = ""
    thing, created, settled = "2", False, ""


class Diary(Page):
    """A page that writes down what happens to it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.events, self.note = list[object](), QLineEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.note)

    def activate(self, argument: object | None) -> None:
        self.events.append(("activate", argument))

    def reload(self) -> None:
        self.events.append("reload")

    def search(self, text: str) -> None:
        self.events.append(("search", text))

    def scanned(self, code: str) -> bool:
        self.events.append(("scanned", code))
        return code.startswith("MC")

    def create_new(self) -> None:
        self.events.append("new")

    def save(self) -> None:
        self.events.append("save")

    def print_out(self) -> None:
        self.events.append("print")


class Stock(Diary):
    """A page with everything in its header."""

    word = "stock"
    title = N_("Close")
    kinds = frozenset({"unit", "article"})
    search_hint = N_("User name")

    def header_buttons(self) -> list[QPushButton]:
        return [QPushButton("Importér"), QPushButton("Styrekort"), QPushButton("Udskriv mærkater")]

    def chips(self) -> list[QWidget]:
        return [QLabel("Uge 48")]


class Orders(Diary):
    """A page with nothing in its header."""

    word = "orders"
    title = N_("Back")
    kinds = frozenset({"order"})


@pytest.fixture
def undone() -> list[int]:
    return []


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, undone: list[int]
) -> Iterator[MainWindow]:
    theme.apply(qapp, "light")
    jobs, drafts = Jobs(contexts), Drafts(tmp_path, "db", "eva")

    def undo(_context: "Context", change_id: int) -> Done:
        if change_id == 13:
            raise Refused("No.")
        undone.append(change_id)
        return Done(99, frozenset({"unit"}), "unit.list")

    window = MainWindow(
        [
            RailItem("stock", Stock.title, "box", "a", Stock, lambda _context: 12),
            RailItem("orders", N_("Shop"), "order", "b", Orders, lambda _context: 0),
            RailItem("pass", Orders.title, "chair", "b", Orders, under="stock"),
        ],
        context=cast("Context", None),
        jobs=jobs,
        drafts=drafts,
        person=Person("Eva Holm", "Lager", "hold 1"),
        undo=undo,
        menu=PersonMenu(),
        is_code=lambda text: text.startswith("MC-"),
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("stock")
    assert jobs.wait_idle()
    yield window
    jobs.shutdown()
    drafts.close()


def diary(window: MainWindow) -> list[object]:
    page = window.page
    assert isinstance(page, Diary)
    return page.events


def press(window: MainWindow, key: Qt.Key) -> None:
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)


def test_a_page_is_made_on_its_first_visit_and_kept(window: MainWindow) -> None:
    assert window.stack.count() == 1
    assert diary(window) == [("activate", None), "reload"]
    first = window.page
    window.go("orders", 7)
    assert diary(window) == [("activate", 7), "reload"]
    window.go("stock")
    assert window.page is first
    assert diary(window) == [("activate", None), "reload", ("activate", None)]


def test_the_rail_marks_the_page_and_counts(window: MainWindow, qtbot: QtBot) -> None:
    stock, orders = window.rail.buttons["stock"], window.rail.buttons["orders"]
    qtbot.waitUntil(lambda: stock.count() == 12)
    assert stock.accessibleDescription() == "12 venter"
    assert orders.count() == 0
    QTest.mouseClick(orders, Qt.MouseButton.LeftButton)
    assert orders.isChecked()
    assert isinstance(window.page, Orders)
    window.go("pass")
    assert stock.isChecked()
    assert "pass" not in window.rail.buttons


def test_the_header_shows_the_parts_of_the_page(window: MainWindow) -> None:
    assert window.header.title.text() == "Luk"
    assert window.header.field.isVisible()
    assert window.header.field.placeholderText() == "Brugernavn"
    assert [b.text() for b in window.header.findChildren(QPushButton) if b.isVisible()] == [
        "Importér",
        "Styrekort",
        "Udskriv mærkater",
    ]
    window.go("orders")
    assert window.header.title.text() == "Butik"  # as in the rail
    assert not window.header.field.isVisible()
    assert not any(b.isVisible() for b in window.header.findChildren(QPushButton))


def test_keys_of_the_window(window: MainWindow) -> None:
    diary(window).clear()
    for key in (Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_P):
        press(window, key)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert diary(window) == ["new", "save", "print", "reload"]
    press(window, Qt.Key.Key_2)
    assert isinstance(window.page, Orders)
    press(window, Qt.Key.Key_1)
    assert isinstance(window.page, Stock)
    for key in (Qt.Key.Key_F, Qt.Key.Key_B):
        cast(Stock, window.page).note.setFocus()
        press(window, key)
        assert window.header.field.hasFocus()


def test_searching_waits_for_a_pause_and_escape_clears(window: MainWindow, qtbot: QtBot) -> None:
    diary(window).clear()
    field = window.header.field
    field.setFocus()
    QTest.keyClicks(field, "stol")
    assert diary(window) == []
    qtbot.waitUntil(lambda: diary(window) == [("search", "stol")])
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert diary(window)[-1] == ("search", "")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert cast(Stock, window.page).note.hasFocus()


def test_each_page_keeps_its_search(window: MainWindow) -> None:
    window.header.field.setText("bord")
    window.go("orders")
    window.go("stock")
    assert window.header.field.text() == "bord"


def test_a_number_typed_into_the_search_field_is_a_scan(window: MainWindow) -> None:
    diary(window).clear()
    window.header.field.setText("MC-004127-1")
    QTest.keyClick(window.header.field, Qt.Key.Key_Return)
    assert diary(window) == [("search", ""), ("scanned", "MC-004127-1")]
    assert window.header.field.text() == ""


def test_a_page_that_searches_for_codes_shows_what_it_searched_for(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stock, "scan_searches", True)
    window.scanned("MC-004127-1")
    assert window.header.field.text() == "MC-004127-1"


def test_a_page_tells_later_what_a_scan_came_to(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stock, "scanned", lambda _page, _code: None)
    window.scanned("MC-004127-1")
    assert window.header.field.property("flash") in (None, "")
    window.heard(good=False)
    assert window.header.field.property("flash") == "bad"


def test_a_code_the_page_cannot_use_is_said(window: MainWindow) -> None:
    window.scanned("5701234567899")
    assert window.messages.notice.text() == "5701234567899 bruges ikke på denne side."


def test_what_changed_reloads_what_shows_it(window: MainWindow) -> None:
    window.go("orders")
    window.go("stock")
    diary(window).clear()
    window.changed(Done(1, frozenset({"unit"})))
    assert diary(window) == ["reload"]
    window.changed(Done(2, frozenset({"order"})))
    assert diary(window) == ["reload"], "orders are hidden, and none of stock's business"
    window.go("orders")
    assert diary(window)[-2:] == [("activate", None), "reload"]
    window.go("stock")
    window.go("orders")
    assert diary(window)[-1] == ("activate", None), "nothing changed since"


def test_ctrl_z_takes_back_my_last_change_on_this_page(
    window: MainWindow, undone: list[int]
) -> None:
    window.changed(Done(5, frozenset({"unit"})), "12 møbler oprettet")
    window.go("orders")
    window.changed(Done(6, frozenset({"order"})))
    window.go("stock")
    diary(window).clear()
    press(window, Qt.Key.Key_Z)
    assert window.jobs.wait_idle()
    assert undone == [5]
    assert window.findChildren(Toast)[-1].accessibleName() == "Fortrudt: satte møbler til salg · 2"
    assert diary(window) == ["reload"]
    press(window, Qt.Key.Key_Z)
    assert window.jobs.wait_idle()
    assert undone == [5], "the change of the other page stays"
    assert "ikke noget at fortryde" in window.messages.notice.text()


def test_ctrl_z_in_a_field_takes_back_typing_first(window: MainWindow, undone: list[int]) -> None:
    window.changed(Done(5, frozenset({"unit"})))
    note = cast(Stock, window.page).note
    note.setFocus()
    QTest.keyClicks(note, "abc")
    press(window, Qt.Key.Key_Z)
    assert (note.text(), undone) == ("", [])
    press(window, Qt.Key.Key_Z)
    assert window.jobs.wait_idle()
    assert undone == [5]


def test_the_toast_takes_back_its_own_change(window: MainWindow, undone: list[int]) -> None:
    window.changed(Done(5, frozenset({"unit"})), "12 møbler oprettet")
    window.changed(Done(6, frozenset({"unit"})))
    (toast,) = window.findChildren(Toast)
    (button,) = toast.findChildren(QPushButton)
    assert button.text() == "Fortryd"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.jobs.wait_idle()
    assert undone == [5]


def test_a_refused_undo_can_be_tried_again(window: MainWindow) -> None:
    window.changed(Done(13, frozenset({"unit"})))
    for _ in range(2):
        window.messages.clear()
        press(window, Qt.Key.Key_Z)
        assert window.jobs.wait_idle()
        assert window.messages.notice.text() == "No."


def test_the_banner_sends_the_same_work_again(window: MainWindow) -> None:
    tries: list[int] = []

    def work(_context: "Context") -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("Locked.")

    window.jobs.write(work)
    assert window.jobs.wait_idle()
    banner = window.messages.banner
    assert banner.isVisible()
    again = next(b for b in banner.findChildren(QPushButton) if b.text() == "Prøv igen")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert window.jobs.wait_idle()
    assert len(tries) == 2
    assert not banner.isVisible()


def test_the_rail_says_whether_all_is_saved(window: MainWindow) -> None:
    person = window.rail.person
    assert person.text() == "Lager · hold 1\nAlt er gemt"
    window.jobs.write(lambda _context: None)
    assert person.text().endswith("Gemmer …")
    assert window.jobs.wait_idle()
    assert person.text().endswith("Alt er gemt")


def test_a_long_place_is_shortened_and_told_by_pointing(window: MainWindow) -> None:
    window.rail.set_person(Person("Eva", "Medarbejder", "Børnehuset Mælkevejen ved Skoven"))
    person = window.rail.person
    assert person.text().startswith("Medarbejder · Børne")
    assert "…\n" in person.text()
    assert "ved Skoven" in person.toolTip()
    assert person.width() >= person.sizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_at_the_smallest_size(
    qapp: QApplication, qtbot: QtBot, window: MainWindow, scale: float
) -> None:
    theme.apply(qapp, "light", scale=scale)

    def cut_off() -> list[QWidget]:
        parts = [window.header.title, *visible_buttons(window)]
        narrow = [part for part in parts if part.width() < part.sizeHint().width()]
        corners = {p: p.mapTo(window, p.rect().bottomRight()) for p in parts}
        return narrow + [p for p, corner in corners.items() if not window.rect().contains(corner)]

    qtbot.waitUntil(lambda: cut_off() == [])
    assert (window.width(), window.height()) == (1280, 720)
    assert window.header.field.width() >= 220
    theme.apply(qapp, "light")


def visible_buttons(window: MainWindow) -> list[QPushButton]:
    inside = [*window.header.findChildren(QPushButton), window.rail.person]
    return [button for button in inside if button.isVisible()]


def test_alt_left_goes_back_to_the_page_before_as_it_was_left(window: MainWindow) -> None:
    first, before = window.page, list(diary(window))
    window.go("orders")
    assert window.page is not first
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is first
    assert diary(window) == before, "neither opened anew nor read again"
    assert not window.back()


def test_esc_leaves_a_page_that_lies_under_another(window: MainWindow) -> None:
    first = window.page
    window.go("pass")
    assert window.header.back.isVisible()
    QTest.keyClick(cast(Diary, window.page).note, Qt.Key.Key_Escape)
    assert window.page is first
    assert not window.header.back.isVisible()
