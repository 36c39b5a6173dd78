"""Favourites, what is new, what was seen, searches that were kept, and cards side by side."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.language import kroner
from moebelcirkel.services import parameters
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog, facts_of
from moebelcirkel.ui.pages.shop.compare import CompareDialog
from moebelcirkel.ui.pages.shop.memory import MOST_SEEN, Memory
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.ui.pages.customer import Customer, OpenWindow, items, stock
from tests.world import World


def a_customer(open_window: OpenWindow, town: World, qtbot: QtBot, who: str = "leader") -> Customer:
    customer = Customer(open_window(who, items(town.person(who))), qtbot)
    customer.settle()
    return customer


def opened(customer: Customer, number: int) -> CardDialog:
    card = customer.page.model.peek(number)
    assert card is not None
    customer.page.grid.opened.emit(card)
    customer.settle()
    found = [each for each in customer.window.findChildren(CardDialog) if each.isVisible()]
    return found[-1]


def chips(customer: Customer) -> list[str]:
    return [button.text() for button in customer.page.shorts.row.buttons.values()]


def press(customer: Customer, key: str) -> None:
    customer.page.shorts.row.buttons[key].click()
    customer.settle()


def test_a_starred_type_is_a_favourite_of_this_person_alone(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    assert chips(customer) == ["Nyt i butikken"]
    all_of_it = customer.titles()
    dialog = opened(customer, 1)
    name = dialog.detail.card.name
    assert dialog.star.text() == "☆ Gør til favorit"
    dialog.star.click()
    assert dialog.star.text() == "★ Favorit"
    dialog.reject()
    customer.settle()
    assert chips(customer) == ["★ Favoritter", "Nyt i butikken", "Senest set"]
    press(customer, "favourites")
    assert customer.titles() == [name]
    press(customer, "favourites")
    assert customer.titles() == all_of_it
    customer.window.drafts.flush()
    again = a_customer(open_window, town, qtbot)
    press(again, "favourites")
    assert again.titles() == [name]
    opened(again, 0).star.click()
    again.settle()
    assert again.titles() == all_of_it
    assert "★ Favoritter" not in chips(again)
    assert chips(a_customer(open_window, town, qtbot, "lager")) == ["Nyt i butikken"]


def test_after_a_fortnight_nothing_is_new(
    open_window: OpenWindow, town: World, qtbot: QtBot, clock: Clock
) -> None:
    stock(town)
    clock.advance(days=15)
    customer = a_customer(open_window, town, qtbot)
    assert chips(customer) == []
    assert customer.page.shorts.row.isHidden()


def test_a_search_is_kept_made_again_and_forgotten(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    row = customer.page.shorts.row
    assert row.keep.isHidden()
    customer.search("12 kontorstole")
    assert row.keep.text() == "Gem søgningen"
    row.keep.click()
    customer.search("reol")
    assert customer.titles() == ["Bogreol eg 80×190"]
    press(customer, "search 12 kontorstole")
    assert customer.window.header.field.text() == "12 kontorstole"
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200"]
    assert row.buttons["search 12 kontorstole"].isChecked()
    assert row.keep.text() == "Glem søgningen"
    row.keep.click()
    assert "search 12 kontorstole" not in row.buttons


def test_clearing_filters_shows_the_whole_shop(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    all_of_it = customer.titles()
    opened(customer, 0).reject()
    press(customer, "seen")
    assert len(customer.titles()) == 1
    customer.page.filters.reset.click()
    customer.settle()
    assert customer.titles() == all_of_it


def test_cards_are_put_side_by_side(open_window: OpenWindow, town: World, qtbot: QtBot) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    for number in (0, 1):
        opened(customer, number).compare.click()
        customer.settle()
    (dialog,) = (each for each in customer.window.findChildren(CompareDialog) if each.isVisible())
    texts = "\n".join(label.text() for label in dialog.findChildren(type(dialog.heading)))
    for title in customer.titles()[:2]:
        assert title in texts
    assert customer.page.shorts.row.compare.text() == "Sammenlign 2"
    dialog.again.click()
    QTest.qWait(10)
    assert customer.page.shorts.row.compare.isHidden()


@pytest.mark.parametrize("kept", [{"seen": "x"}, {"favourites": [True, "1", None, 7]}, {}])
def test_a_damaged_memory_is_worth_what_can_be_used(
    open_window: OpenWindow, town: World, qtbot: QtBot, kept: dict[str, object]
) -> None:
    drafts = a_customer(open_window, town, qtbot).window.drafts
    drafts.save("shop-memory", kept)
    memory = Memory(drafts)
    assert (memory.seen, memory.searches) == ([], [])
    assert memory.favourites == ([7] if "favourites" in kept else [])
    for number in range(2 * MOST_SEEN):
        memory.see(number)
    assert memory.seen == list(range(2 * MOST_SEEN - 1, MOST_SEEN - 1, -1))


def test_an_opened_card_says_what_levy_a_new_one_pays(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    assert "Klimaafgift ved nyt" not in [
        fact.label for fact in facts_of(opened(customer, 0).detail)
    ]
    customer.window.findChildren(CardDialog)[-1].reject()
    parameters.save(town.person("admin"), {"levy_ore": 121_000})
    detail = opened(customer, 0).detail
    told = {fact.label: fact.value for fact in facts_of(detail)}
    assert told["Klimaafgift ved nyt"] == kroner(detail.levy_ore)
    assert detail.levy_ore > 0


def test_of_what_no_new_price_is_known_no_saving_is_told(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    part = shopping.article(town, "Armlæn", SPARE_PART)
    trade.put_on_sale(town, 2, article_id=part, price_ore=75_00)
    customer = a_customer(open_window, town, qtbot)
    dialog = opened(customer, 0)
    new = next(fact for fact in facts_of(dialog.detail) if fact.label == "Nypris")
    assert (new.value, new.detail) == ("ukendt", "")
    dialog.reject()
    customer.settle()
    customer.take()
    basket = customer.page.basket
    assert "75 kr." in basket.total.text().replace("\u00a0", " ")
    assert basket.saved.isHidden()
    # A box whose words are long beside its figure takes a second line, and pushes nothing out.
    assert basket.co2.minimumSizeHint().width() < basket.width() - 60
    basket.question.button(0).click()
    customer.settle()
    basket.send.click()
    customer.settle()
    customer.window.go("orders")
    customer.settle()
    page = customer.window.page
    assert isinstance(page, OrdersPage)
    page.table.selectRow(0)
    customer.settle()
    assert "ukendt" in {each.text() for each in page.findChildren(QLabel)}
