"""Sending a basket in the real window: the question, the message, whom it waits for, undo."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import orders, parameters
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.orders.page import OrdersPage
from tests.ui.pages.customer import Customer
from tests.world import World


def test_sending_can_be_undone_from_the_toast(customer: Customer, stocked: World) -> None:
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    customer.page.basket.note.line.setText("Til aulaen")
    customer.page.basket.send.click()
    customer.settle()
    toast = next(toast for toast in customer.window.findChildren(Toast) if toast.isVisible())
    assert toast.accessibleName() == "B-000001 er sendt. Lageret aftaler dagen med jer."
    toast.findChildren(QPushButton)[0].click()
    customer.settle()
    assert customer.page.basket.view is not None
    assert customer.page.basket.view.pieces == 3
    assert orders.listed(stocked.person("leader")).rows == ()


def test_after_sending_by_keyboard_a_second_return_does_not_take_the_order_back(
    customer: Customer, stocked: World
) -> None:
    customer.search("lænestol")  # the only one: nothing is left to show
    customer.take()
    customer.answer()
    customer.page.basket.send.setFocus()
    QTest.keyClick(customer.page.basket.send, Qt.Key.Key_Return)
    customer.settle()
    assert customer.toast().startswith("B-000001 ")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not any(toast.isAncestorOf(focus) for toast in customer.window.findChildren(Toast))
    QTest.keyClick(focus, Qt.Key.Key_Return)
    customer.settle()
    assert len(orders.listed(stocked.person("leader")).rows) == 1


def test_after_sending_the_keyboard_is_on_the_order_and_return_shows_it(
    customer: Customer, stocked: World
) -> None:
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    customer.page.basket.send.setFocus()
    QTest.keyClick(customer.page.basket.send, Qt.Key.Key_Return)
    customer.settle()
    order = customer.page.basket.order
    assert order.text() == "Vis bestilling B-000001"
    assert QApplication.focusWidget() is order
    QTest.keyClick(customer.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    assert order.isHidden()
    assert QApplication.focusWidget() is customer.page.basket.note.line
    customer.page.basket.send.click()
    customer.settle()
    QTest.keyClick(order, Qt.Key.Key_Return)
    customer.settle()
    page = customer.window.page
    assert isinstance(page, OrdersPage)
    assert [row.number for row in page.table.selected_rows()] == ["B-000002"]


def test_send_says_that_the_question_is_open_and_puts_the_keyboard_there(
    customer: Customer, stocked: World
) -> None:
    customer.search("3 stabelstol")
    customer.take()
    question = customer.page.basket.question
    assert question.draft() is None
    customer.page.basket.send.click()
    customer.settle()
    assert orders.listed(stocked.person("leader")).rows == ()
    assert question.error.text() == "Ville I ellers have købt nyt? Svar, før I sender."
    assert question.error.isVisible()
    assert question.button(0).hasFocus()
    assert question.draft() is None
    question.button(3).click()
    customer.settle()
    assert question.error.text() == ""
    customer.page.basket.send.click()
    customer.settle()
    (row,) = orders.listed(stocked.person("leader")).rows
    assert orders.detail(stocked.person("leader"), row.id).answer is Answer.UNKNOWN


def test_the_message_after_sending_names_the_approver_and_says_when_it_comes(
    customer: Customer, stocked: World
) -> None:
    parameters.save(stocked.person("admin"), {"delivery_words": "Vi kører ud torsdag."})
    customer.search("12 kontorstol")
    customer.take()
    customer.answer()
    assert "Vi kører ud torsdag." in customer.texts()
    customer.page.basket.send.click()
    customer.settle()
    assert customer.toast() == "B-000001 venter nu på Approver. Vi kører ud torsdag."
    customer.window.go("orders")
    customer.settle()
    shown = customer.window.page
    assert shown is not None
    texts = "\n".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())
    assert "Venter på\nApprover" in texts
    assert "Når den er godkendt. Vi kører ud torsdag." in texts


def test_a_cpr_number_in_the_message_is_told_by_the_message(
    customer: Customer, stocked: World
) -> None:
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    note = customer.page.basket.note
    note.line.setText("Til Jens 010190-1234")
    customer.page.basket.send.setFocus()
    customer.page.basket.send.click()
    customer.settle()
    assert "CPR" in note.error.text()
    assert note.error.isVisible()
    assert note.line.hasFocus()
    assert customer.window.messages.notice.text() == ""
    note.line.clear()
    QTest.keyClicks(note.line, "Til aulaen")
    assert note.error.text() == ""
    customer.page.basket.send.click()
    customer.settle()
    assert (note.line.text(), note.error.text()) == ("", "")
    assert len(orders.listed(stocked.person("leader")).rows) == 1


def test_a_message_that_is_too_long_is_kept_and_told_before_it_is_sent(
    customer: Customer, stocked: World
) -> None:
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    note = customer.page.basket.note
    note.line.setText("x" * 501)
    customer.page.basket.send.click()
    customer.settle()
    assert note.error.text() == "Teksten må fylde 500 tegn. Du har skrevet 501."
    assert note.line.hasFocus()
    assert orders.listed(stocked.person("leader")).rows == ()
    QTest.keyClick(note.line, Qt.Key.Key_Backspace)
    customer.page.basket.send.click()
    customer.settle()
    assert len(orders.listed(stocked.person("leader")).rows) == 1


def test_the_basket_asks_when_it_is_needed_and_says_whether_it_can_come(
    customer: Customer, stocked: World
) -> None:
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    box = customer.page.basket.wishes
    assert "Kommer i uge" in box.promise.text()
    QTest.keyClicks(box.needed.line, "1.1.2020")
    assert "det er efter" in box.promise.text()
    customer.page.basket.send.click()
    customer.settle()
    assert box.needed.error.isVisible()
    assert box.needed.line.hasFocus()
    box.needed.line.selectAll()
    QTest.keyClicks(box.needed.line, "1.1.2027")
    assert box.needed.error.text() == ""
    assert not box.building.isVisible()
    box.more.click()
    QTest.keyClicks(box.building.line, "Bygning A")
    box.way_in.set_value("lift")
    customer.page.basket.send.click()
    customer.settle()
    (row,) = orders.listed(stocked.person("leader")).rows
    detail = orders.detail(stocked.person("leader"), row.id)
    assert (detail.wishes.building, detail.wishes.way_in) == ("Bygning A", "lift")
    assert detail.wishes.needed_on is not None
    customer.window.go("orders")
    customer.settle()
    assert "Bygning A · elevator" in " ".join(
        label.text() for label in customer.window.findChildren(QLabel)
    )
