"""Orders that wait for a decision: who asks, for how much, above which limit; yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Needs
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, day, kroner, moment, zone
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.pages.approvals import asks
from moebelcirkel.ui.pages.approvals.refuse_dialog import RefuseDialog
from moebelcirkel.ui.parts.order_card import OrderCard

if TYPE_CHECKING:
    from moebelcirkel.services.context import Done
    from moebelcirkel.services.orders import Decided, OrderDetail, OrderPage, OrderRow
    from moebelcirkel.ui.kit.shell import Shell

_CARD_WIDTH = 388


def _limit_chip(row: OrderRow) -> Chip:
    if row.needs is Needs.APPROVER:
        return Chip(_("above the limit"), "warning")
    return Chip(_("within the limit"), "neutral")


def _columns(*, many_institutions: bool) -> list[Column[OrderRow]]:
    """Who asks for how much; narrow enough for a small window."""
    return [
        Column("number", _("Number"), lambda row: row.number, lambda row: row.id,
               width=84, strong=True),
        Column("orderer", _("Ordered by"), lambda row: row.orderer, lambda row: row.orderer),
        Column("institution", _("Institution"), lambda row: row.institution,
               lambda row: row.institution, hidden=not many_institutions),
        Column("sent", _("Sent"), lambda row: day(row.sent_at.astimezone(zone()).date()),
               lambda row: row.sent_at, width=80, tone="small", hidden=many_institutions,
               tip=lambda row: moment(row.sent_at)),
        Column("total", _("Amount"), lambda row: kroner(row.total_ore),
               lambda row: row.total_ore, align="right", width=88, strong=True),
        Column("limit", _("Limit"), lambda row: _limit_chip(row).text, chip=_limit_chip,
               width=column_width((_("above the limit"), _("within the limit")))),
    ]  # fmt: skip


class ApprovalsPage(Page):
    """The list to the left, the order and the two answers to the right."""

    word = "approvals"
    title = N_("To approve")
    kinds = frozenset({"shop_order", "order_line", "user_role", "institution"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shown: int | None = None
        self._dialog: RefuseDialog | None = None
        reach = shell.context.reach(Action.APPROVE)
        self.model: TableModel[OrderRow] = TableModel(
            _columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            parent=self,
        )
        self.table = TableView(_("Orders waiting for you"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.empty = EmptyState(
            _("Nothing waits for you"),
            _("Orders that need your approval appear here, with a number in the menu."),
            icon="approve",
        )
        self.card = OrderCard()
        self.approve = QPushButton(_("Approve"))
        self.refuse = QPushButton(_("Refuse…"))
        self._build()

    def reload(self) -> None:
        """Read what waits."""
        self.shell.jobs.read(asks.waiting, self._show, channel="approvals")

    def _build(self) -> None:
        self.approve.setProperty("role", "primary")
        for button in (self.approve, self.refuse):
            button.setProperty("main", True)
        self.refuse.setProperty("role", "danger")
        self.approve.clicked.connect(self._approve)
        self.refuse.clicked.connect(self._ask_reason)
        self.decision = Decision(self._subject, self.approve, self.refuse)
        self.card.buttons.addWidget(self.refuse)
        self.card.buttons.addWidget(self.approve, 1)
        frame = CardFrame()
        frame.add(ListOrEmpty(self.table, self.empty), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(frame, [(self.card, _CARD_WIDTH)], collapse_below=860))
        self.setFocusProxy(self.table)
        self.table.selection_changed.connect(self._selected)
        self.card.hide()

    def _show(self, page: OrderPage) -> None:
        self.model.set_rows(page.rows)
        ids = [row.id for row in page.rows]
        if not ids:
            self._show_nothing()
        elif self._shown not in ids:
            self.table.selectRow(0)
        else:
            self._read(ids[ids.index(self._shown)])

    def _show_nothing(self) -> None:
        self._shown = None
        self.card.detail = None
        self.card.hide()

    def _selected(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        row = self.model.row_at(numbers[0]) if numbers else None
        if row is not None:
            self._read(row.id)

    def _read(self, order_id: int) -> None:
        self._shown = order_id
        self.shell.jobs.read(
            lambda context: asks.detail(context, order_id),
            self._show_detail,
            lambda _error: self._show_nothing(),
            channel="approval",
        )

    def _show_detail(self, detail: OrderDetail) -> None:
        if detail.row.id != self._shown:
            return  # The list has moved on since it was asked for.
        self.card.show_order(detail, cancellable=False)
        self.card.show()
        self.decision.shown()
        for button in (self.approve, self.refuse):
            button.setEnabled(detail.may_decide)
        wanted = self.card.items.wanted_photos()
        if wanted:
            self.shell.jobs.aside(
                lambda context: asks.pictures(context, wanted),
                self._photos_arrived,
                channel="approval photos",
            )

    def _photos_arrived(self, found: dict[str, QImage]) -> None:
        for key, image in found.items():
            self.card.items.show_pixmap(key, QPixmap.fromImage(image))

    # --- deciding -----------------------------------------------------------------------------

    def _asked(self) -> OrderDetail | None:
        """The order shown; None while another one is being read, or after its answer."""
        detail = self.card.detail
        return detail if detail is not None and detail.row.id == self._shown else None

    def _subject(self) -> tuple[int, int] | None:
        detail = self._asked()
        return None if detail is None else (detail.row.id, detail.row.version)

    def _approve(self) -> None:
        detail = self._asked()
        if detail is None:
            return
        order_id, version = detail.row.id, detail.row.version
        self.shell.jobs.write(
            lambda context: asks.approve(context, order_id, version),
            lambda done: self._approved(done, detail),
            self._said_no,
            hold=(self.approve, self.refuse),
        )

    def _approved(self, done: Done, detail: OrderDetail) -> None:
        self._shown = None
        text = _("{number} is approved: {amount} for {institution}.").format(
            number=detail.row.number,
            amount=kroner(detail.row.total_ore),
            institution=detail.row.institution,
        )
        self.done(done, text)

    def _ask_reason(self) -> None:
        detail = self._asked()
        if detail is None:
            return
        dialog = RefuseDialog(self, detail.row.number)
        dialog.asked.connect(lambda: self._refuse(detail, dialog.reason.value()))
        dialog.finished.connect(self._dialog_closed)
        self._dialog = dialog
        dialog.open()

    def _refuse(self, detail: OrderDetail, reason: str) -> None:
        order_id, version = detail.row.id, detail.row.version
        self.shell.jobs.write(
            lambda context: asks.refuse(context, order_id, reason, version),
            self._refused,
            self._said_no,
        )

    def _refused(self, done: Decided) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._shown = None
        text = _("{number} is refused, and its furniture is on sale again.")
        self.done(done, text.format(number=done.number))

    def _said_no(self, error: Refused) -> None:
        """By the reason where it is about the reason, else under the header."""
        if self._dialog is not None:
            self._dialog.refuse(error)
            return
        self.shell.messages.refused(error)
        self.reload()

    def _dialog_closed(self) -> None:
        self._dialog = None
