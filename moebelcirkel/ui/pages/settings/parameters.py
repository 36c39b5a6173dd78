"""The municipality's settings, a form for each group, saved together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.identifiers import cvr_warning
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.prices import PriceRule, suggested_price
from moebelcirkel.language import N_, _, kroner, refusal
from moebelcirkel.services import parameters
from moebelcirkel.services.parameters import ParameterItem
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, scrolled
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.settings.parameter_words import HELPERS
from moebelcirkel.ui.pages.settings.section import Section
from moebelcirkel.ui.pages.settings.sheet import SheetPicture

if TYPE_CHECKING:
    from collections.abc import Generator

    from moebelcirkel.services.context import Done
    from moebelcirkel.ui.kit.page import Page

ASIDE_WIDTH = 300
EXAMPLE_ORE = 335_000
#: Shown with the hour rates, where it is confirmed.
ELSEWHERE = frozenset({"rates_confirmed"})
#: Texts that need the whole width.
WIDE = frozenset(
    {
        *("municipality", "warehouse_name", "warehouse_address", "label_prefix"),
        "delivery_words",
        "order_rounds",
        *("export_folder", "report_folder", "copies_folder"),
        *("settlement_columns", "settlement_kinds", "levy_categories", "shadow_prices"),
    }
)
#: Whole numbers that are written without a sign between the thousands.
NO_AMOUNTS = frozenset({"mail_port"})
#: Fields that are made in one turn of the event loop.
_AT_ONCE = 6


class ParametersSection(Section):
    """The form of one group; ``aside`` may show what the values lead to."""

    group: ClassVar[str] = ""
    columns: ClassVar[int] = 2
    intro: ClassVar[str] = ""
    #: A form of many fields scrolls in its card.
    scrolls: ClassVar[bool] = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._seen: dict[str, Value] = {}
        self._baseline: dict[str, object] = {}
        self.form = Form(columns=self.columns)
        self.notice = Notice()
        self.unsaved = ChipLabel(("", "warning"))
        self.save_button = push_button(_("Save"), self.save, role="primary")
        self.save_button.setToolTip("Ctrl+S")
        self.cancel_button = push_button(_("Cancel"), self.discard)
        self.card = card = CardFrame(_(self.title))
        card.show_title(_(self.title), _(self.intro))
        card.speaks_beside_title(self.notice)
        card.beside_title(self.unsaved)
        card.add(scrolled(self.form) if self.scrolls else self.form, 3 if self.scrolls else 0)
        buttons = FlowLayout(gap=8)
        for button in (self.save_button, self.cancel_button, *self.beside_save()):
            buttons.addWidget(button)
        card.body.addLayout(buttons)
        below = self.below()
        card.body.addStretch(0 if self.scrolls else 1) if below is None else card.add(below, 1)
        aside = self.aside()
        panels = [] if aside is None else [(aside, ASIDE_WIDTH)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(card, panels, collapse_below=640))
        self.form.changed.connect(self._edited)
        self._show_dirty()

    def aside(self) -> QWidget | None:
        """What stands beside the form."""
        return None

    def beside_save(self) -> list[QPushButton]:
        """Other buttons of the form."""
        return []

    def below(self) -> QWidget | None:
        """What stands under the form."""
        return None

    def field_of(self, item: ParameterItem) -> Field[Any]:
        """The field that a setting is filled in with."""
        return _field(item)

    def show_effect(self) -> None:
        """The values have changed: show what they lead to."""

    def reload(self) -> None:
        """Read the settings again, unless something typed would be lost."""
        if not self.is_dirty():
            self.shell.jobs.read(parameters.grouped, self._show, channel="settings", owner=self)

    def is_dirty(self) -> bool:
        return bool(self._seen) and self.form.draft() != self._baseline

    def discard(self) -> None:
        self._baseline = self.form.draft()
        self._show_dirty()
        self.reload()

    def save(self) -> None:
        """Save what has changed, or say by each field what is wrong."""
        if not self.is_dirty():
            return
        self.notice.hide()
        try:
            typed = self.form.values()
        except Invalid as error:
            self._refuse(error)
            return
        values = {key: value for key, value in typed.items() if value != self._seen[key]}
        seen = dict(self._seen)
        self.shell.jobs.write(
            lambda context: parameters.save(context, values, seen),
            self._saved,
            self._refuse,
            hold=[self.save_button],
        )

    def values(self) -> dict[str, Any] | None:
        """The values as typed, or None while something is wrong."""
        try:
            return self.form.values()
        except Invalid:
            return None

    def _show(self, groups: dict[str, tuple[ParameterItem, ...]]) -> Generator[None]:
        """The fields are made the first time, many of them in several turns."""
        items = [item for item in groups[self.group] if item.key not in ELSEWHERE]
        if not self._seen:
            self.form.hide()
            for number, item in enumerate(items, start=1):
                field = self.form.add(
                    item.key, self.field_of(item), self.columns if item.key in WIDE else 1
                )
                field.label.setWordWrap(True)
                if number % _AT_ONCE == 0:
                    yield
            yield
            self.form.submit_by_return()
            self.form.submitted.connect(self.save)
        self._seen = {item.key: item.value for item in items}
        self.form.set_values(self._seen)
        self._baseline = self.form.draft()
        self.notice.hide()
        self._show_dirty()
        self.show_effect()
        self.form.show()

    def _edited(self, _name: str) -> None:
        self._show_dirty()
        self.show_effect()

    def _show_dirty(self) -> None:
        dirty = self.is_dirty()
        self.unsaved.show_chip((_("Not saved") if dirty else "", "warning"))
        self.save_button.setEnabled(dirty)
        self.cancel_button.setEnabled(dirty)
        self.dirty_changed.emit()

    def _saved(self, done: Done) -> None:
        self._baseline = self.form.draft()
        self._show_dirty()
        self.done(done, _("The settings are saved."))

    def _refuse(self, error: Refused) -> None:
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)


def _field(item: ParameterItem) -> Field[Any]:
    label, helper = _(item.label), _(HELPERS.get(item.key, ""))
    if item.kind == "money":
        return MoneyField(label, helper=helper, required=True, minimum=item.low)
    if item.kind == "whole":
        return NumberField(
            label,
            helper=helper,
            required=True,
            minimum=item.low,
            maximum=item.high,
            grouped=item.key not in NO_AMOUNTS,
        )
    if item.kind == "decimal":
        low, high = Decimal(item.low), Decimal(item.high)
        return DecimalField(label, helper=helper, required=True, minimum=low, maximum=high)
    if item.kind == "flag":
        return CheckField(label, helper=helper)
    if item.kind == "lines":
        return TextField(label, helper=helper)
    return LineField(label, helper=helper)


class MunicipalitySection(ParametersSection):
    """Who the municipality is, and when a window that somebody left is locked."""

    title = N_("Municipality")
    group = "municipality"
    intro = N_("What stands on everything that is printed, and when a window is locked.")

    def show_effect(self) -> None:
        """An odd CVR number is said, but can be saved."""
        field = self.form.field("municipality_cvr")
        typed = str(field.draft()).strip()
        odd = cvr_warning(typed) if typed else None
        helper = HELPERS["municipality_cvr"]
        field.warn(refusal(odd) if odd else "", _(helper))


class PricesSection(ParametersSection):
    """The internal price as a share of the new price, by condition."""

    title = N_("Prices")
    group = "prices"
    intro = N_("What a piece costs in the shop, as a share of its new price. 0 makes it free.")

    def aside(self) -> QWidget:
        """What one chair would cost."""
        card = CardFrame()
        card.show_title(_("Example"), _("New price {price}").format(price=kroner(EXAMPLE_ORE)))
        self.facts = FactList()
        card.add(self.facts)
        card.body.addStretch(1)
        return card

    def show_effect(self) -> None:
        """Compute the example again."""
        values = self.values()
        if values is None:
            return
        percents = [int(values[f"price_percent_{grade.value.lower()}"]) for grade in Condition]
        rule = PriceRule(*percents)
        rule = PriceRule(rule.a, rule.b, rule.c, rule.d, int(values["price_step_ore"]))
        self.facts.show_facts(
            [
                Fact(
                    f"{grade.value} · {_(grade.label)}",
                    kroner(suggested_price(EXAMPLE_ORE, grade, rule))
                    if rule.percent(grade)
                    else _("free"),
                    tone="money",
                )
                for grade in Condition
            ]
        )


class LabelsSection(ParametersSection):
    """The sheet of labels, as it is bought."""

    title = N_("Labels")
    group = "labels"
    intro = N_("Measure your sheet of labels. A4 is 210 × 297 mm.")

    def aside(self) -> QWidget:
        """The sheet, drawn."""
        card = CardFrame(_("The sheet"))
        self.sheet = SheetPicture()
        card.add(self.sheet, 1)
        return card

    def show_effect(self) -> None:
        """Draw the sheet again."""
        self.sheet.show_values(self.values())


class ShopSection(ParametersSection):
    """Baskets and limits."""

    title = N_("Shop")
    group = "shop"
    scrolls = True
    intro = N_("How long a basket holds furniture, and what needs an approval.")


class FiguresSection(ParametersSection):
    """What the savings are computed with beside the factors."""

    title = N_("Calculation")
    group = "figures"
    scrolls = True
    intro = N_("Counts for hand-overs from now on; figures that are booked stay as they are.")


class RegularReportsSection(ParametersSection):
    """Which savings reports come by themselves."""

    title = N_("Regular reports")
    group = "reports"
    intro = N_(
        "A savings report of the whole municipality is recorded when a period has ended, once, "
        "also where nobody thinks of it."
    )
