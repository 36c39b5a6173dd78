"""The budget ceilings of an institution as rows of year, group and amount, in one field."""

from collections.abc import Sequence
from typing import Any

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, kroner, parse_kroner
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.rows_field import FieldRow, RowsField

#: A row as plain data: year and amount as typed, and the key of the group.
_Plain = tuple[str, str, str]


class CeilingsField(RowsField[Sequence[Ceiling], "_CeilingRow"]):
    """Rows that can be added and taken away."""

    def __init__(self, label: str) -> None:
        helper = _("From the year on, until one of a later year. Without one all can be ordered.")
        super().__init__(label, _("Add ceiling"), helper=helper)
        self._groups: Sequence[tuple[str, str]] = ()
        self._year = 0

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
        self._clear()
        given: Any = draft if isinstance(draft, list) else []
        for year, group, amount in given:
            self._add(_CeilingRow((year, group, amount), self._groups))

    def show_error(self, message: str) -> None:
        """Mark the row that is wrong too."""
        super().show_error(message)
        for row in self._rows:
            theme.mark(row.year, "invalid", bool(message) and not row.year.text().strip().isdigit())
            theme.mark(row.amount, "invalid", bool(message) and not row.is_amount())

    def _begin_row(self) -> None:
        row = _CeilingRow((str(self._year), "", ""), self._groups)
        self._add(row).amount.setFocus()


class _CeilingRow(FieldRow):
    """Year, group, amount, and a button to take it away."""

    def __init__(self, plain: _Plain, groups: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        year, self._group, amount = plain
        self.year = self.line(year, _("From year"))
        self.year.setMaxLength(4)
        self.year.setMaximumWidth(theme.current().px(62))
        self.group = ChoiceField("")
        self.group.combo.setAccessibleName(_("Group"))
        self.amount = self.line(amount, _("At most, a year"))
        self.offer(groups)
        self.group.changed.connect(self.edited)
        self.lay((self.year, 2), (self.group, 6), (self.amount, 4))

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
