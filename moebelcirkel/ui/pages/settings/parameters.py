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
from moebelcirkel.ui.pages.settings.section import Section
from moebelcirkel.ui.pages.settings.sheet import SheetPicture

if TYPE_CHECKING:
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

HELPERS: dict[str, str] = {
    "municipality": N_("Stands on reports, labels and delivery notes."),
    "municipality_cvr": N_("8 digits; stands on reports."),
    "world_goals": N_("The goals that reuse serves, such as 7, 8, 11, 13. Empty: none is named."),
    "warehouse_name": N_("What people in the municipality know it as."),
    "warehouse_address": N_("Where furniture is brought to and fetched from."),
    "label_prefix": N_("1 to 4 letters. It stays once labels are in use."),
    "hold_minutes": N_("After that, others can take the furniture again."),
    "default_limit_ore": N_("For institutions without a limit of their own."),
    "limit_days": N_("So that the limit is not evaded by many small orders. 0: each by itself."),
    "lead_days": N_("The week that is promised follows from it, and from the fixed delivery day."),
    "order_rounds": N_(
        "For example: Kontorstole: 2, 14; Borde: 10-12. Empty: all can be ordered at any time."
    ),
    "small_order_ore": N_("Who orders chooses to wait, free, or to pay the fee. 0: none is small."),
    "small_fee_ore": N_("Charged once, with the first delivery. 0: none."),
    "urgent_days": N_("Instead of on the institution's delivery day. 0: nobody can choose it."),
    "urgent_fee_ore": N_("Instead of the fee of a small order. 0: none."),
    "regret_days": N_("The leader reports it from the order, and it is fetched. 0: never."),
    "complain_days": N_("After that only the warehouse can, for them. 0: no deadline."),
    "loan_rate_ore": N_("Put right for the days it was really out when it comes back."),
    "loan_due_days": N_("Who ordered it is told; once it is overdue, again each week."),
    "delivery_words": N_(
        "For example: Tuesdays and Thursdays. Empty: the warehouse arranges the day."
    ),
    "synonyms": N_("For example: elbord = hæve-sænkebord; tavle = whiteboard"),
    "only_green": N_(
        "Furniture without such a label is one click away. Spare parts are shown always."
    ),
    "export_folder": N_("For the system that shows reuse beside new. Empty: not by itself."),
    "export_hours": N_("For example: 6.00, 12.30"),
    "report_days": N_("So that what was handed over last is booked."),
    "report_folder": N_("They are recorded under Reports. Named, a PDF is saved there too."),
    "price_step_ore": N_("10 kr. turns 1.273 kr. into 1.270 kr."),
    "handling_ore": N_(
        "Booked as a cost at each hand-over, so that the savings are not overstated."
    ),
    "transport_km": N_("Driven with a piece on its way to the institution."),
    "new_transport_km": N_("From factory to institution, which reuse spares."),
    "copies_folder": N_(
        "On another drive or a network share. Empty: beside the database, where the same fault "
        "takes both."
    ),
    "lock_minutes": N_(
        "0: never. What is half typed stays below the lock. A PC can have minutes of its own."
    ),
    "copies_at": N_("14.30, or empty: at the first start."),
    "copies_daily": N_("The newest of each day."),
    "copies_weekly": N_("And of each week."),
    "copies_monthly": N_("And of each month."),
    "mail_host": N_("Empty: no mail is sent."),
    "mail_sender": N_("An address that somebody reads, such as moebler@kommune.dk."),
    "mail_user": N_("Its password is given to the machine that sends: see the systems page."),
    "mail_starttls": N_("Port 587 as a rule. Without it everything is sent readable."),
    "mail_tls": N_("Port 465 as a rule; then STARTTLS is not asked for."),
    "mail_window": N_(
        "On one PC without a planned task. Of a server only the machine that is set up sends."
    ),
    "keep_inactive_months": N_("After that they are proposed to be anonymised. 0: never."),
    "keep_notes_years": N_("They often hold names. 0: never."),
    "keep_notes_rest": N_(
        "Numbers and addresses go too, the rest stays. A name that begins a sentence is not always "
        "told from a word."
    ),
    "keep_pictures_months": N_("Until then, removing can be undone. 0: never."),
    "settlement_account_pattern": N_("[0-9]{4,10} is 4 to 10 digits."),
    "settlement_text": N_("Takes {ordre}, {institution}, {måned} and {møbelbørs}."),
    "settlement_kinds": N_(
        "A line for each: gebyr = 22901020; 97001020; Gebyr {ordre}. That is who pays, the exchange"
        " and the text; what is left out is as above. Takes levering, lån, gebyr, reparation,"
        " reservedel, ekstern, reklamation and rettelse."
    ),
    "settlement_columns": N_(
        'Separated by semicolons. Another header: Konto=Artskonto. A fixed text: Art="X".'
    ),
    "settlement_last_period": N_("12, or 13 where finance has a supplementary period."),
    "settlement_invoices": N_("Talk to finance first: sales to others may bear VAT."),
    "settlement_confirmed": N_("What is not confirmed waits; what is complained of always does."),
    "levy_ore": N_("1.210 kr. and 160 kg are 193,60 kr. 0: no levy."),
    "levy_categories": N_(
        "Categories or groups between semicolons, each with a rate and its first year where it has"
        " them: Kontorstol 2026 = 1.210; Borde = 900; Opbevaring. Empty: all, by the rate above."
    ),
    "shadow_prices": N_(
        "From each year on; values net avoided CO₂e, by itself and never added to savings. Empty:"
        " not told."
    ),
    "waste_fee_ore": N_("0 as a rule: waste is postponed, not avoided."),
}


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
        """Whether the form differs from what it showed."""
        return bool(self._seen) and self.form.draft() != self._baseline

    def discard(self) -> None:
        """Show what is saved."""
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

    def _show(self, groups: dict[str, tuple[ParameterItem, ...]]) -> None:
        items = [item for item in groups[self.group] if item.key not in ELSEWHERE]
        if not self._seen:
            for item in items:
                field = self.form.add(
                    item.key, self.field_of(item), self.columns if item.key in WIDE else 1
                )
                field.label.setWordWrap(True)
            self.form.submit_by_return()
            self.form.submitted.connect(self.save)
        self._seen = {item.key: item.value for item in items}
        self.form.set_values(self._seen)
        self._baseline = self.form.draft()
        self.notice.hide()
        self._show_dirty()
        self.show_effect()

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
        return NumberField(label, helper=helper, required=True, minimum=item.low, maximum=item.high)
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
