"""Before buying new in the real window: pasted, seen, and led on to the shop or a want."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.services import pickups, wants
from moebelcirkel.services.context import Context
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.purchases.answer_dialog import AnswerDialog
from moebelcirkel.ui.pages.purchases.gather_dialog import GatherDialog
from moebelcirkel.ui.pages.purchases.page import PurchasesPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.wants.dialog import WantDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services import planning, shopping
from tests.services.reported import report
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def kept_plan(at: Opener) -> PurchasesPage:
    trade.put_on_sale(at.town, 1)
    made = planning.plan(at.town.person("leader"), at.town.school)
    return at.page("leader", "purchases", PurchasesPage, made)


#: How the dialogs about a line are opened.
PLAN_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {
    AnswerDialog: lambda at: kept_plan(at).answer.click(),
    GatherDialog: lambda at: kept_plan(at).gather.click(),
}


def items(context: Context) -> list[RailItem]:
    found = {item.word: item for item in entries.items_for(context)}
    return [found[word] for word in ("purchases", "shop", "wants")]


def planned(town: World, open_window: OpenWindow, text: str) -> PurchasesPage:
    trade.put_on_sale(town, 5)
    page = open_window("leader", items(town.person("leader"))).page
    assert isinstance(page, PurchasesPage)
    page.field.edit.setPlainText(text)
    page.look.click()
    return page


def test_what_is_planned_no_more_is_shown_no_more(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = open_window("leader", items(town.person("leader"))).page
    assert isinstance(page, PurchasesPage)
    assert page.empty.isVisible()
    page.field.edit.setPlainText("12 kontorstole")
    page.look.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.table.isVisible()
    page.field.edit.setPlainText("")
    page.look.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.empty.isVisible()
    assert not page.to_shop.isEnabled()


def test_pasted_lines_show_what_is_there_and_lead_to_the_shop(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "12\tkontorstole\t3.350\n2 reoler")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert left_english(labels) == []
    assert any("5 af 14" in text for text in labels)
    assert any("Bestilt i dag kommer det senest i uge" in text for text in labels)
    page.to_shop.click()
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.page is not None
    assert window.page.word == "shop"
    assert window.header.field.text() == "kontorstole"


def test_what_may_be_adapted_and_what_is_fetched_is_told(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    trade.put_on_sale(town, 2, holder_id=town.school, place_id=None, state="delivered")
    made = pickups.report(town.person("leader"), report(town))
    lager = town.person("lager")
    pickups.plan(lager, made.pickup_id, lager.today())
    page = planned(town, open_window, "2 kontorstole")
    qtbot.waitUntil(lambda: "tilpasset" in page.gathered.text())
    told = page.gathered.text()
    assert "2 af jeres egne er af samme slags" in told
    assert "62 står hos afgivere, de første hentes i uge" in told
    assert left_english([told]) == []


def test_too_few_alike_in_the_shop_lead_to_a_set(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    trade.put_on_sale(town, 4)
    trade.put_on_sale(town, 5, condition="A")
    window = open_window("leader", items(town.person("leader")))
    window.go("shop")
    shop = window.page
    assert isinstance(shop, ShopPage)
    window.search_for("9 kontorstole")
    qtbot.waitUntil(shop.empty.isVisible)
    button = next(each for each in shop.empty.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Se et sæt af næsten ens"
    button.click()
    page = window.page
    assert isinstance(page, PurchasesPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.field.value() == "9 kontorstole"
    line = page.model.peek(0)
    assert line is not None
    assert line.gathered is not None
    assert (line.shop, len(line.gathered.members), line.gathered.missing) == (9, 2, 0)


def test_a_set_keeps_to_the_filters_of_the_shop_until_one_looks_again(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    trade.put_on_sale(town, 4)
    trade.put_on_sale(town, 5, condition="A")
    window = open_window("leader", items(town.person("leader")))
    window.go("shop")
    shop = window.page
    assert isinstance(shop, ShopPage)
    qtbot.waitUntil(lambda: shop.model.rowCount() == 2)
    conditions = shop.filters.boxes["conditions"]
    qtbot.waitUntil(lambda: len(conditions.findChildren(QCheckBox)) == 2)
    conditions.box("B").click()
    window.search_for("9 kontorstole")
    qtbot.waitUntil(shop.empty.isVisible)
    button = next(each for each in shop.empty.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Se et sæt af næsten ens"
    button.click()
    page = window.page
    assert isinstance(page, PurchasesPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    line = page.model.peek(0)
    assert line is not None
    assert line.shop == 4
    assert "Kun det, butikkens filtre viser" in page.gathered.text()
    page.look.click()
    qtbot.waitUntil(lambda: (line := page.model.peek(0)) is not None and line.shop == 9)
    qtbot.waitUntil(lambda: "butikkens filtre" not in page.gathered.text())


def test_what_is_not_there_is_wanted(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    page = planned(town, open_window, "7 reoler")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.want.click()
    window = page.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(WantDialog)))
    dialog = next(each for each in window.findChildren(WantDialog) if each.isVisible())
    assert (dialog.words.value(), dialog.pieces.value()) == ("reoler", 7)
    dialog.reject()


def test_a_plan_is_kept_answered_and_given_up(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "7 kontorstole\n2 reoler")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.place.isHidden()
    page.keep.click()
    qtbot.waitUntil(lambda: page.kept is not None)
    assert page.plans.text().startswith("N-000001: 0 af 2")
    assert page.top.isHidden()
    page.answer.click()
    dialog = shown(page)
    dialog.ending.set_value("new")
    dialog.ending.changed.emit()
    dialog.pieces.set_value(3)
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog.why.error.text()))
    dialog.why.set_value("Skal kunne vaskes")
    dialog.used.set_value("no")
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert page.table.selected_rows()[0].kept.reason == "Skal kunne vaskes"
    assert "ikke spurgt efter brugte" in page.gathered.text()
    page.reopen.click()
    qtbot.waitUntil(page.reopen.isHidden)
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert left_english(labels) == []


def shown(page: PurchasesPage) -> AnswerDialog:
    (dialog,) = [each for each in page.findChildren(AnswerDialog) if each.isVisible()]
    return dialog


def test_a_set_is_gathered_and_its_rest_wanted(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "7 kontorstole")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.keep.click()
    qtbot.waitUntil(lambda: page.kept is not None)
    page.gather.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(GatherDialog)))
    (dialog,) = [each for each in page.findChildren(GatherDialog) if each.isVisible()]
    assert dialog.verb.text() == "Reservér 5 møbler og efterlys 2"
    assert left_english([label.text() for label in dialog.findChildren(QLabel)]) == []
    dialog.verb.click()
    assert dialog.isVisible()
    dialog.question.set_value("yes")
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    ended = [page.model.peek(row) for row in range(2)]
    assert [line.kept.ending for line in ended if line and line.kept] == ["taken", "wanted"]
    assert not page.gather.isEnabled()


def test_what_is_missing_of_a_set_over_types_is_wanted_near_alike(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    for name, count in (("Elevstol A", 3), ("Elevstol B", 2)):
        like = shopping.article(
            town, name, "school_chair", colour="Blå", width_mm=450, height_max_mm=460
        )
        trade.put_on_sale(town, count, article_id=like)
    page = planned(town, open_window, "7 elevstole")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.gather.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(GatherDialog)))
    (dialog,) = [each for each in page.findChildren(GatherDialog) if each.isVisible()]
    assert dialog.what.text() == "næsten ens: højde 43-49 bredde 42-48 farve blå"
    dialog.question.set_value("yes")
    dialog.verb.click()
    leader = town.person("leader")
    qtbot.waitUntil(lambda: len(wants.listed(leader)) == 1)
    (row,) = wants.listed(leader)
    assert (row.what, row.pieces) == ("højde 43-49 bredde 42-48 farve blå · Elevstol", 2)
    taken = "5 møbler er i kurven. 2 er efterlyst: E-000001."
    qtbot.waitUntil(lambda: taken in page.gathered.text().replace("\u00a0", " "))
    assert not page.gather.isEnabled()
    page.reload()
    assert page.shell.jobs.wait_idle()
    assert not page.gather.isEnabled()
    page.look.click()
    qtbot.waitUntil(lambda: "efterlyst:" not in page.gathered.text())


def test_what_was_kept_is_undone_and_the_page_begins_anew(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "7 kontorstole")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.keep.click()
    qtbot.waitUntil(lambda: page.kept is not None)
    page.shell.undo()
    qtbot.waitUntil(lambda: page.kept is None)
    qtbot.waitUntil(page.plans.isHidden)
    assert page.top.isVisible()
    assert page.model.rowCount() == 0


def test_managers_see_what_became_of_plans(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    made = planning.plan(leader, town.school)
    planning.answer(leader, made, 0, "not_needed", 12)
    found = {item.word: item for item in entries.items_for(leader)}
    page = open_window("leader", [found["overview"]]).page
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(page.funnel.isVisible)
    told = [(figure.text(), words.text()) for figure, words in page.funnel.steps]
    assert told[0] == ("12", "Behov bortfaldt, 1 linje")
    assert told[-1] == ("2", "Ikke besvaret endnu, 1 linje")


def test_too_many_lines_are_said_plainly(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "stol\n" * 10_000)
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(window.jobs.idle)
    assert page.model.rowCount() == 0
