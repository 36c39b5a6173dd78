"""The pages of the program in the order of the rail, and which of them somebody sees.

Pages are imported after the window is there, or when they are first opened.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import loading, services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, read_texts
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.shell import RailItem, Shell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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


#: The window, and what looks after it.
_WINDOW = (
    "html",
    "moebelcirkel.services.start.server",
    "moebelcirkel.ui.kit.drafts",
    "moebelcirkel.ui.window.access.lock",
    "moebelcirkel.ui.window.copying",
    "moebelcirkel.ui.window.live",
    "moebelcirkel.ui.window.main_window",
    "moebelcirkel.ui.window.menu",
    "moebelcirkel.ui.window.order_news",
)


def load_window() -> None:
    """Import the code of the window, on a job's thread."""
    for name in _WINDOW:
        loading.module(name)
    read_texts()


def load_first(context: Context, *, begun: bool = True) -> None:
    """Import the code of the window and of the page it begins on, on a job's thread."""
    load_window()
    first = first_word(context, begun=begun)
    _load_code([] if first is None else [first])
    names = (item.icon for item in items_for(context, begun=begun) if item.icon)
    icons.draw_ahead(names, "muted", "accent_text", "disabled")


def load_page(word: str) -> None:
    """Import the code of a page that somebody waits for, on a job's thread."""
    _load_code([word])


def load(words: Iterable[str]) -> None:
    """Import the code of these pages, and what they use of services, ahead of their first visit."""
    _load_code(words)
    services.changes.kinds.declared()  # whoever asks what can be undone needs all that write
    icons.draw_ahead(icons.names(), "text", "disabled")


def _load_code(words: Iterable[str]) -> None:
    for word in words:
        package = loading.module(f"moebelcirkel.ui.pages.{word}")
        for part in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            loading.module(part.name)
        getattr(services, word, None)  # what a page shows it asks those of its own word


def _item(
    word: str,
    title: str,
    icon: str,
    section: str,
    page: str,
    count: Callable[[Context], int] | None = None,
    *,
    under: str | None = None,
    form: str = "",
) -> RailItem:
    """An entry of the rail; the page's class is imported when it is first opened.

    Its ``form`` is made before the page by a function of that name.
    """

    def opens(shell: Shell, *parts: QWidget) -> Page:
        made = getattr(loading.module(f"moebelcirkel.ui.pages.{word}.page"), page)
        opened: Page = made(shell, *parts)
        return opened

    def begins(shell: Shell) -> QWidget:
        part: QWidget = getattr(loading.module(f"moebelcirkel.ui.pages.{word}.form"), form)(shell)
        return part

    part, code = begins if form else None, f"moebelcirkel.ui.pages.{word}.page"
    return RailItem(word, title, icon, section, opens, count, under=under, part=part, code=code)


def _repairs_wait(context: Context) -> int:
    return services.repairs.waiting_count(context)


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


def _complained(context: Context) -> int:
    return services.complaints.open_count(context)


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


_GETTING_STARTED = _item(
    "getting_started", N_("Getting started"), "check", "start", "GettingStartedPage"
)
_ENTRIES = (
    _Entry(_item("home", N_("Start"), "institution", "start", "HomePage"), Action.HAND_IN, _gives),
    _Entry(
        _item("intake", N_("Intake"), "box", "hall", "IntakePage", form="form_for"), Action.INTAKE
    ),
    _Entry(
        _item("pickups", N_("Pickups"), "import", "hall", "PickupsPage", _pickups_open),
        Action.PICKUP,
    ),
    _Entry(
        _item("cases", N_("Workshop"), "wrench", "hall", "CasesPage", _cases_waiting), Action.CASE
    ),
    _Entry(
        _item("repairs", N_("Repairs"), "wrench", "hall", "RepairsPage", _repairs_wait), Action.CASE
    ),
    _Entry(_item("stock", N_("Stock"), "wardrobe", "hall", "StockPage"), Action.STOCK_VIEW),
    _Entry(
        _item("units", N_("Furniture passport"), "label", "hall", "UnitPage", under="stock"),
        Action.STOCK_VIEW,
    ),
    _Entry(
        _item("articles", N_("Furniture type"), "chair", "hall", "ArticlePage", under="stock"),
        Action.STOCK_VIEW,
    ),
    _Entry(
        _item("demand", N_("Demand"), "target", "hall", "DemandPage", under="stock"),
        Action.STOCK_VIEW,
    ),
    _Entry(
        _item(
            "deliveries", N_("Picking and delivery"), "truck", "out", "DeliveriesPage", _to_deliver
        ),
        Action.PICK,
    ),
    _Entry(_item("runs", N_("Runs"), "calendar", "out", "RunsPage"), Action.PICK),
    _Entry(
        _item("shop", N_("Find furniture"), "search", "shop", "ShopPage"), Action.SHOP, _orders_own
    ),
    _Entry(
        _item("shop", N_("Shop"), "shop", "out", "ShopPage"),
        Action.SHOP,
        lambda context: not _orders_own(context),
    ),
    _Entry(
        _item("overview", N_("Overview"), "chart", "figures", "OverviewPage"),
        Action.OVERVIEW,
        _sees_all_figures,
    ),
    _Entry(
        _item("reports", N_("Reports"), "report", "figures", "ReportsPage"),
        Action.REPORT,
        _sees_all_figures,
    ),
    _Entry(
        _item("settlement", N_("Settlement"), "money", "figures", "SettlementPage"), Action.SETTLE
    ),
    _Entry(
        _item("orders", N_("Orders"), "order", "shop", "OrdersPage", _orders_open),
        Action.ORDER_VIEW,
    ),
    _Entry(
        _item("receipts", N_("Deliveries"), "check", "shop", "ReceiptsPage", _unconfirmed),
        Action.ORDER_VIEW,
        _receives_or_asks,
    ),
    _Entry(
        _item("complaints", N_("Complaints"), "warning", "shop", "ComplaintsPage", _complained),
        Action.ORDER_VIEW,
        _lends,
    ),
    _Entry(
        _item("loans", N_("Loans"), "calendar", "shop", "LoansPage", _loans_late),
        Action.ORDER_VIEW,
        _lends,
    ),
    _Entry(
        _item("purchases", N_("Before buying new"), "leaf", "shop", "PurchasesPage"), Action.ORDER
    ),
    _Entry(_item("wants", N_("Wants"), "target", "shop", "WantsPage", _wants_found), Action.ORDER),
    _Entry(
        _item("approvals", N_("To approve"), "approve", "shop", "ApprovalsPage", _to_approve),
        Action.APPROVE,
    ),
    _Entry(
        _item("pickups", N_("Hand in furniture"), "box", "shop", "PickupsPage", _pickups_open),
        Action.HAND_IN,
        _gives,
    ),
    _Entry(
        _item("repairs", N_("Have repaired"), "wrench", "shop", "RepairsPage", _repairs_wait),
        Action.HAND_IN,
        lambda context: not context.allows(Action.CASE),
    ),
    _Entry(
        _item("overview", N_("Our figures"), "chart", "own", "OverviewPage"),
        Action.OVERVIEW,
        lambda context: not _sees_all_figures(context),
    ),
    _Entry(
        _item("reports", N_("Reports"), "report", "own", "ReportsPage"),
        Action.REPORT,
        lambda context: not _sees_all_figures(context),
    ),
    _Entry(
        _item("messages", N_("Messages"), "message", "office", "MessagesPage", _unread),
        None,
        _at_work,
    ),
    _Entry(_item("imports", N_("Import"), "import", "office", "ImportsPage"), Action.IMPORT),
    _Entry(_item("changes", N_("History"), "history", "office", "ChangesPage"), Action.HISTORY),
    _Entry(
        _item("settings", N_("Settings"), "settings", "office", "SettingsPage"), Action.SETTINGS
    ),
)
