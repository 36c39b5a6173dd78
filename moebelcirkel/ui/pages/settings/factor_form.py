"""The form of one category in a draft; every figure asks for its source."""

from decimal import Decimal

from moebelcirkel.domain.factors import MOST_KG, MOST_ORE, MOST_YEARS
from moebelcirkel.language import _
from moebelcirkel.ui.kit.fields import (
    CheckField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)
from moebelcirkel.ui.kit.form import Form


def factor_form() -> Form:
    """All figures of one category, those of CO₂e first."""
    form = Form(columns=3)
    for name, label in (
        ("co2e_low_kg", _("CO₂e low, kg")),
        ("co2e_mid_kg", _("CO₂e, kg")),
        ("co2e_high_kg", _("CO₂e high, kg")),
    ):
        form.add(name, DecimalField(label, maximum=MOST_KG, places=6))
    helper = _("Needed for every figure: who says so, and where it can be read.")
    form.add("source", TextField(_("Source of CO₂e"), helper=helper, lines=2, most=1000), 3)
    form.add("source_year", NumberField(_("Year of the source"), maximum=2100))
    form.add("stages", LineField(_("Life-cycle stages"), placeholder="A1-A3"), 2)
    form.add("source_detail", TextField(_("What the source says"), lines=4), 3)
    form.add("co2e_verified", CheckField(_("CO₂e was read in a source")), 3)
    form.add("mass_kg", DecimalField(_("Weight, kg"), maximum=MOST_KG, places=6))
    years = DecimalField(
        _("Lifetime, years"), required=True, minimum=Decimal("0.1"), maximum=MOST_YEARS
    )
    form.add("lifetime_years", years, 2)
    for name, label in (
        ("new_price_low_ore", _("New price low")),
        ("new_price_mid_ore", _("New price")),
        ("new_price_high_ore", _("New price high")),
    ):
        form.add(name, MoneyField(label, maximum=MOST_ORE))
    form.add("price_source", TextField(_("Source of the new price"), lines=2, most=1000), 3)
    form.add("price_verified", CheckField(_("New price was read in a source")), 3)
    return form
