"""The filters of the table: what is counted as boxes, the rest as short fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.facts import FACTS
from moebelcirkel.domain.lifecycle import IN_STOCK
from moebelcirkel.domain.stock import FACETS, STATE_ORDER, StockFilter
from moebelcirkel.language import _, number
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField, MoneyField
from moebelcirkel.ui.kit.plain import Label, caption, push_button
from moebelcirkel.ui.pages.stock.columns import condition_name, state_name
from moebelcirkel.ui.parts.piece_dialogs import pieces
from moebelcirkel.ui.parts.place_field import PlaceField

if TYPE_CHECKING:
    from moebelcirkel.services.stock.lists import CategoryGroup, StockFacets

_STOCK = frozenset(state.value for state in IN_STOCK)
#: Typing a date or an amount asks only when it has come to rest.
_REST_MS = 250


class CountBoxes(QWidget):
    """A heading and boxes with a count at the right; rows without pieces are hidden."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows: dict[str, tuple[QWidget, QCheckBox, Label]] = {}
        self._words: dict[str, str] = {}
        self._counts: Mapping[str, int] = {}
        heading = Label(title, tone="strong")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(heading)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer key and words, once; with their counts, should those have come before them."""
        for key, words in choices:
            if key in self._rows:
                continue
            box, count = QCheckBox(caption(words)), Label(tone="small")
            self._words[key] = words
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 1, 0, 1)
            line.addWidget(box)
            line.addStretch(1)
            line.addWidget(count, 0, Qt.AlignmentFlag.AlignRight)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._rows[key] = (row, box, count)
            row.hide()
            self._layout.addWidget(row)
        if self._counts:
            self.show_counts(self._counts)

    def chosen(self) -> frozenset[str]:
        """Keys of the ticked boxes."""
        return frozenset(key for key, (_row, box, _n) in self._rows.items() if box.isChecked())

    def clear(self) -> None:
        """Untick all, without a word."""
        for _row, box, _count in self._rows.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many pieces each box would leave."""
        self._counts = counts
        for key, (row, box, count) in self._rows.items():
            found = counts.get(key, 0)
            count.setText(number(found))
            box.setAccessibleName(f"{self._title}: {self._words[key]}, {pieces(found)}")
            row.setVisible(bool(found) or box.isChecked() or box.hasFocus())
        shown = any(not row.isHidden() for row, _box, _count in self._rows.values())
        self.setVisible(shown)

    def box(self, key: str) -> QCheckBox:
        """The box of a choice."""
        return self._rows[key][1]


class StockFilterPanel(QWidget):
    """All filters below each other; `changed` when the list is to be asked for anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._article_id: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.changed)
        self.reset = push_button(_("Clear filters"), self._reset, role="quiet")
        scope = (Choice("stock", _("In stock")), Choice("all", _("All")))
        self.scope = SegmentedField(_("Show"), scope)
        self.scope.set_value("stock")
        self.states, self.conditions = CountBoxes(_("State")), CountBoxes(_("Condition"))
        self.groups = CountBoxes(_("Category"))
        self.facts = {column: CountBoxes(_(fact.name)) for column, fact in FACTS.items()}
        self.boxes = {name: self.facts.get(name) or getattr(self, name) for name in FACETS}
        for column, fact in FACTS.items():
            answers = [(key, _(label)) for key, (_kept, label) in fact.answers.items()]
            self.facts[column].offer(answers)
        self.conditions.offer((grade.value, condition_name(grade.value)) for grade in Condition)
        self.states.offer((state.value, state_name(state)) for state in STATE_ORDER)
        self.place = PlaceField(_("Place"), nothing=_("All places"))
        self.institution = ChoiceField(_("Giver or holder"), nothing=_("All institutions"))
        self.received_from = DateField(_("Received from"))
        self.received_to = DateField(_("Received to"))
        self.price_from, self.price_to = MoneyField(_("Price from")), MoneyField(_("Price to"))
        self.without_photo = CheckField(_("Without picture"))
        self.without_price = CheckField(_("Without price"))
        self._lay_out()
        self._wire()

    @property
    def article_id(self) -> int | None:
        """The one type that is shown, if the page was opened for one."""
        return self._article_id

    def narrow(self, article_id: int | None) -> None:
        """Show only pieces of one type."""
        self._article_id = article_id

    def wanted(self, text: str) -> StockFilter | None:
        """The filter as it stands, or None while a field is wrong."""
        try:
            return StockFilter(text=text, states=self._states(), **self._values())
        except Refused:
            return None

    def is_set(self) -> bool:
        """Whether anything but the search narrows the list."""
        plain = StockFilter(states=self._states())
        return any(each.chosen() for each in self.boxes.values()) or self.wanted("") != plain

    def offer(
        self, groups: Sequence[CategoryGroup], places: Sequence[Any], institutions: Sequence[Any]
    ) -> None:
        """Fill the lists there are to choose from."""
        self.groups.offer((group.key, group.name) for group in groups)
        self.place.offer(places)
        self.institution.set_choices([Choice(each.id, each.name) for each in institutions])

    def show_facets(self, facets: StockFacets) -> None:
        """Show the figures."""
        in_scope = self.scope.value() == "all"
        states = {k: n for k, n in facets.states.items() if in_scope or k in _STOCK}
        for name, boxes in self.boxes.items():
            boxes.show_counts(states if boxes is self.states else facets.of(name))
        self.reset.setVisible(self.is_set())

    def clear(self) -> None:
        """Take all filters back, without a word; what is in stock stays the scope."""
        self._article_id = None
        for boxes in self.boxes.values():
            boxes.clear()
        for field in (
            self.place,
            self.institution,
            self.received_from,
            self.received_to,
            self.price_from,
            self.price_to,
        ):
            field.set_value(None)
            field.show_error("")
        self.without_photo.set_value(False)
        self.without_price.set_value(False)

    def show_all(self) -> None:
        """Show pieces in every state."""
        self.scope.set_value("all")
        self.changed.emit()

    def _reset(self) -> None:
        self.clear()
        self.changed.emit()

    def _states(self) -> frozenset[str]:
        chosen = self.states.chosen()
        if self.scope.value() == "all":
            return chosen
        return (chosen & _STOCK) or _STOCK

    def _values(self) -> dict[str, Any]:
        return {
            **{name: boxes.chosen() for name, boxes in self.boxes.items() if name != "states"},
            "article_id": self._article_id,
            "place_id": self.place.value(),
            "institution_id": self.institution.value(),
            "received_from": self.received_from.value(),
            "received_to": self.received_to.value(),
            "price_from_ore": self.price_from.value(),
            "price_to_ore": self.price_to.value(),
            "without_photo": self.without_photo.value(),
            "without_price": self.without_price.value(),
        }

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(12)
        for widget in (
            self.scope,
            self.reset,
            self.states,
            self.conditions,
            self.groups,
            *self.facts.values(),
            self.place,
            self.institution,
            self.received_from,
            self.received_to,
            self.price_from,
            self.price_to,
            self.without_photo,
            self.without_price,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.reset.hide()

    def _wire(self) -> None:
        at_once: tuple[Field[Any], ...] = (
            self.scope,
            self.place,
            self.institution,
            self.without_photo,
            self.without_price,
        )
        for field in at_once:
            field.changed.connect(self.changed)
        for boxes in self.boxes.values():
            boxes.changed.connect(self.changed)
        typed: tuple[Field[Any], ...] = (
            self.received_from,
            self.received_to,
            self.price_from,
            self.price_to,
        )
        for field in typed:
            field.changed.connect(self._rest.start)
