"""The pages of the program in the order of the rail, and which of them somebody sees.

Pages are imported after the window is there, or when they are first opened.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.shell import RailItem, Shell

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page and the right it needs, if any; ``when`` narrows it further."""

    item: RailItem
    action: Action | None
    when: Callable[[Context], bool] = lambda _context: True


def items_for(context: Context, *, begun: bool = True) -> list[RailItem]:
    """The entries of one person's rail; who works with figures has these first.

    Until the work has ``begun`` (a piece was registered) an administrator is led to it.
    """
    items = [
        entry.item
        for entry in _ENTRIES
        if (entry.action is None or context.allows(entry.action)) and entry.when(context)
    ]
    if not begun and context.allows(Action.SETTINGS):
        items.insert(0, _GETTING_STARTED)
    if _works_in_the_hall(context):
        return items
    return sorted(items, key=lambda item: item.section not in ("start", "figures"))


def first_word(context: Context, *, begun: bool = True) -> str | None:
    """The page somebody begins on: approvers at what waits, who only runs it in settings."""
    busy = (Action.INTAKE, Action.CASE, Action.ORDER, Action.APPROVE, Action.OVERVIEW)
    words = [item.word for item in items_for(context, begun=begun) if item.under is None]
    if _GETTING_STARTED.word in words:
        return _GETTING_STARTED.word
    if "settings" in words and not any(context.allows(action) for action in busy):
        return "settings"
    if "approvals" in words and not context.allows(Action.ORDER):
        return "approvals"
    return next(iter(words), None)


def load_window() -> None:
    """Import the code of the window, on a job's thread."""
    for name in ("ui.window.main_window", "ui.kit.drafts", "services.start.server"):
        importlib.import_module(f"moebelcirkel.{name}")


def load_first(context: Context, *, begun: bool = True) -> None:
    """Import the code of the window and of the page it begins on, on a job's thread."""
    load_window()
    first = first_word(context, begun=begun)
    _load_code([] if first is None else [first])
    names = (item.icon for item in items_for(context, begun=begun) if item.icon)
    icons.draw_ahead(names, "muted", "accent_text", "disabled")


def load(words: Iterable[str]) -> None:
    """Import the code of these pages, and what they use of services, ahead of their first visit."""
    _load_code(words)
    from moebelcirkel.services.changes import kinds

    kinds.declared()  # whoever asks what can be undone needs all that write
    icons.draw_ahead(icons.names(), "text", "disabled")


def _load_code(words: Iterable[str]) -> None:
    for word in words:
        package = importlib.import_module(f"moebelcirkel.ui.pages.{word}")
        for part in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(part.name)


def _getting_started(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.getting_started.page import GettingStartedPage

    return GettingStartedPage(shell)


def _home(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.home.page import HomePage

    return HomePage(shell)


def _intake(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.intake.page import IntakePage

    return IntakePage(shell)


def _cases(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.cases.page import CasesPage

    return CasesPage(shell)


def _stock(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.stock.page import StockPage

    return StockPage(shell)


def _unit(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.units.page import UnitPage

    return UnitPage(shell)


def _article(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.articles.page import ArticlePage

    return ArticlePage(shell)


def _deliveries(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage

    return DeliveriesPage(shell)


def _runs(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.runs.page import RunsPage

    return RunsPage(shell)


def _pickups(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.pickups.page import PickupsPage

    return PickupsPage(shell)


def _shop(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.shop.page import ShopPage

    return ShopPage(shell)


def _purchases(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.purchases.page import PurchasesPage

    return PurchasesPage(shell)


def _wants(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.wants.page import WantsPage

    return WantsPage(shell)


def _orders(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.orders.page import OrdersPage

    return OrdersPage(shell)


def _loans(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.loans.page import LoansPage

    return LoansPage(shell)


def _receipts(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.receipts.page import ReceiptsPage

    return ReceiptsPage(shell)


def _settlement(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.settlement.page import SettlementPage

    return SettlementPage(shell)


def _approvals(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.approvals.page import ApprovalsPage

    return ApprovalsPage(shell)


def _messages(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.messages.page import MessagesPage

    return MessagesPage(shell)


def _overview(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.overview.page import OverviewPage

    return OverviewPage(shell)


def _reports(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.reports.page import ReportsPage

    return ReportsPage(shell)


def _imports(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.imports.page import ImportsPage

    return ImportsPage(shell)


def _changes(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.changes.page import ChangesPage

    return ChangesPage(shell)


def _settings(shell: Shell) -> Page:
    from moebelcirkel.ui.pages.settings.page import SettingsPage

    return SettingsPage(shell)


def _cases_waiting(context: Context) -> int:
    return services.cases.waiting_count(context)


def _to_deliver(context: Context) -> int:
    return services.deliveries.waiting_count(context)


def _orders_open(context: Context) -> int:
    return services.orders.open_count(context)


def _wants_found(context: Context) -> int:
    return services.wants.found_count(context)


def _loans_late(context: Context) -> int:
    return services.loans.overdue_count(context)


def _unconfirmed(context: Context) -> int:
    return services.receipts.waiting_count(context)


def _to_approve(context: Context) -> int:
    return services.orders.approval_count(context)


def _pickups_open(context: Context) -> int:
    return services.pickups.open_count(context)


def _unread(context: Context) -> int:
    return services.messages.unread_count(context)


def _at_work(context: Context) -> bool:
    return context.actor.grants is None or bool(context.actor.grants)


def _gives(context: Context) -> bool:
    return not context.allows(Action.PICKUP)


def _orders_own(context: Context) -> bool:
    return context.allows(Action.ORDER)


def _lends(context: Context) -> bool:
    return context.allows(Action.ORDER) or context.allows(Action.RETURN)


def _receives_or_asks(context: Context) -> bool:
    return _lends(context) or context.allows(Action.SETTLE)


def _works_in_the_hall(context: Context) -> bool:
    return context.allows(Action.INTAKE) or context.allows(Action.CASE)


def _sees_all_figures(context: Context) -> bool:
    return context.reach(Action.OVERVIEW) is None


_GETTING_STARTED = RailItem(
    "getting_started", N_("Getting started"), "check", "start", _getting_started
)
_ENTRIES = (
    _Entry(RailItem("home", N_("Start"), "institution", "start", _home), Action.HAND_IN, _gives),
    _Entry(RailItem("intake", N_("Intake"), "box", "hall", _intake), Action.INTAKE),
    _Entry(
        RailItem("pickups", N_("Pickups"), "import", "hall", _pickups, _pickups_open), Action.PICKUP
    ),
    _Entry(
        RailItem("cases", N_("Workshop"), "wrench", "hall", _cases, _cases_waiting), Action.CASE
    ),
    _Entry(RailItem("stock", N_("Stock"), "wardrobe", "hall", _stock), Action.STOCK_VIEW),
    _Entry(
        RailItem("units", N_("Furniture passport"), "label", "hall", _unit, under="stock"),
        Action.STOCK_VIEW,
    ),
    _Entry(
        RailItem("articles", N_("Furniture type"), "chair", "hall", _article, under="stock"),
        Action.STOCK_VIEW,
    ),
    _Entry(
        RailItem(
            "deliveries", N_("Picking and delivery"), "truck", "out", _deliveries, _to_deliver
        ),
        Action.PICK,
    ),
    _Entry(RailItem("runs", N_("Runs"), "calendar", "out", _runs), Action.PICK),
    _Entry(
        RailItem("shop", N_("Find furniture"), "search", "shop", _shop), Action.SHOP, _orders_own
    ),
    _Entry(
        RailItem("shop", N_("Shop"), "shop", "out", _shop),
        Action.SHOP,
        lambda context: not _orders_own(context),
    ),
    _Entry(
        RailItem("overview", N_("Overview"), "chart", "figures", _overview),
        Action.OVERVIEW,
        _sees_all_figures,
    ),
    _Entry(
        RailItem("reports", N_("Reports"), "report", "figures", _reports),
        Action.REPORT,
        _sees_all_figures,
    ),
    _Entry(
        RailItem("settlement", N_("Settlement"), "money", "figures", _settlement), Action.SETTLE
    ),
    _Entry(
        RailItem("orders", N_("Orders"), "order", "shop", _orders, _orders_open), Action.ORDER_VIEW
    ),
    _Entry(
        RailItem("receipts", N_("Deliveries"), "check", "shop", _receipts, _unconfirmed),
        Action.ORDER_VIEW,
        _receives_or_asks,
    ),
    _Entry(
        RailItem("loans", N_("Loans"), "calendar", "shop", _loans, _loans_late),
        Action.ORDER_VIEW,
        _lends,
    ),
    _Entry(
        RailItem("purchases", N_("Before buying new"), "leaf", "shop", _purchases), Action.ORDER
    ),
    _Entry(RailItem("wants", N_("Wants"), "target", "shop", _wants, _wants_found), Action.ORDER),
    _Entry(
        RailItem("approvals", N_("To approve"), "approve", "shop", _approvals, _to_approve),
        Action.APPROVE,
    ),
    _Entry(
        RailItem("pickups", N_("Hand in furniture"), "box", "shop", _pickups, _pickups_open),
        Action.HAND_IN,
        _gives,
    ),
    _Entry(
        RailItem("overview", N_("Our figures"), "chart", "own", _overview),
        Action.OVERVIEW,
        lambda context: not _sees_all_figures(context),
    ),
    _Entry(
        RailItem("reports", N_("Reports"), "report", "own", _reports),
        Action.REPORT,
        lambda context: not _sees_all_figures(context),
    ),
    _Entry(
        RailItem("messages", N_("Messages"), "message", "office", _messages, _unread),
        None,
        _at_work,
    ),
    _Entry(RailItem("imports", N_("Import"), "import", "office", _imports), Action.IMPORT),
    _Entry(RailItem("changes", N_("History"), "history", "office", _changes), Action.HISTORY),
    _Entry(RailItem("settings", N_("Settings"), "settings", "office", _settings), Action.SETTINGS),
)
