"""Lager in the window: search, filters, order, columns, scans, and actions on many at once."""

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.facts import FACTS
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.stock.lists import CategoryGroup, StockFacets
from moebelcirkel.settings import COLUMNS, Settings
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.pages.stock.filters import StockFilterPanel
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.parts.piece_dialogs import PlaceDialog, PriceDialog, ScrapDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import ITEMS, left_english, settle, toasts
from tests.world import World


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    """Three on sale, two just received without a price, one delivered."""
    found = trade.put_on_sale(town, 3)
    found += trade.put_on_sale(town, 2, state="received", listed_at=None, price_ore=12_300)
    found += trade.put_on_sale(
        town, 1, state="delivered", place_id=None, listed_at=None, holder_id=town.home
    )
    return found


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    return open_window("lager", ITEMS)


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    found = window.page
    assert isinstance(found, StockPage)
    settle(found)
    return found


def column(page: StockPage, key: str) -> list[str]:
    """What a column says, from top to bottom."""
    at = next(n for n, each in enumerate(page.model.columns) if each.key == key)
    rows = [page.model.row_at(number) for number in range(page.model.rowCount())]
    return [page.model.columns[at].text(row).replace("\u00a0", " ") for row in rows if row]


def choose(page: StockPage, *numbers: int) -> None:
    """Select rows, as with Ctrl and the mouse."""
    page.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for number in numbers:
        index = page.model.index(number, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)


def states(town: World, units: list[int]) -> list[str]:
    return [trade.state(town.context, unit) for unit in units]


def test_counts_that_come_before_their_names_are_shown_with_them(qtbot: QtBot) -> None:
    panel = StockFilterPanel()
    qtbot.addWidget(panel)
    panel.show_facets(StockFacets({}, {}, {"chairs": 7}, {column: {} for column in FACTS}))
    boxes = panel.boxes["groups"]
    assert boxes.isHidden()
    panel.offer([CategoryGroup("chairs", "Stole"), CategoryGroup("tables", "Borde")], [], [])
    assert not boxes.isHidden()
    assert boxes.box("chairs").accessibleName() == "Kategori: Stole, 7 møbler"
    with pytest.raises(KeyError):
        boxes.box("tables")


def test_what_is_in_stock_is_shown_first(page: StockPage) -> None:
    assert page.model.rowCount() == 5
    assert page.count.text() == "5 møbler"
    assert column(page, "state") == ["Modtaget", "Modtaget", "Til salg", "Til salg", "Til salg"]
    assert left_english(page) == []


def test_filters_with_figures(page: StockPage) -> None:
    assert page.filters.price_from.label.text() == "Pris fra"
    assert page.filters.price_to.label.text() == "Pris til"
    box = page.filters.boxes["states"].box("listed")
    assert box.accessibleName() == "Status: Til salg, 3 møbler"
    box.click()
    settle(page)
    assert page.count.text() == "3 møbler"
    assert page.filters.boxes["states"].box("received").isVisible()
    page.filters.reset.click()
    settle(page)
    assert page.count.text() == "5 møbler"
    page.filters.scope.button(1).click()
    settle(page)
    assert page.count.text() == "6 møbler"


def test_a_search_that_only_fits_elsewhere_says_so(page: StockPage, units: list[int]) -> None:
    page.search(trade.number(page.shell.context, units[5]))
    settle(page)
    assert page.model.rowCount() == 0
    assert "1 møbel, der ikke længere er på lager" in page.empty.accessibleName()
    page.empty.pressed.emit()
    settle(page)
    assert column(page, "state") == ["Leveret"]


def test_a_wrong_amount_is_said_by_its_field(page: StockPage, qtbot: QtBot) -> None:
    field = page.filters.price_from
    field.line.setText("abc")
    field.line.editingFinished.emit()
    assert field.check() is False
    assert page.filters.wanted("") is None
    field.line.setText("200")
    field.changed.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)


def test_headers_order_the_rows(page: StockPage) -> None:
    header = page.table.horizontalHeader()
    at = next(n for n, each in enumerate(page.model.columns) if each.key == "number")
    header.sectionClicked.emit(at)
    settle(page)
    ascending = column(page, "number")
    assert ascending == sorted(ascending)
    header.sectionClicked.emit(at)
    settle(page)
    assert column(page, "number") == ascending[::-1]


def test_chosen_columns_are_kept(
    page: StockPage, open_window: OpenWindow, units: list[int]
) -> None:
    from PySide6.QtWidgets import QMenu

    menu = QMenu()
    actions = page.table.column_actions(menu)
    next(each for each in actions if each.text() == "Afgiver").trigger()
    assert "giver" in Settings().get(COLUMNS)["stock"]
    again = open_window("lager", ITEMS).page
    assert isinstance(again, StockPage)
    assert "giver" in again.table.visible_columns()


def test_move_several_and_take_it_back(
    page: StockPage, window: MainWindow, town: World, units: list[int]
) -> None:
    choose(page, 0, 1, 2)
    assert page.count.text() == "3 valgt"
    page.actions_of.trigger("move")
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PlaceDialog)
    assert dialog.windowTitle() == "Flyt 3 møbler"
    dialog.verb.click()
    assert dialog.place.error.text() == "Vælg en."
    assert not dialog.scanned("X-99")
    assert dialog.scanned("v-1")
    dialog.verb.click()
    settle(page)
    assert toasts(window) == ["3 møbler flyttet til Værksted"]
    assert column(page, "place").count("Værksted") == 3
    window.undo()
    settle(page)
    assert "Værksted" not in column(page, "place")


def test_scrap_asks_why_and_can_be_undone(
    page: StockPage, window: MainWindow, town: World, units: list[int]
) -> None:
    choose(page, 0, 1, 2)
    page.actions_of.trigger("scrap")
    dialog = page.asking
    assert isinstance(dialog, ScrapDialog)
    assert (dialog.verb.text(), dialog.cancel.text()) == ("Kassér 3 møbler", "Annullér")
    assert dialog.text.text() == "Du kan fortryde bagefter."
    dialog.verb.click()
    assert dialog.reason.error.text() == "Vælg en."
    dialog.reason.set_value("broken")
    dialog.verb.click()
    settle(page)
    assert states(town, units).count("scrapped") == 3
    window.undo()
    settle(page)
    assert states(town, units).count("scrapped") == 0


def test_a_refusal_names_the_piece_and_leaves_the_form_open(
    page: StockPage, town: World, units: list[int]
) -> None:
    trade.hold(town, units[2], town.school)
    choose(page, 0, 1, 2, 3, 4)
    page.actions_of.trigger("scrap")
    dialog = page.asking
    assert isinstance(dialog, ScrapDialog)
    dialog.reason.set_value("broken")
    dialog.verb.click()
    settle(page)
    number = trade.number(town.context, units[2])
    assert dialog.notice.text() == (
        f"{number} ligger i kurven hos Søndervangskolen. Prøv igen, når det er ledigt."
    )
    assert dialog.isVisible()
    assert states(town, units).count("scrapped") == 0
    dialog.cancel.click()


def test_put_on_sale_at_a_price_of_ones_own(
    page: StockPage, window: MainWindow, town: World, units: list[int]
) -> None:
    choose(page, 0, 1)
    page.actions_of.trigger("sale")
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PriceDialog)
    told = "\n".join(label.text() for label in dialog.findChildren(QLabel)).replace("\u00a0", " ")
    assert "Pris nu: 123 kr. · Vejledende pris: 1.340 kr." in told
    dialog.way.button(1).click()
    assert dialog.price.isVisible()
    dialog.price.line.setText("0")
    dialog.verb.click()
    settle(page)
    assert toasts(window) == ["2 møbler sat til salg"]
    rows = stock_list.find(town.context, stock_list.StockFilter(price_to_ore=0)).rows
    assert {row.state for row in rows} == {State.LISTED}
    assert len(rows) == 2


def test_only_what_is_possible_is_offered(page: StockPage) -> None:
    choose(page, 0)
    buttons = {button.text(): button.isEnabled() for button in page.actions_of._buttons.values()}
    assert buttons == {"Flyt": True, "Til værksted": True, "Sæt til salg": True, "Kassér": True}
    choose(page, 4)
    assert not page.actions_of._buttons["sale"].isEnabled()
    assert page.actions_of._actions["unlist"].isEnabled()


def test_a_button_that_goes_off_leaves_the_keyboard_to_the_table(page: StockPage) -> None:
    choose(page, 0, 1)
    page.actions_of._buttons["sale"].setFocus()
    page.actions_of.fit([State.LISTED])
    assert page.window().focusWidget() is page.table


def test_pieces_never_scrolled_to_are_acted_on_too(
    open_window: OpenWindow, town: World, units: list[int]
) -> None:
    trade.put_on_sale(town, 150)
    page = open_window("lager", ITEMS).page
    assert isinstance(page, StockPage)
    settle(page)
    page.table.selectAll()
    assert page.count.text() == "155 valgt"
    page.actions_of.trigger("move")
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PlaceDialog)
    assert dialog.windowTitle() == "Flyt 155 møbler"
    dialog.scanned("V-1")
    dialog.verb.click()
    settle(page)
    moved = stock_list.StockFilter(place_id=town.workshop)
    assert stock_list.find(town.context, moved).total == 155


def test_labels_of_what_is_chosen(page: StockPage, window: MainWindow) -> None:
    choose(page, 0, 1)
    page.print_out()
    settle(page)
    dialog = window.findChild(LabelSheetDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "2 mærkater"
    assert dialog.preview.page_count() == 1
    dialog.start.setValue(24)
    QTest.qWait(300)
    settle(page)
    assert dialog.preview.page_count() == 2
    dialog.preview.printed.emit()
    choose(page, 2)
    page.print_out()
    settle(page)
    again = window.findChildren(LabelSheetDialog)[-1]
    assert again.start.value() == 2, "one went on the last free place, one on a new sheet"
    again.reject()


def test_scans_gather_pieces_and_enter_opens_one(
    page: StockPage, window: MainWindow, town: World, units: list[int]
) -> None:
    for unit in units[:2]:
        window.scanned(trade.number(town.context, unit))
        settle(page)
    assert page.count.text() == "2 valgt"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(page)
    opened = window.page
    assert isinstance(opened, UnitPage)
    assert opened.passport is not None
    assert opened.passport.id == units[1]


def test_a_scan_of_what_is_filtered_away_opens_it(
    page: StockPage, window: MainWindow, town: World, units: list[int]
) -> None:
    window.scanned(trade.number(town.context, units[5]))
    settle(page)
    assert isinstance(window.page, UnitPage)


def test_an_unknown_code_is_refused_plainly(page: StockPage, window: MainWindow) -> None:
    window.scanned("MC-999999-9")
    settle(page)
    assert "Intet møbel har koden MC-999999-9" in window.messages.notice.text()


def test_who_may_only_look_has_no_buttons(open_window: OpenWindow, units: list[int]) -> None:
    page = open_window("controller", ITEMS).page
    assert isinstance(page, StockPage)
    settle(page)
    choose(page, 0)
    assert list(page.actions_of._buttons) == []
    assert list(page.actions_of._actions) == ["label"]


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_it_fits_its_window(
    open_window: OpenWindow, units: list[int], size: tuple[int, int]
) -> None:
    page = open_window("lager", ITEMS, size=size).page
    assert isinstance(page, StockPage)
    settle(page)
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.panel.isVisible()
    assert not page.side.is_narrow()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (960, 600)])
def test_what_is_said_covers_no_button_and_moves_nothing(
    units: list[int], open_window: OpenWindow, size: tuple[int, int]
) -> None:
    window = open_window("lager", ITEMS, size=size)
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    pressed = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    pressed = [each for each in pressed if not each.visibleRegion().isEmpty()]
    before = [each.mapTo(window, each.rect().topLeft()) for each in pressed]
    pointer = window.mapFromGlobal(QCursor.pos())
    window.undo()
    notice = window.messages.notice
    assert notice.text() == "Du har ikke noget at fortryde på denne side."
    place = QRect(notice.mapTo(window, QPoint(0, 0)), notice.size())
    assert window.rect().contains(place)
    assert not place.contains(pointer)
    assert [each.mapTo(window, each.rect().topLeft()) for each in pressed] == before
    covered = [
        each.text() or each.accessibleName()
        for each, at in zip(pressed, before, strict=True)
        if place.intersects(QRect(at, each.size())) and not notice.isAncestorOf(each)
    ]
    assert covered == []


def test_the_whole_row_under_the_pointer_is_tinted(page: StockPage) -> None:
    table = page.table
    viewport = table.viewport()
    first = table.visualRect(page.model.index(1, 1))
    # A pointer that an earlier window has left on the very spot would not move, and nobody hear it.
    for spot in (first.center() + QPoint(5, 0), first.center()):
        QTest.mouseMove(viewport, spot)
        settle(page)
    assert table.hovered == 1
    image = viewport.grab().toImage()
    top = first.top() + 2
    shown = {
        image.pixelColor(table.columnViewportPosition(column) + 2, top).name()
        for column in range(page.model.columnCount())
        if not table.isColumnHidden(column)
        and table.columnViewportPosition(column) + 2 < viewport.width()
    }
    assert shown == {paint.colour("sunken").name()}
    table.selectRow(1)
    image = viewport.grab().toImage()
    # Inside the ring of the row that has the keyboard.
    for left in (first.left() + 30, viewport.width() - 8):
        assert image.pixelColor(left, top + 4).name() == paint.colour("accent_soft").name()
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert table.hovered == -1
