"""The shop in the real window: searching, taking, answering, sending, and what others took."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import changes, orders, pickups, shop
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.ui.pages.shop.words import card_of
from tests import trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import shopping
from tests.services.reported import line_of, reported
from tests.ui.pages.customer import Customer, OpenWindow, items
from tests.world import World


def test_twelve_alike_chairs_are_ordered_in_six_actions_by_keyboard(
    customer: Customer, stocked: World
) -> None:
    window = customer.window
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = window.header.field
    customer.qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "12 kontorstole")
    customer.qtbot.waitUntil(lambda: customer.titles() == ["Kontorstol HÅG SoFi 7200"])
    QTest.keyClick(field, Qt.Key.Key_Down)
    customer.qtbot.waitUntil(customer.page.grid.hasFocus)
    customer.take()
    assert customer.page.basket.view is not None
    assert customer.page.basket.view.pieces == 12
    customer.answer()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    rows = orders.listed(stocked.person("leader")).rows
    assert [(row.number, row.pieces, row.total_ore) for row in rows] == [
        ("B-000001", 12, 1_020_000)
    ]
    assert customer.page.basket.view.pieces == 0
    assert "Kurven er tom" in customer.texts()


def test_the_basket_shows_price_saving_estimate_and_who_approves(customer: Customer) -> None:
    customer.search("12 kontorstol")
    customer.take()
    customer.page.basket.question.button(0).click()
    customer.settle()
    shown = customer.texts()
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
    assert customer.page.basket.send.text() == "Send til godkendelse"
    customer.page.basket.rows[0].count_asked.emit(customer.page.basket.rows[0].line, 11)
    customer.settle()
    assert "11 af 24" in customer.texts()
    assert "Inden for din grænse på 10.000 kr." in customer.texts()
    assert customer.page.basket.send.text() == "Send bestilling"


def test_filters_narrow_and_count_and_can_be_cleared(customer: Customer) -> None:
    assert customer.page.filters.found.text() == "75 møbler · 4 slags"
    customer.page.filters.boxes["groups"].box("other_chairs").click()
    customer.settle()
    assert customer.titles() == ["Stabelstol bøg"]
    assert (
        customer.page.filters.boxes["groups"]
        .box("office_chairs")
        .accessibleName()
        .endswith("24 stk.")
    )
    customer.page.filters.boxes["conditions"].box("B").click()
    customer.settle()
    customer.search("kontor")
    assert customer.page.empty.isVisible()
    customer.page.empty.pressed.emit()
    customer.settle()
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200"]
    customer.search("")
    QTest.keyClicks(customer.page.filters.least.line, "20")
    customer.settle()
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200", "Stabelstol bøg"]
    assert customer.page.grid.currentIndex().isValid()
    card = customer.page.grid.current_card()
    assert card is not None
    assert card.action_text == "Tag 20"
    customer.page.filters.most.line.setText("")
    QTest.keyClicks(customer.page.filters.most.line, "abc")
    customer.settle()
    assert "ikke et beløb" in customer.page.filters.most.error.text()
    customer.page.filters.reset.click()
    customer.settle()
    assert len(customer.titles()) == 4


def test_when_all_is_taken_the_shop_says_so_and_what_comes_next(
    customer: Customer, stocked: World
) -> None:
    neighbour = shopping.neighbour(stocked)
    card = shop.search(neighbour, Query("håg"), stocked.home).cards[0]
    shop.hold(neighbour, stocked.home, card.key, 24)
    trade.put_on_sale(stocked, 2, state="workshop", price_ore=None)  # type: ignore[arg-type]
    customer.search("håg")
    assert customer.titles() == []
    shown = customer.texts()
    assert "Alt er taget lige nu" in shown
    assert "2 møbler af den slags er på vej gennem varehuset til butikken." in shown
    assert "24 ligger i andre kurve og kommer tilbage, hvis de ikke bestilles." in shown


def test_more_alike_than_there_are_is_answered_with_how_many_there_are(customer: Customer) -> None:
    customer.search("30 kontorstole")
    assert customer.titles() == []
    shown = customer.texts()
    assert "Der er ikke 30 ens lige nu" in shown
    assert "24 møbler af den slags er til salg. Søg uden antallet for at se dem." in shown


def test_the_newest_keystroke_wins(customer: Customer) -> None:
    for text in ("s", "st", "sta", "stab", "stabe", "bogreol"):
        customer.page.search(text)
    customer.settle()
    assert customer.titles() == ["Bogreol eg 80×190"]


def test_a_measure_in_short_and_a_size_mark_are_understood(
    customer: Customer, stocked: World
) -> None:
    article = shopping.article(
        stocked, "Elevstol Labofa", "school_chair", size_mark="4-5", height_min_mm=460
    )
    trade.put_on_sale(stocked, 4, article_id=article)
    for text in ("elevstol str. 5", "4 elevstole h 45-47", "str 5"):
        customer.search(text)
        assert customer.titles() == ["Elevstol Labofa"], text
    customer.search("elevstol str. 2")
    assert customer.titles() == []
    assert "Der er ikke fundet noget på ”elevstol str. 2”" in customer.texts()


def test_what_is_not_found_says_what_to_do(customer: Customer, stocked: World) -> None:
    customer.search("xyzzy")
    assert "Der er ikke fundet noget på ”xyzzy”" in customer.texts()
    unit = trade.put_on_sale(stocked, 1, state="workshop")[0]
    customer.window.scanned(trade.number(stocked.context, unit))
    customer.settle()
    assert "er ikke til salg: møblet er på værksted" in customer.texts()


def test_fewer_than_wished_are_taken_and_said(
    customer: Customer, stocked: World, clock: Clock
) -> None:
    other = shopping.neighbour(stocked)
    customer.search("10 bogreol")
    key = next(iter(customer.page._found.values())).key
    shop.hold(other, stocked.home, key, 12)
    customer.take()
    assert "Der var kun 2 af de 10" in customer.window.messages.notice.text()
    assert "2 af 2" in customer.texts()


def test_a_basket_that_ran_out_is_held_again_or_told_what_is_gone(
    customer: Customer, stocked: World, clock: Clock
) -> None:
    customer.search("2 bogreol")
    customer.take()
    clock.advance(minutes=31)
    customer.page.basket.tick()
    assert "Reservationen er udløbet" in customer.texts()
    customer.page.basket.held.button.click()
    customer.settle()
    assert "Reserveret til jer i 30 min." in customer.texts()
    customer.answer()
    clock.advance(minutes=31)
    key = customer.page.basket.rows[0].line.key
    shop.hold(shopping.neighbour(stocked), stocked.home, key, 1)
    customer.page.basket.send.click()
    customer.settle()
    assert "Andre kom først: Bogreol eg" in customer.window.messages.notice.text()
    assert "kan ikke længere fås" in customer.texts()
    assert not customer.page.basket.send.isEnabled()
    customer.page.basket.gone.button.click()
    customer.settle()
    assert customer.page.basket.send.isEnabled()
    customer.page.basket.send.click()
    customer.settle()
    assert orders.listed(stocked.person("leader")).rows[0].pieces == 1


def test_what_somebody_else_undid_is_told_in_the_basket(customer: Customer, stocked: World) -> None:
    customer.search("2 bogreol")
    customer.take()
    newest = changes.page(stocked.person("lager"), changes.ChangeFilter())[0]
    assert newest.kind == "shop.hold"
    changes.undo(stocked.context, newest.id)
    customer.window.reload()
    customer.settle()
    told = customer.page.basket.gone
    assert told.text.text().startswith("2 møbler er ikke længere reserveret til jer, men kan ")
    customer.take()
    assert not told.isVisible()
    assert "2 af 14" in customer.texts()


def test_an_opened_card_takes_a_number_or_exactly_these(customer: Customer, stocked: World) -> None:
    customer.search("stabelstol")
    QTest.keyClick(customer.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    dialog = customer.page._dialog
    assert dialog is not None
    facts = dict(dialog.facts.facts())
    assert facts["Pris"].replace("\u00a0", " ") == "140 kr."
    dialog.count.line.setText("37")
    dialog.take.click()
    assert "fra 1 til 36" in dialog.notice.text()
    dialog.count.line.setText("5")
    dialog.take.click()
    customer.settle()
    assert customer.page._dialog is None
    assert "5 af 36" in customer.texts()
    customer.page._open(customer.page.basket.rows[0].line.key)
    customer.settle()
    dialog = customer.page._dialog
    assert dialog is not None
    assert len(dialog.pieces) == 31
    first = next(iter(dialog.pieces.values()))
    first.click()
    assert dialog.take.text() == "Tag netop dette møbel"
    dialog.take.click()
    customer.settle()
    assert "6 af 36" in customer.texts()
    assert "netop disse" in customer.texts()


def test_a_lines_menu_answers_and_removes(customer: Customer) -> None:
    customer.search("2 stabelstol")
    customer.take()
    row = customer.page.basket.rows[0]
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
    customer.settle()
    assert "· Nej" in customer.texts()
    row = customer.page.basket.rows[0]
    row.count_asked.emit(row.line, 0)
    customer.settle()
    assert "Kurven er tom" in customer.texts()


def test_who_only_looks_sees_the_shop_without_a_basket(
    stocked: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager = stocked.person("lager")
    customer = Customer(open_window("lager", items(lager)), qtbot)
    assert not customer.page.basket.isVisible()
    assert len(customer.titles()) == 4
    card = customer.page.grid.current_card()
    assert card is not None
    assert card.action_text == ""
    QTest.keyClick(customer.page.grid, Qt.Key.Key_Return)
    customer.settle()
    assert customer.page._dialog is not None
    assert not customer.page._dialog.take.isVisible()
    customer.page._dialog.reject()


def test_who_has_several_institutions_chooses_whose_basket_it_is(
    stocked: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    both = shopping.person(
        stocked, "begge", (Role.LEADER, stocked.school), (Role.LEADER, stocked.home)
    )
    stocked.people["begge"] = both.actor
    customer = Customer(open_window("begge", items(both)), qtbot)
    place = customer.page.basket.place
    assert place.isVisible()
    assert place.text() == "Plejecenter Åbo"
    place.combo.setCurrentIndex(1)
    customer.settle()
    customer.search("2 bogreol")
    customer.take()
    assert shop.basket(both, stocked.school).pieces == 2
    place.combo.setCurrentIndex(0)
    customer.settle()
    assert "Kurven er tom" in customer.texts()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_it_fits_the_window_and_is_danish(
    stocked: World, open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    customer = Customer(open_window("leader", items(stocked.person("leader")), size=size), qtbot)
    customer.search("12 stole")
    customer.take()
    page = customer.page
    assert page.width() <= size[0] - page.mapTo(customer.window, page.rect().topLeft()).x()
    for widget in (page.basket.send, page.basket.total, page.filters.found):
        corner = widget.mapTo(customer.window, widget.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
    labels = [label.text() for label in page.findChildren(QLabel)]
    buttons = [button.text() for button in page.findChildren(QPushButton)]
    assert left_english([*labels, *buttons]) == []


def _place_in(ground: QWidget | None, widget: QWidget) -> QRect:
    assert ground is not None
    return QRect(widget.mapTo(ground, QPoint(0, 0)), widget.size())


def test_with_several_lines_the_question_and_the_way_on_stay_in_sight(
    stocked: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = stocked.person("leader")
    customer = Customer(open_window("leader", items(leader), size=(1280, 720)), qtbot)
    for words in ("kontorstol", "bogreol", "stabelstol"):
        customer.search(words)
        customer.take()
    basket = customer.page.basket
    assert len(basket.rows) == 3
    for widget in (*(basket.question.button(n) for n in range(4)), basket.send):
        assert widget.visibleRegion().boundingRect() == widget.rect()
    basket.send.click()
    note = basket.question.error
    assert note.isVisible()
    # It says the question too, so that of the label no rest is left above it.
    assert not note.geometry().intersects(_place_in(note.parentWidget(), basket.question.editor))
    label = _place_in(note.parentWidget(), basket.question.label)
    assert note.geometry().top() <= label.top()
    assert note.geometry().bottom() >= label.bottom()


def test_what_was_taken_and_undone_is_taken_anew_and_nothing_is_wrong(
    customer: Customer, stocked: World
) -> None:
    customer.take()
    notice = customer.window.messages.notice
    keys = (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Y)
    told = []
    for key in keys:
        QTest.keyClick(customer.window, key, Qt.KeyboardModifier.ControlModifier)
        customer.settle()
        told.append((notice.text(), notice.property("card")))
    assert told[1:] == [
        ("Tag det igen i butikken: så er det reserveret til jer fra da af.", "money"),
        ("Der er ikke fortrudt noget på denne side, som kan gentages.", "money"),
    ]
    customer.take()
    assert customer.page.basket.view is not None
    assert customer.page.basket.view.pieces == 1


def test_what_stands_with_oneself_is_said_in_the_basket_which_is_not_sent(
    customer: Customer, stocked: World
) -> None:
    leader, lager = stocked.person("leader"), stocked.person("lager")
    chairs = ReportedLine(article_id=stocked.chair, category_key="", pieces=1, condition="C")
    key = reported(stocked, lines=(chairs,))
    pickups.offer(lager, key, [line_of(lager, key)])
    (card,) = [each for each in shop.search(leader, Query()).cards if each.at_giver]
    assert card_of(card, 1, basket=True).count_text == "1 hos afgiver"
    more = dataclasses.replace(card, available=12)
    assert card_of(more, 1, basket=True).count_text == "12 stk. · 1 hos afgiver"
    shop.hold(leader, stocked.school, card.key, 1)
    customer.page.reload()
    customer.settle()
    customer.answer()
    assert "Det her står hos jer selv: " in customer.texts()
    assert not customer.page.basket.send.isEnabled()
    line = customer.page.basket.rows[0].line
    customer.page.basket.count_asked.emit(line, 0)
    customer.settle()
    assert customer.page.basket.own.isHidden()
