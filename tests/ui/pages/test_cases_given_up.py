"""What was ordered and cannot be done, in the real window: the reason, and what its owner sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import messages, orders, repairs
from moebelcirkel.ui.pages.cases.errand_dialogs import GiveUpDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.repairs.page import RepairsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import adapting, mending, repairing
from tests.ui.pages.warehouse import settle
from tests.world import World

OpenWindow = Callable[..., MainWindow]
WHY = "Stellet er revnet."


@pytest.mark.parametrize("own", [True, False])
def test_the_workshop_says_why_and_whoever_ordered_it_sees_it(
    town: World, open_window: OpenWindow, qtbot: QtBot, own: bool
) -> None:
    bench, leader = town.person("bench"), town.person("leader")
    case = repairing.at_work(town) if own else adapting.case_of(town, adapting.sent(town).order_id)
    window = open_window("bench", entries.items_for(bench))
    window.go("cases", case)
    page = window.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.panel.current() is not None)
    dialog = page.panel.current()
    assert dialog is not None
    words = "Kan ikke repareres …" if own else "Kan ikke tilpasses …"
    assert dialog.give_up.isVisible()
    assert dialog.give_up.text() == words
    dialog.give_up.click()
    asked = page.asking
    assert isinstance(asked, GiveUpDialog)
    assert left_english([label.text() for label in asked.findChildren(QLabel)]) == []
    assert asked.verb.text() == ("Opgiv 4 stk." if own else "Opgiv 2 stk.")
    asked.verb.click()
    assert asked.isVisible()  # without a reason nothing is written
    QTest.keyClicks(asked.reason.line, WHY)
    asked.verb.click()
    qtbot.waitUntil(lambda: page.panel.current() is None)
    settle(page)
    assert case not in page._cards
    assert window.messages.notice.isHidden()  # that the case is over is what was wanted
    assert WHY in messages.listed(leader)[0].body
    seen = open_window("leader", entries.items_for(leader))
    if own:
        key = repairs.listed(leader)[0].id
        seen.go("repairs", key)
        shown = seen.page
        assert isinstance(shown, RepairsPage)
        settle(shown)
        assert shown.card.texts.text().endswith(f"Værkstedet måtte opgive 4 stk.: {WHY}")
        assert shown.card.state.text() == "kan ikke repareres"
    else:
        key = orders.listed(leader).rows[0].id
        seen.go("orders", key)
        ordered = seen.page
        assert isinstance(ordered, OrdersPage)
        settle(ordered)
        assert ordered.card.texts.text().endswith(f"Værkstedet måtte opgive 2 stk.: {WHY}")
    # The window's own undo takes it back.
    window.undo()
    settle(page)
    assert case in page._cards


def test_what_nobody_ordered_is_not_given_up(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    case = mending.case(town)[0]
    window = open_window("bench", entries.items_for(town.person("bench")))
    window.go("cases", case)
    page = window.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.panel.current() is not None)
    dialog = page.panel.current()
    assert dialog is not None
    assert not dialog.give_up.isVisible()
    dialog.reject()
