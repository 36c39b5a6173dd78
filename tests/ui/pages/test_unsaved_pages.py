"""Every page with a form: what is typed stays there, and is asked about or kept at the end."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from moebelcirkel.domain.shop import Query
from moebelcirkel.services import shop
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.purchases.page import PurchasesPage
from moebelcirkel.ui.pages.settings.page import PARTS, SettingsPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

#: Nothing is typed in these: rights and what runs by itself are looked at, a released factor set is
#: copied first.
WITHOUT_FORM = {"roles", "factors", "routines", "pictures"}
FORMS = [word for word, *_rest in PARTS if word not in WITHOUT_FORM]


def first_line(root: QWidget) -> QLineEdit:
    """Where a person would type first."""
    return next(
        line
        for line in root.findChildren(QLineEdit)
        if line.isVisible() and line.isEnabled() and not line.isReadOnly()
    )


def questions(window: MainWindow) -> list[Question]:
    return [each for each in window.findChildren(Question) if each.isVisible()]


@pytest.mark.parametrize("word", FORMS)
def test_a_form_of_settings_stays_and_is_asked_about(
    word: str, town: World, open_window: OpenWindow
) -> None:
    window = open_window("admin", entries.items_for(town.person("admin")))
    window.go("settings", word)
    page = window.page
    assert isinstance(page, SettingsPage)
    settle(page)
    page.create_new()
    settle(page)
    form = getattr(page.section(), "form", page.section())
    line = first_line(form)
    line.selectAll()
    QTest.keyClicks(line, "77")
    typed = line.text()
    assert page.is_unsaved()
    window.go("stock")
    window.back()
    settle(page)
    assert line.text() == typed
    window.close()
    (question,) = questions(window)
    assert window.isVisible()
    question.cancel.click()
    left: list[bool] = []
    window.leave(lambda: left.append(True))  # as changing user and logging off do
    (question,) = questions(window)
    assert left == []
    question.verb.click()
    assert left == [True]
    page.section().discard()
    settle(page)


def intake(page: Page) -> QWidget:
    assert isinstance(page, IntakePage)
    return page.form.note.editor


def new_type(page: Page) -> QWidget:
    assert isinstance(page, ArticlePage)
    page.create_new()
    settle(page)
    return page.article.form.field("name").editor


def planned(page: Page) -> QWidget:
    assert isinstance(page, PurchasesPage)
    return page.field.editor


def basket(page: Page) -> QWidget:
    assert isinstance(page, ShopPage)
    return page.basket.note.editor


@pytest.mark.parametrize(
    ("login", "word", "editor"),
    [
        ("lager", "intake", intake),
        ("lager", "articles", new_type),
        ("leader", "shop", basket),
        ("leader", "purchases", planned),
    ],
)
def test_a_form_that_keeps_a_draft_has_it_again_after_the_window_was_closed(
    login: str, word: str, editor: Callable[[Page], QWidget], town: World, open_window: OpenWindow
) -> None:
    trade.put_on_sale(town, 2)
    leader = town.person("leader")
    key = shop.search(leader, Query(), town.school).cards[0].key
    shop.hold(leader, town.school, key, 1)

    def opened() -> tuple[MainWindow, QWidget]:
        window = open_window(login, entries.items_for(town.person(login)))
        window.go(word)
        assert window.page is not None
        settle(window.page)
        return window, editor(window.page)

    window, field = opened()
    field.setFocus()
    QTest.keyClicks(field, "til aulaen")
    window.go(next(other for other in window.rail.buttons if other != word))
    window.back()
    window.close()
    for question in questions(window):
        question.verb.click()
    window.drafts.close()
    _again, field = opened()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert text == "til aulaen"
    assert not isinstance(field.window(), Dialog)
