"""The form of a furniture type: what it is, what a new one costs, and what else is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.fields import MOST_LINK
from moebelcirkel.domain.measures import Measures
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import MARKED_GROUP
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import (
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.forms.measures import MeasuresField

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.articles.values import ArticleValues
    from moebelcirkel.services.context import Context

_GRAMS = Decimal(1000)
_PRICE_FIELDS = ("new_price_ore", "new_price_on", "new_price_source")


class ArticleForm(Form):
    """All fields of a type; those without the right to change them are shown only."""

    def __init__(self) -> None:
        super().__init__(columns=4)
        add = self.add
        add("name", LineField(_("Name"), required=True, most=limits.ARTICLE_NAME), 4)
        self.category = add("category_key", ChoiceField(_("Category"), required=True), 2)
        add("key", LineField(_("Item number"), most=limits.ARTICLE_KEY), 2)
        add("maker", LineField(_("Maker"), most=limits.MAKER), 2)
        add("model", LineField(_("Model"), most=limits.MODEL), 2)
        help_text = _("Width × depth × height in cm")
        add("measures", MeasuresField(_("Measures"), helper=help_text), 2)
        weight = add("weight", DecimalField(_("Weight, kg"), maximum=limits.WEIGHT_G / _GRAMS))
        weight.fills = ("weight_g",)
        add("volume_l", NumberField(_("Volume, litres"), maximum=limits.VOLUME_L))
        add("colour", LineField(_("Colour"), most=limits.COLOUR), 2)
        add("materials", LineField(_("Materials"), most=limits.MATERIALS), 2)
        self.ecolabel = add("ecolabel", ChoiceField(_("Ecolabel"), nothing=_("None")), 2)
        mark_help = _("0–7 for school furniture")
        self.mark = add("size_mark", LineField(_("Size mark"), helper=mark_help), 2)
        self._marked: set[str] = set()
        self.category.changed.connect(self._ask_mark)
        price_help = _("Excluding VAT. Without one the category's usual price is used.")
        add(
            "new_price_ore", MoneyField(_("New price"), helper=price_help, maximum=MAX_PRICE_ORE), 2
        )
        add("new_price_on", DateField(_("Date of the new price"), lies="past"), 2)
        source_help = _("For example a catalogue, an offer or an invoice.")
        add("new_price_source", LineField(_("Source of the new price"), helper=source_help), 4)
        add("supplier", LineField(_("Supplier"), most=limits.SUPPLIER), 2)
        add("warranty_until", DateField(_("Warranty until"), lies="ahead"), 2)
        add("spare_parts", LineField(_("Spare parts"), most=limits.SPARE_PARTS), 4)
        epd_help = _("kg CO₂e to make one; used instead of the category's factor.")
        add("epd_kg", DecimalField(_("Own EPD value"), maximum=limits.EPD_KG, helper=epd_help), 2)
        add("epd_source", LineField(_("Source of the EPD value")), 2)
        add("link", LineField(_("Link"), most=MOST_LINK), 4)

    def offer(
        self, categories: Sequence[ReferenceCategory], ecolabels: Sequence[str], *, danish: bool
    ) -> None:
        """Fill the lists of categories and ecolabels."""
        self.ecolabel.set_choices([Choice(each, each) for each in ecolabels])
        self._marked = {each.key for each in categories if each.group_key == MARKED_GROUP}
        self.category.set_choices(
            [Choice(each.key, each.name_da if danish else each.name_en) for each in categories]
        )
        self._ask_mark()

    def _ask_mark(self) -> None:
        """A size mark is asked of school furniture, and shown where another type has one."""
        asked = self.category.combo.currentData() in self._marked or self.mark.line.text()
        self.leave_out(() if asked else ("size_mark",))

    def permit(self, context: Context) -> bool:
        """Open the fields this person may change; tell whether there are any."""
        whole, price = context.allows(Action.ARTICLE), context.allows(Action.NEW_PRICE)
        for name in self.names():
            self.field(name).setEnabled(price if name in _PRICE_FIELDS else whole)
        return whole or price

    def show_article(self, values: ArticleValues) -> None:
        """Fill in a type."""
        plain: dict[str, Any] = {
            name: getattr(values, name)
            for name in self.names()
            if name not in ("measures", "weight", "key")
        }
        plain["key"] = values.key or ""
        plain["weight"] = None if values.weight_g is None else Decimal(values.weight_g) / _GRAMS
        plain["measures"] = Measures(
            values.width_mm, values.depth_mm, values.height_min_mm, values.height_max_mm
        )
        self.ecolabel.offer_too(values.ecolabel)
        self.set_values(plain)
        self._ask_mark()

    def clear(self) -> None:
        """Empty every field."""
        self.restore(dict.fromkeys(self.names(), ""))
        self.show_errors({})

    def restore(self, draft: Mapping[str, object]) -> None:
        """Fill in what `draft` gave; where no category was chosen none is."""
        super().restore(draft)
        if not draft.get("category_key"):
            self.category.combo.setCurrentIndex(-1)
            if self.category.combo.isEditable():
                self.category.combo.setEditText("")
        self._ask_mark()

    def article(self) -> ArticleValues:
        """What is filled in; raises ``Invalid`` with every wrong field."""
        from moebelcirkel.services.articles.values import ArticleValues

        found = self.values()
        measures: Measures = found.pop("measures")
        weight: Decimal | None = found.pop("weight")
        ecolabel: str | None = found.pop("ecolabel")
        return ArticleValues(
            **found,
            ecolabel=ecolabel or "",
            width_mm=measures.width_mm,
            depth_mm=measures.depth_mm,
            height_min_mm=measures.height_min_mm,
            height_max_mm=measures.height_max_mm,
            weight_g=None if weight is None else int(weight * _GRAMS),
        )
