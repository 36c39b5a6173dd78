"""The filters to the left: choices with counts, and how many alike at what price at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.shop import MOST_ALIKE, Query
from moebelcirkel.language import _, number
from moebelcirkel.ui.kit.forms.fields import MoneyField, NumberField
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, caption
from moebelcirkel.ui.pages.shop import words

if TYPE_CHECKING:
    from moebelcirkel.services.shop import Facet, Found


class FacetBox(QWidget):
    """One filter: a heading and its choices, each with a count at the right."""

    changed = Signal()

    def __init__(self, title: str, name_of: Callable[[Facet], str]) -> None:
        super().__init__()
        self._name_of = name_of
        self._title = title
        self._boxes: dict[str, tuple[QCheckBox, Label]] = {}
        heading = Label(title, tone="strong")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._layout.addLayout(self._rows)
        self.hide()

    def chosen(self) -> frozenset[str]:
        """Keys of the ticked choices."""
        return frozenset(key for key, (box, _count) in self._boxes.items() if box.isChecked())

    def clear(self) -> None:
        """Untick all, without a word."""
        for box, _count in self._boxes.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def show_facets(self, facets: Sequence[Facet]) -> None:
        """Show new counts; choices at hand stay the same widgets, so the keyboard stays put."""
        if [facet.key for facet in facets] != list(self._boxes):
            self._rebuild(facets)
        for facet in facets:
            box, count = self._boxes[facet.key]
            count.setText(number(facet.units))
            box.setAccessibleName(
                f"{self._title}: {self._name_of(facet)}, {words.pieces(facet.units)}"
            )
        self.setVisible(bool(facets))

    def box(self, key: str) -> QCheckBox:
        """The box of a choice."""
        return self._boxes[key][0]

    def _rebuild(self, facets: Sequence[Facet]) -> None:
        chosen = self.chosen()
        focused = next((key for key, (box, _c) in self._boxes.items() if box.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = {}
        for facet in facets:
            self._boxes[facet.key] = self._row(facet, ticked=facet.key in chosen)
        if focused in self._boxes:
            self._boxes[focused][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, facet: Facet, *, ticked: bool) -> tuple[QCheckBox, Label]:
        row = QWidget()
        box, count = QCheckBox(caption(self._name_of(facet))), Label(tone="small")
        box.setChecked(ticked)
        box.toggled.connect(lambda _on: self.changed.emit())
        _beside(row, box, count)
        self._rows.addWidget(row)
        return box, count


def _beside(row: QWidget, box: QCheckBox, count: Label) -> None:
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 2, 0)
    layout.addWidget(box, 1)
    layout.addWidget(count)


class FilterPanel(QWidget):
    """What was found, and everything that narrows it but the search field."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.found = Label(tone="co2")
        self.found.setProperty("small", True)
        self.found.setWordWrap(True)
        self.groups = FacetBox(_("Category"), words.facet_name)
        self.conditions = FacetBox(_("Condition"), lambda facet: words.condition_text(facet.key))
        self.ecolabels = FacetBox(_("Ecolabel"), lambda facet: facet.key)
        self.colours = FacetBox(_("Colour"), words.facet_name)
        self.size_marks = FacetBox(_("Size mark"), lambda facet: facet.key)
        self.hands = FacetBox(_("Carried by"), words.facet_name)
        self.weeks = FacetBox(_("Can be delivered"), words.facet_name)
        self.places = FacetBox(_("Place"), words.facet_name)
        self.facts = {
            name: FacetBox(_(fact.name), lambda facet: _(facet.name_en))
            for name, fact in SHOP_FACTS.items()
        }
        self._boxes = (
            *(self.groups, self.conditions, self.ecolabels, self.weeks, *self.facts.values()),
            *(self.colours, self.size_marks, self.hands, self.places),
        )
        self.type_1 = QCheckBox(_("Marked with type 1"))
        self.type_1_count = Label(tone="small")
        self.type_1_row = QWidget()
        _beside(self.type_1_row, self.type_1, self.type_1_count)
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
        labels = self.ecolabels, self.type_1_row
        for widget in (self.found, self.groups, self.conditions, *labels, self.weeks):
            layout.addWidget(widget)
        for field in (self.least, self.most):
            field.line.setMaximumWidth(110)
            layout.addWidget(field)
        looks = self.colours, self.size_marks, self.hands, self.places
        for widget in (*self.facts.values(), *looks):
            layout.addWidget(widget)
        layout.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self._wire()

    def _wire(self) -> None:
        for box in self._boxes:
            box.changed.connect(self.changed)
        for field in (self.least, self.most):
            field.changed.connect(self._typed)
        self.type_1.clicked.connect(self._green)
        self.reset.clicked.connect(self.clear)

    def query(self, text: str) -> Query:
        """The filters as they stand; a field that is wrong filters nothing and says so."""
        facts: dict[str, Any] = {name: box.chosen() for name, box in self.facts.items()}
        return Query(
            text,
            groups=self.groups.chosen(),
            conditions=self.conditions.chosen(),
            ecolabels=self.ecolabels.chosen(),
            colours=self.colours.chosen(),
            size_marks=self.size_marks.chosen(),
            hands=self.hands.chosen(),
            weeks=self.weeks.chosen(),
            least=_value(self.least),
            max_price_ore=_value(self.most),
            type_1=self._type_1,
            places=self.places.chosen(),
            **facts,
        )

    def show_found(self, found: Found, query: Query) -> None:
        """Show what a search came to."""
        self.found.setText(words.found_text(found.total_units, found.total_cards, found.spelled))
        self.reset.setVisible(query.filtered or found.type_1)
        self.type_1.setChecked(found.type_1)
        if found.facets is not None:
            self.type_1_count.setText(number(found.facets.type_1))
            self.type_1.setAccessibleName(words.type_1(found.facets.type_1))
            self.type_1_row.setVisible(bool(found.facets.type_1) or found.type_1)
            self.groups.show_facets(found.facets.groups)
            self.conditions.show_facets(found.facets.conditions)
            self.ecolabels.show_facets(found.facets.ecolabels)
            self.colours.show_facets(found.facets.colours)
            self.size_marks.show_facets(found.facets.size_marks)
            self.hands.show_facets(found.facets.hands)
            self.weeks.show_facets(found.facets.weeks)
            self.places.show_facets(found.facets.places)
            for name, box in self.facts.items():
                box.show_facets(found.facets.facts[name])

    def clear(self) -> None:
        """No filter at all."""
        for box in self._boxes:
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
