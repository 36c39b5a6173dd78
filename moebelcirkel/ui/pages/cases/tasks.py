"""The tasks of a case: large boxes to tick, time, parts and rate beside, and a line to add one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _, kroner
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.dialog import saves_itself
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import MoneyField, NumberField
from moebelcirkel.ui.kit.forms.suggest import Picked, SuggestField, Suggestion
from moebelcirkel.ui.kit.page_layout import row, scrolled
from moebelcirkel.ui.kit.pictures import icons, paint
from moebelcirkel.ui.kit.plain import Label, caption, tip
from moebelcirkel.ui.pages.cases.cards import duration

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseTaskRow, UsedPart
    from moebelcirkel.services.tasks import RateRow, TaskRow

_OFFERED = 8
#: Of the grid: box, minutes, parts, rate and two buttons.
_COLUMNS = 6


class TaskLine(QWidget):
    """One task. `edited(task, changes)` when something was corrected, `removed(task)`.

    `part_asked(task)` when a spare part of other furniture was used in it.
    """

    edited = Signal(object, object)
    removed = Signal(object)
    part_asked = Signal(object)

    def __init__(self, task: CaseTaskRow, rates: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.task = task
        self.is_ours = True
        self.box = QCheckBox(caption(task.name))
        self.box.setProperty("large", True)
        self.box.setChecked(task.done)
        self.box.setToolTip(tip(task.hint))
        self.minutes = NumberField("", maximum=43_200)
        self.parts = MoneyField("")
        self._rates = list(rates)
        self.rate = ChoiceField("", rates)
        names = (
            (self.minutes, _("Minutes")),
            (self.parts, _("Parts, kr.")),
            (self.rate, _("Rate")),
        )
        for field, name in names:
            field.editor.setAccessibleName(f"{task.name}: {name}")
        self.use = _tool("wrench", _("Use a spare part: {task}").format(task=task.name))
        self.away = _tool("trash", _("Remove {task}").format(task=task.name))
        self._fill()
        self._wire()

    def _fill(self) -> None:
        for field, value in self._values():
            field.set_value(value)

    def _values(self) -> tuple[tuple[Any, object], ...]:
        return (
            (self.minutes, self.task.minutes),
            (self.parts, self.task.parts_ore),
            (self.rate, self.task.hour_rate_id),
        )

    def refresh(self, task: CaseTaskRow, rates: Sequence[Choice]) -> None:
        """Show the same task as it is now, and leave alone what somebody is typing."""
        self.task = task
        self.box.setChecked(task.done)
        if list(rates) != self._rates:
            self._rates = list(rates)
            self.rate.set_choices(rates)
        for field, value in self._values():
            if not _in_hand(field) and field.value() != value:
                field.set_value(value)

    def open_up(self, *, on: bool) -> None:
        """Whether it is done here, and so corrected by hand."""
        self.is_ours = on
        for part in (self.box, self.minutes, self.parts, self.rate, self.use, self.away):
            part.setEnabled(on)

    def _wire(self) -> None:
        for line in (self.minutes.line, self.parts.line):
            saves_itself(line)
        self.box.clicked.connect(lambda on: self.edited.emit(self.task, {"done": bool(on)}))
        self.minutes.line.editingFinished.connect(
            lambda: self._corrected(self.minutes, "minutes", self.task.minutes)
        )
        self.parts.line.editingFinished.connect(
            lambda: self._corrected(self.parts, "parts_ore", self.task.parts_ore)
        )
        self.rate.changed.connect(
            lambda: self._corrected(self.rate, "hour_rate_id", self.task.hour_rate_id)
        )
        self.use.clicked.connect(lambda: self.part_asked.emit(self.task))
        self.away.clicked.connect(lambda: self.removed.emit(self.task))
        # When a line goes, the next one comes to stand under the pointer.
        self.guard = Decision(lambda: self.task.id, self.use, self.away)

    def _corrected(self, field: Any, name: str, before: object) -> None:
        try:
            value = field.value()
        except Refused:
            return
        if value is None:
            field.set_value(before)
        elif value != before:
            self.edited.emit(self.task, {name: value})


class PartLine(QWidget):
    """A spare part that a task has put into a piece. `out(part)` when it is taken out again."""

    out = Signal(object)

    def __init__(self, part: UsedPart, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        words = _("{part} {number}, in {piece}")
        text = words.format(part=part.name, number=part.number, piece=part.piece)
        self.away = _tool("close", _("Take {part} out").format(part=part.number))
        self.away.clicked.connect(lambda: self.out.emit(self.part))
        self.guard = Decision(lambda: self.part.part_id, self.away)
        line = row(Label(text, tone="small", wrap=True), self.away, gap=10)
        line.setContentsMargins(paint.px(30), 0, 0, 0)
        self.setLayout(line)


class TaskList(QWidget):
    """All tasks under a line of headings, and below them the line that adds one.

    Under each task the spare parts that it has put into pieces.
    """

    edited = Signal(object, object)
    removed = Signal(object)
    part_asked = Signal(object)
    part_out = Signal(object)
    added = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types: list[TaskRow] = []
        self._rates: list[Choice] = []
        self.lines: list[TaskLine] = []
        self.used: list[PartLine] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setColumnStretch(0, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        self.nothing = Label(tone="muted")
        column.addWidget(self.nothing)
        column.addStretch(1)
        self.add_field = SuggestField(_("Add a task"), placeholder=_("Type to search"))
        self.add_field.asked.connect(self._offer)
        self.add_field.picked.connect(self._picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(scrolled(inside, unfolds=True), 1)
        layout.addWidget(self.add_field)

    def offer_types(self, types: Sequence[TaskRow], rates: Sequence[RateRow]) -> None:
        """Take in the task types and rates to choose from."""
        self._types = list(types)
        self._rates = [Choice(each.id, each.form.name) for each in rates]

    def kinds(self) -> list[tuple[int, str]]:
        """The task types to choose from, by key and name."""
        return [(each.id, each.form.name) for each in self._types]

    def take_more(self, *, on: bool) -> None:
        """Whether one can be added; a case that is finished is only read."""
        self.add_field.setVisible(on)
        self.nothing.setText(_("No tasks yet. Add the first one below.") if on else _("No tasks"))

    def show_tasks(self, tasks: Sequence[CaseTaskRow], used: Sequence[UsedPart]) -> None:
        """Show the tasks and keep the keyboard in its line."""
        same = [line.task.id for line in self.lines] == [task.id for task in tasks]
        if same and [line.part for line in self.used] == list(used):
            # Made anew, the line would take what is marked or half typed from under the fingers.
            for line, task in zip(self.lines, tasks, strict=True):
                line.refresh(task, self._rates_with(task))
            return
        focus = self._focused()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for old in (*self.lines, *self.used):
            old.deleteLater()
        self.used = []
        self.lines = [TaskLine(task, self._rates_with(task), self) for task in tasks]
        self.nothing.setVisible(not tasks)
        if tasks:
            self._head()
        below = 1
        for line in self.lines:
            self._place(line, below)
            below += 1
            for part in used:
                if part.case_task_id == line.task.id:
                    self._place_part(part, below)
                    below += 1
        self._focus(focus)

    def _place_part(self, part: UsedPart, number: int) -> None:
        line = PartLine(part, self)
        line.out.connect(self.part_out)
        self._grid.addWidget(line, number, 0, 1, _COLUMNS)
        self.used.append(line)

    def _rates_with(self, task: CaseTaskRow) -> list[Choice]:
        """All active rates, and the task's own where it is no longer active."""
        own = Choice(task.hour_rate_id, task.rate)
        return self._rates if own in self._rates else [*self._rates, own]

    def _head(self) -> None:
        for column, words in enumerate((_("Task"), _("Minutes"), _("Parts, kr."), _("Rate"))):
            label = Label(words, tone="label")
            self._grid.addWidget(label, 0, column)

    def _place(self, line: TaskLine, number: int) -> None:
        line.hide()
        line.minutes.setFixedWidth(paint.px(76))
        line.parts.setFixedWidth(paint.px(104))
        line.rate.setFixedWidth(paint.px(138))
        parts = (line.box, line.minutes, line.parts, line.rate, line.use, line.away)
        for column, part in enumerate(parts):
            self._grid.addWidget(part, number, column)
        line.edited.connect(self.edited)
        line.removed.connect(self.removed)
        line.part_asked.connect(self.part_asked)

    def _focused(self) -> tuple[int, str] | None:
        for line in self.lines:
            for name in ("box", "minutes", "parts", "rate", "use", "away"):
                part: QWidget = getattr(line, name)
                target = part.focusProxy() or part
                if target.hasFocus():
                    return line.task.id, name
        return None

    def _focus(self, where: tuple[int, str] | None) -> None:
        if where is None:
            return
        for line in self.lines:
            if line.task.id == where[0]:
                part: QWidget = getattr(line, where[1])
                part.show()  # the layout would do so too late to give it the keyboard
                part.setFocus()
                return
        self.add_field.setFocus()

    def _offer(self, text: str) -> None:
        typed = fold(text).split()
        found = [
            each
            for each in self._types
            if typed and all(word in fold(each.form.name) for word in typed)
        ]
        self.add_field.offer(
            text, [Suggestion(each.id, each.form.name, _usual(each)) for each in found[:_OFFERED]]
        )

    def _picked(self, suggestion: Suggestion | None) -> None:
        if suggestion is not None:
            self.add_field.set_value(Picked(None, ""))
            self.added.emit(suggestion.key)


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    icons.put(button, icon, "muted")
    button.setAccessibleName(name)
    button.setToolTip(tip(name))
    return button


def _usual(kind: TaskRow) -> str:
    return f"{duration(kind.form.minutes)} · {kroner(kind.form.parts_ore)}"


def _in_hand(field: Field[Any]) -> bool:
    """Tell whether somebody is typing in a field, or has left something it cannot read."""
    line = field.findChild(QLineEdit)
    if line is not None and line.hasFocus() and line.isModified():
        return True
    try:
        field.value()
    except Refused:
        return True
    return False
