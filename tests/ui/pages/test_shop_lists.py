"""Lists of the shop in the real window: made where types are, shown where they are chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from moebelcirkel.language import N_
from moebelcirkel.services import shop
from moebelcirkel.services.shop import ListForm
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.articles.lists_dialog import ListsDialog
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.shop.own import OwnListDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.customer import Customer, items, stock
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]

ITEM = RailItem("articles", N_("Furniture types"), "chair", "office", ArticlePage)

#: How the dialogs of the lists are opened.
LIST_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {
    ListsDialog: lambda at: at.page("lager", "articles", ArticlePage).lists_button.click(),
    OwnListDialog: lambda at: at.page("leader", "shop", ShopPage).shorts.own.edit(None),
}


def dialog_of(page: ArticlePage, qtbot: QtBot) -> ListsDialog:
    page.lists_button.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(ListsDialog)))
    return next(each for each in page.findChildren(ListsDialog) if each.isVisible())


def test_the_warehouse_makes_a_list_corrects_it_and_takes_it_out(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    stock(town)
    lager = town.person("lager")
    window = open_window("lager", [ITEM])
    page = window.page
    assert isinstance(page, ArticlePage)
    dialog = dialog_of(page, qtbot)
    dialog.name.set_value("Fest")
    dialog.types.set_value("Findes ikke")
    dialog.verb.click()
    qtbot.waitUntil(lambda: "Findes ikke" in dialog.types.error.text())
    dialog.types.set_value("stabelstol bøg")
    dialog.verb.click()
    qtbot.waitUntil(lambda: [row.form.name for row in shop.lists(lager).rows] == ["Fest"])
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in page.findChildren(ListsDialog)))
    again = dialog_of(page, qtbot)
    again.which.set_value(shop.lists(lager).rows[0].id)
    again.which.changed.emit()
    assert again.types.value() == "Stabelstol bøg"
    again.remove.click()
    qtbot.waitUntil(lambda: shop.lists(lager).rows == ())


def test_the_shop_opens_with_the_list_that_is_marked_so(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    stock(town)
    for form in (ListForm("Fest", "Stabelstol bøg"), ListForm("Læsning", "Bogreol eg 80×190")):
        shop.save_list(town.person("lager"), form)
    customer = Customer(open_window("leader", items(town.person("leader"))), qtbot)
    customer.settle()
    row = customer.page.shorts.row
    assert [each.text() for each in row.buttons.values()] == ["Fest", "Læsning", "Nyt i butikken"]
    assert len(customer.titles()) > 1
    shop.save_list(town.person("lager"), ListForm("Ro", "Lænestol læder", first=True))
    again = Customer(open_window("leader", items(town.person("leader"))), qtbot)
    again.settle()
    assert again.titles() == ["Lænestol læder"]
    first = next(iter(again.page.shorts.row.buttons.values()))
    assert (first.text(), first.isChecked()) == ("Ro", True)
    first.click()
    again.settle()
    assert len(again.titles()) > 1
    again.page.reload()
    again.settle()
    assert len(again.titles()) > 1
