"""What the file's own categories mean here, value by value; several are set at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from moebelcirkel.language import _, current_language, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import CheckField
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, figure_column, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.imports import Value

#: The choice for what is no furniture; the services' mark for it is the empty text.
LEFT_OUT = "left_out"
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of the file; ``key`` is a category, "" is left out, None is not chosen."""

    text: str
    lines: int
    example: str
    key: str | None


class CategoriesStep(QWidget):
    """A table of values, and the category for the rows that are marked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._words: Words = ()
        self.by_name = CheckField(_("Let names decide first"))
        self.one = ChoiceField(
            _("One category for all lines"),
            nothing=_("None"),
            helper=_("For lines without one in the file."),
        )
        self.model = TableModel[ValueRow](self._columns(), lambda row: row.text)
        self.table = TableView(_("Categories of the file"))
        self.table.show_model(self.model)
        self.choice = ChoiceField(_("Category of the marked rows"))
        self.missing = Label(tone="muted")
        self._lay_out()
        self.table.selection_changed.connect(self._show_choice)
        self.choice.changed.connect(self._choose)
        self.by_name.changed.connect(self.changed)
        self.one.changed.connect(self.changed)

    def offer(self, categories: Sequence[ReferenceCategory]) -> None:
        """All categories there are."""
        danish = current_language() == "da"
        self._names = {each.key: each.name_da if danish else each.name_en for each in categories}
        choices = [Choice(key, name) for key, name in self._names.items()]
        self.one.set_choices(choices)
        self.choice.set_choices([Choice(LEFT_OUT, _("Left out: no furniture")), *choices])

    def show_values(
        self, values: Sequence[Value], chosen: Mapping[str, str | None], one: str | None, lines: int
    ) -> None:
        """Show the values of the category column with what is chosen or suggested for them.

        Of the file's ``lines`` those without a value can be given one category.
        """
        rows = [ValueRow(v.text, v.lines, v.example, chosen.get(v.text)) for v in values]
        self.model.set_rows(rows)
        self.card.setVisible(bool(rows))
        self.one.setVisible(sum(row.lines for row in rows) < lines)
        some = _("Category of lines without one")
        self.one.name_it(some if rows else _("One category for all lines"))
        self.one.set_value(one)
        if rows:
            first = next((row.text for row in rows if row.key is None), rows[0].text)
            self.table.select_key(first)
        self._show_choice()
        self._show_missing()

    def show_words(self, words: Words, *, on: bool) -> None:
        """What beginnings of names mean, and whether they count."""
        self._words = words
        out = sum(1 for _word, key in words if not key)
        text = ngettext(
            "{count} beginning of a name is known; {out} of them are parts and left out.",
            "{count} beginnings of names are known; {out} of them are parts and left out.",
            len(words),
        )
        self.by_name.helper.setText(text.format(count=number(len(words)), out=number(out)))
        self.by_name.helper.setVisible(bool(words))
        self.by_name.setVisible(bool(words))
        self.by_name.set_value(on and bool(words))

    def words(self) -> Words:
        """The beginnings of names that decide, if they do."""
        return self._words if self.by_name.value() else ()

    def chosen(self) -> dict[str, str | None]:
        """The category of each value."""
        return {row.text: row.key for row in self.model.rows}

    def one_category(self) -> str | None:
        """The category of the lines for which the file has none."""
        value = self.one.value()
        return str(value) if value and not self.one.isHidden() else None

    def draft(self) -> dict[str, Any]:
        """Everything as it stands."""
        return {
            "chosen": self.chosen(),
            "one": self.one.draft(),
            "words": self._words,
            "by_name": self.by_name.draft(),
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Choose what `draft` gave for the values that the file still has."""
        chosen = draft.get("chosen", {})
        rows = [replace(r, key=chosen.get(r.text, r.key)) for r in self.model.rows]
        self.model.set_rows(rows)
        self.one.restore(draft.get("one"))
        words = tuple((str(word), str(key)) for word, key in draft.get("words", ()))
        self.show_words(words, on=bool(draft.get("by_name")))
        self._show_missing()

    def name_of(self, key: str | None) -> str:
        """What a category is called."""
        if key is None:
            return _("Not chosen")
        return self._names.get(key, key) if key else _("Left out")

    def _columns(self) -> list[Column[ValueRow]]:
        return [
            text_column("text", _("In the file"), lambda row: row.text),
            figure_column("lines", _("Lines"), lambda row: row.lines, number, width=80),
            Column("example", _("For example"), lambda row: row.example, tone="muted"),
            text_column(
                "category",
                _("Category here"),
                lambda row: self.name_of(row.key),
                tone=lambda row: "warning" if row.key is None else "" if row.key else "muted",
            ),
        ]

    def _show_choice(self) -> None:
        keys = {row.key for row in self.table.selected_rows()}
        self.choice.setEnabled(bool(keys))
        key = keys.pop() if len(keys) == 1 else None
        self.choice.set_value(LEFT_OUT if key == "" else key)
        self.choice.show_error("")

    def _choose(self) -> None:
        value = self.choice.combo.currentData()
        marked = {row.text for row in self.table.selected_rows()}
        if value is None or not marked:
            return
        key = "" if value == LEFT_OUT else str(value)
        rows = [replace(r, key=key) if r.text in marked else r for r in self.model.rows]
        if rows != self.model.rows:
            self.model.set_rows(rows)
            self._show_missing()
            self.changed.emit()

    def _show_missing(self) -> None:
        open_rows = [row for row in self.model.rows if row.key is None]
        lines = sum(row.lines for row in open_rows)
        text = ngettext(
            "{count} value has no category yet ({lines} lines).",
            "{count} values have no category yet ({lines} lines).",
            len(open_rows),
        )
        many = text.format(count=number(len(open_rows)), lines=number(lines))
        self.missing.setText(many if open_rows else _("Every value has a category."))

    def _lay_out(self) -> None:
        self.card = CardFrame(_("What do the file's categories mean?"))
        self.table.setMinimumHeight(220)
        self.choice.setMinimumWidth(320)
        self.card.add(holder(row(self.missing, None, self.choice)))
        self.card.add(self.table, 1)
        names = CardFrame(_("Where the name says what it is"))
        names.add(self.by_name)
        names.add(self.one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.card, 1)
        layout.addWidget(names)
        names.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
