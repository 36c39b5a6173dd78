"""Wants in the real window: from a shop that has nothing to an order of what was found."""

import datetime as dt
import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel import language
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.wants import Seed
from moebelcirkel.services import orders, purchases, shop, wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.purchases import SetForm
from moebelcirkel.services.wants import WantForm
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.wants.dialog import WantDialog
from moebelcirkel.ui.pages.wants.page import WantsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services import shopping
from tests.services.reported import gift
from tests.services.wanting import want
from tests.ui.pages.customer import texts
from tests.world import World

OpenWindow = Callable[..., MainWindow]
WORDS = ("shop", "wants", "orders")


def items(context: Context, *words: str) -> list[RailItem]:
    found = {item.word: item for item in entries.items_for(context)}
    return [found[word] for word in words or WORDS]


def texts_of(dialog: WantDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def dialog_of(window: MainWindow, qtbot: QtBot) -> WantDialog:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(WantDialog)))
    return next(each for each in window.findChildren(WantDialog) if each.isVisible())


def fill(dialog: WantDialog) -> None:
    dialog.latest.line.setText("31.12.2026")
    dialog.answer.button(0).click()


def test_what_is_reported_and_may_fit_is_told(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    want(town.person("leader"), town.school)
    gift(town)
    window = open_window("leader", items(town.person("leader"), "wants"))
    qtbot.waitUntil(lambda: "Meldt ind: 62 × Kontorstole, blå hos Airbag A/S" in texts(window))
    assert left_english(texts(window).splitlines()) == []


def test_what_the_shop_does_not_have_is_wanted_from_there(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("leader", items(town.person("leader")))
    page = window.page
    assert isinstance(page, ShopPage)
    qtbot.waitUntil(lambda: page._institution_id is not None)
    window.search("12 bogreoler")
    button = page.empty.findChild(QPushButton)
    assert button is not None
    qtbot.waitUntil(lambda: button.text() == "Efterlys det")
    button.click()
    dialog = dialog_of(window, qtbot)
    assert (dialog.words.value(), dialog.pieces.value()) == ("bogreoler", 12)
    assert left_english(texts_of(dialog)) == []
    dialog.verb.click()
    assert dialog.isVisible()
    fill(dialog)
    dialog.verb.click()
    leader = town.person("leader")
    qtbot.waitUntil(lambda: len(wants.listed(leader)) == 1)
    qtbot.waitUntil(lambda: "E-000001" in texts(window))
    assert isinstance(window.page, WantsPage)
    assert "Intet fundet endnu" in texts(window)


def test_a_scanned_piece_that_is_taken_leads_to_the_waiting_list_of_its_type(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    other = shopping.neighbour(town)
    (unit,) = trade.put_on_sale(town, 1)
    shop.hold(other, town.home, shopping.key(town), 1)
    window = open_window("leader", items(town.person("leader")))
    page = window.page
    assert isinstance(page, ShopPage)
    qtbot.waitUntil(lambda: page._institution_id is not None)
    page.scanned(trade.number(town.context, unit))
    button = page.empty.findChild(QPushButton)
    assert button is not None
    qtbot.waitUntil(lambda: button.text() == "Skriv os på ventelisten")
    assert "er reserveret" in texts(window)
    button.click()
    dialog = dialog_of(window, qtbot)
    assert dialog.text.text().startswith("Kontorstol HÅG SoFi 7200")
    fill(dialog)
    dialog.verb.click()
    leader = town.person("leader")
    qtbot.waitUntil(lambda: len(wants.listed(leader)) == 1)
    shop.release(other, town.home, [unit])
    (row,) = wants.listed(leader)
    assert (row.what, row.held) == ("Kontorstol HÅG SoFi 7200", 1)


def test_what_was_found_is_told_and_ordered_by_one_click(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    shopping.limit(town, town.school, 10_000_000)
    want(leader, town.school, pieces=12)
    trade.put_on_sale(town, 3)
    window = open_window("leader", items(leader, "wants", "orders"))
    page = window.page
    assert isinstance(page, WantsPage)
    qtbot.waitUntil(page.order.isVisible)
    assert "3 af 12 fundet, holdes til" in texts(window)
    assert page.order.text() == "Bestil 3 møbler"
    assert left_english(texts(window).splitlines()) == []
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mouseClick(page.order, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(orders.listed(leader).rows) == 1)
    qtbot.waitUntil(lambda: "3 af 12 bestilt" in texts(window))
    assert not page.order.isVisible()


def test_in_english_days_and_months_keep_their_capitals(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    want(leader, town.school, pieces=12)
    trade.put_on_sale(town, 3)
    language.set_language("en")
    window = open_window("leader", items(leader, "wants"))
    said = re.compile(r"3 of 12 found, held until [A-Z][a-z]+day \d+ [A-Z][a-z]+ 2026")
    qtbot.waitUntil(lambda: said.search(texts(window)) is not None)


def test_a_want_is_corrected_and_ended_and_the_ending_undone(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    made = want(leader, town.school)
    window = open_window("leader", items(leader, "wants", "orders"))
    page = window.page
    assert isinstance(page, WantsPage)
    qtbot.waitUntil(page.change.isVisible)
    page.change.click()
    dialog = dialog_of(window, qtbot)
    assert dialog.words.value() == "kontorstole"
    dialog.pieces.set_value(4)
    dialog.verb.click()
    qtbot.waitUntil(lambda: wants.detail(leader, made).row.pieces == 4)
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in window.findChildren(WantDialog)))
    qtbot.waitUntil(lambda: page.card.detail is not None and page.card.detail.row.pieces == 4)
    page.end.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(Question)))
    window.findChildren(Question)[-1].accept()
    qtbot.waitUntil(lambda: wants.listed(leader, open_only=True) == ())
    qtbot.waitUntil(lambda: not page.card.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(wants.listed(leader, open_only=True)) == 1)


def test_the_form_says_which_filters_of_the_shop_it_keeps_to(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    form = WantForm(dt.date(2027, 1, 1), Answer.YES, "stole", pieces=2)
    within = Query(ecolabels=frozenset({"Svanen", "FSC"}))
    purchases.gather(leader, town.school, SetForm(2, [], form, within=within))
    window = open_window("leader", items(leader, "wants"))
    page = window.page
    assert isinstance(page, WantsPage)
    qtbot.waitUntil(page.change.isVisible)
    page.change.click()
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(lambda: "FSC / Svanen" in texts_of(dialog))
    dialog.category.set_value("toys_box")
    assert dialog.sizeHint().height() <= 705  # below its title, on a screen of 720


def test_of_toys_is_asked_what_is_known_of_each(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    made = want(leader, town.school, words="", category_key="toys_box", toy_age="3-5")
    window = open_window("leader", items(leader))
    window.go("wants", made)
    page = window.page
    assert isinstance(page, WantsPage)
    qtbot.waitUntil(lambda: "Aldersgruppe: 3–5 år" in texts(window))
    page.change.click()
    dialog = dialog_of(window, qtbot)
    assert left_english(texts_of(dialog)) == []
    assert dialog.facts["toy_age"].value() == "3-5"
    assert [field.isVisible() for field in dialog.facts.values()] == [True] * 3
    dialog.facts["toy_cleaned"].set_value("yes")
    dialog.verb.click()
    qtbot.waitUntil(lambda: wants.detail(leader, made).toy_cleaned is True)
    assert wants.detail(leader, made).toy_age == "3-5"
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in window.findChildren(WantDialog)))
    qtbot.waitUntil(lambda: page.card.detail is not None and page.card.detail.toy_cleaned is True)
    page.change.click()
    dialog = dialog_of(window, qtbot)
    dialog.category.set_value("visitor_chair")
    dialog.category.changed.emit()
    assert [field.isVisible() for field in dialog.facts.values()] == [False] * 3
    dialog.verb.click()
    qtbot.waitUntil(lambda: wants.detail(leader, made).toy_age is None)


def test_toys_in_words_and_by_type_are_asked_the_same(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    window = open_window("leader", items(leader, "wants"))
    page = window.page
    assert isinstance(page, WantsPage)
    page.create_new()
    dialog = dialog_of(window, qtbot)
    for text, asked in (("kontorstole", False), ("puslespil", True), ("", False)):
        dialog.words.set_value(text)
        assert [field.isVisible() for field in dialog.facts.values()] == [asked] * 3
    dialog.reject()
    box = shopping.article(town, "Klodser", "toys_box")
    window.go("wants", Seed(town.school, article_id=box, name="Klodser"))
    dialog = dialog_of(window, qtbot)
    assert [field.isVisible() for field in dialog.facts.values()] == [True] * 3
    fill(dialog)
    dialog.facts["toy_age"].set_value("6-9")
    dialog.verb.click()
    qtbot.waitUntil(lambda: len(wants.listed(leader)) == 1)
    assert wants.listed(leader)[0].what == "Klodser · Aldersgruppe: 6–9 år"


def test_wrong_values_are_said_in_the_form(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    window = open_window("leader", items(leader, "wants", "orders"))
    page = window.page
    assert isinstance(page, WantsPage)
    page.create_new()
    dialog = dialog_of(window, qtbot)
    fill(dialog)
    dialog.latest.line.setText("1.1.2020")
    dialog.verb.click()
    qtbot.waitUntil(lambda: "Dagen er gået" in dialog.latest.error.text())
    assert "Skriv, hvad I mangler" in dialog.words.error.text()
    assert wants.listed(leader) == ()
