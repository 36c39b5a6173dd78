"""Favourites, what is new, what was seen, searches that were kept, and cards side by side."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.pages.shop.card_dialog import CardDialog
from moebelcirkel.ui.pages.shop.compare import CompareDialog
from moebelcirkel.ui.pages.shop.memory import MOST_SEEN, Memory
from tests.clock import Clock
from tests.ui.pages.customer import Desk, OpenWindow, items, stock
from tests.world import World


def a_desk(open_window: OpenWindow, town: World, qtbot: QtBot, who: str = "leader") -> Desk:
    desk = Desk(open_window(who, items(town.person(who))), qtbot)
    desk.settle()
    return desk


def opened(desk: Desk, number: int) -> CardDialog:
    card = desk.page.model.peek(number)
    assert card is not None
    desk.page.grid.opened.emit(card)
    desk.settle()
    found = [each for each in desk.window.findChildren(CardDialog) if each.isVisible()]
    return found[-1]


def chips(desk: Desk) -> list[str]:
    return [button.text() for button in desk.page.shorts.row.buttons.values()]


def press(desk: Desk, key: str) -> None:
    desk.page.shorts.row.buttons[key].click()
    desk.settle()


def test_a_starred_type_is_a_favourite_of_this_person_alone(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    desk = a_desk(open_window, town, qtbot)
    assert chips(desk) == ["Nyt i butikken"]
    all_of_it = desk.titles()
    dialog = opened(desk, 1)
    name = dialog.detail.card.name
    assert dialog.star.text() == "☆ Gør til favorit"
    dialog.star.click()
    assert dialog.star.text() == "★ Favorit"
    dialog.reject()
    desk.settle()
    assert chips(desk) == ["★ Favoritter", "Nyt i butikken", "Senest set"]
    press(desk, "favourites")
    assert desk.titles() == [name]
    press(desk, "favourites")
    assert desk.titles() == all_of_it
    desk.window.drafts.flush()
    again = a_desk(open_window, town, qtbot)
    press(again, "favourites")
    assert again.titles() == [name]
    opened(again, 0).star.click()
    again.settle()
    assert again.titles() == all_of_it
    assert "★ Favoritter" not in chips(again)
    assert chips(a_desk(open_window, town, qtbot, "lager")) == ["Nyt i butikken"]


def test_after_a_fortnight_nothing_is_new(
    open_window: OpenWindow, town: World, qtbot: QtBot, clock: Clock
) -> None:
    stock(town)
    clock.advance(days=15)
    desk = a_desk(open_window, town, qtbot)
    assert chips(desk) == []
    assert desk.page.shorts.row.isHidden()


def test_a_search_is_kept_made_again_and_forgotten(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    desk = a_desk(open_window, town, qtbot)
    row = desk.page.shorts.row
    assert row.keep.isHidden()
    desk.search("12 kontorstole")
    assert row.keep.text() == "Gem søgningen"
    row.keep.click()
    desk.search("reol")
    assert desk.titles() == ["Bogreol eg 80×190"]
    press(desk, "search 12 kontorstole")
    assert desk.window.header.field.text() == "12 kontorstole"
    assert desk.titles() == ["Kontorstol HÅG SoFi 7200"]
    assert row.buttons["search 12 kontorstole"].isChecked()
    assert row.keep.text() == "Glem søgningen"
    row.keep.click()
    assert "search 12 kontorstole" not in row.buttons


def test_clearing_filters_shows_the_whole_shop(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    stock(town)
    desk = a_desk(open_window, town, qtbot)
    all_of_it = desk.titles()
    opened(desk, 0).reject()
    press(desk, "seen")
    assert len(desk.titles()) == 1
    desk.page.filters.reset.click()
    desk.settle()
    assert desk.titles() == all_of_it


def test_cards_are_put_side_by_side(open_window: OpenWindow, town: World, qtbot: QtBot) -> None:
    stock(town)
    desk = a_desk(open_window, town, qtbot)
    for number in (0, 1):
        opened(desk, number).compare.click()
        desk.settle()
    (dialog,) = (each for each in desk.window.findChildren(CompareDialog) if each.isVisible())
    texts = "\n".join(label.text() for label in dialog.findChildren(type(dialog.heading)))
    for title in desk.titles()[:2]:
        assert title in texts
    assert desk.page.shorts.row.compare.text() == "Sammenlign 2"
    dialog.again.click()
    QTest.qWait(10)
    assert desk.page.shorts.row.compare.isHidden()


@pytest.mark.parametrize("kept", [{"seen": "x"}, {"favourites": [True, "1", None, 7]}, {}])
def test_a_damaged_memory_is_worth_what_can_be_used(
    open_window: OpenWindow, town: World, qtbot: QtBot, kept: dict[str, object]
) -> None:
    drafts = a_desk(open_window, town, qtbot).window.drafts
    drafts.save("shop-memory", kept)
    memory = Memory(drafts)
    assert (memory.seen, memory.searches) == ([], [])
    assert memory.favourites == ([7] if "favourites" in kept else [])
    for number in range(2 * MOST_SEEN):
        memory.see(number)
    assert memory.seen == list(range(2 * MOST_SEEN - 1, MOST_SEEN - 1, -1))
