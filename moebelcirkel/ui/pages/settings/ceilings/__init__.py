"""The budget ceilings of an institution as rows of year, group and amount, in one field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, kroner, parse_kroner
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.pictures import icons

#: A row as plain data: year and amount as typed, and the key of the group.
_Plain = tuple[str, str, str]


class CeilingsField(Field[Sequence[Ceiling]]):
    """Rows that can be added and taken away."""

    def __init__(self, label: str) -> None:
        helper = _("From the year on, until one of a later year. Without one all can be ordered.")
        super().__init__(label, helper=helper)
        self._groups: Sequence[tuple[str, str]] = ()
        self._year = 0
        self._rows: list[_CeilingRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.add_button = QPushButton(_("Add ceiling"))
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

    def offer(self, groups: Sequence[tuple[str, str]], year: int) -> None:
        """Know the groups that can have a ceiling of their own, by key and name, and the year."""
        self._groups, self._year = groups, year
        for row in self._rows:
            row.offer(groups)

    def value(self) -> Sequence[Ceiling]:
        """Return the rows with an amount; refuse the first that is wrong."""
        return tuple(row.ceiling() for row in self._rows if row.amount.text().strip())

    def set_value(self, value: Sequence[Ceiling]) -> None:
        """Show these ceilings."""
        self.restore([(str(each.from_year), each.group, kroner(each.most_ore)) for each in value])

    def draft(self) -> object:
        """Return the rows as plain data."""
        return [row.plain() for row in self._rows if row.amount.text().strip()]

    def restore(self, draft: object) -> None:
        """Fill in what `draft` gave."""
        for row in list(self._rows):
            self._drop(row)
        given: Any = draft if isinstance(draft, list) else []
        for year, group, amount in given:
            self._add((year, group, amount))

    def show_error(self, message: str) -> None:
        """Mark the row that is wrong too."""
        super().show_error(message)
        for row in self._rows:
            theme.mark(row.year, "invalid", bool(message) and not row.year.text().strip().isdigit())
            theme.mark(row.amount, "invalid", bool(message) and not row.is_amount())

    def rows(self) -> list[_CeilingRow]:
        """The rows on screen."""
        return self._rows

    def _add_empty(self) -> None:
        self._add((str(self._year), "", "")).amount.setFocus()
        self._edited()

    def _add(self, plain: _Plain) -> _CeilingRow:
        row = _CeilingRow(plain, self._groups, self._edited, self._take_away)
        self._rows.append(row)
        self._list.addWidget(row)
        return row

    def _take_away(self, row: _CeilingRow) -> None:
        self._drop(row)
        self.add_button.setFocus()
        self._edited()

    def _drop(self, row: _CeilingRow) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()


class _CeilingRow(QWidget):
    """Year, group, amount, and a button to take it away."""

    def __init__(
        self,
        plain: _Plain,
        groups: Sequence[tuple[str, str]],
        edited: Callable[[], object],
        take_away: Callable[[_CeilingRow], object],
    ) -> None:
        super().__init__()
        year, self._group, amount = plain
        self.year = _line(year, _("From year"))
        self.year.setMaxLength(4)
        self.year.setMaximumWidth(theme.current().px(62))
        self.group = ChoiceField("")
        self.group.combo.setAccessibleName(_("Group"))
        self.amount = _line(amount, _("At most, a year"))
        self.remove = QToolButton()
        icons.put(self.remove, "trash", "muted", 16)
        self.remove.setToolTip(_("Remove"))
        self.remove.setAccessibleName(_("Remove"))
        self.offer(groups)
        for line in (self.year, self.amount):
            line.textEdited.connect(lambda _text: edited())
        self.group.changed.connect(edited)
        self.remove.clicked.connect(lambda: take_away(self))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.year, 2)
        layout.addWidget(self.group, 6)
        layout.addWidget(self.amount, 4)
        layout.addWidget(self.remove)

    def offer(self, groups: Sequence[tuple[str, str]]) -> None:
        """The groups to choose from, and everything together."""
        chosen = self.group.draft() if self.group.combo.count() > 1 else self._group
        everything = Choice("", _("All furniture"))
        self.group.set_choices([everything, *(Choice(key, name) for key, name in groups)])
        self.group.set_value(str(chosen or ""))

    def ceiling(self) -> Ceiling:
        """What the row says."""
        year = self.year.text().strip()
        if not year.isdecimal():
            raise Refused(N_("Write the year with four digits, e.g. 2016."))
        _year, group, amount = self.plain()
        return Ceiling(int(year), group, parse_kroner(amount)).checked()

    def is_amount(self) -> bool:
        """Whether the amount can be read."""
        try:
            parse_kroner(self.amount.text())
        except Refused:
            return False
        return True

    def plain(self) -> _Plain:
        """What the row says, as it was typed."""
        return (self.year.text().strip(), str(self.group.draft() or ""), self.amount.text().strip())


def _line(text: str, name: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line
