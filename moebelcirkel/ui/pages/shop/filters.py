"""The filters to the left: choices with counts, and how many alike at what price at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.shop import MOST_ALIKE, Query
from moebelcirkel.language import N_, _, number
from moebelcirkel.ui.kit.forms.count_boxes import CountBoxes, CountedChoice, beside
from moebelcirkel.ui.kit.forms.fields import MoneyField, NumberField
from moebelcirkel.ui.kit.page_layout import column
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.shop import words

if TYPE_CHECKING:
    from moebelcirkel.services.shop import Facet, Found


#: By the query's name of each filter its heading and the words of a choice, from top to bottom.
_FILTERS: dict[str, tuple[str, Callable[[Facet], str]]] = {
    "groups": (N_("Category"), words.facet_name),
    "conditions": (N_("Condition"), lambda facet: words.condition_text(facet.key)),
    "ecolabels": (N_("Ecolabel"), lambda facet: facet.key),
    "weeks": (N_("Can be delivered"), words.facet_name),
    **{name: (fact.name, lambda facet: _(facet.name_en)) for name, fact in SHOP_FACTS.items()},
    "colours": (N_("Colour"), words.facet_name),
    "size_marks": (N_("Size mark"), lambda facet: facet.key),
    "hands": (N_("Carried by"), words.facet_name),
    "places": (N_("Place"), words.facet_name),
}


class FilterPanel(QWidget):
    """What was found, and everything that narrows it but the search field."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found = Label(tone="co2")
        self.found.setProperty("small", True)
        self.found.setWordWrap(True)
        self.boxes = {
            name: CountBoxes(_(title), words.pieces) for name, (title, _said) in _FILTERS.items()
        }
        self.type_1 = QCheckBox(_("Marked with type 1"))
        self.type_1_count = Label(tone="small")
        self.type_1_row = QWidget()
        beside(self.type_1_row, self.type_1, self.type_1_count)
        self.type_1_row.hide()
        self._type_1: bool | None = None
        self.least = NumberField(_("At least this many alike"), minimum=1, maximum=MOST_ALIKE)
        self.most = MoneyField(_("Price at most"))
        self.reset = QPushButton(_("Clear filters"))
        self.reset.setProperty("role", "quiet")
        self.reset.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(16)
        for field in (self.least, self.most):
            field.line.setMaximumWidth(110)
        layout.addWidget(self.found)
        for name, boxes in self.boxes.items():
            if name == "ecolabels":
                layout.addLayout(column(boxes, self.type_1_row, gap=0))
                continue
            layout.addWidget(boxes)
            if name == "weeks":
                layout.addWidget(self.least)
                layout.addWidget(self.most)
        layout.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self._wire()

    def _wire(self) -> None:
        for box in self.boxes.values():
            box.changed.connect(self.changed)
        for field in (self.least, self.most):
            field.changed.connect(self._typed)
        self.type_1.clicked.connect(self._green)
        self.reset.clicked.connect(self.clear)

    def query(self, text: str) -> Query:
        """The filters as they stand; a field that is wrong filters nothing and says so."""
        chosen: dict[str, Any] = {name: box.chosen() for name, box in self.boxes.items()}
        least, most = _value(self.least), _value(self.most)
        return Query(text, least=least, max_price_ore=most, type_1=self._type_1, **chosen)

    def show_found(self, found: Found, query: Query) -> None:
        """Show what a search came to."""
        totals = found.total_units, found.total_cards
        self.found.setText(words.found_text(*totals, found.spelled, found.parts))
        self.reset.setVisible(query.filtered or found.type_1)
        self.type_1.setChecked(found.type_1)

    def show_facets(self, found: Found) -> None:
        """Show what could be chosen, and how much each would leave."""
        if found.facets is not None:
            self.type_1_count.setText(number(found.facets.type_1))
            self.type_1.setAccessibleName(words.type_1(found.facets.type_1))
            self.type_1_row.setVisible(bool(found.facets.type_1) or found.type_1)
            for name, (_title, said) in _FILTERS.items():
                facets = found.facets.of(name)
                self.boxes[name].show_choices(
                    [CountedChoice(facet.key, said(facet), facet.units) for facet in facets]
                )

    def clear(self) -> None:
        """No filter at all."""
        for box in self.boxes.values():
            box.clear()
        for field in (self.least, self.most):
            field.set_value(None)
            field.show_error("")
        self._type_1 = False
        self.changed.emit()

    def _green(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal hands it so
        """From now on as somebody has said here, whatever the municipality begins with."""
        self._type_1 = on
        self.changed.emit()

    def _typed(self) -> None:
        if self.least.check() and self.most.check():
            self.changed.emit()


class FoundBar(QWidget):
    """Above the cards of a narrow window: what was found, and the filters when asked for."""

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.found = Label(tone="co2")
        self.found.setProperty("small", True)
        self.button = QPushButton(_("Filters"))
        self.button.setCheckable(True)
        self.button.toggled.connect(self.toggled)
        icons.put(self.button, "filter", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.found, 1)
        layout.addWidget(self.button)
        self.hide()


def _value(field: NumberField | MoneyField) -> int | None:
    try:
        return field.value()
    except Refused:
        return None
