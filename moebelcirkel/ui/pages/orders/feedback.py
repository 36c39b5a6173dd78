"""How an order went: one tap, a line for more, and the way back for what is regretted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Rating
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.fields import LineField

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderDetail


class FeedbackBox(QWidget):
    """Each tap is kept at once; the words when the line is left."""

    said = Signal(object, str)
    """The rating, and what is written."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = ""
        choices = [Choice(rating.value, _(rating.label)) for rating in Rating]
        self.rating = SegmentedField(_("How did it go?"), choices)
        self.text = LineField("", most=limits.NOTE)
        self.text.line.setPlaceholderText(_("Say more (optional)"))
        self.text.line.setAccessibleName(self.text.line.placeholderText())
        self.back = QPushButton(_("Give back…"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.rating)
        layout.addWidget(self.text)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.rating.changed.connect(self._tapped)
        self.text.line.editingFinished.connect(self._written)

    def show_feedback(self, detail: OrderDetail) -> None:
        """Show what was said; what is being written stays."""
        self.setVisible(detail.may_rate or detail.back_until is not None)
        self.rating.setVisible(detail.may_rate)
        self.back.setVisible(detail.back_until is not None)
        rating = detail.row.rating
        self.rating.set_value(None if rating is None else rating.value)
        self.text.setVisible(detail.may_rate and rating is not None)
        if not self.text.line.hasFocus() or self._kept != detail.feedback:
            self.text.set_value(detail.feedback)
        self._kept = detail.feedback
        self.text.show_error("")

    def refuse(self, error: Refused) -> None:
        """Say it by the line."""
        self.text.show_error(refusal(error))

    def _tapped(self) -> None:
        self.said.emit(Rating(str(self.rating.value())), self.text.text())

    def _written(self) -> None:
        if self.rating.value() is not None and self.text.text() != self._kept:
            self._kept = self.text.text()
            self._tapped()
