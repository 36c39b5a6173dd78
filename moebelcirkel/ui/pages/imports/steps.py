"""The five steps of an import: the file, its columns, prices and categories, and the dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.page_layout import holder, row, scrolled
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.kit.turns import Turns
from moebelcirkel.ui.pages.imports.categories import CategoriesStep
from moebelcirkel.ui.pages.imports.columns import ColumnsStep
from moebelcirkel.ui.pages.imports.prices import PricesStep
from moebelcirkel.ui.pages.imports.result import ResultStep
from moebelcirkel.ui.pages.imports.source import SourceStep

if TYPE_CHECKING:
    from moebelcirkel.services.imports import ColumnMapping, ImportChoices
    from moebelcirkel.ui.pages.imports.reading import Read

FILE, COLUMNS, PRICES, CATEGORIES, RESULT = range(5)
_TITLES = (
    N_("1 File"), N_("2 Columns"), N_("3 Prices"), N_("4 Categories"), N_("5 Dry run"),
)  # fmt: skip


class ImportSteps(QWidget):
    """The steps over one file, built one by one while the page is already on screen."""

    asked = Signal(int)
    """Somebody wants to see this step."""
    edited = Signal()
    """A choice is another one now."""
    facts_changed = Signal()
    """The file is to be read in another way."""
    refused = Signal(object)
    """Something is wrong that belongs to no field."""
    built = Signal()
    """All five are there."""

    _made: QWidget

    def __init__(self) -> None:
        super().__init__()
        self.bar = SegmentedField("", [Choice(n, _(text)) for n, text in enumerate(_TITLES)])
        self.stack = QStackedWidget()
        self.next = push_button(_("Next"), lambda: self.asked.emit(self.stack.currentIndex() + 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(holder(row(None, self.next)))
        self.bar.changed.connect(lambda: self.asked.emit(int(self.bar.value() or 0)))
        self._turns: Turns | None = None

    def build(self) -> None:
        """Begin to build them; those of a page that is never seen are not built."""
        if self._turns is None:
            self._turns = Turns(self, self._parts())

    def show_read(self, read: Read) -> None:
        """Fill in what was read of a file and what is suggested for it."""
        self.build()
        assert self._turns is not None
        self._turns.finish()
        self.source.show_source(read.source)
        if read.doubt is not None:
            self.source.show_refusal(read.doubt)
        self.columns.show_mapping(read.choices.mapping, read.source.table.columns)
        self.prices.show_basis(read.choices.basis)
        self.categories.offer(read.categories)
        self.show_values(read)

    def show_values(self, read: Read) -> None:
        """What stands in the column of categories, and what each value means."""
        chosen, mapping = read.choices.categories, read.choices.mapping
        one, lines = mapping.fixed.get("category"), len(read.source.table.rows)
        self.categories.show_values(read.values, chosen, one, lines)
        unsure = not read.values or any(chosen.get(v.text) is None for v in read.values)
        self.categories.show_words(read.words, on=bool(mapping.words) or unsure)

    def draft(self) -> dict[str, Any]:
        """Everything that is chosen, right or wrong, as plain data."""
        return {
            "source": self.source.facts(),
            "columns": self.columns.draft(),
            "prices": self.prices.form.draft(),
            "categories": self.categories.draft(),
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Choose what `draft` gave, over what is suggested."""
        for name in ("columns", "prices", "categories"):
            getattr(self, name).restore(draft.get(name, {}))

    def show_step(self, step: int) -> None:
        """Show one of the five."""
        self.bar.set_value(step)
        self.stack.setCurrentIndex(step)
        self.next.setVisible(step < RESULT)

    def mapping(self) -> ColumnMapping:
        """What the columns mean; refuses what cannot be."""
        return self.columns.mapping(self.categories.one_category(), self.categories.words())

    def choices(self, columns: tuple[str, ...]) -> ImportChoices | None:
        """All choices for a file of these columns, or ``None`` where one cannot be.

        What is wrong is then shown by its field, in its step.
        """
        from moebelcirkel.services.imports import ImportChoices

        self.columns.clear_errors()
        step = COLUMNS
        try:
            mapping = self.mapping()
            mapping.check(columns)
            step = PRICES
            basis = self.prices.basis()
        except Refused as error:
            self.refuse(step, error)
            return None
        return ImportChoices(
            mapping=mapping, basis=basis, categories=self.categories.chosen(), **self.source.facts()
        )

    def refuse(self, step: int, error: Refused) -> None:
        """Show what is wrong by its field."""
        if self.source.show_refusal(error):
            self.show_step(FILE)
            return
        self.show_step(step)
        form = self.prices.form if step == PRICES else None
        if form is not None and (isinstance(error, Invalid) or error.field in form.names()):
            form.show_refusal(error)
        elif not self.columns.show_refusal(error):
            self.refused.emit(error)

    # --- building -------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Callable[[], object]]:
        """Each step is made in one turn and gets its look in the next."""
        for make in (
            self._make_source, self._make_columns, self._make_prices, self._make_categories,
            self._make_result,
        ):  # fmt: skip
            yield make
            yield self._place
        yield self.built.emit

    def _place(self) -> None:
        self.stack.addWidget(scrolled(self._made))

    def _make_source(self) -> None:
        self._made = self.source = SourceStep()
        self.source.facts_changed.connect(self.facts_changed)

    def _make_columns(self) -> None:
        self._made = self.columns = ColumnsStep()
        self.columns.changed.connect(self.edited)

    def _make_prices(self) -> None:
        self._made = self.prices = PricesStep()
        self.prices.changed.connect(self.edited)
        self.columns.price_changed.connect(self.prices.show_column)

    def _make_categories(self) -> None:
        self._made = self.categories = CategoriesStep()
        self.categories.changed.connect(self.edited)

    def _make_result(self) -> None:
        self._made = self.result = ResultStep()
