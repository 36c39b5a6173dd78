"""The form that says which spare part was used in a task, and in which piece it is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import LineField

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail, CaseTaskRow, UsablePart


class UsePartDialog(ActionDialog):
    """The part is chosen from those that may fit, or scanned, or its number is written.

    Without a ``task`` it is asked for among those of the case.
    """

    def __init__(
        self,
        parent: QWidget,
        case: CaseDetail,
        tasks: Sequence[CaseTaskRow],
        task: CaseTaskRow | None,
        parts: Sequence[UsablePart],
    ) -> None:
        title = _("Use a spare part")
        text = _("The part leaves the stock and the task is done. No new part is counted or paid.")
        super().__init__(parent, title if task is None else f"{title}: {task.name}", title, text)
        self._numbers = {part.number: part.part_id for part in parts}
        add = self.form.add
        named = [Choice(each.id, each.name) for each in tasks]
        self.task = ChoiceField(_("Task"), named, required=True)
        choices = [Choice(part.part_id, _words(part)) for part in parts]
        self.part = add("part_id", ChoiceField(_("In stock"), choices, nothing=_("By its number")))
        self.code = add("code", LineField(_("Number or scan"), most=limits.UNIT_CODE))
        add("task_id", self.task)
        pieces = [Choice(each.unit_id, each.number) for each in case.pieces]
        self.piece = add("unit_id", ChoiceField(_("Which piece is it in?"), pieces, required=True))
        if len(pieces) == 1:
            self.piece.set_value(pieces[0].key)
        undone = [each.id for each in tasks if not each.done]
        one = tasks[0].id if len(tasks) == 1 else next(iter(undone), None)
        self.task.set_value(task.id if task is not None else one)
        self._known = task is not None
        self.part.set_value(parts[0].part_id if parts and parts[0].fit else None)
        self.part.changed.connect(self._show_way)
        self._show_way()
        self.setMinimumWidth(theme.current().px(620))

    def scanned(self, code: str) -> bool:
        """Take the part whose label was scanned."""
        number = code.strip().upper()
        self.part.set_value(self._numbers.get(number))
        if number not in self._numbers:
            self.code.set_value(code.strip())
        self._show_way()
        (self.piece.combo if self._asks_piece() else self.verb).setFocus()
        return True

    def said(self) -> dict[str, Any]:
        """What is filled in, as ``use_part`` takes it."""
        values = self.form.values()
        chosen = self.part.combo.currentData()
        return {
            "task_id": self.task.value(),
            "part_id": chosen,
            "code": values.get("code") or "" if chosen is None else "",
            "unit_id": self.piece.value(),
        }

    def _asks_piece(self) -> bool:
        return self.piece.combo.count() > 1

    def _show_way(self) -> None:
        absent = set() if self.part.combo.currentData() is None else {"code"}
        if not self._numbers:
            absent.add("part_id")
        if not self._asks_piece():
            absent.add("unit_id")
        if self._known or self.task.combo.count() == 1:
            absent.add("task_id")
        self.form.leave_out(absent)


def _words(part: UsablePart) -> str:
    source = ""
    if part.source:
        source = _("from the same type") if part.fit > 1 else _("from {type}")
    # A type may have a long name: what tells two parts apart stands before it.
    words = (part.name, part.number, part.condition, part.place, source.format(type=part.source))
    return " · ".join(word for word in words if word)
