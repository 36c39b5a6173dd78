"""The calendar under the field of a day."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.popups import PopupFrame

_SIZE = (320, 264)


class Calendar(PopupFrame):
    """A month to choose a day in, by mouse or by arrows and Return."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = QCalendarWidget()
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.activated.connect(self._take)
        self.month.clicked.connect(self._take)
        for name, icon in (("prev", "arrow-left"), ("next", "arrow-right")):
            button = self.month.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(button, QToolButton):
                icons.put(button, icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.month)

    def open_on(self, opener: QWidget, day: date) -> None:
        """Show the month of a day by the field that asks for it."""
        look = theme.current()
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(look.colours.muted))
        self.month.setHeaderTextFormat(quiet)
        plain = QTextCharFormat()
        plain.setForeground(QColor(look.colours.text))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekend, plain)
        self.month.setFixedSize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.open_at(opener, 2)
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self, day: QDate) -> None:
        self.hide()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
