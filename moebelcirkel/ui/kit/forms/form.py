"""Fields in a grid that becomes one column where there is little room."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.field_note import ROOM

AnyField = TypeVar("AnyField", bound=Field[Any])

#: When the narrowest field would be narrower than this, fields go below each other.
LEAST_COLUMN = 140
_GAP = 16


class Form(QWidget):
    """Named fields; `check()` shows errors, `values()` gives what is filled in."""

    changed = Signal(str)
    submitted = Signal()
    """Return in a line, or Ctrl+Return anywhere; only after ``submit_by_return``."""

    def __init__(self, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._shown_columns = columns
        self._fields: dict[str, Field[Any]] = {}
        self._spans: dict[str, int] = {}
        self._absent: frozenset[str] = frozenset()
        self._row = self._column = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._space()
        self._share_columns()
        theme.watch().changed.connect(self._space)

    def _space(self) -> None:
        """Below each field a line about it has room."""
        self._grid.setVerticalSpacing(theme.current().px(ROOM))

    def add(self, name: str, field: AnyField, span: int = 1) -> AnyField:
        """Put a field at the end; it takes `span` columns."""
        last = next(reversed(self._fields.values()), None)
        self._fields[name] = field
        self._spans[name] = span
        field.changed.connect(lambda: self.changed.emit(name))
        self._place(name, field)
        if last is not None:
            QWidget.setTabOrder(last, field)
        return field

    def submit_by_return(self) -> None:
        """Let Return in a line, and Ctrl+Return in any field, be as good as the button."""
        for field in self._fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.returnPressed.connect(self.submitted)
        keys.add(
            self,
            language._("Finish what is filled in"),
            self.submitted.emit,
            "Ctrl+Return",
            "Ctrl+Enter",
            within=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def field(self, name: str) -> Field[Any]:
        """Return a field by its name."""
        return self._fields[name]

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, in order."""
        return tuple(self._fields)

    def widen(self, name: str, span: int) -> None:
        """Let a field take `span` columns from now on."""
        self._spans[name] = span
        self._arrange()

    def leave_out(self, names: Collection[str]) -> None:
        """Show all fields but these, without gaps where they would stand."""
        self._absent = frozenset(names)
        for name, field in self._fields.items():
            field.setVisible(name not in self._absent)
        self._arrange()

    def values(self) -> dict[str, Any]:
        """Return all values; raises `Invalid` with every wrong field."""
        found: dict[str, Any] = {}
        wrong: dict[str, Refused] = {}
        for name, field in self._fields.items():
            try:
                found[name] = field.value()
            except Refused as error:
                wrong[name] = error
        if wrong:
            raise Invalid(wrong)
        return found

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill in values; fields not named stay as they are."""
        for name, value in values.items():
            self._fields[name].set_value(value)
            self._fields[name].show_error("")

    def check(self) -> bool:
        """Show every error, and put the keyboard on the first."""
        wrong = [name for name, field in self._fields.items() if not field.check()]
        if wrong:
            self._lead_to(self._fields[wrong[0]])
        return not wrong

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show messages by their fields, and take all others back."""
        for name, field in self._fields.items():
            field.show_error(errors.get(name, ""))
        first = next((name for name in self._fields if name in errors), None)
        if first is not None:
            self._lead_to(self._fields[first])

    def _lead_to(self, field: Field[Any]) -> None:
        """Put the keyboard on a field, with its name and what is wrong in sight."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        for each in (field.label, field.error):
            if each.isVisible():
                keys.bring_into_sight(each)

    def show_refusal(self, error: Refused) -> str:
        """Show a refusal by its fields; return what belongs to none of them."""
        if isinstance(error, Invalid):
            errors = error.errors
        else:
            errors = {error.field: error} if error.field else {}
        here: dict[str, str] = {}
        rest: list[str] = []
        for argument, each in errors.items():
            if (name := self._that_fills(argument)) in self._fields:
                here.setdefault(name, language.refusal(each))
            else:
                rest.append(language.refusal(each))
        self.show_errors(here)
        return " ".join(rest) if here else language.refusal(error)

    def _that_fills(self, argument: str) -> str:
        """The name of the field whose value it is, or a part of it."""
        if argument in self._fields:
            return argument
        found = (name for name, field in self._fields.items() if argument in field.fills)
        return next(found, argument.split(".", maxsplit=1)[0])

    def scanned(self, code: str) -> bool:
        """Give a code that was scanned to the field that it is for, wherever the keyboard is."""
        return any(each.scanned(code) for each in self._fields.values() if not each.isHidden())

    def draft(self) -> dict[str, object]:
        """Return everything as it stands, right or wrong, as plain data."""
        return {name: field.draft() for name, field in self._fields.items()}

    def restore(self, draft: Mapping[str, object]) -> None:
        """Fill in what `draft` gave; fields that no longer exist are passed over."""
        for name, value in draft.items():
            if name in self._fields:
                self._fields[name].restore(value)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column may be: fields side by side give way."""
        widths = (field.minimumSizeHint().width() for field in self._fields.values())
        return QSize(max(widths, default=0), self._grid.minimumSize().height())

    def _needed(self) -> int:
        """Width in which no field of all the columns is cut."""
        widths = [0] * self._columns
        column = 0
        for name, field in self._fields.items():
            span = self._spans[name]
            if column + span > self._columns:
                column = 0
            if span == 1:
                widths[column] = max(widths[column], field.minimumSizeHint().width())
            column += span
        return sum(widths) + _GAP * (self._columns - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up columns that have no room."""
        super().resizeEvent(event)
        least = min(self._spans.values(), default=self._columns)
        narrowest = self.width() * least // self._columns
        roomy = narrowest >= theme.current().px(LEAST_COLUMN) and self.width() >= self._needed()
        columns = self._columns if roomy else 1
        if columns != self._shown_columns:
            self._shown_columns = columns
            self._arrange()

    def _arrange(self) -> None:
        self._row = self._column = 0
        for name, field in self._fields.items():
            if name not in self._absent:
                self._grid.removeWidget(field)
                self._place(name, field)
        self._share_columns()

    def _place(self, name: str, field: Field[Any]) -> None:
        """Put a field behind those that have their places."""
        span = min(self._spans[name], self._shown_columns)
        if self._column + span > self._shown_columns:
            self._row, self._column = self._row + 1, 0
        place = (self._row, self._column, 1, span)
        self._grid.addWidget(field, *place, Qt.AlignmentFlag.AlignTop)
        self._column += span

    def _share_columns(self) -> None:
        # Columns without a field still have their spaces between them.
        self._grid.setHorizontalSpacing(_GAP if self._shown_columns > 1 else 0)
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 1 if number < self._shown_columns else 0)
