"""How soon the basket is to come, where there is a choice: buttons, each with what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.days import DAY_NAMES
from moebelcirkel.domain.orders import Pace
from moebelcirkel.language import _, current_language, kroner, ngettext
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.parts.order_words import urgently

if TYPE_CHECKING:
    from moebelcirkel.domain.orders import Small, Way


class PaceField(QWidget):
    """Shown where there is a choice; the free way is chosen until somebody chooses otherwise.

    What is ``made`` first is urgent from when the workshop is done with it.
    """

    chosen = Signal()

    def __init__(self, *, made: bool = False) -> None:
        super().__init__()
        self._made = made
        self.field: SegmentedField | None = None
        self._offered: tuple[Small | None, tuple[Way, ...]] = (None, ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_ways(self, ways: Sequence[Way], small: Small | None) -> None:
        """Offer the ways, or nothing where there is only one."""
        if (small, tuple(ways)) != self._offered:
            self._offered = small, tuple(ways)
            self._offer(ways, small)
        self.setVisible(self.field is not None)

    def pace(self) -> Pace:
        """What is chosen."""
        return Pace(str(self.field.value())) if self.field is not None else Pace.USUAL

    def _offer(self, ways: Sequence[Way], small: Small | None) -> None:
        if self.field is not None:
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        if len(ways) < 2:
            return
        label = _("When it comes")
        if small is not None:
            label = _("Small order, below {amount}").format(amount=kroner(small.below_ore))
        choices = [Choice(way.pace, _said(way, small)) for way in ways]
        helper = "".join(self._urgent(way) for way in ways if way.pace is Pace.URGENT)
        self.field = SegmentedField(label, choices, helper=helper, stacked=len(choices) > 2)
        self.field.set_value(Pace.USUAL)
        self.field.changed.connect(self.chosen)
        self._column.addWidget(self.field)

    def _urgent(self, way: Way) -> str:
        text = ngettext(
            "Urgent: within {count} working day, fee {fee}",
            "Urgent: within {count} working days, fee {fee}",
            way.days,
        )
        if self._made:
            text = ngettext(
                "Urgent: within {count} working day of the workshop, fee {fee}",
                "Urgent: within {count} working days of the workshop, fee {fee}",
                way.days,
            )
        return text.format(count=way.days, fee=kroner(way.fee_ore))


def _said(way: Way, small: Small | None) -> str:
    if way.pace is Pace.NOW:
        return _("Now · {fee}").format(fee=kroner(way.fee_ore))
    if way.pace is Pace.URGENT:
        return urgently(kroner(way.fee_ore))
    if small is not None:
        weekday = _(DAY_NAMES[small.waits_for.isoweekday()])
        weekday = weekday.lower() if current_language() == "da" else weekday
        return _("Wait for {day} · free").format(day=weekday)
    return _("Week {week} · free").format(week=way.promised_on.isocalendar().week)
