"""The steps of an import of records: the file, which column holds what, and the dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.imports.prices import PricesStep
from moebelcirkel.ui.pages.imports.result import ResultStep
from moebelcirkel.ui.pages.imports.step_frame import COLUMNS, FILE, PRICES, RESULT, StepFrame

if TYPE_CHECKING:
    from moebelcirkel.services.imports import RecordChoices, RecordField
    from moebelcirkel.ui.pages.imports.reading import RecordRead

_TITLES = {FILE: N_("1 File"), COLUMNS: N_("2 Columns"), RESULT: N_("3 Dry run")}
_WITH_PRICES = {
    FILE: N_("1 File"),
    COLUMNS: N_("2 Columns"),
    PRICES: N_("3 Prices"),
    RESULT: N_("4 Dry run"),
}
_FIXED = "fixed_"


class RecordColumns(QWidget):
    """The fields of a kind of file, each with its column, and what is the same for all lines."""

    changed = Signal()

    def __init__(self, fields: Sequence[RecordField]) -> None:
        super().__init__()
        self.form, self.fixed = Form(3), Form(3)
        for each in fields:
            title = _(each.title)
            self.form.add(each.name, ChoiceField(title, nothing=_("Not in the file")))
            if each.shared:
                self.fixed.add(
                    _FIXED + each.name, LineField(title, helper=_("Where the file has no column."))
                )
        self._columns: Sequence[str] = ()
        self.unused = Label(tone="muted", wrap=True)
        self.unused.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for title, form in (
            (_("Which column holds what?"), self.form),
            (_("The same for all lines"), self.fixed),
        ):
            form.changed.connect(lambda _name: self.changed.emit())
            card = CardFrame(title)
            card.add(form)
            card.setVisible(bool(form.names()))
            layout.addWidget(card)
        layout.addWidget(self.unused)
        layout.addStretch(1)
        self.form.changed.connect(lambda _name: self._show_unused())

    def show_choices(self, choices: RecordChoices, columns: Sequence[str]) -> None:
        """Offer the file's columns, and choose those that are suggested."""
        offered = [Choice(column, column) for column in columns]
        for name in self.form.names():
            field = self.form.field(name)
            assert isinstance(field, ChoiceField)
            field.set_choices(offered)
        self.form.set_values({name: choices.columns.get(name) for name in self.form.names()})
        self._columns = columns
        self._show_unused()
        self.fixed.set_values(
            {name: choices.fixed.get(name.removeprefix(_FIXED), "") for name in self.fixed.names()}
        )

    def _show_unused(self) -> None:
        """Say which columns of the file nothing is read from."""
        used = {self.form.field(name).value() for name in self.form.names()}
        left = [column for column in self._columns if column not in used]
        self.unused.setText(_("Not used: {columns}").format(columns=", ".join(left)))
        self.unused.setVisible(bool(left))

    def choices(self) -> RecordChoices:
        """What is chosen."""
        from moebelcirkel.services.imports import RecordChoices

        columns = {name: str(column) for name, column in self.form.values().items() if column}
        fixed = self.fixed.values().items()
        return RecordChoices(
            columns, {name.removeprefix(_FIXED): text for name, text in fixed if text}
        )

    def show_refusal(self, error: Refused) -> bool:
        """Show it by its field; False if it belongs to none here."""
        for form in (self.form, self.fixed):
            if error.field in form.names():
                form.show_refusal(error)
                return True
        return False

    def clear_errors(self) -> None:
        """Take back what was said to be wrong."""
        for form in (self.form, self.fixed):
            form.show_errors({})


class RecordSteps(StepFrame):
    """The steps over one file of records of a kind."""

    def __init__(
        self, fields: Sequence[RecordField], preview: Callable[[], list[Column[Any]]]
    ) -> None:
        self._has_prices = any(each.name == "price" for each in fields)
        super().__init__(_WITH_PRICES if self._has_prices else _TITLES)
        self._fields = fields
        self._preview = preview

    def show_read(self, read: RecordRead) -> None:
        self.finish_building()
        self.source.show_source(read.source)
        self.source.show_before(read.before)
        if read.doubt is not None:
            self.source.show_refusal(read.doubt)
        self.columns.show_choices(read.choices, read.source.table.columns)
        if self._has_prices:
            self.prices.show_basis(read.choices.basis)

    def draft(self) -> dict[str, Any]:
        return {
            "source": self.source.facts(),
            "columns": self.columns.form.draft(),
            "fixed": self.columns.fixed.draft(),
            "prices": self.prices.form.draft() if self._has_prices else {},
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        self.columns.form.restore(draft.get("columns", {}))
        self.columns.fixed.restore(draft.get("fixed", {}))
        if self._has_prices:
            self.prices.restore(draft.get("prices", {}))

    def choices(self, columns: tuple[str, ...]) -> RecordChoices | None:
        self.columns.clear_errors()
        try:
            choices = self.columns.choices()
            choices.check(self._fields, columns)
            if self._has_prices:
                choices = replace(choices, basis=self.prices.basis())
        except Refused as error:
            if not self.takes(error):
                self.refused.emit(error)
            return None
        return choices

    def takes(self, error: Refused) -> bool:
        if self.source.show_refusal(error):
            self.show_step(FILE)
        elif self._has_prices and self._concerns_prices(error):
            self.show_step(PRICES)
            self.prices.form.show_refusal(error)
        elif self.columns.show_refusal(error):
            self.show_step(COLUMNS)
        else:
            return False
        return True

    def _concerns_prices(self, error: Refused) -> bool:
        return isinstance(error, Invalid) or error.field in self.prices.form.names()

    def _makers(self) -> tuple[Callable[[], object], ...]:
        prices = (self._make_prices,) if self._has_prices else ()
        return self._make_source, self._make_columns, *prices, self._make_result

    def _make_columns(self) -> None:
        self._made = self.columns = RecordColumns(self._fields)
        self.columns.changed.connect(self.edited)

    def _make_prices(self) -> None:
        self._made = self.prices = PricesStep()
        self.prices.changed.connect(self.edited)
        self.columns.form.changed.connect(self._tell_price)

    def _tell_price(self, name: str) -> None:
        """Another column holds the prices now."""
        if name == "price":
            self.prices.show_column(str(self.columns.form.field(name).value() or ""))

    def _make_result(self) -> None:
        self._made = self.result = ResultStep(self._preview())
