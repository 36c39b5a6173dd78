"""A spare part for own furniture: what is on the shelf and may fit, or which part is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.wants import MOST_PIECES
from moebelcirkel.language import _, kroner, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, LineField, NumberField
from moebelcirkel.ui.kit.page_layout import open_at
from moebelcirkel.ui.parts.line_editor import LineEditor

if TYPE_CHECKING:
    from moebelcirkel.services.repairs import FittingPart, PartWish, RepairChoices


class PartDialog(ActionDialog):
    """``looked_for`` when the furniture is known: its type, if any, and its category."""

    looked_for = Signal(object, str)

    def __init__(self, parent: QWidget, choices: RepairChoices) -> None:
        text = _(
            "Say what it is for. Parts that were taken from the same furniture are shown first, and"
            " what is not there is held for you when it comes."
        )
        super().__init__(parent, _("A spare part for your own"), _("Want it"), text, columns=4)
        self._choices = choices
        self._parts: Sequence[FittingPart] = ()
        self._asked: tuple[object, object] = (None, None)
        self.line = LineEditor(choices.categories)
        self.lines = [self.line]
        # How many parts, not how much furniture.
        self.line.pieces.set_value(1)
        self.line.form.leave_out({"pieces", "condition", "pictures"})
        self.line.form.widen("category", 2)
        for button in (self.line.remove, self.line.photograph):
            button.hide()
        self.column.insertWidget(self.column.indexOf(self.form), self.line)
        self._add_fields()
        self.setMinimumWidth(theme.current().px(560))
        self.line.form.changed.connect(self._look)
        self.line.name.picked.connect(self._look)
        self.line.name.setFocus()
        open_at(self, 760, 420)

    def _add_fields(self) -> None:
        add = self.form.add
        self.part = add(
            "key", ChoiceField(_("On the shelf"), nothing=_("None of these: want it")), 4
        )
        self.name = add("part", LineField(_("Which part is missing?"), most=limits.ARTICLE_NAME), 2)
        self.pieces = add(
            "pieces", NumberField(_("How many?"), required=True, minimum=1, maximum=MOST_PIECES), 2
        )
        self.pieces.set_value(1)
        places = [Choice(each.id, each.name) for each in self._choices.institutions]
        self.place = add("institution_id", ChoiceField(_("Institution"), places, required=True), 2)
        self.until = add("use_by", DateField(_("Can be used until"), lies="ahead"), 2)
        if places:
            self.place.set_value(places[0].key)
        self.part.changed.connect(self._show_way)
        self._show_way()

    def show_parts(self, parts: Sequence[FittingPart]) -> None:
        """What may fit; the first of them is taken where it is of the very type."""
        self._parts = parts
        self.part.set_choices([Choice(at, _words(part)) for at, part in enumerate(parts, 1)])
        self.part.set_value(1 if parts and parts[0].same_type else None)
        self._show_way()

    def institution_id(self) -> int:
        """For whom."""
        return int(self.place.combo.currentData() or 0)

    def wish(self) -> PartWish:
        """What is filled in."""
        from moebelcirkel.services.repairs import PartWish
        from moebelcirkel.services.shop import CardKey

        part = self._chosen()
        key = None if part is None else CardKey(part.article_id, part.condition, part.price_ore)
        return PartWish(
            what=self.line.name.line.text(),
            pieces=self.pieces.value() or 0,
            key=key,
            part="" if part is not None else self.name.value(),
            use_by=None if part is not None else self.until.value(),
        )

    def _chosen(self) -> FittingPart | None:
        at = self.part.combo.currentData()
        return self._parts[at - 1] if isinstance(at, int) and 0 < at <= len(self._parts) else None

    def _look(self, _what: object = None) -> None:
        """Ask once for each furniture that is written."""
        category = self.line.category.combo.currentData()
        picked = self.line.name.value().key if self.line.name.line.text().strip() else None
        if isinstance(category, str) and (picked, category) != self._asked:
            self._asked = picked, category
            self.looked_for.emit(picked, category)

    def _show_way(self) -> None:
        taken = self._chosen() is not None
        absent = {"part", "use_by"} if taken else set()
        if not self._parts:
            absent.add("key")
        if len(self._choices.institutions) == 1:
            absent.add("institution_id")
        self.form.leave_out(absent)
        self.verb.setText(_("Put in the basket") if taken else _("Want it"))

    def _press(self) -> None:
        try:
            right = self.line.form.check()
        except Refused:
            right = False
        if right:
            super()._press()


def _words(part: FittingPart) -> str:
    source = _("from the same type") if part.same_type else _("from {type}")
    # A type may have a long name: it stands last.
    return _("{count} × {name}, condition {grade}, {price} each, {source}").format(
        count=number(part.pieces),
        name=part.name,
        source=source.format(type=part.source),
        grade=part.condition,
        price=kroner(part.price_ore),
    )
