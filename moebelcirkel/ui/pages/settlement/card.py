"""The card beside the batches: what waits, or one batch, with what can be done with it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit.forms import period as periods
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.settlement.columns import batch_facts, preview_facts

if TYPE_CHECKING:
    from moebelcirkel.services.settlement import Preview, SettlementBatchDetail, SettlementScope

_LOCKED = (SettlementState.RELEASED, SettlementState.BOOKED)


class SettlementCard(CardFrame):
    """Facts that scroll, what to look out for, and the buttons that fit."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = FactList()
        self.note = Label(tone="warning", wrap=True)
        self.lines = QPushButton(_("Show the charges"))
        self.others = QPushButton(_("Show the invoice basis"))
        self.make = QPushButton(_("Make a settlement…"))
        self.release = QPushButton(_("Release and save the file…"))
        self.again = QPushButton(_("Save the file again…"))
        self.vouchers = QPushButton(_("Vouchers as PDF…"))
        self.book = QPushButton(_("Booked…"))
        self.withdraw = QPushButton(_("Withdraw"))
        self.reverse = QPushButton(_("Reverse…"))
        self.reverse.setProperty("role", "danger")
        self.make.setProperty("role", "primary")
        self.release.setProperty("role", "primary")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)  # air to the scroll bar
        column.addWidget(self.facts)
        column.addStretch(1)
        self.add(scrolled(inside), 1)
        self.add(self.note)
        for button in self.buttons():
            self.add(button)
            button.hide()
        self.note.hide()

    def buttons(self) -> tuple[QPushButton, ...]:
        """All of them."""
        return (
            self.lines,
            self.others,
            self.make,
            self.release,
            self.again,
            self.vouchers,
            self.book,
            self.withdraw,
            self.reverse,
        )

    def show_preview(self, asked: SettlementScope, preview: Preview) -> None:
        """What waits; it can be made when there is something and nothing is wrong."""
        title = _("What waits") if asked.legal == Legal.OWN else _("Invoice basis")
        self.show_title(title, periods.words(Period(asked.start, asked.end)))
        self.facts.show_facts(preview_facts(preview))
        notes = [refusal(each) for each in (*preview.faults, *preview.warnings)]
        if preview.net_ore < 0:
            notes.insert(0, _("More is given back than taken."))
        self._note("\n".join(notes))
        offered = [self.lines] if preview.charges else []
        if preview.invoices and preview.left:
            offered.append(self.others)
        self._offer(*offered, self.make)
        self.make.setEnabled(bool(preview.charges) and not preview.faults)

    def show_batch(self, detail: SettlementBatchDetail, *, mine: bool) -> None:
        """One batch; who made it does not release it."""
        row = detail.row
        self.show_title(row.number, _(row.state.label))
        self.facts.show_facts(batch_facts(detail))
        self._note("")
        if row.state is SettlementState.READY:
            self._offer(self.lines, self.release, self.vouchers, self.withdraw)
            self.release.setEnabled(not mine)
            if mine:
                self._note(_("You made it yourself. Somebody else must release it."))
        elif row.state in _LOCKED:
            offered = [self.lines, self.again, self.vouchers]
            offered.append(self.book)
            self.book.setText(_("Correct the voucher…") if row.voucher else _("Booked…"))
            if not row.reverses and not detail.reversed_by:
                offered.append(self.reverse)
            self._offer(*offered)
        else:
            kept = row.state is SettlementState.REVERSED
            self._offer(*([self.lines, self.again, self.vouchers] if kept else [self.lines]))

    def _note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _offer(self, *offered: QPushButton) -> None:
        for button in self.buttons():
            button.setVisible(button in offered)
