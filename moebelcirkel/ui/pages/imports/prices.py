"""What the file's prices are in: currency, rate, VAT, and from when and where."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.money import whole
from moebelcirkel.language import _, kroner
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField, DecimalField, LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.imports import PriceBasis


class PricesStep(QWidget):
    """The basis of all prices, and what one of the file's amounts comes to."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(3)
        self.form.add("currency", LineField(_("Currency"), required=True))
        self.form.add(
            "rate",
            DecimalField(
                _("Exchange rate"),
                required=True,
                helper=_("Kroner for one of the currency."),
                places=6,
            ),
        )
        self.form.add("vat_percent", DecimalField(_("VAT in percent"), required=True))
        self.form.add("price_date", DateField(_("The prices are from"), lies="past"))
        self.form.add(
            "price_source", LineField(_("Source"), placeholder=_("Price list 2026")), span=2
        )
        self.form.add("vat_included", CheckField(_("The prices contain VAT")), span=3)
        self.example = Label(tone="muted", wrap=True)
        card = CardFrame(_("What are the prices in?"))
        card.add(self.form)
        card.add(self.example)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)
        self.form.changed.connect(self._edited)

    def show_basis(self, basis: PriceBasis) -> None:
        """Fill in what is known."""
        self.form.set_values(
            {
                "currency": basis.currency,
                "rate": basis.rate or None,
                "vat_included": basis.vat_included,
                "vat_percent": basis.vat_percent,
                "price_date": basis.price_date,
                "price_source": basis.price_source,
            }
        )
        self._show_example()

    def show_column(self, column: str) -> None:
        """The price column is another one now; what its name says of VAT is ticked."""
        from moebelcirkel.services.imports import contains_vat

        told = contains_vat(column)
        if told is not None:
            self.form.set_values({"vat_included": told})
            self._show_example()

    def restore(self, draft: Mapping[str, object]) -> None:
        """Fill in what the form's `draft` gave."""
        self.form.restore(draft)
        self._show_example()

    def basis(self) -> PriceBasis:
        """What is filled in; raises what is wrong."""
        from moebelcirkel.services.imports import PriceBasis

        values = self.form.values()
        currency = str(values["currency"]).upper()
        basis = PriceBasis(
            currency=currency,
            rate=values["rate"],
            vat_included=values["vat_included"],
            vat_percent=values["vat_percent"],
            price_date=values["price_date"],
            price_source=values["price_source"],
        )
        basis.check()
        return basis

    def _edited(self, name: str) -> None:
        currency = self.form.field("currency")
        assert isinstance(currency, LineField)
        if name == "currency" and currency.line.text().strip().upper() == "DKK":
            self.form.set_values({"rate": Decimal(1)})
        self._show_example()
        self.changed.emit()

    def _show_example(self) -> None:
        try:
            basis = self.basis()
        except (Invalid, Refused):
            self.example.setText("")
            return
        ore = whole(basis.ore_per_unit() * 100)
        self.example.setText(
            _("100 {currency} in the file become {amount} without VAT.").format(
                currency=basis.currency, amount=kroner(ore, exact=True)
            )
        )
