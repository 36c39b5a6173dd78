"""What stands beside a list is always one of the list, whatever filter, colleague or undo does."""

import re
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

import pytest

import moebelcirkel.ui.pages
from moebelcirkel.services import cases, changes, deliveries, intake, orders
from moebelcirkel.ui.kit.lists.tables import ColumnsModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.changes.page import ChangesPage
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.services.ordering import send
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

#: Files with something beside something else: what holds them to it, or why nothing has to.
BESIDE = {
    "approvals/page": "here",
    "changes/page": "here",
    "deliveries/page": "here",
    "orders/page": "here",
    "settings/register": "here",
    "stock/page": "here",
    "cases/dialog": "the case of the board's dialog: here",
    "articles/detail": "one type, no list beside it",
    "imports/result": "one import",
    "intake/page": "a form and its last batches",
    "messages/page": "always one of the list, the chosen or the first: test_messages_page",
    "pickups/page": "always one of the list, the chosen or the first: test_pickups_page",
    "reports/shown": "one paper",
    "settings/persons/pictures": "the marked one of the list, else hidden: test_persons",
    "runs/page": "always one of the week's runs: test_runs_page",
    "settings/page": "the list of sections never changes",
    "settings/parameters": "a form and its example",
    "settlement/page": "a batch, or what waits: test_settlement_page",
    "shop/page": "filters and basket, no detail of a card",
    "units/page": "one piece",
    "receipts/page": "always one of the list, the chosen or the first: test_receipts_page",
    "complaints/page": "always one of the list, the chosen or the first: test_complaints_page",
    "loans/page": "always one of the list, the chosen or the first: test_loans",
    "repairs/page": "always one of the list, the chosen or the first: as wants/page",
    "wants/page": "always one of the list, the chosen or the first: test_wants_page",
}


def rows(model: ColumnsModel[object]) -> set[Hashable]:
    """Keys of all rows at hand."""
    found = (model.peek(number) for number in range(model.rowCount()))
    return {model.row_key(row) for row in found if row is not None}


def beside(page: Page) -> tuple[Hashable, set[Hashable]]:
    """What is shown beside the list (None: nothing), and what the list holds."""
    if isinstance(page, OrdersPage | ApprovalsPage):
        detail = None if page.card.isHidden() else page.card.detail
        return detail and detail.row.id, rows(page.table.columns_model())
    if isinstance(page, ChangesPage):
        return page.panel._change and page.panel._change.id, rows(page.table.columns_model())
    if isinstance(page, DeliveriesPage):
        return page._receiver, {entry.key for entry in page.receivers_card.list.rows.entries}
    if isinstance(page, StockPage):
        chosen = [row.id for row in page.table.selected_rows()]
        assert page.acting.isVisible() == bool(chosen)
        return chosen[0] if chosen else None, rows(page.table.columns_model())
    if isinstance(page, CasesPage):
        return page.panel._case_id, set(page._cards)
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, Register)
    opened = section._opened
    return opened and opened.id, rows(section.table.columns_model())


def holds(page: Page) -> Hashable:
    """Wait, look, and return what is shown."""
    settle(page)
    shown, listed = beside(page)
    assert shown is None or shown in listed
    return shown


def test_no_page_with_something_beside_its_list_is_forgotten() -> None:
    folder = Path(next(iter(moebelcirkel.ui.pages.__path__)))
    found = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"SidePanel\(|ListPage\[", path.read_text("utf-8"))
    }
    assert found == set(BESIDE)


def cancelled(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """A colleague cancels it; then nothing fits the filter; then all of them."""
    assert isinstance(page, OrdersPage)
    orders.cancel(town.person("leader"), int(str(shown)))
    page.reload()
    yield "cancelled"
    page.states.button(1).click()
    yield "nothing delivered"
    page.states.button(3).click()
    yield "all"
    page.search("B-000003")
    yield "one found"
    page.activate(send(town.person("leader"), town, 1))
    yield "another page points to it"


def decided(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """A colleague approves what is shown, and takes it back; then the rest is decided too."""
    approver = town.person("approver")
    done = orders.approve(approver, int(str(shown)))
    page.reload()
    yield "approved"
    assert done.change_id is not None
    changes.undo(approver, done.change_id)
    page.reload()
    yield "undone"
    for row in orders.waiting(approver).rows:
        orders.refuse(approver, row.id, "Vi har nok")
    page.reload()
    yield "all refused"


def delivered(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """A colleague hands over all that the receiver gets."""
    lager = town.person("lager")
    lines = deliveries.line_ids(lager, town.school, picked=False)
    deliveries.pick(lager, lines)
    page.search("findes ikke")
    yield "nothing fits"
    deliveries.hand_over(lager, line_ids=lines)
    page.reload()
    yield "handed over"


def filtered(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """Only one's own changes, of which there are none."""
    assert isinstance(page, ChangesPage)
    page.whose.button(1).click()
    yield "mine"
    page.whose.button(0).click()
    yield "all"


def searched(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """Words that the open one does not have, and none at all."""
    page.search("Åbo")
    yield "one of them"
    page.search("Søndervang")
    yield "the other one"
    page.search("")
    yield "all"


def moved_out(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """The piece is scrapped by a colleague, then nothing fits."""
    from moebelcirkel.services import stock

    stock.scrap(town.person("lager"), [int(str(shown))], "broken")
    page.reload()
    yield "scrapped"
    page.search("findes ikke")
    yield "nothing fits"


def taken_back(town: World, page: Page, shown: Hashable) -> Iterable[str]:
    """The case is undone by a colleague while it is open."""
    newest = changes.page(town.person("lager"), changes.ChangeFilter())[0]
    changes.undo(town.context, newest.id)
    page.reload()
    yield "undone"


def choose(page: Page) -> None:
    """Show something beside the list."""
    if isinstance(page, SettingsPage):
        page.entries["institutions"].click()
        settle(page)
        section = page.section()
        assert isinstance(section, Register)
        section.table.selectRow(0)
    elif isinstance(page, DeliveriesPage):
        page._choose(page._shown.receivers[0].institution_id)
    elif isinstance(page, CasesPage):
        page.panel.open(next(iter(page._cards)))
    elif isinstance(page, StockPage):
        ours = [
            row
            for row in map(page.model.peek, range(page.model.rowCount()))
            if row is not None and row.state == "received"
        ]
        page.table.select_key(ours[0].id)
    elif isinstance(page, OrdersPage | ApprovalsPage | ChangesPage):
        page.table.selectRow(0)


Steps = Callable[[World, Page, Hashable], Iterable[str]]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("who", "word", "steps"),
    [
        ("leader", "orders", cancelled),
        ("approver", "approvals", decided),
        ("lager", "deliveries", delivered),
        ("lager", "changes", filtered),
        ("admin", "settings", searched),
        ("lager", "stock", moved_out),
        ("bench", "cases", taken_back),
    ],
)
def test_what_stands_beside_a_list_is_one_of_the_list(
    town: World, open_window: OpenWindow, who: str, word: str, steps: Steps
) -> None:
    batch = intake.Batch(
        parts=(intake.Part("C", 2, "shelf", town.shelf),), giver_id=town.home, article_id=town.chair
    )
    received = intake.register(town.person("lager"), batch).unit_ids
    trade.order(town, trade.put_on_sale(town, 2))
    for _order in range(2):
        send(town.person("leader"), town, 8)
    cases.send(town.person("bench"), received[1:])
    items = [item for item in entries.items_for(town.person(who)) if item.word == word]
    window: MainWindow = open_window(who, items)
    page = window.page
    assert page is not None
    settle(page)
    choose(page)
    shown = holds(page)
    assert shown is not None
    assert {holds(page) for _step in steps(town, page, shown)} != {shown}
