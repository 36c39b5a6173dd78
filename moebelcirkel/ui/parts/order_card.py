"""One order as every page shows it: state, facts, its pieces by state, and what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.language import _, co2, day, kroner, moment, ngettext, number
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.lists.timeline import Timeline, TimelineEntry
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import FoldedText, Label
from moebelcirkel.ui.parts.ceiling_words import ceiling_facts
from moebelcirkel.ui.parts.complaints.words import facts as complaint_facts
from moebelcirkel.ui.parts.detail_card import not_done_texts
from moebelcirkel.ui.parts.order_words import (
    arrival,
    coming_facts,
    left_out_facts,
    limit_text,
    receipt,
    small_facts,
    state_chip,
    waits_for,
)

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderDetail, OrderEvent, OrderGroup

_LINE_TONES = {LineState.PICKED: "accent", LineState.DELIVERED: "money", LineState.REFUSED: "error"}


def happened(event: OrderEvent) -> str:
    """One change in words."""
    if event.kind == "undo":
        taken_back = _title(event.undone)
        return _("{what}: undone").format(what=taken_back)
    return _title(event.kind)


def _title(kind: str) -> str:
    return {
        "order.send": _("Sent"),
        "order.approve": _("Approved"),
        "order.adjust": _("Changed before the approval"),
        "order.refuse": _("Refused"),
        "order.feedback": _("Feedback given"),
        "order.cancel": _("Cancelled"),
        "order.call_off": _("Given up by the exchange"),
        "delivery.pick": _("Picked"),
        "delivery.unpick": _("Put back on the shelf"),
        "delivery.note": _("Delivery note made"),
        "delivery.hand_over": _("Handed over"),
        "delivery.confirm": _("Confirmed by the receiver"),
        "delivery.take_back": _("Came back"),
        "case.finish": _("Repaired"),
        "case.give_up": _("Given up by the workshop"),
        "complaint.price": _("Complaint gives a lower price"),
        "complaint.refuse": _("Complaint turned down"),
        "complaint.repair": _("What was complained of is repaired"),
        "complaint.report": _("Complaint made"),
        "complaint.return": _("What was complained of may come back"),
        "loan.move": _("Loan moved to another day"),
    }.get(kind, _(kind_name(kind)))


class OrderCard(CardFrame):
    """Shows one ``OrderDetail``; the page puts its buttons into ``buttons``."""

    ticked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.detail: OrderDetail | None = None
        self.state = ChipLabel(("", "neutral"))
        self.beside_title(self.state)
        self.facts = FactList()
        self.items = ItemList()
        self.items.ticked_changed.connect(self.ticked_changed)
        self.texts = FoldedText()
        self.history = Timeline(_("History"), grows=True)
        self.past = Label(_("History"), tone="strong")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        for widget in (self.items, self.texts, self.facts, self.past, self.history):
            column.addWidget(widget)
        column.addStretch(1)
        self.add(scrolled(inside, unfolds=True), 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.body.addLayout(self.buttons)

    def show_order(self, detail: OrderDetail, *, cancellable: bool) -> None:
        """Show an order; ``cancellable`` lets its open lines be ticked."""
        self.detail = detail
        row = detail.row
        sent = _("sent {time} by {name}").format(time=moment(row.sent_at), name=row.orderer)
        self.show_title(row.number, f"{row.institution} · {sent}")
        self.state.show_chip(state_chip(row.state))
        self.items.show_items(
            [_item(key, group, ticks=cancellable) for key, group in enumerate(detail.groups)]
        )
        self.texts.setText("\n".join(_texts(detail)))
        self.texts.setVisible(bool(self.texts.text()))
        self.facts.show_facts(_facts(detail))
        self.history.show_entries([_entry(event) for event in reversed(detail.history)])
        self.past.show()

    def ticked_lines(self) -> list[int]:
        """Ids of the lines under the ticked items."""
        if self.detail is None:
            return []
        groups = self.detail.groups
        ticked = [groups[int(str(key))] for key in self.items.ticked()]
        return [piece.line_id for group in ticked for piece in group.pieces]


def _item(key: int, group: OrderGroup, *, ticks: bool) -> Item:
    count = len(group.pieces)
    grade = group.key.condition
    parts = [
        ngettext("{count} pc.", "{count} pcs.", count).format(count=number(count)),
        kroner(group.key.price_ore),
        f"{grade} · {_(Condition(grade).label)}",
    ]
    exactly = [piece.number for piece in group.pieces if piece.exact]
    if exactly:
        parts.append(_("exactly {numbers}").format(numbers=", ".join(exactly)))
    if group.delivery:
        parts.append(_("delivery note {number}").format(number=group.delivery))
    if group.delivered_on is not None:
        parts.append(day(group.delivered_on))
    if group.ended_why is not None:
        parts.append(_(group.ended_why.label))
    open_line = group.state is LineState.OPEN
    return Item(
        key=key,
        title=group.name,
        detail=" · ".join(parts),
        figure=kroner(group.total_ore),
        shape=shape_for(group.category_key, group.name),
        photo_key=group.thumb,
        chip=Chip(_(group.state.label), _LINE_TONES.get(group.state, "neutral")),
        tick=_("Cancel {name}").format(name=group.name) if ticks and open_line else "",
    )


def _texts(detail: OrderDetail) -> list[str]:
    found = []
    if detail.note:
        found.append(_("Message: {text}").format(text=detail.note))
    if detail.reason:
        said = _("Taken out before it was approved: {reason}")
        if detail.row.state is OrderState.REFUSED:
            said = _("Refused by {name}: {reason}")
        found.append(said.format(name=_decider(detail), reason=detail.reason))
    if detail.left_out_for:
        found.append(_("Taken out before that: {reason}").format(reason=detail.left_out_for))
    return [*found, *not_done_texts(detail.not_done)]


def _decider(detail: OrderDetail) -> str:
    if not detail.decided_for:
        return detail.decided_by
    return _("{name} in the stead of {other}").format(
        name=detail.decided_by, other=detail.decided_for
    )


def _facts(detail: OrderDetail) -> list[Fact]:
    row = detail.row
    saved = detail.new_price_ore - (row.total_ore - detail.fee_ore)
    coming = arrival(detail)
    waits = row.state is OrderState.AWAITING
    facts = [
        *([Fact(_("Waits for"), waits_for(row), strong=True)] if waits else []),
        *([Fact(_("Urgent"), _("comes before the usual day"), strong=True)] if row.urgent else []),
        *([Fact(_("Delivery"), coming)] if coming else []),
        *coming_facts(detail),
        *(Fact(each.number, receipt(each)) for each in detail.receipts),
        *complaint_facts(each for came in detail.receipts for each in came.complaints),
        *_adapted(detail),
        *small_facts(detail),
        *_fee(detail),
        Fact(_("Total"), kroner(row.total_ore), limit_text(row, detail.again), strong=True),
        _loan(detail)
        or Fact(
            _("Money saved"),
            kroner(saved) if detail.new_price_ore else _("unknown"),
            _("new price less price"),
            tone="money",
        ),
        Fact(
            _("Avoided CO₂e (estimate)"),
            co2(detail.net_g) if detail.net_g is not None else _("no factor"),
            _("as it was when the order was sent"),
            tone="co2",
        ),
        Fact(_("Would otherwise have bought new"), _(detail.answer.label)),
        *ceiling_facts(detail.ceilings),
    ]
    facts[:0] = left_out_facts(detail.again) if waits else []
    if row.state in (OrderState.CANCELLED, OrderState.REFUSED):
        facts = [facts[-4], facts[-1]]
    if detail.decided_by and row.state is not OrderState.REFUSED:
        facts.append(Fact(_("Approved by"), _decider(detail)))
    if row.rating is not None:
        facts.append(Fact(_("How it went"), _(row.rating.label), detail.feedback))
    if detail.payer:
        facts.append(Fact(_("Paid from"), detail.payer))
    return facts


def _adapted(detail: OrderDetail) -> list[Fact]:
    """What is done to each piece, and what of its price that is."""
    if not detail.adapted:
        return []
    each = kroner(sum(task.each_ore for task in detail.adapted))
    told = _("{each} a piece, a part of its price").format(each=each)
    if detail.at_work:
        told = f"{told} · {_('in the workshop')}"
    if detail.not_done:
        told = f"{told} · {_('taken off where it was given up')}"
    return [Fact(_("Adapted"), ", ".join(task.name for task in detail.adapted), told)]


def _fee(detail: OrderDetail) -> list[Fact]:
    if not detail.fee_ore:
        return []
    helper = _("charged with the first delivery, and part of the total")
    title = _("Fee of an urgent order") if detail.row.urgent else _("Fee of a small order")
    return [Fact(title, kroner(detail.fee_ore), helper)]


def _loan(detail: OrderDetail) -> Fact | None:
    if detail.loan_until is None:
        return None
    rate = detail.loan_rate_ore
    told = _("{rate} a piece and day").format(rate=kroner(rate)) if rate else _("free")
    return Fact(_("On loan until"), day(detail.loan_until), told, strong=True)


def _entry(event: OrderEvent) -> TimelineEntry:
    title = happened(event)
    if event.pieces and event.kind != "order.send":
        pieces = ngettext("{count} pc.", "{count} pcs.", event.pieces).format(count=event.pieces)
        title = f"{title} · {pieces}"
    detail = " · ".join(part for part in (moment(event.at), event.actor) if part)
    tones = {
        "order.refuse": "error",
        "order.cancel": "warning",
        "order.call_off": "warning",
        "case.give_up": "warning",
        "undo": "neutral",
    }
    return TimelineEntry(title, detail, tones.get(event.kind, "accent"))
