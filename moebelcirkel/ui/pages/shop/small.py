"""A small order waits, free, or goes at once for a fee: two buttons in the basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.days import DAY_NAMES
from moebelcirkel.language import _, kroner
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField

if TYPE_CHECKING:
    from moebelcirkel.domain.orders import Small

_WAIT, _NOW = "wait", "now"


class SmallField(QWidget):
    """Shown where the basket is small; to wait is chosen until somebody chooses otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.field: SegmentedField | None = None
        self._small: Small | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_small(self, small: Small | None) -> None:
        """Offer the choice, or nothing where the basket is not small."""
        if small != self._small:
            self._small = small
            self._offer(small)
        self.setVisible(small is not None)

    def at_once(self) -> bool:
        """Whether the fee is chosen."""
        return self.field is not None and self.field.value() == _NOW

    def _offer(self, small: Small | None) -> None:
        if self.field is not None:
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        if small is None:
            return
        weekday = _(DAY_NAMES[small.waits_for.isoweekday()]).lower()
        self.field = SegmentedField(
            _("Small order, below {amount}").format(amount=kroner(small.below_ore)),
            [
                Choice(_WAIT, _("Wait for {day} · free").format(day=weekday)),
                Choice(_NOW, _("Now · {fee}").format(fee=kroner(small.fee_ore))),
            ],
        )
        self.field.set_value(_WAIT)
        self._column.addWidget(self.field)
