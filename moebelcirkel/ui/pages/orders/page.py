"""The orders within reach: a long list to the left, the chosen order to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel import services
from moebelcirkel.domain.orders import OrderState, Party, Rating, Why
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, day, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import LongListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.plain import caption, push_button, tip
from moebelcirkel.ui.pages.orders.cancel_dialog import CancelDialog
from moebelcirkel.ui.pages.orders.columns import columns
from moebelcirkel.ui.pages.orders.feedback import FeedbackBox
from moebelcirkel.ui.parts import thumbs
from moebelcirkel.ui.parts.order_card import OrderCard
from moebelcirkel.ui.parts.order_words import TheseOrders

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders import Cancelled, OrderDetail, OrderPage, OrderRow
    from moebelcirkel.services.shop import Taken
    from moebelcirkel.ui.kit.shell import Shell

_STATES: dict[str, frozenset[OrderState]] = {
    "open": frozenset({OrderState.AWAITING, OrderState.APPROVED}),
    "delivered": frozenset({OrderState.DELIVERED}),
    "ended": frozenset({OrderState.REFUSED, OrderState.CANCELLED}),
    "rated": frozenset(),
    "all": frozenset(),
}


class OrdersPage(LongListPage["OrderRow", "OrderDetail"]):
    """List and detail; cancelling is the only change made here."""

    word = "orders"
    title = N_("Orders")
    kinds = frozenset(
        {"complaint", "shop_order", "order_line", "delivery", "institution", "app_user", "pickup"}
    ) | {"workshop_case"}
    scan_searches = True
    search_hint = N_("Order number, institution or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.ORDER_VIEW)
        self.states = SegmentedField(
            "",
            [
                Choice("open", _("Under way")),
                Choice("delivered", _("Delivered")),
                Choice("ended", _("Ended")),
                *([Choice("rated", _("Feedback"))] if shell.context.allows(Action.PICK) else []),
                Choice("all", _("All")),
            ],
        )
        self.states.set_value("open")
        self.model: PagedTableModel[OrderRow] = PagedTableModel(
            columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            self.fetch,
            self,
        )
        self.empty = EmptyState(_("No orders yet"), icon="order")
        self.card = OrderCard()
        self.feedback = FeedbackBox()
        self.again = QPushButton(_("Order again"))
        self.confirm = push_button(
            _("Confirm the delivery"), self.with_shown(self._confirm), role="primary"
        )
        self.work = push_button(_("Open in the workshop"), self.with_shown(self._open_case))
        self.cancel = QPushButton(_("Cancel the order…"))
        self.these: TheseOrders | None = None
        self.every = push_button("", self._show_every, role="choice", icon="close")
        self.every.hide()
        self._build()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.cancel.setProperty("role", "danger")
        self.cancel.clicked.connect(self.with_shown(self._ask_cancel))
        self.again.clicked.connect(self.with_shown(self._order_again))
        self.feedback.back.clicked.connect(self.with_shown(self._ask_back))
        self.feedback.said.connect(self._rate)
        self.card.body.insertWidget(self.card.body.count() - 1, self.feedback)
        self.card.buttons.addWidget(self.again)
        self.card.buttons.addWidget(self.work)
        self.card.body.insertWidget(self.card.body.count() - 1, self.confirm)
        self.card.buttons.addStretch(1)
        self.card.buttons.addWidget(self.cancel)
        self.card.ticked_changed.connect(self._name_button)
        self.card.setEnabled(False)
        acts = (self.again, self.confirm, self.work, self.cancel, self.feedback.back)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.show_nothing()

    # --- the list -----------------------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """What leaves only some orders; pressed, all are shown again."""
        return [self.every]

    def activate(self, argument: object | None) -> None:
        if argument is not None:
            self._narrow(argument if isinstance(argument, TheseOrders) else None)
        super().activate(argument)

    def scanned(self, code: str) -> bool:
        self._narrow(None)
        return super().scanned(code)

    def _narrow(self, these: TheseOrders | None) -> None:
        self.these = these
        self.every.setVisible(these is not None)
        if these is not None:
            self.every.setText(caption(these.said))
            self.every.setToolTip(tip(_("Show all orders again")))
            self.chosen, self.text = None, ""
            self.states.set_value("all")
            self.reload()

    def _show_every(self) -> None:
        self._narrow(None)
        self.reload()

    def listing(
        self, offset: int, after: OrderRow | None, holding: int | None
    ) -> Callable[[Context], OrderPage]:
        """The orders of these states that the words find."""
        chosen, text = str(self.states.value() or "all"), self.text
        states, rated = _STATES[chosen], chosen == "rated"
        before = None if after is None else after.id
        among = None if self.these is None else self.these.ids
        return lambda context: services.orders.listed(
            context,
            states=states,
            text=text,
            before_id=before,
            offset=offset,
            holding=holding,
            rated=rated,
            among=among,
        )

    def say_empty(self) -> None:
        """What to look for, or where the others are."""
        if self.text:
            self.say_not_found(_("Search for an order number, an institution or a label number."))
        elif self.states.value() == "all":
            self.empty.say(_("No orders yet"), _("Orders appear here as soon as a basket is sent."))
        else:
            self.empty.say(_("No such orders"), _("Choose All to see the others."))

    # --- one order ----------------------------------------------------------------------------

    def detail_of(self, context: Context, key: int) -> OrderDetail:
        return services.orders.detail(context, key)

    def show_detail(self, detail: OrderDetail) -> None:
        """The order, and what may be done with it."""
        self.card.setEnabled(True)
        endable = detail.may_cancel or detail.may_call_off
        self.card.show_order(detail, cancellable=endable)
        self.cancel.setVisible(endable)
        self.again.setVisible(detail.may_repeat)
        self.work.setVisible(bool(detail.case_ids))
        self.feedback.show_feedback(detail)
        self.confirm.setVisible(detail.may_repeat and detail.row.unconfirmed)
        self._name_button()
        thumbs.show_in(self.shell, self.card.items, "order photos")

    def show_nothing(self) -> None:
        """An empty card."""
        self.card.detail = None
        self.card.setEnabled(False)
        self.card.show_title(_("No order is chosen"))
        self.card.state.show_chip(("", "neutral"))
        self.card.items.show_items([])
        self.card.facts.show_facts([])
        self.card.history.show_entries([])
        for part in (self.card.texts, self.card.past):
            part.hide()
        for widget in (self.feedback, self.cancel, self.again, self.confirm, self.work):
            widget.hide()

    def _confirm(self, detail: OrderDetail) -> None:
        waits = (each for each in detail.receipts if each.standing is Standing.WAITING)
        self.shell.go("receipts", next(waits).delivery_id)

    def _open_case(self, detail: OrderDetail) -> None:
        self.shell.go("cases", detail.case_ids[0])

    # --- once more ----------------------------------------------------------------------------

    def _order_again(self, detail: OrderDetail) -> None:
        order_id = detail.row.id
        self.shell.jobs.write(
            lambda context: services.shop.again(context, order_id),
            self._in_the_basket,
            hold=(self.again,),
        )

    def _in_the_basket(self, done: Taken) -> None:
        text = ngettext(
            "{taken} of {count} piece lies in the basket now.",
            "{taken} of {count} pieces lie in the basket now.",
            done.asked,
        )
        self.done(done, text.format(taken=done.taken, count=done.asked))

    # --- after the delivery -------------------------------------------------------------------

    def _rate(self, rating: Rating, text: str) -> None:
        detail = self.on_card
        if detail is None:
            return
        order_id = detail.row.id
        self.shell.jobs.write(
            lambda context: services.orders.give_feedback(context, order_id, rating, text),
            lambda done: self.done(done, _("Thank you: the exchange reads it.")),
            self.feedback.refuse,
        )

    def _ask_back(self, detail: OrderDetail) -> None:
        if detail.back_until is None:
            return
        order_id = detail.row.id
        self.shell.messages.ask(
            _("Give {number} back?").format(number=detail.row.number),
            _(
                "What was delivered is reported for pickup, and the warehouse plans when it is "
                "fetched. It can be regretted until {day}."
            ).format(day=day(detail.back_until)),
            _("Give back"),
            lambda: self.shell.jobs.write(
                lambda context: services.orders.give_back(context, order_id),
                lambda done: self.done(
                    done,
                    _("{number} is reported. The warehouse answers under what you hand in.").format(
                        number=done.number
                    ),
                ),
                hold=(self.feedback.back,),
            ),
        )

    # --- cancelling ---------------------------------------------------------------------------

    def _name_button(self) -> None:
        count = len(self.card.ticked_lines())
        if count:
            text = ngettext("Cancel {count} piece…", "Cancel {count} pieces…", count)
            self.cancel.setText(text.format(count=number(count)))
        else:
            self.cancel.setText(_("Cancel the order…"))

    def _ask_cancel(self, detail: OrderDetail) -> None:
        order_id, version = detail.row.id, detail.row.version
        lines = self.card.ticked_lines() or None
        party = Party.INSTITUTION if detail.may_cancel else Party.EXCHANGE
        pieces = None if lines is None else len(lines)
        dialog = CancelDialog(self, detail.row.number, pieces, party)

        def give_up(context: Context, why: Why) -> Cancelled:
            """By the institution, or by the exchange that cannot deliver it."""
            if why.party is Party.EXCHANGE:
                return services.orders.call_off(context, order_id, why, lines, version)
            return services.orders.cancel(context, order_id, lines, version, why)

        self.ask(dialog, lambda: (dialog.reason(),), give_up, self._cancelled)

    def _cancelled(self, done: Cancelled) -> None:
        count = done.pieces
        text = ngettext(
            "{number}: {count} piece cancelled", "{number}: {count} pieces cancelled", count
        )
        self.done(done, text.format(number=done.number, count=number(count)))
