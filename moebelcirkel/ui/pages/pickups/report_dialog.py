"""The form of a report: its lines, and where, when and how the furniture can be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.pickups import MOST_LINES, Access, GiftKind
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import DateField, LineField, MoneyField, TextField
from moebelcirkel.ui.kit.page_layout import open_at, row, scrolled
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.parts.line_editor import LineEditor

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.photos import Picture
    from moebelcirkel.services.pickups import PickupDetail, Report
    from moebelcirkel.ui.pages.pickups.asks import PickupFormData

_FIRM = 0
#: As high as one line needs, where the window is.
_SIZE = 760, 800


class ReportDialog(ActionDialog):
    """A new report, or with ``detail`` the correction of one."""

    line_added = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        registers: PickupFormData,
        detail: PickupDetail | None,
        *,
        firms: bool,
    ) -> None:
        title = _("Report furniture")
        verb = _("Send the report")
        if detail is not None:
            title = _("Correct {number}").format(number=detail.row.number)
            verb = _("Save")
        super().__init__(parent, title, verb, columns=4)
        self.detail = detail
        self.lines: list[LineEditor] = []
        self._categories: Sequence[ReferenceCategory] = registers.categories
        self._lay_out()
        self._add_fields(registers, firms=firms)
        if detail is not None:
            self._fill(detail, registers.pictures)
        else:
            self.add_line()
        open_at(self, *_SIZE)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.more = push_button(_("Add a line"), self.add_line, icon="plus")
        self.more.setAutoDefault(False)
        place = self.column.indexOf(self.form)
        column.addLayout(self._column)
        column.addLayout(row(self.more, None))
        column.addWidget(self.form)
        column.addStretch(1)
        self.scrolled = scrolled(inside)
        self.column.insertWidget(place, self.scrolled, 1)
        self.notice.keep_room(on=False)

    def _add_fields(self, registers: PickupFormData, *, firms: bool) -> None:
        add = self.form.add
        givers = [Choice(each.id, each.name) for each in registers.givers]
        if firms:
            givers.insert(0, Choice(_FIRM, _("A firm's gift")))
        self.giver = add("institution_id", ChoiceField(_("Giver"), givers, required=True), 2)
        self.firm = add("firm", LineField(_("Firm"), most=limits.NAME), 2)
        self.value = add(
            "value_ore",
            MoneyField(_("Value of the gift"), helper=_("As the firm says. Empty if unknown.")),
            2,
        )
        kinds = [Choice(each.value, _(each.label)) for each in GiftKind]
        used = _("Material is for the workshop and is not put on sale.")
        gift = add("gift", SegmentedField(_("What is given"), kinds, helper=used), 2)
        gift.set_value(GiftKind.GOODS.value)
        add("building", LineField(_("Building and room"), most=limits.NAME), 2)
        contact = _("A function, such as Teknisk service. Not a person's name.")
        add("contact", LineField(_("Ask there for"), helper=contact, most=limits.NAME), 2)
        ways = [Choice(each.value, _(each.label)) for each in Access]
        add("access", SegmentedField(_("Way out"), ways), 2).set_value(Access.UNKNOWN.value)
        add("earliest_on", DateField(_("Can be fetched from"), lies="ahead"), 1)
        add("latest_on", DateField(_("Must be gone by"), lies="ahead"), 1)
        add("note", TextField(_("Message to the warehouse"), lines=2, most=limits.NOTE), 4)
        question = self.detail.question if self.detail is not None else ""
        add(
            "answer",
            TextField(_("Answer to the warehouse"), helper=question, lines=2, most=limits.NOTE),
            4,
        )
        self._asked = bool(question)
        if len(givers) == 1:
            self.giver.set_value(givers[0].key)
        self.giver.changed.connect(self._show_firm)
        self._show_firm()

    def _show_firm(self) -> None:
        known = self.giver.combo.currentData()
        absent = set() if known == _FIRM else {"firm", "value_ore", "gift"}
        if self.detail is not None:
            absent |= {"institution_id", "firm"}
            if not self.detail.row.firm:
                absent |= {"value_ore", "gift"}
            else:
                absent -= {"value_ore", "gift"}
        if self.giver.combo.count() == 1:
            absent.add("institution_id")
        if not self._asked:
            absent.add("answer")
        self.form.leave_out(absent)

    def _fill(self, detail: PickupDetail, pictures: dict[int, tuple[Picture, ...]]) -> None:
        row = detail.row
        if detail.institution_id is not None and (
            self.giver.combo.findData(detail.institution_id) < 0
        ):
            self.giver.combo.addItem(row.giver, detail.institution_id)  # closed meanwhile
        self.form.set_values(
            {
                "institution_id": _FIRM if row.firm else detail.institution_id,
                "firm": row.giver if row.firm else "",
                "value_ore": detail.value_ore,
                "gift": detail.gift or GiftKind.GOODS.value,
                "building": row.building,
                "contact": row.contact,
                "access": row.access,
                "earliest_on": row.earliest_on,
                "latest_on": row.latest_on,
                "note": detail.note,
                "answer": detail.answer,
            }
        )
        self._show_firm()
        for line in detail.lines:
            self.add_line().show_line(line, pictures.get(line.id, ()))

    def add_line(self) -> LineEditor:
        """One more line, empty."""
        editor = LineEditor(self._categories)
        editor.removed.connect(lambda: self._remove(editor))
        self.lines.append(editor)
        self._column.addWidget(editor)
        self._count()
        self._in_turn()
        editor.name.setFocus()
        self.line_added.emit(editor)
        return editor

    def _in_turn(self) -> None:
        """A line is made after all that stands below it; the keyboard comes to it before that."""
        below = [
            each
            for each in self.form.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
            and each.window() is self
        ]
        turn = (self.lines[-1].remove, self.more, *below, self.verb, self.cancel)
        for first, second in pairwise(turn):
            QWidget.setTabOrder(first, second)

    def _remove(self, editor: LineEditor) -> None:
        self.lines.remove(editor)
        self._column.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._count()

    def _count(self) -> None:
        for editor in self.lines:
            editor.remove.setVisible(len(self.lines) > 1)
        self.more.setEnabled(len(self.lines) < MOST_LINES)

    def report(self) -> Report:
        """All that is filled in; call it only when everything is right."""
        from moebelcirkel.services.pickups import Report

        found = self.form.values()
        giver = found.pop("institution_id")
        return Report(
            institution_id=None if giver == _FIRM else giver,
            lines=tuple(editor.line() for editor in self.lines),
            **found,
        )

    def refuse(self, error: Refused) -> None:
        """Say by the fields of each line and of the report, or above the buttons, what is wrong."""
        if not isinstance(error, Invalid):
            super().refuse(error)
            return
        # The lines stand first. A field that the keyboard leaves is looked at again, by itself: so
        # it moves before anything is said.
        names = sorted(error.errors, key=lambda name: not name.startswith("lines."))
        fields = {name: field for name in names if (field := self._field(name)) is not None}
        for first in list(fields.values())[:1]:
            first.setFocus()
        for name in names:
            if name in fields:
                fields[name].show_error(refusal(error.errors[name]))
            else:
                self.notice.say(refusal(error.errors[name]))

    def _field(self, name: str) -> Field[Any] | None:
        """What the service calls ``lines.1.pieces`` is in the second line."""
        parts = name.split(".")
        if len(parts) == 3:
            return self.lines[int(parts[1])].form.field(parts[2])
        return self.form.field(name) if name in self.form.names() else None

    def _press(self) -> None:
        right = [editor.form.check() for editor in self.lines]
        if all(right) and not any(editor.pictures.waiting for editor in self.lines):
            super()._press()
