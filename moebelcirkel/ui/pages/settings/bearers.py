"""The accounts of an institution as rows of code, name and active, in one field of its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fields import in_one_line
from moebelcirkel.domain.identifiers import cost_bearer
from moebelcirkel.language import _
from moebelcirkel.services.institutions import Bearer
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.pictures import icons


class BearersField(Field[Sequence[Bearer]]):
    """Rows that can be added and taken away; one that has paid something stays as inactive."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self._rows: list[_BearerRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.add_button = QPushButton(_("Add account"))
        self.add_button.setProperty("role", "quiet")
        icons.put(self.add_button, "plus", "accent_text")
        self.add_button.clicked.connect(self._add_empty)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._list)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self._put(holder)
        self.setFocusProxy(self.add_button)

    def value(self) -> Sequence[Bearer]:
        """Return the rows that are filled in; refuse the first that is wrong."""
        found = []
        for row in self._rows:
            bearer = row.bearer()
            if bearer.code or bearer.name or bearer.id is not None:
                cost_bearer(bearer.code)
                in_one_line(bearer.name, limits.BEARER_NAME)
                found.append(bearer)
        return tuple(found)

    def set_value(self, value: Sequence[Bearer]) -> None:
        """Show these accounts."""
        for row in list(self._rows):
            self._drop(row)
        for bearer in value:
            self._add(bearer)

    def draft(self) -> object:
        """Return the rows as plain data."""
        return [row.plain() for row in self._rows if any(row.plain()[1:3]) or row.plain()[0]]

    def restore(self, draft: object) -> None:
        """Fill in what `draft` gave."""
        rows: Any = draft if isinstance(draft, list) else []
        self.set_value([Bearer(code, name, active, key) for key, code, name, active in rows])

    def show_error(self, message: str) -> None:
        """Mark the row that is wrong too."""
        super().show_error(message)
        for row in self._rows:
            long = len(row.bearer().name) > limits.BEARER_NAME
            theme.mark(row.code, "invalid", bool(message) and not _is_right(row.code.text()))
            theme.mark(row.name, "invalid", bool(message) and long)

    def rows(self) -> list[_BearerRow]:
        """The rows on screen."""
        return self._rows

    def _add_empty(self) -> None:
        self._add(Bearer("")).code.setFocus()
        self._edited()

    def _add(self, bearer: Bearer) -> _BearerRow:
        row = _BearerRow(bearer, self._edited, self._take_away)
        self._rows.append(row)
        self._list.addWidget(row)
        return row

    def _take_away(self, row: _BearerRow) -> None:
        self._drop(row)
        self.add_button.setFocus()
        self._edited()

    def _drop(self, row: _BearerRow) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()


class _BearerRow(QWidget):
    """Code, name, active, and a button to take it away."""

    def __init__(
        self,
        bearer: Bearer,
        edited: Callable[[], object],
        take_away: Callable[[_BearerRow], object],
    ) -> None:
        super().__init__()
        self._id = bearer.id
        self.code = _line(bearer.code, _("Account"))
        self.name = _line(bearer.name, _("What it is for"))
        self.active = QCheckBox()
        self.active.setChecked(bearer.active)
        self.active.setToolTip(_("Active"))
        self.active.setAccessibleName(_("Active"))
        self.remove = QToolButton()
        icons.put(self.remove, "trash", "muted", 16)
        self.remove.setToolTip(_("Remove"))
        self.remove.setAccessibleName(_("Remove"))
        for line in (self.code, self.name):
            line.textEdited.connect(lambda _text: edited())
        self.active.toggled.connect(lambda _on: edited())
        self.remove.clicked.connect(lambda: take_away(self))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.code, 2)
        layout.addWidget(self.name, 3)
        layout.addWidget(self.active)
        layout.addWidget(self.remove)

    def bearer(self) -> Bearer:
        """What the row says."""
        return Bearer(
            self.code.text().strip(), self.name.text().strip(), self.active.isChecked(), self._id
        )

    def plain(self) -> list[object]:
        """What the row says, as a list."""
        bearer = self.bearer()
        return [bearer.id, bearer.code, bearer.name, bearer.active]


def _line(text: str, name: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line


def _is_right(code: str) -> bool:
    try:
        cost_bearer(code)
    except Refused:
        return False
    return True
