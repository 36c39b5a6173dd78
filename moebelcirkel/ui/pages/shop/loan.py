"""Whether a basket is a loan, and until when, with what that costs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain import loans
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, kroner, ngettext, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.shop.wishes import too_late

if TYPE_CHECKING:
    from moebelcirkel.services.shop import Loan

#: What is proposed when a basket becomes a loan.
_PROPOSED = dt.timedelta(days=60)


class LoanField(QWidget):
    """A box to tick, with something small beside it, and the last day below while it is ticked."""

    wanted = Signal(object)
    """The day it is to be a loan until; None where it is for good."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._today = dt.date.min
        self._shown: dt.date | None = None
        self.box = CheckField(_("As a loan"))
        self.until = DateField(_("Returned at the latest"), lies="ahead")
        self._costs = ""
        self.cost = Label(tone="small", wrap=True)
        self.cost.setProperty("small", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        line = QHBoxLayout()
        line.addWidget(self.box)
        line.addWidget(beside, 1)
        layout.addLayout(line)
        layout.addWidget(self.until)
        layout.addWidget(self.cost)
        self.box.changed.connect(self._ticked)
        self.until.line.editingFinished.connect(self._typed)
        self.until.changed.connect(self._picked)
        self.show_loan(None, dt.date.min)

    def show_loan(self, loan: Loan | None, today: dt.date) -> None:
        """Show what the basket is."""
        self._today, self._shown = today, loan.until if loan else None
        self.box.set_value(loan is not None)
        self.until.setVisible(loan is not None)
        self.cost.setVisible(loan is not None)
        if loan is not None:
            self.until.set_value(loan.until)
            self.until.show_error("")
            self._costs = _cost(loan)
            self.cost.setText(self._costs)

    def show_promise(self, promised_on: dt.date) -> None:
        """Say it where the loan is over before the furniture has come, else what it costs."""
        late = too_late(promised_on, self._shown)
        theme.mark(self.cost, "tone", "warning" if late else "small")
        self.cost.setText(late or self._costs)

    def _ticked(self) -> None:
        self.wanted.emit(self._today + _PROPOSED if self.box.value() else None)

    def _picked(self) -> None:
        """A day of the calendar counts at once, what is typed when the field is left."""
        if not self.until.line.hasFocus():
            self._typed()

    def _typed(self) -> None:
        if self.until.isHidden() or not self.until.check():
            return
        day = self.until.value()
        try:
            loans.check_until(day or self._today, self._today)
        except Refused as error:
            self.until.show_error(refusal(error))
            return
        if day != self._shown:
            self.wanted.emit(day)


def _cost(loan: Loan) -> str:
    days = ngettext("{count} day", "{count} days", loan.days).format(count=loan.days)
    if not loan.rate_ore:
        return _("{days}, free. Bring it back in time, so that others can have it.").format(
            days=days
        )
    return _("{days} at {rate} a piece. You pay for the days you have had it.").format(
        days=days, rate=kroner(loan.rate_ore)
    )
