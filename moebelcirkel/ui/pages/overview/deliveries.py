"""Leverancens tal: what was promised and kept, what was given up, and the orders behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.orders import Party
from moebelcirkel.domain.runs import KEPT_NAMES, SMALL_ORE, Kept
from moebelcirkel.language import _, day, kroner, ngettext, number, percent
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.striped import Striped, StripedList
from moebelcirkel.ui.kit.page_layout import open_at
from moebelcirkel.ui.kit.plain import Label, push_button, window_title

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import OrderRef, Tally


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure with the orders behind it."""

    title: str
    said: str
    orders: Sequence[OrderRef]
    tone: str


class DeliveriesDialog(Dialog):
    """The figures to the left, the orders of the chosen one to the right; Return opens one."""

    def __init__(
        self, parent: QWidget, found: Tally, open_order: Callable[[int], object] | None
    ) -> None:
        super().__init__(parent)
        self._open_order = open_order
        self._figures = figures(found)
        title = _("What came of orders sent from {start} to {end}").format(
            start=day(found.start), end=day(found.end)
        )
        self.setWindowTitle(window_title(title))
        self.figures = StripedList(_("Figures"))
        self.figures.chosen.connect(self._choose)
        self.orders = StripedList(_("Orders"))
        self.orders.opened.connect(self._open)
        nothing = EmptyState(_("No orders"), icon="order")
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.figures, 1)
        lists.addWidget(ListOrEmpty(self.orders, nothing), 1)
        self.open_button = push_button(
            _("Open the order"), lambda: self._open(self.orders.current_key())
        )
        self.open_button.setVisible(open_order is not None)
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
        orders = self._figures[cast(int, at)].orders
        self.orders.show_entries([_order(order) for order in orders], None)
        self.open_button.setEnabled(bool(orders))

    def _open(self, key: object) -> None:
        if key is not None and self._open_order is not None:
            self.accept()
            self._open_order(cast(int, key))


def _order(order: OrderRef) -> Striped:
    words = ngettext("{count} piece of furniture", "{count} pieces of furniture", order.pieces)
    days = []
    if order.promised_on:
        days.append(_("promised {day}").format(day=day(order.promised_on)))
    if order.delivered_on:
        days.append(_("delivered {day}").format(day=day(order.delivered_on)))
    return Striped(
        order.id,
        f"{order.number} · {order.institution}",
        words.format(count=number(order.pieces)),
        " · ".join(days),
    )


def figures(found: Tally) -> list[_Figure]:
    """All of them, as they are shown."""
    return [
        *_delivered(found),
        *_standing(found),
        *_given_up(found),
        _small(found),
        _cheap(found),
        _urgent(found),
        _trips(found),
        _packaging(found),
    ]


def _delivered(found: Tally) -> list[_Figure]:
    known = {each: found.by_week[each] for each in (Kept.KEPT, Kept.LATE, Kept.GIVEN_UP)}
    on_time = len(known[Kept.KEPT])
    return [
        _Figure(
            _("Promised week kept: {share}").format(share=_share(on_time, found.promised)),
            _("{count} of {all} orders").format(count=number(on_time), all=number(found.promised)),
            known[Kept.KEPT],
            "accent",
        ),
        _Figure(
            _("Pieces delivered of those ordered: {share}").format(
                share=_share(found.delivered, found.ordered)
            ),
            _("{count} of {all} pieces").format(
                count=number(found.delivered), all=number(found.ordered)
            ),
            [order for orders in known.values() for order in orders],
            "accent",
        ),
    ]


def _standing(found: Tally) -> list[_Figure]:
    tones = {Kept.LATE: "error", Kept.WAITING: "edge", Kept.GIVEN_UP: "warning"}
    return [
        _Figure(_(KEPT_NAMES[each]), _orders(found.by_week[each]), found.by_week[each], tone)
        for each, tone in tones.items()
    ]


def _given_up(found: Tally) -> list[_Figure]:
    sides = {Party.INSTITUTION: _("Institution"), Party.EXCHANGE: _("The exchange")}
    return [
        _Figure(
            f"{sides[ended.party]}: {_(ended.why.label)}",
            ngettext("{count} piece given up", "{count} pieces given up", ended.pieces).format(
                count=number(ended.pieces)
            ),
            ended.orders,
            "warning",
        )
        for ended in found.given_up
    ]


def _small(found: Tally) -> _Figure:
    title = _("Small orders, below {amount}").format(amount=kroner(SMALL_ORE))
    return _Figure(title, _orders(found.small), found.small, "edge")


def _cheap(found: Tally) -> _Figure:
    lines = sum(order.pieces for order in found.cheap)
    title = _("Lines of 0 to {amount}").format(amount=kroner(SMALL_ORE))
    return _Figure(title, _("Lines: {count}").format(count=number(lines)), found.cheap, "edge")


def _urgent(found: Tally) -> _Figure:
    return _Figure(_("Urgent orders"), _orders(found.urgent), found.urgent, "edge")


def _trips(found: Tally) -> _Figure:
    runs = ngettext("on {count} run", "on {count} runs", found.runs)
    saved = ngettext(
        "{count} trip saved by gathering", "{count} trips saved by gathering", found.trips_saved
    )
    return _Figure(
        _("An order or a pickup each would have been a trip; {runs}").format(
            runs=runs.format(count=number(found.runs))
        ),
        saved.format(count=number(found.trips_saved)),
        found.gathered,
        "accent",
    )


def _packaging(found: Tally) -> _Figure:
    said = ngettext("at {count} stop", "at {count} stops", found.packaging)
    title = _("Used packaging was taken along")
    return _Figure(title, said.format(count=number(found.packaging)), (), "accent")


def _orders(orders: Sequence[OrderRef]) -> str:
    return _("Orders: {count}").format(count=number(len(orders)))


def _share(part: int, whole: int) -> str:
    return percent(part / whole) if whole else "–"
