"""What was handed over: a long list to the left, the chosen delivery to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from moebelcirkel import services
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import LongListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.receipts import words
from moebelcirkel.ui.pages.receipts.card import ReceiptCard
from moebelcirkel.ui.pages.receipts.complain_dialog import ComplainDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.complaints import ComplaintsReported
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.receipts import Confirmed, Receipt, ReceiptDetail, ReceiptPage
    from moebelcirkel.ui.kit.shell import Shell


class ReceiptsPage(LongListPage["Receipt", "ReceiptDetail"]):
    """List and detail; who received a delivery confirms it here."""

    word = "receipts"
    title = N_("Deliveries")
    kinds = frozenset(
        {
            "complaint",
            "delivery",
            "order_line",
            "unit",
            "article",
            "institution",
            "app_user",
            "parameter",
        }
    )
    scan_searches = True
    search_hint = N_("Delivery or order number, institution or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.ORDER_VIEW)
        self.states = SegmentedField(
            "",
            [
                Choice(Standing.WAITING, _("Not confirmed")),
                Choice(Standing.CONFIRMED, _("Confirmed")),
                Choice(Standing.ASSUMED, _("By time")),
                Choice("all", _("All")),
            ],
        )
        self.states.set_value(Standing.WAITING.value)
        self.model: PagedTableModel[Receipt] = PagedTableModel(
            words.columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            self.fetch,
            self,
        )
        self.empty = EmptyState(_("Nothing waits to be confirmed"), icon="check")
        self.card = ReceiptCard()
        self.order = push_button(_("Show order"), self.with_shown(self._show_order))
        self.confirm = push_button(
            _("All of it came"), self.with_shown(self._confirm), role="primary"
        )
        self.complain = push_button(_("Complain…"), self.with_shown(self._ask_complaint))
        # Beside the two others the verb would be cut off.
        grid = QGridLayout()
        grid.setSpacing(10)
        grid.addWidget(self.order, 0, 0)
        grid.addWidget(self.complain, 0, 1)
        grid.addWidget(self.confirm, 1, 0, 1, 2)
        self.card.buttons.addLayout(grid)
        acts = (self.order, self.confirm, self.complain)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.card.hide()

    # --- the list -----------------------------------------------------------------------------

    def listing(
        self, offset: int, after: Receipt | None, holding: int | None
    ) -> Callable[[Context], ReceiptPage]:
        """The deliveries that stand so and that the words find."""
        chosen, text = str(self.states.value() or "all"), self.text
        standing = None if chosen == "all" else Standing(chosen)
        before = None if after is None else after.id
        return lambda context: services.receipts.listed(
            context, standing=standing, text=text, before_id=before, offset=offset, holding=holding
        )

    def say_empty(self) -> None:
        """What to look for, or where the others are."""
        if self.text:
            self.say_not_found(
                _("Search for a delivery or order number, an institution or a label number.")
            )
        elif self.states.value() == Standing.WAITING:
            self.empty.say(_("Nothing waits to be confirmed"), _("Choose All to see the others."))
        elif self.states.value() == "all":
            self.empty.say(
                _("No deliveries yet"), _("Deliveries appear here when they are handed over.")
            )
        else:
            self.empty.say(_("No such deliveries"), _("Choose All to see the others."))

    # --- one delivery -------------------------------------------------------------------------

    def detail_of(self, context: Context, key: int) -> ReceiptDetail:
        """One delivery."""
        return services.receipts.detail(context, key)

    def show_detail(self, detail: ReceiptDetail) -> None:
        """The delivery, and what may be done with it."""
        self.card.show_receipt(detail)
        self.card.show()
        self.confirm.setVisible(detail.may_confirm)
        self.complain.setVisible(detail.may_complain)

    def _show_order(self, detail: ReceiptDetail) -> None:
        self.shell.go("orders", detail.orders[0][0])

    # --- confirming ---------------------------------------------------------------------------

    def _confirm(self, detail: ReceiptDetail) -> None:
        delivery_id = detail.row.id
        self.shell.jobs.write(
            lambda context: services.receipts.confirm(context, delivery_id),
            self._confirmed,
            self.said_no,
            hold=(self.confirm,),
        )

    # --- complaining --------------------------------------------------------------------------

    def _ask_complaint(self, detail: ReceiptDetail) -> None:
        dialog = ComplainDialog(self.shell, self, detail)
        self.ask(
            dialog,
            dialog.told,
            lambda context, lines, wrong, pictures: services.complaints.report(
                context, detail.row.id, lines, wrong, pictures
            ),
            self._complained,
        )

    def _complained(self, done: ComplaintsReported) -> None:
        text = ngettext(
            "Complaint {number} is with the warehouse.",
            "{count} complaints are with the warehouse.",
            len(done.numbers),
        )
        self.done(done, text.format(number=done.numbers[0], count=len(done.numbers)))

    def _confirmed(self, done: Confirmed) -> None:
        self.done(done, _("Delivery {number} is confirmed.").format(number=done.number))
