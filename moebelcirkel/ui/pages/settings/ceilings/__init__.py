"""The budget ceilings of an institution as rows of year, group and amount, in one field."""

from collections.abc import Sequence

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, kroner, parse_kroner
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.rows_field import FieldRow, RowsField, can_be

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

    def _row_of(self, plain: _Plain) -> "_CeilingRow":
        return _CeilingRow(plain, self._groups)

    def _begin_row(self) -> None:
        self._add(self._row_of((str(self._year), "", ""))).amount.setFocus()


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
        amount = parse_kroner(self.amount.text().strip())
        return Ceiling(int(year), self._chosen(), amount).checked()

    def mark(self, *, wrong: bool) -> None:
        """Year and amount."""
        year, amount = self.year.text().strip(), self.amount.text()
        theme.mark(self.year, "invalid", wrong and not year.isdigit())
        theme.mark(self.amount, "invalid", wrong and not can_be(parse_kroner, amount))

    def plain(self) -> _Plain | None:
        """Nothing without an amount."""
        amount = self.amount.text().strip()
        return (self.year.text().strip(), self._chosen(), amount) if amount else None

    def _chosen(self) -> str:
        return str(self.group.draft() or "")
