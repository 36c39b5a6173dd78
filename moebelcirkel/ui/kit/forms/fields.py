"""Fields for texts, amounts, numbers, years, days and yes or no.

Choices are in `choices.py`, type-ahead in `suggest.py`, counts in `countcard.py`, and `form.py`
lays fields out.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QToolButton

from moebelcirkel import language
from moebelcirkel.domain.days import Lies, Near
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import too_long
from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.forms.calendar import Calendar
from moebelcirkel.ui.kit.forms.field import Field, LineBase
from moebelcirkel.ui.kit.pictures import icons

MAX_LONG_TEXT = 4000
#: The largest amount a field takes: more is a slip of the hand, and would not fit 64 bits of øre.
MAX_ORE = 100_000_000_00
MAX_NUMBER = 1_000_000
_CALENDAR = "Alt+Down"


class LineField(LineBase[str]):
    """A short text."""

    def value(self) -> str:
        """Return the text with single spaces."""
        return self.text()

    def set_value(self, value: str) -> None:
        self.line.setText(value)


class CheckedField(LineField):
    """A short text with a rule of its own, so that it is told together with empty fields."""

    def __init__(
        self, label: str, rule: Callable[[str], str], *, placeholder: str = "", helper: str = ""
    ) -> None:
        super().__init__(label, placeholder=placeholder, helper=helper)
        self._rule = rule

    def value(self) -> str:
        """Return the text as the rule cleans it; refuse what it refuses, but not nothing."""
        typed = self.text()
        return self._rule(typed) if typed else ""


class PasswordField(LineBase[str]):
    """A text that is not shown, nor kept in a draft."""

    def __init__(self, label: str, *, helper: str = "", required: bool = False) -> None:
        super().__init__(label, helper=helper, required=required)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> str:
        """Return the text exactly as typed."""
        if self.required and not self.line.text():
            raise Refused(N_("Fill in this field."))
        return self.line.text()

    def set_value(self, value: str) -> None:
        self.line.setText(value)

    def draft(self) -> object:
        """Keep nothing."""
        return ""


class MoneyField(LineBase[int | None]):
    """An amount in øre; empty is None."""

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        minimum: int = 0,
        maximum: int = MAX_ORE,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self._least, self._most = minimum, maximum

    def value(self) -> int | None:
        """Return øre."""
        typed = self.text()
        if not typed:
            return None
        ore = language.parse_kroner(typed)
        if not self._least <= ore <= self._most:
            raise Refused(
                N_("Write an amount from {low} to {high} here."),
                low=language.kroner(self._least),
                high=language.kroner(self._most),
            )
        return ore

    def set_value(self, value: int | None) -> None:
        """Fill in øre."""
        self.line.setText("" if value is None else language.kroner(value))


class DecimalField(LineBase[Decimal | None]):
    """A number with decimals; empty is None."""

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        minimum: Decimal = Decimal(0),
        maximum: Decimal = Decimal(MAX_NUMBER),
        places: int = 3,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self._least, self._most, self._places = minimum, maximum, places
        figures = QRegularExpression(r"[-+−]?[0-9.,\s]*")
        self.line.setValidator(QRegularExpressionValidator(figures, self.line))

    def value(self) -> Decimal | None:
        typed = self.text()
        if not typed:
            return None
        figure = language.parse_decimal(typed)
        if not self._least <= figure <= self._most:
            raise Refused(
                N_("Write a number from {low} to {high}."),
                low=language.decimal(self._least),
                high=language.decimal(self._most),
            )
        if figure != round(figure, self._places):
            if self._places == 1:
                raise Refused(N_("Write at most one decimal."))
            raise Refused(N_("Write at most {count} decimals."), count=self._places)
        return figure

    def set_value(self, value: Decimal | None) -> None:
        """Fill in a number, without groups: they could be taken for decimals."""
        self.line.setText("" if value is None else language.decimal(value, group=""))


class NumberField(LineBase[int | None]):
    """A whole number; empty is None."""

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        minimum: int = 0,
        maximum: int = MAX_NUMBER,
        grouped: bool = True,
    ) -> None:
        """What is no amount, as a port, is not ``grouped`` in thousands."""
        super().__init__(label, helper=helper, required=required)
        self._least, self._most, self._grouped = minimum, maximum, grouped
        figures = QRegularExpression(r"[-+−]?[0-9.,\s]*")
        self.line.setValidator(QRegularExpressionValidator(figures, self.line))

    def value(self) -> int | None:
        typed = self.text()
        if not typed:
            return None
        figure = language.parse_decimal(typed, grouped=True)
        if figure != figure.to_integral_value() or not self._least <= figure <= self._most:
            raise Refused(
                N_("Write a whole number from {low} to {high}."),
                low=language.number(self._least),
                high=language.number(self._most),
            )
        return int(figure)

    def set_value(self, value: int | None) -> None:
        write = language.number if self._grouped else str
        self.line.setText("" if value is None else write(value))


class YearField(LineBase[int | None]):
    """A year with four digits; empty is not known."""

    def value(self) -> int | None:
        typed = self.text()
        if not typed:
            return None
        if not re.fullmatch(r"(19|20)\d\d", typed):
            raise Refused(N_("Write the year with four digits, e.g. 2016."))
        return int(typed)

    def set_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else str(value))


class DateField(LineBase[date | None]):
    """A day, typed in any usual form or chosen in a calendar; empty is None.

    Where no year is typed, ``lies`` says whether the next such day is meant, the last or the
    nearest; the field shows which.
    """

    def __init__(
        self, label: str, *, helper: str = "", required: bool = False, lies: Lies = "near"
    ) -> None:
        self._lies = lies
        button = QToolButton()
        icons.put(button, "calendar", "muted")
        button.setToolTip(_("Choose in a calendar"))
        button.setAccessibleName(f"{label}: {_('Choose in a calendar')}")
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes on to the next field
        super().__init__(label, helper=helper, required=required, tail=button)
        widget = Qt.ShortcutContext.WidgetShortcut
        keys.add(
            self.line, _("Choose in a calendar"), self._open_calendar, _CALENDAR, within=widget
        )
        self._calendar: Calendar | None = None
        button.clicked.connect(self._open_calendar)

    def value(self) -> date | None:
        typed = self.text()
        near = Near(date.today(), self._lies)  # noqa: DTZ011 - of who sits here
        return language.parse_day(typed, near) if typed else None

    def set_value(self, value: date | None) -> None:
        self.line.setText("" if value is None else language.day(value))

    def _open_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = Calendar(self)
            self._calendar.chosen.connect(self._chosen)
        try:
            shown = self.value() or date.today()  # noqa: DTZ011 - where the calendar opens
        except Refused:
            shown = date.today()  # noqa: DTZ011 - where the calendar opens
        self._calendar.open_on(self.line, shown)

    def _chosen(self, day: date) -> None:
        self.set_value(day)
        self._edited()


class TextField(Field[str]):
    """A text of several lines; Tab goes on to the next field."""

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        lines: int = 3,
        most: int = MAX_LONG_TEXT,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self._most = most
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme.current().px(20) * lines + 18)
        self._put(self.edit)
        self.edit.textChanged.connect(self._edited)

    def value(self) -> str:
        typed = self.edit.toPlainText().strip()
        if self.required and not typed:
            raise Refused(N_("Fill in this field."))
        if len(typed) > self._most:
            raise too_long(self._most, len(typed))
        return typed

    def set_value(self, value: str) -> None:
        self.edit.blockSignals(True)
        self.edit.setPlainText(value)
        self.edit.blockSignals(False)

    def draft(self) -> object:
        """Return the text as typed."""
        return self.edit.toPlainText()

    def restore(self, draft: object) -> None:
        self.set_value(str(draft or ""))


class CheckField(Field[bool]):
    """A box with its words to the right."""

    def __init__(self, label: str, *, helper: str = "") -> None:
        super().__init__("", helper=helper)
        self.box = QCheckBox(label)
        self._put(self.box)
        self.box.setAccessibleName(label)
        self.box.toggled.connect(lambda _on: self._edited())

    def value(self) -> bool:
        """Tell whether the box is ticked."""
        return self.box.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001 - the value of this field
        """Tick or clear the box."""
        self.box.blockSignals(True)
        self.box.setChecked(value)
        self.box.blockSignals(False)

    def draft(self) -> object:
        """Return whether the box is ticked."""
        return self.box.isChecked()

    def restore(self, draft: object) -> None:
        """Tick or clear the box."""
        self.set_value(bool(draft))
