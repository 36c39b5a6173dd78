"""One category's figures to be read: every number, and every source in full."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.language import _, decimal, kroner
from moebelcirkel.services.factors import FactorRow
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.plain import Label, tip
from moebelcirkel.ui.pages.settings.columns import READ, mark


class FactorDetail(QWidget):
    """CO₂e first, then weight and years, then the new price; texts can be marked and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.co2 = _Block(_("CO₂e of a new piece"))
        self.piece = FactList()
        self.price = _Block(_("New price, excl. VAT"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for widget in (self.co2, self.piece, self.price):
            layout.addWidget(widget)

    def show_row(self, factor: FactorRow | None) -> None:
        """Show the figures of a category."""
        if factor is None:
            return
        figures = factor.figures
        year = str(figures.source_year) if figures.source_year else ""
        self.co2.show_block(
            [
                Fact(_("Middle"), _kg(figures.co2e_mid_kg), tone="co2"),
                Fact(_("Low–high"), f"{_kg(figures.co2e_low_kg)} – {_kg(figures.co2e_high_kg)}"),
                Fact(_("Life-cycle stages"), figures.stages),
                Fact(_("Year of the source"), year),
            ],
            [(_("Source"), figures.source), (_("What the source says"), figures.source_detail)],
            verified=figures.co2e_verified,
        )
        self.piece.show_facts(
            [
                Fact(_("Group"), factor.group),
                Fact(_("Weight"), _kg(figures.mass_kg)),
                Fact(
                    _("Lifetime"), _("{count} years").format(count=decimal(figures.lifetime_years))
                ),
            ]
        )
        low, high = figures.new_price_low_ore, figures.new_price_high_ore
        self.price.show_block(
            [
                Fact(_("Middle"), _money(figures.new_price_mid_ore), tone="money"),
                Fact(_("Low–high"), f"{_money(low)} – {_money(high)}"),
            ],
            [(_("Source"), figures.price_source)],
            verified=figures.price_verified,
        )


class _Block(QWidget):
    """A heading with its mark, some facts, and sources below them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        heading = Label(title, tone="strong")
        self.mark = ChipLabel(("", "accent"))
        self.facts = FactList()
        self.texts = QVBoxLayout()
        self.texts.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row(heading, None, self.mark))
        layout.addWidget(self.facts)
        layout.addLayout(self.texts)

    def show_block(
        self, facts: list[Fact], texts: list[tuple[str, str]], *, verified: bool
    ) -> None:
        """Show other figures; what is empty is left out."""
        self.mark.show_chip(mark(verified=verified))
        self.mark.setToolTip(tip(_(READ)))
        self.facts.show_facts([fact for fact in facts if fact.value])
        while (item := self.texts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label, text in texts:
            if text:
                heading = _label(label, "label")
                heading.setContentsMargins(0, 6, 0, 0)
                self.texts.addWidget(heading)
                self.texts.addWidget(_label(text, ""))


def _label(text: str, tone: str) -> Label:
    label = Label(text, wrap=True)
    label.setProperty("small", True)
    if tone:
        label.setProperty("tone", tone)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _kg(value: Decimal | None) -> str:
    return _("unknown") if value is None else f"{decimal(value)} kg"


def _money(ore: int | None) -> str:
    return _("unknown") if ore is None else kroner(ore)
