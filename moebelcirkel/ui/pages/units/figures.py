"""The card "how the figures are worked out", in kilograms or in kroner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.units import UnitFigures


class FiguresCard(CardFrame):
    """Every step with its value, and below it what it rests on."""

    def __init__(self) -> None:
        super().__init__(_("How the figures are worked out"))
        self._figures: UnitFigures | None = None
        choices = (Choice("co2", _("CO₂e")), Choice("money", _("Kroner")))
        self.switch = SegmentedField("", choices)
        for number, choice in enumerate(choices):
            self.switch.button(number).setAccessibleName(
                _("Show the figures in {unit}").format(unit=choice.text)
            )
        self.switch.set_value("co2")
        self.switch.changed.connect(self._show)
        self.rows = FactList()
        self.note = Label(tone="small", wrap=True)
        self.add(self.switch)
        self.add(self.rows)
        self.add(self.note)
        self.body.addStretch(1)

    def show_figures(self, figures: UnitFigures) -> None:
        """Show another piece's figures in the unit chosen last."""
        self._figures = figures
        self.switch.setVisible(bool(figures.co2))
        self.note.setText(figures.note)
        self._show()

    def _show(self) -> None:
        if self._figures is None:
            return
        money = self.switch.value() == "money"
        tone = "money" if money else "co2"
        self.rows.show_facts(
            [
                Fact(row.label, row.value, tone=tone if row.strong else "")
                for row in (self._figures.money if money else self._figures.co2)
            ]
        )
