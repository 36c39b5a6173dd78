"""The right column of intake: what the program suggests for the pieces, and their label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.page_layout import GAP, CardFrame
from moebelcirkel.ui.kit.pictures.photo_view import YieldingPhotoView
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.intake.label import LabelPreview

if TYPE_CHECKING:
    from moebelcirkel.services.articles import FigureSuggestion


_LEAST, _MOST = 110, 280


class AdviceColumn(QWidget):
    """Suggestion, label, and the picture of a known type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = CardFrame(_("Suggestions"))
        self.facts = FactList()
        self.empty = Label(
            _("Write a furniture type, and price and CO₂e are suggested here."),
            tone="small",
            wrap=True,
        )
        self.card.add(self.empty)
        self.card.add(self.facts)
        self.label = LabelPreview()
        label_card = CardFrame(_("Label"))
        label_card.add(self.label)
        self.picture = YieldingPhotoView(_LEAST)
        self.picture.setMaximumHeight(theme.current().px(_MOST))
        self.picture_card = CardFrame(_("Known picture"))
        self.picture_card.add(self.picture)
        self.picture_card.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.card)
        column.addWidget(label_card)
        column.addWidget(self.picture_card, 3)
        column.addStretch(1)
        self.say(None, "B")

    def say(self, suggestion: FigureSuggestion | None, condition: str) -> None:
        """Show price and CO2e for one condition, or what to do to see them."""
        self.empty.setVisible(suggestion is None)
        self.facts.setVisible(suggestion is not None)
        if suggestion is not None:
            self.facts.show_facts(_facts(suggestion, condition))

    def show_picture(self, thumbnail: bytes | None, name: str) -> None:
        """Show the known type's picture, or nothing."""
        self.picture_card.setVisible(thumbnail is not None)
        if thumbnail is not None:
            self.picture.show_image(decode(thumbnail), name=name)


def _facts(suggestion: FigureSuggestion, condition: str) -> list[Fact]:
    if suggestion.new_price_own:
        source = suggestion.new_price_source or _("as written")
    else:
        source = _("estimate for the category")
    price = language.kroner(suggestion.new_price_ore)
    if not (suggestion.new_price_ore or suggestion.new_price_own):
        price, source = _("unknown"), _("write what a new one costs")
    facts = [
        Fact(_("New price, ex VAT"), price, source),
        Fact(
            _("Price in the shop, condition {letter}").format(letter=condition),
            language.kroner(suggestion.price_ore),
        ),
    ]
    if suggestion.net_g is not None:
        facts.append(
            Fact(
                _("Avoided CO₂e each"),
                _("about {figure}").format(figure=language.co2(suggestion.net_g)),
                _range(suggestion, condition),
                tone="co2",
            )
        )
    else:
        facts.append(Fact(_("Avoided CO₂e each"), _("no factor"), tone="co2"))
    return facts


def _range(suggestion: FigureSuggestion, condition: str) -> str:
    if suggestion.low_g is None or suggestion.high_g is None:
        return _("estimate, condition {letter}").format(letter=condition)
    return _("estimate, condition {letter}: {low} to {high}").format(
        letter=condition, low=language.co2(suggestion.low_g), high=language.co2(suggestion.high_g)
    )
