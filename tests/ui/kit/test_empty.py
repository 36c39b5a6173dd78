"""What stands where a list is empty."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.lists.cards import CardModel, CardTexts
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty


def test_a_very_long_word_does_not_make_the_empty_state_wide(qtbot: QtBot) -> None:
    empty = EmptyState("Ingen møbler")
    qtbot.addWidget(empty)
    title = f"Intet passer til “{'kontorstol' * 19}”"
    empty.say(title, "Prøv færre ord.")
    assert empty.minimumSizeHint().width() < 400
    assert empty.accessibleName() == f"{title} Prøv færre ord."


@pytest.mark.parametrize("at_once", [False, True], ids=["read", "filled by hand"])
def test_a_list_is_not_called_empty_before_it_was_read(qtbot: QtBot, at_once: bool) -> None:
    model, view, empty = CardModel(lambda _page: None), QListView(), EmptyState("Ingen møbler")
    view.setModel(model)
    both = ListOrEmpty(view, empty, at_once=at_once)
    qtbot.addWidget(both)
    assert both.currentWidget() is (empty if at_once else view)
    model.reset(0)
    assert both.currentWidget() is empty
    model.reset(1, [CardTexts(1, "Stol", Chip("B"), "1 stk.", "10 kr.")])
    assert both.currentWidget() is view


def test_the_keyboard_stays_where_the_list_was(qtbot: QtBot) -> None:
    window, filter_, view = QWidget(), QLineEdit(), QListView()
    model, empty = CardModel(lambda _page: None), EmptyState("Ingen møbler")
    view.setModel(model)
    row = QHBoxLayout(window)
    row.addWidget(ListOrEmpty(view, empty))
    row.addWidget(filter_)
    qtbot.addWidget(window)
    chair = [CardTexts(1, "Stol", Chip("B"), "1 stk.", "10 kr.")]
    model.reset(1, chair)
    window.show()
    view.setFocus()
    model.reset(0)
    assert window.focusWidget() is empty
    model.reset(1, chair)
    assert window.focusWidget() is view
    filter_.setFocus()
    model.reset(0)
    assert window.focusWidget() is filter_
