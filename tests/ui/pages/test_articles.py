"""Møbeltyper in the window: the list, one type, saving, what is refused and what is kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moebelcirkel.services import articles
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.articles.page import ArticlePage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.services.shopping import article
from tests.ui.falling import fall
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import left_english, settle, starting_with, toasts
from tests.world import World


@templates.begun
def cupboard(town: World, _clock: Clock) -> int:
    trade.put_on_sale(town, 2)
    return article(town, "Åbent skab eg", "cupboard_wood", colour="Eg")


@pytest.fixture
def window(open_window: OpenWindow, cupboard: int) -> MainWindow:
    return open_window("lager", starting_with("articles"))


@pytest.fixture
def page(window: MainWindow) -> ArticlePage:
    found = window.page
    assert isinstance(found, ArticlePage)
    settle(found)
    return found


@pytest.fixture
def chair(page: ArticlePage, town: World) -> ArticlePage:
    page.shell.go("articles", town.chair)
    settle(page)
    return page


def text(page: ArticlePage, name: str) -> str:
    return str(page.article.form.field(name).draft()).replace("\u00a0", " ")


def write(page: ArticlePage, name: str, words: str) -> None:
    line = page.article.form.field(name).line  # type: ignore[attr-defined]
    line.setText(words)
    line.textEdited.emit(words)


def test_the_list_has_counts_and_enter_opens_one(page: ArticlePage, town: World) -> None:
    rows = [page.list.model.row_at(number) for number in range(page.list.model.rowCount())]
    assert [(row.name, row.in_stock) for row in rows if row] == [
        ("Kontorstol HÅG SoFi 7200", 2),
        ("Åbent skab eg", 0),
    ]
    assert page.list.count.text() == "2 møbeltyper"
    assert not page.save_button.isVisible()
    assert left_english(page) == []
    page.list.table.selectRow(0)
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    settle(page)
    assert page.article.article_id == town.chair
    assert left_english(page) == []


def test_search_and_missing_prices(page: ArticlePage) -> None:
    page.search("skab")
    settle(page)
    assert page.list.count.text() == "1 møbeltype"
    page.search("")
    page.list.without_price.click()
    settle(page)
    assert page.list.count.text() == "1 møbeltype"
    page.search("sofa")
    settle(page)
    assert page.list.empty.isVisible()


def test_a_type_is_shown_in_full(chair: ArticlePage) -> None:
    assert text(chair, "name") == "Kontorstol HÅG SoFi 7200"
    assert text(chair, "measures") == "68 × 66 × 98–115"
    assert text(chair, "new_price_ore") == "3.350 kr."
    assert chair.article.counts.text() == "2 møbler på lager · 2 i alt"
    assert len(chair.article.model.rows) == 2
    assert chair.article.history.model().index(0, 0).data() == "Oprettet"


def test_saving_writes_what_changed(chair: ArticlePage, window: MainWindow, town: World) -> None:
    assert not chair.save_button.isEnabled()
    write(chair, "weight", "19,2")
    write(chair, "new_price_ore", "3.600")
    assert chair.save_button.isEnabled()
    chair.save()
    settle(chair)
    assert toasts(window) == ["Møbeltypen er gemt"]
    values = articles.get(town.context, town.chair).values
    assert (values.weight_g, values.new_price_ore, values.height_max_mm) == (19_200, 360_000, 1150)
    assert not chair.save_button.isEnabled()
    newest = chair.article.history.model().index(0, 0).data().replace("\u00a0", " ")
    assert newest == "Rettet: vægt – → 19,2 kg, nypris 3.350 kr. → 3.600 kr."
    window.undo()
    settle(chair)
    assert text(chair, "new_price_ore") == "3.350 kr."


def test_errors_come_by_their_fields(chair: ArticlePage, town: World) -> None:
    write(chair, "name", "")
    write(chair, "measures", "bred")
    chair.save_button.click()
    assert chair.article.form.field("name").error.text() == "Feltet skal udfyldes."
    assert chair.article.form.field("measures").error.text() == (
        "Skriv bredde × dybde × højde i cm, for eksempel 68 × 66 × 98–115."
    )
    write(chair, "name", "Stol")
    write(chair, "measures", "")
    write(chair, "epd_kg", "64,5")
    chair.save_button.click()
    settle(chair)
    assert chair.article.form.field("epd_source").error.text()
    assert articles.get(town.context, town.chair).values.name == "Kontorstol HÅG SoFi 7200"


def test_someone_else_was_first(chair: ArticlePage, window: MainWindow, town: World) -> None:
    write(chair, "model", "SoFi 7300")
    detail = articles.get(town.context, town.chair)
    articles.save(
        town.person("admin"), replace(detail.values, materials="Uld"), town.chair, detail.version
    )
    chair.save_button.click()
    settle(chair)
    question = window.findChild(Question)
    assert question is not None
    assert question.windowTitle() == "Det er ændret af Admin kl. 09.05. Genindlæs, og prøv igen."
    question.verb.click()
    settle(chair)
    assert (text(chair, "model"), text(chair, "materials")) == ("SoFi 7200", "Uld")


def test_half_typed_things_survive(
    chair: ArticlePage, open_window: OpenWindow, cupboard: int, town: World
) -> None:
    write(chair, "model", "SoFi 7300")
    chair.shell.go("articles", cupboard)
    settle(chair)
    assert text(chair, "model") == ""
    fall(chair.shell.drafts)
    again = open_window("lager", starting_with("articles")).page
    assert isinstance(again, ArticlePage)
    again.shell.go("articles", town.chair)
    settle(again)
    assert text(again, "model") == "SoFi 7300"
    assert "sat ind igen" in again.article.notice.text()
    again.discard.click()
    settle(again)
    assert text(again, "model") == "SoFi 7200"
    assert again.article.notice.text() == ""


def test_new_prices_need_their_own_right(open_window: OpenWindow, town: World) -> None:
    page = open_window("controller", starting_with("articles")).page
    assert isinstance(page, ArticlePage)
    page.shell.go("articles", town.chair)
    settle(page)
    form = page.article.form
    assert form.field("new_price_ore").isEnabled()
    assert not form.field("name").isEnabled()
    write(page, "new_price_ore", "4000")
    page.save_button.click()
    settle(page)
    assert articles.get(town.context, town.chair).values.new_price_ore == 400_000


def test_who_may_not_change_has_no_button(open_window: OpenWindow, town: World) -> None:
    page = open_window("bench", starting_with("articles")).page
    assert isinstance(page, ArticlePage)
    page.shell.go("articles", town.chair)
    settle(page)
    assert not page.save_button.isVisible()
    assert page.back.isVisible()


def test_a_label_opens_the_type_and_the_way_to_its_pieces(
    page: ArticlePage, window: MainWindow, town: World
) -> None:
    window.scanned("MC-000001-3")
    settle(page)
    assert page.article.article_id == town.chair
    page.article.more.click()
    settle(page)
    opened = window.page
    assert isinstance(opened, StockPage)
    assert opened.filters.article_id == town.chair
    assert opened.model.rowCount() == 2


def begin(page: ArticlePage) -> ArticlePage:
    page.new_button.click()
    settle(page)
    return page


def test_a_new_type_is_made_and_undone(page: ArticlePage, window: MainWindow, town: World) -> None:
    begin(page)
    assert left_english(page) == []
    assert not page.save_button.isEnabled()
    write(page, "name", "Reol birk 80 cm")
    page.save()
    assert page.article.form.field("category_key").error.text()
    page.article.form.field("category_key").set_value("cupboard_wood")
    write(page, "measures", "80 × 30 × 180")
    page.save_button.click()
    settle(page)
    assert toasts(window) == ["Møbeltypen er oprettet"]
    made = page.article.article_id
    assert articles.get(town.context, made).values.height_max_mm == 1800
    assert page.article.side.isVisible()
    assert page.article.history.model().index(0, 0).data() == "Oprettet"
    window.undo()
    settle(page)
    assert page.list.isVisible()
    assert page.list.count.text() == "2 møbeltyper"


def test_a_refused_new_type_stays_in_the_form(page: ArticlePage, town: World) -> None:
    lager = town.person("lager")
    articles.add(lager, ArticleValues(name="Bord", category_key="cupboard_wood", key="B1"))
    begin(page)
    write(page, "name", "Bord")
    page.article.form.field("category_key").set_value("cupboard_wood")
    write(page, "key", "B1")
    page.save()
    settle(page)
    assert page.article.form.field("key").error.text() == "Bord har allerede dette nummer."
    assert text(page, "name") == "Bord"


def test_a_half_typed_new_type_survives_and_is_given_up(
    page: ArticlePage, open_window: OpenWindow, town: World
) -> None:
    begin(page)
    write(page, "name", "Reol birk")
    page.back.click()
    settle(page)
    page.shell.go("articles", town.chair)
    settle(page)
    assert text(page, "name") == "Kontorstol HÅG SoFi 7200"
    fall(page.shell.drafts)
    again = open_window("lager", starting_with("articles")).page
    assert isinstance(again, ArticlePage)
    begin(again)
    assert text(again, "name") == "Reol birk"
    assert again.article.form.field("category_key").draft() is None
    assert "sat ind igen" in again.article.notice.text()
    again.discard.click()
    settle(again)
    assert again.list.isVisible()
    begin(again)
    assert text(again, "name") == ""


@pytest.mark.parametrize(("who", "may"), [("admin", True), ("controller", False)])
def test_who_may_make_a_type(open_window: OpenWindow, who: str, may: bool) -> None:
    page = open_window(who, starting_with("articles")).page
    assert isinstance(page, ArticlePage)
    assert page.new_button.isVisible() is may
    page.create_new()
    settle(page)
    assert page.list.isVisible() is not may


def test_a_size_mark_is_asked_of_school_furniture_and_stays_where_one_stands(
    page: ArticlePage, town: World
) -> None:
    chair = article(town, "Elevstol", "school_chair", size_mark="3-5")
    form = page.article.form
    for type_id, shown in ((town.chair, False), (chair, True), (town.chair, False)):
        page.shell.go("articles", type_id)
        settle(page)
        assert form.field("size_mark").isVisible() is shown
    form.category.set_value("school_chair")
    form.category.changed.emit()
    assert form.field("size_mark").isVisible()
    write(page, "size_mark", "6")
    form.category.set_value("desk_fixed")
    form.category.changed.emit()
    assert form.field("size_mark").isVisible()
