"""The form of one category in a draft; every figure asks for its source."""

from decimal import Decimal

from moebelcirkel.domain import limits
from moebelcirkel.domain.factors import MOST_KG, MOST_ORE, MOST_YEARS
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)
from moebelcirkel.ui.kit.forms.form import Form


class FactorYearField(NumberField):
    """A year is no amount: it has no point for the thousands."""

    def set_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else str(value))


def factor_form() -> Form:
    """All figures of one category, those of CO₂e first."""
    form = Form(columns=2)
    form.add("co2e_mid_kg", DecimalField(_("CO₂e, kg"), maximum=MOST_KG, places=6), 2)
    form.add("co2e_low_kg", DecimalField(_("CO₂e low, kg"), maximum=MOST_KG, places=6))
    form.add("co2e_high_kg", DecimalField(_("CO₂e high, kg"), maximum=MOST_KG, places=6))
    helper = _("Needed for every figure: who says so, and where it can be read.")
    form.add(
        "source", TextField(_("Source of CO₂e"), helper=helper, lines=2, most=limits.REMARK), 2
    )
    form.add("source_year", FactorYearField(_("Year of the source"), maximum=2100))
    form.add("stages", LineField(_("Life-cycle stages"), placeholder="A1-A3"))
    form.add("source_detail", TextField(_("What the source says"), lines=4), 2)
    form.add("co2e_verified", CheckField(_("CO₂e was read in a source")), 2)
    form.add("mass_kg", DecimalField(_("Weight, kg"), maximum=MOST_KG, places=6))
    years = DecimalField(
        _("Lifetime, years"), required=True, minimum=Decimal("0.1"), maximum=MOST_YEARS
    )
    form.add("lifetime_years", years)
    form.add("new_price_mid_ore", MoneyField(_("New price"), maximum=MOST_ORE), 2)
    form.add("new_price_low_ore", MoneyField(_("New price low"), maximum=MOST_ORE))
    form.add("new_price_high_ore", MoneyField(_("New price high"), maximum=MOST_ORE))
    form.add(
        "price_source", TextField(_("Source of the new price"), lines=2, most=limits.REMARK), 2
    )
    form.add("price_verified", CheckField(_("New price was read in a source")), 2)
    return form
