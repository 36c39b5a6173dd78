"""Putting reported furniture on sale where it stands, and saying how much of it has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.language import _, kroner, number
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import CheckField, NumberField
from moebelcirkel.ui.kit.lists.tick_list import TickList
from moebelcirkel.ui.parts.place_field import PlaceField

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import Arrival, LineDetail, PickupDetail
    from moebelcirkel.services.places import PlaceChoice


class OnSaleDialog(ActionDialog):
    """Which lines are put on sale at their giver; all that have no number yet are ticked."""

    def __init__(self, parent: QWidget, detail: PickupDetail) -> None:
        super().__init__(
            parent,
            _("Put {number} on sale where it stands?").format(number=detail.row.number),
            _("Put on sale"),
            _(
                "The report is accepted by it. Each piece gets its number and its price from the"
                " reported condition, and is held for whoever waits for it. What is ordered is"
                " driven straight from the giver."
            ),
        )
        lines = [line for line in detail.lines if line.left]
        self.lines = TickList(_("On sale"), [(line.id, _words(line)) for line in lines])
        for line in lines:
            self.lines.tick(line.id)
        self.column.insertWidget(self.column.indexOf(self.form), self.lines)
        self.lines.list.setFocus()


def _words(line: LineDetail) -> str:
    what = _("{count} × {name}, condition {grade}: {price} each").format(
        count=number(line.left), name=line.name, grade=line.condition, price=kroner(line.price_ore)
    )
    return what if line.article_id else _("{what} (a type of its own)").format(what=what)


class BringHomeDialog(ActionDialog):
    """How many of a line have come, in which condition, and where they are put."""

    def __init__(
        self, parent: QWidget, detail: PickupDetail, places: Sequence[PlaceChoice]
    ) -> None:
        super().__init__(
            parent,
            _("What of {number} has come?").format(number=detail.row.number),
            _("They have come"),
            _("Those in another condition are said apart. What is ordered stays ordered."),
            columns=2,
        )
        self._lines = {line.id: line for line in detail.lines if line.offered}
        add = self.form.add
        choices = [Choice(key, line.name) for key, line in self._lines.items()]
        self.line = add("line_id", ChoiceField(_("Furniture"), choices, required=True), 2)
        self.pieces = add("pieces", NumberField(_("Pieces that came"), required=True))
        grades = [Choice(each.value, each.value) for each in Condition]
        self.condition = add("condition", SegmentedField(_("Condition"), grades))
        self.place = add("place_id", PlaceField(_("Place"), places), 2)
        self.gone = add("gone", CheckField(_("No more of these will come")), 2)
        self.line.set_value(next(iter(self._lines)))
        self.line.changed.connect(self._fill)
        self._fill()
        if len(choices) == 1:
            self.form.leave_out({"line_id"})
        (self.pieces if len(choices) == 1 else self.line).setFocus()

    def _fill(self) -> None:
        line = self._lines.get(int(self.line.value() or 0))
        if line is not None:
            self.pieces.set_value(line.offered)
            self.condition.set_value(line.condition)

    def arrival(self) -> Arrival:
        """What is filled in."""
        from moebelcirkel.services.pickups import Arrival

        return Arrival(
            line_id=int(self.line.value() or 0),
            pieces=self.pieces.value() or 0,
            condition=str(self.condition.value()),
            place_id=self.place.value(),  # type: ignore[arg-type]
            gone=self.gone.value(),
        )
