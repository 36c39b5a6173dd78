"""Leverancens tal: what was promised and kept, what was given up, and the orders behind each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, day
from moebelcirkel.services.deliveries import StopRef
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.striped import Striped, StripedList
from moebelcirkel.ui.kit.page_layout import open_at
from moebelcirkel.ui.kit.plain import Label, push_button, window_title
from moebelcirkel.ui.parts.delivery_figures import entry, figures
from moebelcirkel.ui.parts.order_words import TheseOrders

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import OrderRef, Tally
    from moebelcirkel.ui.kit.shell import Shell


class DeliveriesDialog(Dialog):
    """The figures to the left, what is behind the chosen one to the right; Return opens one."""

    def __init__(
        self, parent: QWidget, shell: Shell, found: Tally, start: dt.date, end: dt.date
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        title = _("What came of orders sent from {start} to {end}").format(
            start=day(start), end=day(end)
        )
        self._figures = figures(found)
        self.setWindowTitle(window_title(title))
        self.figures = StripedList(_("Figures"))
        self.figures.chosen.connect(self._choose)
        self.orders = StripedList(_("Orders"))
        self.orders.chosen.connect(self._offer)
        self.orders.opened.connect(self._open)
        nothing = EmptyState(_("No orders"), icon="order")
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.figures, 1)
        lists.addWidget(ListOrEmpty(self.orders, nothing), 1)
        self.open_button = push_button("", lambda: self._open(self.orders.current_key()))
        self.close_button = push_button(_("Close"), self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, tone="heading", wrap=True))
        column.addLayout(lists, 1)
        column.addLayout(buttons)
        self.figures.show_entries(
            [
                Striped(at, figure.said, figure.title, tone=figure.tone)
                for at, figure in enumerate(self._figures)
            ],
            None,
        )
        self._choose(0)
        open_at(self, 860, 640)

    def _choose(self, at: object) -> None:
        behind = self._figures[cast(int, at)].behind
        self.orders.show_entries([entry(ref) for ref in behind], None)
        self._offer(self.orders.current_key())

    def _offer(self, key: object) -> None:
        way = self._way(key)
        self.open_button.setText(
            _("Open the pickup") if way and way[0] == "pickups" else _("Open the order")
        )
        self.open_button.setEnabled(way is not None)

    def _open(self, key: object) -> None:
        way = self._way(key)
        if way is not None:
            self.accept()
            self._shell.go(*way)

    def _way(self, key: object) -> tuple[str, object] | None:
        """The page that shows it, and what is shown there; none for those who may not see it."""
        context, ref = self._shell.context, cast("OrderRef | StopRef | None", key)
        if isinstance(ref, StopRef) and ref.pickup_id is not None:
            gives = context.allows(Action.HAND_IN) or context.allows(Action.PICKUP)
            return ("pickups", ref.pickup_id) if gives else None
        if ref is None or not ref.orders or not context.allows(Action.ORDER_VIEW):
            return None
        if isinstance(ref, StopRef):
            said = f"{ref.run} · {ref.name}"
            return ("orders", TheseOrders(said, frozenset(ref.orders)))
        return ("orders", ref.id)
