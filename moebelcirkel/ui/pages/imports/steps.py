"""The five steps of an import of types: the file, its columns, prices and categories, dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.ui.pages.imports.categories import CategoriesStep
from moebelcirkel.ui.pages.imports.columns import ColumnsStep
from moebelcirkel.ui.pages.imports.previews import article_columns
from moebelcirkel.ui.pages.imports.prices import PricesStep
from moebelcirkel.ui.pages.imports.result import ResultStep
from moebelcirkel.ui.pages.imports.step_frame import (
    CATEGORIES,
    COLUMNS,
    FILE,
    PRICES,
    RESULT,
    StepFrame,
)

if TYPE_CHECKING:
    from moebelcirkel.services.imports import ColumnMapping, ImportChoices
    from moebelcirkel.ui.pages.imports.reading import ReadFile

_TITLES = {
    FILE: N_("1 File"),
    COLUMNS: N_("2 Columns"),
    PRICES: N_("3 Prices"),
    CATEGORIES: N_("4 Categories"),
    RESULT: N_("5 Dry run"),
}
#: What a price is not taken without.
_NEEDED = {
    "price_date": N_("The price has no date. Give the day the prices are from."),
    "price_source": N_("The price has no source. Write where the prices are from."),
}


class ImportSteps(StepFrame):
    """The steps over one file of types."""

    def __init__(self) -> None:
        super().__init__(_TITLES)

    def show_read(self, read: ReadFile) -> None:
        self.finish_building()
        self.source.show_source(read.source)
        self.source.show_before(read.before)
        if read.doubt is not None:
            self.source.show_refusal(read.doubt)
        self.columns.show_mapping(read.choices.mapping, read.source.table.columns)
        self.prices.show_basis(read.choices.basis)
        self.categories.offer(read.categories)
        self.show_values(read)

    def show_values(self, read: ReadFile) -> None:
        """What stands in the column of categories, and what each value means."""
        chosen, mapping = read.choices.categories, read.choices.mapping
        one, lines = mapping.fixed.get("category"), len(read.source.table.rows)
        self.categories.show_values(read.values, chosen, one, lines)
        unsure = not read.values or any(chosen.get(v.text) is None for v in read.values)
        self.categories.show_words(read.words, on=bool(mapping.words) or unsure)

    def draft(self) -> dict[str, Any]:
        return {
            "source": self.source.facts(),
            "columns": self.columns.draft(),
            "prices": self.prices.form.draft(),
            "categories": self.categories.draft(),
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        for name in ("columns", "prices", "categories"):
            getattr(self, name).restore(draft.get(name, {}))

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

    def takes(self, error: Refused) -> bool:
        """Only what is about the decimal sign or the prices is found out by the dry run."""
        mine = error.field == "decimal" or error.field in self.prices.form.names()
        if mine:
            self.refuse(PRICES, error)
        return mine

    def _ask_next(self) -> None:
        """The next step, unless the prices would have every line refused."""
        if self.current() == PRICES and (missing := self._missing_of_prices()):
            self.prices.form.show_refusal(Invalid(missing))
        else:
            super()._ask_next()

    def _missing_of_prices(self) -> dict[str, Refused]:
        """What a price needs that neither a column gives nor is written for all of them."""
        columns, written = self.columns.form, self.prices.form
        if columns.field("price").value() is None:
            return {}
        return {
            name: Refused(words)
            for name, words in _NEEDED.items()
            if not columns.field(name).value() and not written.field(name).draft()
        }

    # --- building -------------------------------------------------------------------------------

    def _makers(self) -> tuple[Callable[[], object], ...]:
        return (
            self._make_source,
            self._make_columns,
            self._make_prices,
            self._make_categories,
            self._make_result,
        )

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
        self._made = self.result = ResultStep(article_columns(self.categories.name_of))
