"""The shop narrowed by where pieces stand and by what is known of toys: only those are taken."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from moebelcirkel.services.context import Saved, Work
from moebelcirkel.storage.tables.places import Place
from tests import trade
from tests.services import shopping
from tests.ui.pages.customer import Customer
from tests.world import World


def in_basket(customer: Customer) -> set[int]:
    view = customer.page.basket.view
    assert view is not None
    return {each.unit_id for line in view.lines for each in line.held}


def test_a_place_is_ticked_and_what_stands_there_is_taken(
    customer: Customer, stocked: World
) -> None:
    def fill(work: Work) -> Saved:
        row = Place(code="3-1-A", name="Hal 3 · Reol 1 · A")
        work.session.add(row)
        work.session.flush()
        return Saved(id=row.id)

    hall_3 = int(stocked.context.write("place.save", None, fill).id)
    there = trade.put_on_sale(stocked, 2, condition="A", price_ore=85_000, place_id=hall_3)
    customer.page.reload()
    customer.settle()
    box = customer.page.filters.boxes["places"].box("Hal 3")
    assert box.accessibleName() == "Placering: Hal 3, 2 stk."
    box.click()
    customer.settle()
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200"]
    assert customer.page.filters.found.text() == "2 møbler · 1 slags"
    customer.take()
    (taken,) = in_basket(customer)
    assert taken in there
    customer.page.filters.reset.click()
    customer.settle()
    assert customer.page.filters.found.text() == "77 møbler · 4 slags"


def test_toys_are_found_by_age_and_cleaning_and_told_piece_by_piece(
    customer: Customer, stocked: World
) -> None:
    box = shopping.article(stocked, "Byggeklodser", "toys_box")
    clean = trade.put_on_sale(
        stocked, 2, article_id=box, toy_age="3-5", toy_complete=True, toy_cleaned=True
    )
    trade.put_on_sale(stocked, 3, article_id=box, toy_age="3-5", toy_cleaned=False)
    customer.page.reload()
    customer.settle()
    ages = customer.page.filters.boxes["toy_age"].box("3-5")
    assert ages.accessibleName() == "Aldersgruppe: 3–5 år, 5 stk."
    customer.page.filters.boxes["toy_cleaned"].box("yes").click()
    customer.settle()
    assert customer.titles() == ["Byggeklodser"]
    assert customer.page.filters.found.text() == "2 møbler · 1 slags"
    customer.qtbot.waitUntil(lambda: customer.page.grid.settled)
    QTest.keyClick(customer.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    dialog = customer.page._dialog
    assert dialog is not None
    assert set(dialog.pieces) == set(clean)
    said = [each for each in dialog.findChildren(QLabel) if "aldersgruppe: 3–5 år ·" in each.text()]
    assert said[0].text().endswith("aldersgruppe: 3–5 år · komplet: ja · renset: ja")
    # A long line pushes the figures of the card out of sight.
    area = dialog.facts.visibleRegion().boundingRect()
    assert area.width() == dialog.facts.width()
    dialog.take.click()
    customer.settle()
    assert in_basket(customer) <= set(clean)
