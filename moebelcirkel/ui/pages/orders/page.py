"""The orders within reach: a long list to the left, the chosen order to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton

from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, holder, row
from moebelcirkel.ui.pages.orders import asks
from moebelcirkel.ui.pages.orders.columns import columns
from moebelcirkel.ui.parts.order_card import OrderCard

if TYPE_CHECKING:
    from moebelcirkel.services.orders import Cancelled, OrderDetail, OrderPage, OrderRow
    from moebelcirkel.ui.kit.shell import Shell

_CARD_WIDTH = 388
_STATES: dict[str, frozenset[OrderState]] = {
    "open": frozenset({OrderState.AWAITING, OrderState.APPROVED}),
    "delivered": frozenset({OrderState.DELIVERED}),
    "ended": frozenset({OrderState.REFUSED, OrderState.CANCELLED}),
    "all": frozenset(),
}


class OrdersPage(Page):
    """List and detail; cancelling is the only change made here."""

    word = "orders"
    title = N_("Orders")
    kinds = frozenset({"shop_order", "order_line", "delivery", "institution", "app_user"})
    scan_searches = True
    search_hint = N_("Order number, institution or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self._wanted: int | None = None
        reach = shell.context.reach(Action.ORDER_VIEW)
        self.states = SegmentedField(
            "",
            [
                Choice("open", _("Under way")),
                Choice("delivered", _("Delivered")),
                Choice("ended", _("Ended")),
                Choice("all", _("All")),
            ],
        )
        self.states.set_value("open")
        self.model: PagedTableModel[OrderRow] = PagedTableModel(
            columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            self._fetch,
            self,
        )
        self.table = TableView(_("Orders"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.empty = EmptyState(_("No orders yet"), icon="order")
        self.card = OrderCard()
        self.cancel = QPushButton(_("Cancel the order…"))
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Another page points to an order by its id."""
        if isinstance(argument, int):
            self._wanted = argument
            self._text = ""
            self.states.set_value("all")
            self.reload()

    def reload(self) -> None:
        """Read the list, and the chosen order where the list still holds it."""
        states, text, wanted = self._filter(), self._text, self._wanted
        self.shell.jobs.read(
            lambda context: asks.listed(context, states, text, holding=wanted),
            lambda page: self._show(page, wanted),
            channel="orders",
        )

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self._text = text
        self.reload()

    def scanned(self, code: str) -> bool:
        """A label shows the orders of its piece."""
        self.states.set_value("all")
        self.search(code)
        return True

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.cancel.setProperty("role", "danger")
        self.cancel.clicked.connect(self._ask_cancel)
        self.card.buttons.addStretch(1)
        self.card.buttons.addWidget(self.cancel)
        self.card.ticked_changed.connect(self._name_button)
        self.card.setEnabled(False)
        frame = CardFrame()
        frame.add(holder(row(self.states, self.table.columns_button())))
        frame.add(ListOrEmpty(self.table, self.empty), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(frame, [(self.card, _CARD_WIDTH)], collapse_below=860))
        self.setFocusProxy(self.table)
        self.states.changed.connect(self.reload)
        self.table.selection_changed.connect(self._selected)
        self._show_nothing()

    def _filter(self) -> frozenset[OrderState]:
        return _STATES[str(self.states.value() or "all")]

    # --- the list -----------------------------------------------------------------------------

    def _fetch(self, request: PageRequest[OrderRow]) -> None:
        states, text = self._filter(), self._text
        before = request.after.id if request.after is not None else None
        self.shell.jobs.read(
            lambda context: asks.listed(context, states, text, before, request.first),
            lambda page: self.model.deliver(request, page.rows),
            lambda _error: self.model.failed(request),
            channel="orders page",
        )

    def _show(self, page: OrderPage, wanted: int | None) -> None:
        """The order beside the list is always one of the list: the chosen one, else the first."""
        self._say_empty()
        with QSignalBlocker(self.table):  # The row marked before is not one chosen now.
            self.model.reset(page.total, page.rows)
        if self._wanted != wanted:
            self.reload()  # Another one was chosen meanwhile, out of the list before.
            return
        if wanted is not None and page.holds:
            self.table.select_key(wanted)
            self._show_detail_of(wanted)
        elif page.rows:
            self._wanted = None
            self.table.clearSelection()
            self.table.selectRow(0)
        else:
            self._show_nothing()

    def _say_empty(self) -> None:
        if self._text:
            self.empty.say(
                _("Nothing was found for “{text}”").format(text=self._text),
                _("Search for an order number, an institution or a label number."),
            )
        elif self.states.value() == "all":
            self.empty.say(_("No orders yet"), _("Orders appear here as soon as a basket is sent."))
        else:
            self.empty.say(_("No such orders"), _("Choose All to see the others."))

    def _selected(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        chosen = self.model.peek(numbers[0]) if numbers else None
        if chosen is not None and (self.card.detail is None or chosen.id != self._wanted):
            self._wanted = chosen.id
            self._show_detail_of(chosen.id)

    # --- one order ----------------------------------------------------------------------------

    def _show_detail_of(self, order_id: int) -> None:
        self.shell.jobs.read(
            lambda context: asks.detail(context, order_id),
            self._show_detail,
            lambda _error: self._show_nothing(),
            channel="order",
        )

    def _show_detail(self, detail: OrderDetail) -> None:
        if detail.row.id != self._wanted:
            return
        self.card.setEnabled(True)
        self.card.show_order(detail, cancellable=detail.may_cancel)
        self.cancel.setVisible(detail.may_cancel)
        self._name_button()
        wanted = self.card.items.wanted_photos()
        if wanted:
            self.shell.jobs.aside(
                lambda context: asks.pictures(context, wanted),
                self._photos_arrived,
                channel="order photos",
            )

    def _photos_arrived(self, found: dict[str, QImage]) -> None:
        for key, image in found.items():
            self.card.items.show_pixmap(key, QPixmap.fromImage(image))

    def _show_nothing(self) -> None:
        self._wanted = None
        self.card.detail = None
        self.card.setEnabled(False)
        self.card.show_title(_("No order is chosen"))
        self.card.state.show_chip(("", "neutral"))
        self.card.items.show_items([])
        self.card.facts.show_facts([])
        self.card.history.show_entries([])
        self.card.texts.hide()
        self.cancel.hide()

    # --- cancelling ---------------------------------------------------------------------------

    def _name_button(self) -> None:
        count = len(self.card.ticked_lines())
        if count:
            text = ngettext("Cancel {count} piece…", "Cancel {count} pieces…", count)
            self.cancel.setText(text.format(count=count))
        else:
            self.cancel.setText(_("Cancel the order…"))

    def _ask_cancel(self) -> None:
        detail = self.card.detail
        if detail is None:
            return
        lines = self.card.ticked_lines() or None
        number = detail.row.number
        if lines is None:
            title = _("Cancel {number}?").format(number=number)
            text = _("All its furniture that is not picked goes on sale again.")
        else:
            count = len(lines)
            title = ngettext(
                "Cancel {count} piece of {number}?", "Cancel {count} pieces of {number}?", count
            ).format(count=count, number=number)
            text = _("They go on sale again.")
        self.shell.messages.ask(
            title, text, _("Cancel the order") if lines is None else _("Cancel them"),
            lambda: self._cancel(detail, lines), danger=True, no=_("Keep the order"),
        )  # fmt: skip

    def _cancel(self, detail: OrderDetail, lines: list[int] | None) -> None:
        order_id, version = detail.row.id, detail.row.version
        self.shell.jobs.write(
            lambda context: asks.cancel(context, order_id, lines, version),
            self._cancelled,
            hold=(self.cancel,),
        )

    def _cancelled(self, done: Cancelled) -> None:
        count = done.pieces
        text = ngettext(
            "{number}: {count} piece cancelled", "{number}: {count} pieces cancelled", count
        )
        self.done(done, text.format(number=done.number, count=count))
