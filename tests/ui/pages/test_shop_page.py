"""The shop in the real window: searching, taking, answering, sending, and what others took."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import changes, orders, shop
from tests import trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import shopping
from tests.ui.pages.customer import Desk, OpenWindow, items
from tests.world import World


def test_twelve_alike_chairs_are_ordered_in_six_actions_by_keyboard(
    desk: Desk, stocked: World
) -> None:
    window = desk.window
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = window.header.field
    desk.qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "12 kontorstole")
    desk.qtbot.waitUntil(lambda: desk.titles() == ["Kontorstol HÅG SoFi 7200"])
    QTest.keyClick(field, Qt.Key.Key_Down)
    desk.qtbot.waitUntil(desk.page.grid.hasFocus)
    desk.take()
    assert desk.page.basket.view is not None
    assert desk.page.basket.view.pieces == 12
    desk.answer()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    rows = orders.listed(stocked.person("leader")).rows
    assert [(row.number, row.pieces, row.total_ore) for row in rows] == [
        ("B-000001", 12, 1_020_000)
    ]
    assert desk.page.basket.view.pieces == 0
    assert "Kurven er tom" in desk.texts()


def test_the_basket_shows_price_saving_estimate_and_who_approves(desk: Desk) -> None:
    desk.search("12 kontorstol")
    desk.take()
    desk.page.basket.question.button(0).click()
    desk.settle()
    shown = desk.texts()
    for expected in (
        "Søndervangskolen · betales af 4300 Inventar",
        "12 af 24 · 850 kr. · A",
        "Reserveret til jer i 30 min.",
        "10.200 kr.",
        "30.000 kr.",
        "701 kg",
        "Mellem 355 kg og 1,2 ton",
        "Over din grænse på 10.000 kr.: Approver godkender.",
    ):
        assert expected in shown
    assert desk.page.basket.send.text() == "Send til godkendelse"
    desk.page.basket.rows[0].count_asked.emit(desk.page.basket.rows[0].line, 11)
    desk.settle()
    assert "11 af 24" in desk.texts()
    assert "Inden for din grænse på 10.000 kr." in desk.texts()
    assert desk.page.basket.send.text() == "Send bestilling"


def test_filters_narrow_and_count_and_can_be_cleared(desk: Desk) -> None:
    assert desk.page.filters.found.text() == "75 møbler · 4 slags"
    desk.page.filters.groups.box("other_chairs").click()
    desk.settle()
    assert desk.titles() == ["Stabelstol bøg"]
    assert desk.page.filters.groups.box("office_chairs").accessibleName().endswith("24 stk.")
    desk.page.filters.conditions.box("B").click()
    desk.settle()
    desk.search("kontor")
    assert desk.page.empty.isVisible()
    desk.page.empty.pressed.emit()
    desk.settle()
    assert desk.titles() == ["Kontorstol HÅG SoFi 7200"]
    desk.search("")
    QTest.keyClicks(desk.page.filters.least.line, "20")
    desk.settle()
    assert desk.titles() == ["Kontorstol HÅG SoFi 7200", "Stabelstol bøg"]
    assert desk.page.grid.currentIndex().isValid()
    card = desk.page.grid.current_card()
    assert card is not None
    assert card.action_text == "Tag 20"
    desk.page.filters.most.line.setText("")
    QTest.keyClicks(desk.page.filters.most.line, "abc")
    desk.settle()
    assert "ikke et beløb" in desk.page.filters.most.error.text()
    desk.page.filters.reset.click()
    desk.settle()
    assert len(desk.titles()) == 4


def test_when_all_is_taken_the_shop_says_so_and_what_comes_next(desk: Desk, stocked: World) -> None:
    neighbour = shopping.neighbour(stocked)
    card = shop.search(neighbour, Query("håg"), stocked.home).cards[0]
    shop.hold(neighbour, stocked.home, card.key, 24)
    trade.put_on_sale(stocked, 2, state="workshop", price_ore=None)  # type: ignore[arg-type]
    desk.search("håg")
    assert desk.titles() == []
    shown = desk.texts()
    assert "Alt er taget lige nu" in shown
    assert "2 møbler af den slags er på vej gennem varehuset til butikken." in shown
    assert "24 ligger i andre kurve og kommer tilbage, hvis de ikke bestilles." in shown


def test_more_alike_than_there_are_is_answered_with_how_many_there_are(desk: Desk) -> None:
    desk.search("30 kontorstole")
    assert desk.titles() == []
    shown = desk.texts()
    assert "Der er ikke 30 ens lige nu" in shown
    assert "24 møbler af den slags er til salg. Søg uden antallet for at se dem." in shown


def test_the_newest_keystroke_wins(desk: Desk) -> None:
    for text in ("s", "st", "sta", "stab", "stabe", "bogreol"):
        desk.page.search(text)
    desk.settle()
    assert desk.titles() == ["Bogreol eg 80×190"]


def test_what_is_not_found_says_what_to_do(desk: Desk, stocked: World) -> None:
    desk.search("xyzzy")
    assert "Der er ikke fundet noget på ”xyzzy”" in desk.texts()
    unit = trade.put_on_sale(stocked, 1, state="workshop")[0]
    desk.window.scanned(trade.number(stocked.context, unit))
    desk.settle()
    assert "er ikke til salg: møblet er på værksted" in desk.texts()


def test_fewer_than_wished_are_taken_and_said(desk: Desk, stocked: World, clock: Clock) -> None:
    other = shopping.neighbour(stocked)
    desk.search("10 bogreol")
    key = next(iter(desk.page._found.values())).key
    shop.hold(other, stocked.home, key, 12)
    desk.take()
    assert "Der var kun 2 af de 10" in desk.window.messages.notice.text()
    assert "2 af 2" in desk.texts()


def test_a_basket_that_ran_out_is_held_again_or_told_what_is_gone(
    desk: Desk, stocked: World, clock: Clock
) -> None:
    desk.search("2 bogreol")
    desk.take()
    clock.advance(minutes=31)
    desk.page.basket.tick()
    assert "Reservationen er udløbet" in desk.texts()
    desk.page.basket.held.button.click()
    desk.settle()
    assert "Reserveret til jer i 30 min." in desk.texts()
    desk.answer()
    clock.advance(minutes=31)
    key = desk.page.basket.rows[0].line.key
    shop.hold(shopping.neighbour(stocked), stocked.home, key, 1)
    desk.page.basket.send.click()
    desk.settle()
    assert "Andre kom først: Bogreol eg" in desk.window.messages.notice.text()
    assert "kan ikke længere fås" in desk.texts()
    assert not desk.page.basket.send.isEnabled()
    desk.page.basket.gone.button.click()
    desk.settle()
    assert desk.page.basket.send.isEnabled()
    desk.page.basket.send.click()
    desk.settle()
    assert orders.listed(stocked.person("leader")).rows[0].pieces == 1


def test_what_somebody_else_undid_is_told_in_the_basket(desk: Desk, stocked: World) -> None:
    desk.search("2 bogreol")
    desk.take()
    newest = changes.page(stocked.person("lager"), changes.ChangeFilter())[0]
    assert newest.kind == "shop.hold"
    changes.undo(stocked.context, newest.id)
    desk.window.reload()
    desk.settle()
    told = desk.page.basket.gone
    assert told.text.text().startswith("2 møbler er ikke længere reserveret til jer, men kan ")
    desk.take()
    assert not told.isVisible()
    assert "2 af 14" in desk.texts()


def test_an_opened_card_takes_a_number_or_exactly_these(desk: Desk, stocked: World) -> None:
    desk.search("stabelstol")
    QTest.keyClick(desk.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    dialog = desk.page._dialog
    assert dialog is not None
    facts = dict(dialog.facts.facts())
    assert facts["Pris"].replace("\u00a0", " ") == "140 kr."
    dialog.count.line.setText("37")
    dialog.take.click()
    assert "fra 1 til 36" in dialog.notice.text()
    dialog.count.line.setText("5")
    dialog.take.click()
    desk.settle()
    assert desk.page._dialog is None
    assert "5 af 36" in desk.texts()
    desk.page._open(desk.page.basket.rows[0].line.key)
    desk.settle()
    dialog = desk.page._dialog
    assert dialog is not None
    assert len(dialog.pieces) == 31
    first = next(iter(dialog.pieces.values()))
    first.click()
    assert dialog.take.text() == "Tag netop dette møbel"
    dialog.take.click()
    desk.settle()
    assert "6 af 36" in desk.texts()
    assert "netop disse" in desk.texts()


def test_a_lines_menu_answers_and_removes(desk: Desk) -> None:
    desk.search("2 stabelstol")
    desk.take()
    row = desk.page.basket.rows[0]
    menu = row.menu()
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == [
        "Én mere",
        "Én mindre",
        "Detaljer og antal …",
        "Ville I ellers have købt nyt?",
        "Fjern fra kurven",
    ]
    row.answered.emit(row.line, Answer.NO)
    desk.settle()
    assert "· Nej" in desk.texts()
    row = desk.page.basket.rows[0]
    row.count_asked.emit(row.line, 0)
    desk.settle()
    assert "Kurven er tom" in desk.texts()


def test_who_only_looks_sees_the_shop_without_a_basket(
    stocked: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager = stocked.person("lager")
    desk = Desk(open_window("lager", items(lager)), qtbot)
    assert not desk.page.basket.isVisible()
    assert len(desk.titles()) == 4
    card = desk.page.grid.current_card()
    assert card is not None
    assert card.action_text == ""
    QTest.keyClick(desk.page.grid, Qt.Key.Key_Return)
    desk.settle()
    assert desk.page._dialog is not None
    assert not desk.page._dialog.take.isVisible()
    desk.page._dialog.reject()


def test_who_has_several_institutions_chooses_whose_basket_it_is(
    stocked: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    both = shopping.person(
        stocked, "begge", (Role.LEADER, stocked.school), (Role.LEADER, stocked.home)
    )
    stocked.people["begge"] = both.actor
    desk = Desk(open_window("begge", items(both)), qtbot)
    place = desk.page.basket.place
    assert place.isVisible()
    assert place.text() == "Plejecenter Åbo"
    place.combo.setCurrentIndex(1)
    desk.settle()
    desk.search("2 bogreol")
    desk.take()
    assert shop.basket(both, stocked.school).pieces == 2
    place.combo.setCurrentIndex(0)
    desk.settle()
    assert "Kurven er tom" in desk.texts()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_it_fits_the_window_and_is_danish(
    stocked: World, open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    desk = Desk(open_window("leader", items(stocked.person("leader")), size=size), qtbot)
    desk.search("12 stole")
    desk.take()
    page = desk.page
    assert page.width() <= size[0] - page.mapTo(desk.window, page.rect().topLeft()).x()
    for widget in (page.basket.send, page.basket.total, page.filters.found):
        corner = widget.mapTo(desk.window, widget.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
    labels = [label.text() for label in page.findChildren(QLabel)]
    buttons = [button.text() for button in page.findChildren(QPushButton)]
    assert left_english([*labels, *buttons]) == []


def test_what_was_taken_and_undone_is_taken_anew_and_nothing_is_wrong(
    desk: Desk, stocked: World
) -> None:
    desk.take()
    notice = desk.window.messages.notice
    keys = (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Y)
    told = []
    for key in keys:
        QTest.keyClick(desk.window, key, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        told.append((notice.text(), notice.property("card")))
    assert told[1:] == [
        ("Tag det igen i butikken: så er det reserveret til jer fra da af.", "money"),
        ("Der er ikke fortrudt noget på denne side, som kan gentages.", "money"),
    ]
    desk.take()
    assert desk.page.basket.view is not None
    assert desk.page.basket.view.pieces == 1
