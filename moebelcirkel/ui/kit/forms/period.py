"""The chip that says which period is shown and opens the menu of periods."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from moebelcirkel.domain import periods
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.periods import Period
from moebelcirkel.language import _, medium_day, month_long
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.forms.picker import ChipButton

_MONTHS, _QUARTERS = 14, 8


def words(period: Period) -> str:
    """A period as short as it can be said: "2025", "november 2026", "1. jan. – 20. nov. 2026"."""
    start, end = period.start, period.end
    if period == Period(dt.date(start.year, 1, 1), dt.date(start.year, 12, 31)):
        return str(start.year)
    if period == periods.month(start.year, start.month):
        return f"{month_long(start.month)} {start.year}"
    number = (start.month + 2) // 3
    if period == periods.quarter(start.year, number):
        return _("quarter {quarter} of {year}").format(quarter=number, year=start.year)
    if start == end:
        return medium_day(start)
    first = medium_day(start)
    if start.year == end.year:
        first = first.removesuffix(f" {start.year}")
    return f"{first} – {medium_day(end)}"


class PeriodChip(ChipButton):
    """A pill with the period; ``changed`` tells of another one."""

    changed = Signal()

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(_("Period"), "accent", parent)
        self._today = today
        self.period = periods.this_year(today)
        self.say(words(self.period))
        self.clicked.connect(lambda _on=False: self.menu_of_periods().popup(self.below()))

    def choose(self, period: Period) -> None:
        """Show another period and say so."""
        if period != self.period:
            self.show_period(period)
            self.changed.emit()

    def show_period(self, period: Period) -> None:
        """Show another period without saying so."""
        self.period = period
        self.say(words(period))

    def menu_of_periods(self) -> QMenu:
        """The menu, made anew each time it is opened."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The pill is laid out from the right for its arrow; what it opens is not.
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        today = self._today
        self._add(menu, _("This year"), periods.this_year(today))
        self._add(menu, _("Last year"), periods.last_year(today))
        self._add(menu, _("The last 12 months"), periods.last_twelve_months(today))
        menu.addSeparator()
        months, quarters = menu.addMenu(_("Month")), menu.addMenu(_("Quarter"))
        for part in (months, quarters):
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for year, number in periods.latest_months(today, _MONTHS):
            self._add(months, f"{month_long(number)} {year}", periods.month(year, number))
        for year, number in periods.latest_quarters(today, _QUARTERS):
            period = periods.quarter(year, number)
            self._add(quarters, words(period), period)
        menu.addSeparator()
        menu.addAction(_("From day to day…"), self.ask)
        return menu

    def ask(self) -> None:
        """Ask for two days."""
        dialog = PeriodDialog(self.window(), self.period)
        dialog.chosen.connect(self.choose)
        dialog.open()

    def _add(self, menu: QMenu, text: str, period: Period) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(period == self.period)
        action.triggered.connect(lambda _on=False: self.choose(period))
        return action


class PeriodDialog(ActionDialog):
    """Two days, both included."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, period: Period) -> None:
        super().__init__(parent, _("Choose a period"), _("Show"), columns=2)
        self.start = self.form.add("start", DateField(_("From"), required=True, lies="past"))
        self.end = self.form.add(
            "end", DateField(_("Up to and including"), required=True, lies="past")
        )
        self.form.set_values({"start": period.start, "end": period.end})
        self.asked.connect(self._take)
        self.start.setFocus()

    def _take(self) -> None:
        values = self.form.values()
        if values["start"] is None or values["end"] is None:
            return
        period = Period(values["start"], values["end"])
        try:
            period.check()
        except Refused as error:
            self.refuse(error)
            return
        self.accept()
        self.chosen.emit(period)
