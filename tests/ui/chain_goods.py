"""The furniture's way, as each person walks it: intake, workshop, sale, order, delivery, return."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog, PaperDialog
from tests.documents import reading
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import BENCH, HOME, SCHOOL, SHELF

#: One line of the price list, and how it is called here.
PRODUCT = "MARKUS · Office chair"


def shown(page: QWidget) -> str:
    """Every label that is on screen."""
    said = "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    return said.replace("\u00a0", " ")


def receive(hands: Hands) -> list[str]:
    """Two good ones on the shelf, a worn one to the workshop; the numbers as the labels show."""
    page = hands.page(IntakePage)
    assert page.givers.finder.hasFocus()
    hands.write("plej")
    hands.press(Qt.Key.Key_Return)
    assert page.card.heading.text() == f"Modtag fra {HOME}"
    hands.write("markus")
    hands.suggested(page.form.type, PRODUCT)
    assert page.form.category.value() == "office_task_chair"
    hands.write("b2c1")
    hands.choose(page.form.place.combo, f"2-14-C · {SHELF}")
    hands.press(Qt.Key.Key_Return, CTRL)
    dialog = hands.dialog(LabelSheetDialog)
    sheet = dialog.preview._data
    assert PRODUCT in reading.whole_text(sheet)
    numbers = sorted(reading.codes(reading.picture(sheet)))
    assert len(numbers) == 3
    hands.press(Qt.Key.Key_Escape)
    assert hands.window.focusWidget() is page.form.type.line
    return numbers


def repair(hands: Hands, number: str) -> None:
    """A new gas lift and a cleaning, each with its minutes; good as the others afterwards."""
    hands.page(CasesPage, "cases")
    hands.scan(number)
    dialog = hands.dialog(CaseDialog)
    for word, name, minutes in (("gas", "Skift gaspatron", "25"), ("reng", "Rengøring", "10")):
        hands.write(word, dialog.tasks.add_field.line)
        hands.suggested(dialog.tasks.add_field, name)
        line = dialog.tasks.lines[-1]
        assert line.box.text() == name
        hands.retype(line.minutes.line, minutes)
        hands.press(Qt.Key.Key_Return)
        dialog.tasks.lines[-1].box.setFocus()
        hands.press(Qt.Key.Key_Space)
        assert dialog.tasks.lines[-1].task.done
    assert "355 kr." in dialog.advice.text().replace("\u00a0", " ")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.click(dialog.finish.all.button(1))
    hands.choose(dialog.finish.place.combo, f"2-14-C · {SHELF}")
    hands.press(Qt.Key.Key_Return, CTRL)


def put_on_sale(hands: Hands) -> None:
    """All three at the price of the rule."""
    page = hands.page(StockPage, "stock")
    page.table.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    assert page.count.text() == "3 valgt"
    hands.click(page.actions_of._buttons["sale"])
    hands.click(hands.dialog(ActionDialog).verb)
    rows = [page.model.peek(number) for number in range(3)]
    assert {row.price_ore for row in rows if row} == {550_00}
    assert set(in_stock(hands).values()) == {"listed"}


def in_stock(hands: Hands) -> dict[str, str]:
    """Number and state of each piece that the table of the stock shows."""
    model = hands.page(StockPage, "stock").model
    rows = [model.peek(number) for number in range(model.rowCount())]
    return {row.number: row.state for row in rows if row}


def order(hands: Hands) -> None:
    """Two of the three; the one question; above the school's limit."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    assert hands.window.header.field.hasFocus()
    hands.write("2 markus")
    hands.press(Qt.Key.Key_Return)
    assert page.filters.found.text() == "3 møbler · 1 slags"
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    said = shown(page)
    for expected in ("2 af 3 · 550 kr. · B", "1.100 kr.", "betales af 4300 Inventar"):
        assert expected in said
    assert "Over din grænse på 1.000 kr.: Godkender godkender." in said
    assert page.basket.send.text() == "Send til godkendelse"
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def approve(hands: Hands) -> None:
    """Who may above the limit says yes."""
    page = hands.page(ApprovalsPage, "approvals")
    assert "over grænsen på 1.000 kr." in shown(page)
    hands.click(page.approve)
    assert "Intet venter på dig" in shown(page)


def pick(hands: Hands, numbers: list[str], *, left: str) -> None:
    """By scanner: the first is one that nobody ordered; it takes the place of an alike one."""
    ordered = {numbers[0]: "listed", numbers[1]: "ordered", left: "ordered"}
    assert in_stock(hands) == ordered
    page = hands.page(DeliveriesPage, "deliveries")
    for count, number in enumerate(numbers, start=1):
        hands.scan(number)
        said = page.said.text().replace("\u00a0", " ")
        assert said == f"{number} plukket til {SCHOOL} · {PRODUCT} · {count} af 2"
    hands.scan(left)
    assert "ikke bestilt" in page.said.text()
    assert in_stock(hands) == dict.fromkeys(numbers, "picked") | {left: "listed"}


def hand_over(hands: Hands, numbers: list[str]) -> None:
    """The note is scanned and handed over, taken back by Ctrl+Z, and handed over again."""
    page = hands.page(DeliveriesPage, "deliveries")
    hands.click(page.notes_button)
    paper = reading.whole_text(hands.dialog(PaperDialog).preview._data)
    for expected in (*numbers, SCHOOL, PRODUCT, "F-00001"):
        assert expected in paper
    hands.press(Qt.Key.Key_Escape)
    hands.scan("F-00001")
    _sign(hands)
    assert page.notes_card.isHidden()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert page.notes_card.isVisible()
    assert page.receivers_card.list.rows.entries[-1].progress == "2 af 2 plukket"
    page.notes_card.table.setFocus()
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Return)
    _sign(hands)
    assert page.notes_card.isHidden()


def deliver(hands: Hands, pieces: int) -> None:
    """All that waits is picked in one round, and handed over with the first delivery note."""
    page = hands.page(DeliveriesPage, "deliveries")
    page.table.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.click(page.pick_button)
    hands.click(page.notes_button)
    hands.dialog(PaperDialog)
    hands.press(Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    hands.scan("F-00001")
    said = hands.dialog(HandOverDialog).verb.text()
    assert said.startswith(f"Udlevér {pieces} "), said
    hands.press(Qt.Key.Key_Return)


def _sign(hands: Hands) -> None:
    dialog = hands.dialog(HandOverDialog)
    assert dialog.verb.text() == "Udlevér 2 møbler"
    hands.write("Mette Holm", dialog.received_by.line)
    hands.press(Qt.Key.Key_Return)


def take_back(hands: Hands, number: str) -> None:
    """One comes back, worn."""
    page = hands.page(DeliveriesPage)
    hands.click(page.back_button)
    dialog = hands.dialog(TakeBackDialog)
    hands.scan(number)
    assert [piece.number for piece in dialog.model.rows] == [number]
    hands.click(dialog.conditions[2])
    hands.choose(dialog.place.combo, f"V-1 · {BENCH}")
    hands.click(dialog.verb)
    assert not page.said.isVisible()
