"""Own lists, what is new, what was seen, searches that were kept, and cards side by side."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain import limits
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.language import kroner
from moebelcirkel.services import parameters
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog, facts_of
from moebelcirkel.ui.pages.shop.compare import CompareDialog
from moebelcirkel.ui.pages.shop.own import OwnListDialog, left
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.ui.falling import fall
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


def press(customer: Customer, text: str) -> None:
    buttons = customer.page.shorts.row.buttons.values()
    next(each for each in buttons if each.text() == text).click()
    customer.settle()


def offered(dialog: CardDialog) -> list[str]:
    """What the button says, and the lists behind it, ticked where it is on them."""
    actions = [each for each in dialog.star.menu().actions() if each.text()]
    return [dialog.star.text(), *(f"{a.text()}{' ✓' * a.isChecked()}" for a in actions)]


def choose(customer: Customer, dialog: CardDialog, text: str) -> None:
    actions = dialog.star.menu().actions()
    next(each for each in actions if f"{each.text()}{' ✓' * each.isChecked()}" == text).trigger()
    customer.settle()


def shown(customer: Customer) -> OwnListDialog:
    """The open dialog of a list."""
    customer.settle()
    (found,) = (each for each in customer.window.findChildren(OwnListDialog) if each.isVisible())
    return found


def test_a_type_is_put_on_lists_of_this_person_alone_at_every_pc(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    assert chips(customer) == ["Nyt i butikken"]
    all_of_it = customer.titles()
    dialog = opened(customer, 1)
    name = dialog.detail.card.name
    assert offered(dialog) == ["☆ Egen liste", "Favoritter", "Ny liste …"]
    choose(customer, dialog, "Favoritter")
    assert offered(dialog) == ["★ Favoritter", "Favoritter ✓", "Ny liste …"]
    assert "Sat på ”Favoritter”" in customer.toast()
    dialog.reject()
    customer.settle()
    assert chips(customer) == ["★ Favoritter", "Nyt i butikken", "Senest set"]
    press(customer, "★ Favoritter")
    assert customer.titles() == [name]
    again = a_customer(open_window, town, qtbot)
    press(again, "★ Favoritter")
    assert again.titles() == [name]
    choose(again, opened(again, 0), "Favoritter ✓")
    assert again.titles() == []
    press(again, "★ Favoritter")
    assert again.titles() == all_of_it
    assert chips(a_customer(open_window, town, qtbot, "lager")) == ["Nyt i butikken"]


def test_a_list_is_made_from_a_card_named_anew_emptied_and_deleted(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    card = opened(customer, 1)
    name = card.detail.card.name
    choose(customer, card, "Ny liste …")
    dialog = shown(customer)
    assert dialog.focusWidget() is dialog.name.line
    assert (dialog.types.value(), dialog.remove.isHidden()) == (name, True)
    dialog.name.set_value("Stuerne")
    dialog.verb.click()
    customer.settle()
    assert offered(card) == ["★ Stuerne", "Stuerne ✓", "Ny liste …"]
    choose(customer, card, "Ny liste …")
    dialog = shown(customer)
    dialog.name.set_value("STUERNE")
    dialog.verb.click()
    customer.settle()
    assert "allerede" in dialog.name.error.text()
    dialog.reject()
    card.reject()
    customer.settle()
    row = customer.page.shorts.row
    assert row.edit.isHidden()
    press(customer, "★ Stuerne")
    assert row.edit.text() == "Ret listen …"
    row.edit.click()
    dialog = shown(customer)
    dialog.name.set_value("Nye stuer")
    dialog.types.set_value("")
    dialog.verb.click()
    customer.settle()
    assert chips(customer)[0] == "★ Nye stuer"
    assert customer.titles() == []
    row.edit.click()
    shown(customer).remove.click()
    customer.settle()
    assert not any(each.isVisible() for each in customer.window.findChildren(OwnListDialog))
    assert "★ Nye stuer" not in chips(customer)
    assert len(customer.titles()) > 1
    customer.window.undo()
    customer.settle()
    assert "★ Nye stuer" in chips(customer)


def test_a_long_name_is_cut_where_it_stands_beside_others(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    before = customer.page.shorts.row.minimumSizeHint().width()
    card = opened(customer, 1)
    choose(customer, card, "Ny liste …")
    dialog = shown(customer)
    long = f"<b>x</b> & {'W' * (limits.NAME - 11)}"
    dialog.name.set_value(f"{long}W")
    dialog.verb.click()
    customer.settle()
    assert "120" in dialog.name.error.text()
    dialog.name.set_value(long)
    dialog.verb.click()
    customer.settle()
    card.reject()
    customer.settle()
    chip = next(iter(customer.page.shorts.row.buttons.values()))
    assert chip.text() == f"★ <b>x</b> && {'W' * 14}…"
    assert "W" * 24 in chip.toolTip()
    assert customer.page.shorts.row.minimumSizeHint().width() < max(before, 500)


def test_what_lay_on_the_pc_is_taken_over_at_the_first_opening(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    drafts = a_customer(open_window, town, qtbot).window.drafts
    drafts.save(
        "shop-memory",
        {"favourites": [town.chair, 9_999], "seen": [town.chair], "searches": ["12 stole"]},
    )
    fall(drafts)
    customer = a_customer(open_window, town, qtbot)
    assert chips(customer) == ["★ Favoritter", "Nyt i butikken", "Senest set", "”12 stole”"]
    assert left(customer.window.drafts) == ([], [], [])
    assert chips(a_customer(open_window, town, qtbot)) == chips(customer)


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
    customer.settle()
    customer.search("reol")
    assert customer.titles() == ["Bogreol eg 80×190"]
    press(customer, "”12 kontorstole”")
    assert customer.window.header.field.text() == "12 kontorstole"
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200"]
    assert [each.text() for each in row.buttons.values() if each.isChecked()] == [
        "”12 kontorstole”"
    ]
    assert row.keep.text() == "Glem søgningen"
    row.keep.click()
    customer.settle()
    assert "”12 kontorstole”" not in chips(customer)


def test_clearing_filters_shows_the_whole_shop(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    customer = a_customer(open_window, town, qtbot)
    all_of_it = customer.titles()
    opened(customer, 0).reject()
    press(customer, "Senest set")
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
    assert left(drafts) == ([7] if "favourites" in kept else [], [], [])


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


def test_a_long_word_does_not_push_the_price_out_of_the_basket(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    words = "Konferencebordsopsats højdeindstillelig"
    words_id = shopping.article(town, words, "bookcase_wood")
    trade.put_on_sale(town, 2, article_id=words_id, price_ore=12_345_00)
    customer = a_customer(open_window, town, qtbot)
    customer.take()
    line, basket = customer.page.basket.rows[0], customer.page.basket
    assert words in {label.text() for label in line.findChildren(QLabel)}
    assert line.minimumSizeHint().width() < basket.width() - 60


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
