"""Orders that wait for a decision: who asks, for how much, above which limit; yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from moebelcirkel import services
from moebelcirkel.domain.orders import Needs
from moebelcirkel.domain.roles import Action, stood_in_for
from moebelcirkel.language import N_, _, day, kroner, moment, zone
from moebelcirkel.ui.kit.list_page import ShortListPage
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, chip_column, text_column
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.approvals.adjust_dialog import AdjustDialog
from moebelcirkel.ui.pages.approvals.refuse_dialog import RefuseOrderDialog
from moebelcirkel.ui.parts import thumbs
from moebelcirkel.ui.parts.deputies_dialog import ask_deputies
from moebelcirkel.ui.parts.order_card import OrderCard

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.orders import Adjusted, OrderDecided, OrderDetail, OrderRow
    from moebelcirkel.ui.kit.shell import Shell


def _limit_chip(row: OrderRow) -> Chip:
    if row.urgent:
        return Chip(_("Urgent"), "error")
    if row.over_ore:
        return Chip(_("above the ceiling"), "warning")
    if row.needs is Needs.APPROVER and row.total_ore <= (row.limit_ore or 0):
        return Chip(_("needs an approver"), "warning")
    if row.needs is Needs.APPROVER:
        return Chip(_("above the limit"), "warning")
    return Chip(_("within the limit"), "neutral")


def _columns(*, many_institutions: bool) -> list[Column[OrderRow]]:
    """Who asks for how much; narrow enough for a small window."""
    return [
        Column(
            "number", _("Number"), lambda row: row.number, lambda row: row.id, width=84, strong=True
        ),
        text_column("orderer", _("Ordered by"), lambda row: row.orderer, hidden=many_institutions),
        text_column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            hidden=not many_institutions,
        ),
        Column(
            "sent",
            _("Sent"),
            lambda row: day(row.sent_at.astimezone(zone()).date()),
            lambda row: row.sent_at,
            width=80,
            tone="small",
            hidden=many_institutions,
            tip=lambda row: moment(row.sent_at),
        ),
        Column(
            "total",
            _("Amount"),
            lambda row: kroner(row.total_ore),
            lambda row: row.total_ore,
            align="right",
            width=88,
            strong=True,
        ),
        chip_column(
            "limit",
            _("Limit"),
            _limit_chip,
            width=column_width((_("needs an approver"), _("within the limit"))),
        ),
    ]


class ApprovalsPage(ShortListPage["OrderRow", "OrderDetail"]):
    """The list to the left, the order and the two answers to the right."""

    word = "approvals"
    title = N_("To approve")
    kinds = frozenset(
        {"shop_order", "order_line", "user_role", "institution", "deputy", "app_user"}
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.APPROVE)
        self.model: TableModel[OrderRow] = TableModel(
            _columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            parent=self,
        )
        self.empty = EmptyState(
            _("Nothing waits for you"),
            _("Orders that need your approval appear here, with a number in the menu."),
            icon="approve",
        )
        self.card = OrderCard()
        self.approve = QPushButton(_("Approve"))
        self.refuse = QPushButton(_("Refuse…"))
        self.change = QPushButton(_("Change…"))
        self._build()

    def header_buttons(self) -> list[QPushButton]:
        """Who decides in one's stead, for who decides above the limit in nobody else's."""
        if not stood_in_for(self.shell.context.actor.grants):
            return []
        return [push_button(_("Deputies…"), lambda: ask_deputies(self))]

    def reload(self) -> None:
        """Read what waits."""
        self.shell.jobs.read(
            lambda context: services.orders.waiting(context, limit=500),
            lambda page: self.show_rows(page.rows),
            channel=self.word,
        )

    def _build(self) -> None:
        self.approve.setProperty("role", "primary")
        for button in (self.approve, self.change, self.refuse):
            button.setProperty("main", True)
        self.change.clicked.connect(self.with_shown(self._ask_changes))
        self.refuse.setProperty("role", "danger")
        self.approve.clicked.connect(self.with_shown(self._approve))
        self.refuse.clicked.connect(self.with_shown(self._ask_reason))
        self.card.buttons.addWidget(self.refuse)
        self.card.buttons.addWidget(self.change)
        self.card.buttons.addWidget(self.approve, 1)
        acts = (self.approve, self.change, self.refuse)
        self.lay(self.model, self.empty, self.card, acts, name=_("Orders waiting for you"))
        self.card.hide()

    def detail_of(self, context: Context, key: int) -> OrderDetail:
        return services.orders.detail(context, key)

    def show_detail(self, detail: OrderDetail) -> None:
        """The order and the two answers."""
        self.card.show_order(detail, cancellable=False)
        self.card.show()
        for button in (self.approve, self.change, self.refuse):
            button.setEnabled(detail.may_decide)
        thumbs.show_in(self.shell, self.card.items, "approval photos")

    # --- deciding -----------------------------------------------------------------------------

    def _approve(self, detail: OrderDetail) -> None:
        order_id, version = detail.row.id, detail.row.version
        self.shell.jobs.write(
            lambda context: services.orders.approve(context, order_id, version),
            lambda done: self._approved(done, detail),
            self.said_no,
            hold=(self.approve, self.refuse),
        )

    def _approved(self, done: Done, detail: OrderDetail) -> None:
        self.chosen = None
        text = _("{number} is approved: {amount} for {institution}.").format(
            number=detail.row.number,
            amount=kroner(detail.row.total_ore),
            institution=detail.row.institution,
        )
        self.done(done, text)

    def _ask_changes(self, detail: OrderDetail) -> None:
        order_id, version = detail.row.id, detail.row.version
        dialog = AdjustDialog(self, detail)
        self.ask(
            dialog,
            lambda: (dialog.lines_out(), dialog.new_payer(), dialog.words.value()),
            lambda context, out, payer, why: services.orders.adjust(
                context, order_id, out, payer, version, why
            ),
            self._changed_order,
        )

    def _changed_order(self, done: Adjusted) -> None:
        text = _("{number} is changed: {amount} waits for your decision.")
        self.done(done, text.format(number=done.number, amount=kroner(done.total_ore)))

    def _ask_reason(self, detail: OrderDetail) -> None:
        dialog = RefuseOrderDialog(self, detail.row.number)
        order_id, version = detail.row.id, detail.row.version
        self.ask(
            dialog,
            lambda: (dialog.words.value(),),
            lambda context, reason: services.orders.refuse(context, order_id, reason, version),
            self._refused,
        )

    def _refused(self, done: OrderDecided) -> None:
        self.chosen = None
        text = _("{number} is refused, and its furniture is on sale again.")
        self.done(done, text.format(number=done.number))
