"""The filters of the table: what is counted as boxes, the rest as short fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.facts import FACTS
from moebelcirkel.domain.lifecycle import IN_STOCK
from moebelcirkel.domain.stock import STATE_ORDER, StockFilter
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.count_boxes import CountBoxes, CountedChoice
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField, MoneyField
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.stock.columns import condition_name, state_name
from moebelcirkel.ui.parts.piece_dialogs import pieces
from moebelcirkel.ui.parts.place_field import PlaceField

if TYPE_CHECKING:
    from moebelcirkel.services.stock.lists import CategoryGroup, StockFacets

_STOCK = frozenset(state.value for state in IN_STOCK)
_TITLES = {
    "states": N_("State"),
    "conditions": N_("Condition"),
    "groups": N_("Category"),
    **{column: fact.name for column, fact in FACTS.items()},
}
#: Typing a date or an amount asks only when it has come to rest.
_REST_MS = 250


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
        self.boxes = {name: CountBoxes(_(title), pieces) for name, title in _TITLES.items()}
        self._words: dict[str, Mapping[str, str]] = {
            "states": {state.value: state_name(state) for state in STATE_ORDER},
            "conditions": {grade.value: condition_name(grade.value) for grade in Condition},
            "groups": {},
            **{
                column: {key: _(label) for key, (_kept, label) in fact.answers.items()}
                for column, fact in FACTS.items()
            },
        }
        self._counts: dict[str, dict[str, int]] = {}
        self.place = PlaceField(_("Place"), nothing=_("All places"))
        self.institution = ChoiceField(_("Giver or holder"), nothing=_("All institutions"))
        self.received_from = DateField(_("Received from"), lies="past")
        self.received_to = DateField(_("Received to"), lies="past")
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
        self._words["groups"] = {group.key: group.name for group in groups}
        self._show_counts()
        self.place.offer(places)
        self.institution.set_choices([Choice(each.id, each.name) for each in institutions])

    def show_facets(self, facets: StockFacets) -> None:
        """Show the figures."""
        in_scope = self.scope.value() == "all"
        states = {k: n for k, n in facets.states.items() if in_scope or k in _STOCK}
        self._counts = {name: facets.of(name) for name in self.boxes} | {"states": states}
        self._show_counts()
        self.reset.setVisible(self.is_set())

    def _show_counts(self) -> None:
        """What would leave nothing is away, unless it is ticked or under the hand."""
        for name, boxes in self.boxes.items():
            kept, counts = boxes.kept(), self._counts.get(name, {})
            boxes.show_choices(
                [
                    CountedChoice(key, said, counts.get(key, 0))
                    for key, said in self._words[name].items()
                    if counts.get(key) or key in kept
                ]
            )

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
        chosen = self.boxes["states"].chosen()
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
            *self.boxes.values(),
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
