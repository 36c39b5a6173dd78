"""Factor sets: every figure with its source; a released set is copied to a draft and corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.factors import FactorFigures
from moebelcirkel.language import N_, _, decimal, kroner
from moebelcirkel.services import factors
from moebelcirkel.services.factors import FactorRow, SetRow
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column, figure_column
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.pages.settings.calls import values_of
from moebelcirkel.ui.pages.settings.columns import READ, mark
from moebelcirkel.ui.pages.settings.differences import DifferencesDialog
from moebelcirkel.ui.pages.settings.editor import Editor
from moebelcirkel.ui.pages.settings.factor_detail import FactorDetail
from moebelcirkel.ui.pages.settings.factor_form import factor_form
from moebelcirkel.ui.pages.settings.factor_sets import SetBar, SetDialog
from moebelcirkel.ui.pages.settings.register import Opened, Register

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Saved
    from moebelcirkel.ui.kit.page import Page


class FactorsSection(Register[FactorRow]):
    """The sets above, the figures of one below, and one category in full beside them."""

    title = N_("Factor sets")
    new_text = N_("Copy to a draft…")
    new_icon = "copy"
    extra_text = N_("Compare…")
    extra_icon = "chart"
    icon = "leaf"
    empty_text = N_("This set has no figures.")
    given_up = ("years", "mass", "range", "price_source", "price")

    def __init__(self, page: Page) -> None:
        self._set: SetRow | None = None
        super().__init__(page)
        self.editor.delete_button.hide()

    def columns(self) -> Sequence[Column[FactorRow]]:
        """Category, kg CO₂e with range, weight, years, new price, and what is only an estimate."""
        return [
            Column(
                "category",
                _("Category"),
                lambda row: row.category,
                lambda row: row.sort_key,
                strong=True,
                tip=lambda row: row.group,
            ),
            figure_column(
                "co2",
                _("kg CO₂e"),
                lambda row: row.figures.co2e_mid_kg,
                _number,
                tone="co2",
                width=84,
            ),
            Column("range", _("Low–high"), _range, align="right", tone="muted", width=104),
            figure_column(
                "mass", _("Weight, kg"), lambda row: row.figures.mass_kg, _number, width=92
            ),
            figure_column(
                "years", _("Years"), lambda row: row.figures.lifetime_years, decimal, width=66
            ),
            figure_column(
                "price",
                _("New price"),
                lambda row: row.figures.new_price_mid_ore,
                _price,
                tone="money",
                width=100,
            ),
            _source("co2_source", _("CO₂e from"), lambda figures: figures.co2e_verified),
            _source("price_source", _("Price source"), lambda figures: figures.price_verified),
        ]

    def make_form(self) -> Form:
        """All figures of one category."""
        return factor_form()

    def fill_top(self, card: CardFrame) -> None:
        """The sets, and what can be done with the chosen one."""
        self.bar = SetBar(self.page)
        self.bar.chosen.connect(self._choose)
        self.bar.changed.connect(self.done)
        card.add(self.bar)

    def fill_panel(self, editor: Editor) -> None:
        """The figures of a released set, to be read."""
        self.detail = FactorDetail()
        editor.add_below_form(self.detail)

    def reload(self) -> None:
        """The sets first; then the figures of the chosen one."""
        self.shell.jobs.read(factors.sets, self._show_sets, channel="settings.sets", owner=self)

    def search(self, text: str) -> None:
        """Show only the categories with these words in name, group or source."""
        self._text = text
        if self._set is not None:
            super().reload()

    def _show_sets(self, rows: list[SetRow]) -> None:
        self._set = self.bar.show_sets(rows)
        if self._set is not None:
            super().reload()

    def _choose(self, row: SetRow) -> None:
        def go_on() -> None:
            self._set = row
            self.bar.show_chosen(row)
            self.close_panel()
            super(FactorsSection, self).reload()

        self.leave(go_on, lambda: self.bar.show_chosen(self._set))

    def read_rows(self, context: Context, text: str) -> Sequence[FactorRow]:
        """The figures of the chosen set."""
        return [] if self._set is None else factors.factors(context, self._set.id, text)

    def read_one(self, context: Context, key: int) -> Opened | None:
        """The figures of one category."""
        rows = [] if self._set is None else factors.factors(context, self._set.id)
        row = next((row for row in rows if row.id == key), None)
        if row is None:
            return None
        return Opened(row.id, row.version, row.category, values_of(row.figures), row)

    def show_more(self, opened: Opened) -> None:
        """A released set is read, a draft is corrected."""
        draft = self._set is not None and not self._set.released
        self.form.setVisible(draft)
        self.detail.setVisible(not draft)
        self.detail.show_row(opened.more)
        self.editor.delete_button.hide()
        why = _("A released set is read only. Copy it to a draft to correct it.")
        self.editor.set_read_only("" if draft else why)

    def create_new(self) -> None:
        """Copy the chosen set to a draft."""
        if self._set is not None:
            dialog = SetDialog(self._set, self.window(), copy=True)
            self.page.ask(dialog, dialog.values, dialog.save, self._copied)

    def extra(self) -> None:
        """What differs from another set, and what it would do to a past period."""
        if self._set is not None:
            DifferencesDialog(self.shell, self._set, self.bar.all(), self.window()).open()

    def _copied(self, done: Saved) -> None:
        self.bar.wanted = done.id
        self.close_panel()
        self.done(done, _("The draft is made. Correct its figures, and release it."))

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save the figures of one category."""
        assert opened.id is not None
        assert opened.version is not None
        return factors.save(context, opened.id, opened.version, FactorFigures(**values))

    def saved_name(self, opened: Opened) -> str:
        """The category; the form does not ask for it."""
        return opened.title


def _source(key: str, title: str, verified: Callable[[FactorFigures], bool]) -> Column[FactorRow]:
    """Whether the middle figure was read in a source."""
    return Column(
        key,
        title,
        lambda row: mark(verified=verified(row.figures)).text,
        lambda row: verified(row.figures),
        width=104,
        chip=lambda row: mark(verified=verified(row.figures)),
        tip=lambda _row: _(READ),
    )


def _number(value: Any) -> str:
    return "–" if value is None else decimal(value)


def _range(row: FactorRow) -> str:
    low, high = row.figures.co2e_low_kg, row.figures.co2e_high_kg
    return "" if low is None else f"{_number(low)}–{_number(high)}"


def _price(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore)
