"""Reporting, deciding and following furniture in the real window, for givers and the warehouse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.services import institutions, intake, pickups
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.pickups.listing import PickupEvent
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.suggest import Picked
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.pickups import words
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services.reported import accepted, all_units, batch_for, gift, line_of, report, reported
from tests.services.wanting import want
from tests.services.working_day import picture
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def item(context: Context) -> list[RailItem]:
    return [each for each in entries.items_for(context) if each.word in ("pickups", "intake")][::-1]


def shown(window: MainWindow) -> PickupsPage:
    window.go("pickups")
    assert isinstance(window.page, PickupsPage)
    return window.page


def texts(page: PickupsPage) -> str:
    return texts_of(page)


def texts_of(page: QWidget) -> str:
    found = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join(found).replace("\u00a0", " ")


def words_of(part: QWidget) -> list[str]:
    labels = [label.text() for label in part.findChildren(QLabel)]
    return labels + [button.text() for button in part.findChildren(QAbstractButton)]


def numbers(page: PickupsPage) -> list[str]:
    model = page.table.columns_model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def fill(page: PickupsPage, qtbot: QtBot, name: str, count: int) -> None:
    page.new.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    line = dialog.lines[0]
    line.form.set_values({"name": Picked(None, name), "pieces": count})
    line.name.changed.emit()
    dialog.form.set_values({"building": "<b>x</b>", "contact": "Teknisk service"})


def test_a_leader_reports_what_should_go(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    page = shown(open_window("leader", item(leader), size=(1280, 720)))
    fill(page, qtbot, "Kontorstole, blå", 62)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    assert dialog.lines[0].category.combo.currentData() == "office_task_chair"
    assert left_english(words_of(dialog)) == []
    dialog.verb.click()
    qtbot.waitUntil(lambda: numbers(page) == ["A-000001"])
    qtbot.waitUntil(lambda: "Kontorstole, blå" in texts(page))
    assert "<b>x</b>" in texts(page)
    assert "62 stk." in texts(page)
    assert left_english(words_of(page)) == []


def test_the_keyboard_goes_through_a_report_from_above(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = shown(open_window("leader", item(town.person("leader"))))
    fill(page, qtbot, "Kontorstole, blå", 3)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    for _line in (1, 2):
        dialog.lines[0].name.setFocus()
        tops: list[int] = []
        while not tops or not dialog.cancel.hasFocus():
            dialog.focusNextChild()
            at = dialog.focusWidget()
            assert at is not None
            tops.append(at.mapTo(dialog, at.rect().center()).y() // 5)
        assert len(tops) > 12
        assert tops == sorted(tops)
        dialog.more.click()


def test_what_is_wrong_is_said_in_the_dialog(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = shown(open_window("leader", item(town.person("leader"))))
    fill(page, qtbot, "", 1)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    dialog.verb.click()
    assert dialog.lines[0].name.error.text() == "Feltet skal udfyldes."
    dialog.lines[0].form.set_values({"name": Picked(None, "x" * 200), "category": "desk_fixed"})
    dialog.form.set_values({"earliest_on": dt.date(2020, 1, 1)})
    dialog.verb.click()
    assert "160 tegn" in dialog.lines[0].name.error.text()
    dialog.lines[0].form.set_values({"name": Picked(None, "Borde")})
    dialog.verb.click()
    earliest = dialog.form.field("earliest_on")
    qtbot.waitUntil(lambda: earliest.error.text() == "Datoen ligger i fortiden.")
    assert pickups.listed(town.person("leader")).total == 0


def test_a_report_is_corrected_with_its_pictures_and_taken_back(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    key = reported(town)
    line = pickups.detail(leader, key).lines[0]
    with_picture = pickups.ReportedLine(
        id=line.id,
        category_key="desk_fixed",
        name="Borde",
        pieces=3,
        condition="C",
        pictures=(picture("a"),),
    )
    pickups.correct(leader, key, report(town, lines=(with_picture,)))
    page = shown(open_window("leader", item(leader)))
    qtbot.waitUntil(page.correct.isVisible)
    page.correct.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    dialog.lines[0].pieces.set_value(4)
    dialog.add_line()
    dialog.lines[1].form.set_values(
        {"name": Picked(None, "Reol"), "category": "bookcase_wood", "pieces": 2}
    )
    dialog.verb.click()
    qtbot.waitUntil(lambda: "Reol" in texts(page))
    seen = pickups.detail(leader, key)
    assert [(each.name, each.pieces, len(each.photos)) for each in seen.lines] == [
        ("Borde", 4, 1),
        ("Reol", 2, 0),
    ]
    page.withdraw.click()
    question = page.window().findChild(Question)
    assert question is not None
    question.accept()
    qtbot.waitUntil(lambda: "taget tilbage" in texts(page))


def test_the_warehouse_accepts_plans_and_turns_down(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    first, second = reported(town), reported(town)
    want(town.person("leader"), town.school, pieces=5)
    lager = town.person("lager")
    page = shown(open_window("lager", item(lager), size=(1280, 720)))
    qtbot.waitUntil(lambda: numbers(page) == ["A-000002", "A-000001"])
    qtbot.waitUntil(page.deciding.plan.isVisible)
    assert "5 af dem er efterlyst." in page.card.texts.text()
    assert left_english(words_of(page)) == []
    page.deciding.plan.click()
    dialog = page.asking
    assert dialog is not None
    dialog.form.set_values({"planned_on": town.context.today() + dt.timedelta(days=3)})
    dialog.verb.click()
    qtbot.waitUntil(lambda: numbers(page) == ["A-000001"])
    assert pickups.detail(lager, second).row.state is PickupState.PLANNED

    qtbot.waitUntil(lambda: page.card.detail is not None and page.card.detail.row.id == first)
    page.deciding.refuse.click()
    dialog = page.asking
    assert dialog is not None
    dialog.form.set_values({"reason": "Ingen plads"})
    dialog.verb.click()
    qtbot.waitUntil(lambda: numbers(page) == [])
    page.states.set_value("ahead")
    page.reload()
    qtbot.waitUntil(lambda: numbers(page) == ["A-000002"])
    leader = town.person("leader")
    assert pickups.detail(leader, first).reason == "Ingen plads"


def test_what_somebody_else_did_first_is_said_and_shown(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    key = reported(town)
    window = open_window("lager", item(town.person("lager")))
    page = shown(window)
    qtbot.waitUntil(page.deciding.accept.isVisible)
    qtbot.waitUntil(lambda: page.card.detail is not None)
    pickups.withdraw(town.person("leader"), key)
    page.deciding.accept.click()
    said = "A-000001 kan ikke accepteres: den er taget tilbage."
    qtbot.waitUntil(lambda: said in [label.text() for label in window.findChildren(QLabel)])


def test_the_giver_sees_what_became_of_it_and_what_did_not_come(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, key = town.person("lager"), accepted(town)
    intake.register(lager, batch_for(town, 21, key, line_of(lager, key)))
    page = shown(open_window("leader", item(town.person("leader"))))
    qtbot.waitUntil(lambda: "modtaget 21 af 62" in texts(page))
    assert "21 af 62" in texts(page)
    assert ("mangler at komme", "41 stk.") in page.card.fates.facts()
    assert not page.correct.isVisible()
    pickups.close(lager, key)
    page.reload()
    qtbot.waitUntil(lambda: ("kom ikke", "41 stk.") in page.card.fates.facts())


def receiving(page: PickupsPage, qtbot: QtBot) -> IntakePage:
    qtbot.waitUntil(page.deciding.receive.isVisible)
    qtbot.waitUntil(lambda: page.card.detail is not None)
    page.deciding.receive.click()
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: isinstance(window.page, IntakePage))
    found = window.page
    assert isinstance(found, IntakePage)
    qtbot.waitUntil(found.origin.line.isVisible)
    return found


def test_furniture_is_received_for_its_report_with_giver_and_line_filled_in(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, key = town.person("lager"), accepted(town)
    page = shown(open_window("lager", item(lager), size=(1280, 720)))
    page.activate(key)
    intake_page = receiving(page, qtbot)
    assert "Søndervangskolen" in intake_page.card.heading.text()
    assert "0 af 62" in intake_page.origin.report.text()
    intake_page.origin.line.combo.setCurrentIndex(0)
    form = intake_page.form
    assert form.type.line.text() == "Kontorstole, blå"
    assert (form.counts.counts()["B"], form.counts.total()) == (62, 62)
    form.form.set_values({"parts": {"B": 21}, "place": town.shelf})
    assert left_english(words_of(intake_page.origin)) == []
    intake_page.submit()
    qtbot.waitUntil(lambda: "21 af 62" in intake_page.origin.report.text())
    seen = pickups.detail(lager, key)
    assert [(line.received, line.pieces) for line in seen.lines] == [(21, 62)]


def test_tab_goes_from_the_report_down_into_the_form(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    key = accepted(town)
    page = shown(open_window("lager", item(town.person("lager"))))
    page.activate(key)
    intake_page = receiving(page, qtbot)
    origin, form = intake_page.origin, intake_page.form
    origin.line.combo.setCurrentIndex(0)
    fields: list[Field[Any]] = [
        origin.report,
        origin.line,
        origin.at_giver,
        form.type,
        form.category,
    ]
    fields[0].editor.setFocus()
    reached = []
    for _step in fields:
        focus = intake_page.window().focusWidget()
        assert focus is not None
        reached += [each.label.text() for each in fields if each.isAncestorOf(focus)]
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert reached == [each.label.text() for each in fields]


def test_what_still_stands_with_its_giver_asks_for_no_place(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, key = town.person("lager"), accepted(town)
    page = shown(open_window("lager", item(lager)))
    page.activate(key)
    intake_page = receiving(page, qtbot)
    intake_page.origin.line.combo.setCurrentIndex(0)
    form = intake_page.form
    form.form.set_values({"parts": {"B": 3}})
    intake_page.origin.at_giver.box.click()
    assert not form.place.isEnabled()
    assert left_english(words_of(intake_page.origin)) == []
    intake_page.submit()
    qtbot.waitUntil(lambda: "3 af 62" in intake_page.origin.report.text())
    found = {unit.place_id for unit in all_units(town)}
    assert {trade.row(lager, Place, place).pickup_id for place in found} == {key}
    intake_page.origin.report.combo.setCurrentIndex(0)
    assert form.place.isEnabled()


def test_a_report_that_is_closed_while_receiving_is_said_and_nothing_is_registered(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, key = town.person("lager"), accepted(town)
    page = shown(open_window("lager", item(lager)))
    page.activate(key)
    intake_page = receiving(page, qtbot)
    intake_page.origin.line.combo.setCurrentIndex(0)
    intake_page.form.form.set_values({"place": town.shelf})
    pickups.close(lager, key)
    intake_page.submit()
    window = intake_page.window()
    qtbot.waitUntil(lambda: "den er afsluttet" in texts_of(window))
    assert pickups.detail(lager, key).row.received == 0


@pytest.mark.parametrize(("login", "word"), [("leader", "shop"), ("lager", "stock")])
def test_what_is_coming_stands_beside_the_hits_of_a_search(
    town: World, open_window: OpenWindow, qtbot: QtBot, login: str, word: str
) -> None:
    gift(town)
    items = [each for each in entries.items_for(town.person(login)) if each.word == word]
    page = open_window(login, items).page
    assert isinstance(page, ShopPage | StockPage)
    page.search("12 kontorstole")
    qtbot.waitUntil(page.coming.isVisible)
    told = page.coming.note.text()
    assert told.startswith("Står hos afgiver, kan ikke bestilles endnu: 62 × Kontorstole, blå hos")
    assert ("hos jer tidligst i uge" in told) == (login == "leader")
    page.search("")
    assert not page.coming.isVisible()


@pytest.mark.parametrize("login", ["leader", "employee"])
def test_a_giver_finds_the_page_in_the_rail(town: World, login: str) -> None:
    found = [each for each in entries.items_for(town.person(login)) if each.word == "pickups"]
    assert [each.title for each in found] == ["Hand in furniture"]
    assert [each.id for each in institutions.choices(town.person(login))]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("pickup.accept", "Accepteret"),
        ("repair.report", "Bad om en reparation"),
        ("repair.accept", "Sagde ja til prisen på en reparation"),
    ],
)
def test_a_report_tells_what_happened_to_it(kind: str, title: str) -> None:
    event = PickupEvent(kind, "", dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC), "Marianne Fjord")
    assert words.entry(event).title == title
