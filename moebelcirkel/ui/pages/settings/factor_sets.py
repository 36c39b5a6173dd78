"""Which factor set is shown, what state it is in, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, day, refusal
from moebelcirkel.services import factors
from moebelcirkel.services.factors import SetRow
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, LineField, TextField
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import holder, row
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done, Saved
    from moebelcirkel.ui.kit.page import Page


class SetBar(QWidget):
    """A list of the sets, the state of the chosen one, and the buttons of a draft."""

    chosen = Signal(object)
    changed = Signal(object, str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rows: dict[int, SetRow] = {}
        self.current: SetRow | None = None
        self.wanted: int | None = None
        """The set to show next, when the list has been read again."""
        self.choice = ChoiceField("", required=True)
        self.choice.combo.setAccessibleName(_("Factor set"))
        self.choice.setFixedWidth(theme.current().px(210))
        self.choice.combo.activated.connect(self._picked)
        self.state = ChipLabel(("", "accent"))
        self.about = Label(tone="small", wrap=True)
        self.edit_button = _button(_("Name and date…"), "edit")
        self.edit_button.clicked.connect(self._edit)
        self.release_button = _button(_("Release…"), "check")
        self.release_button.clicked.connect(self._ask_release)
        self.delete_button = _button(_("Delete…"), "trash")
        self.delete_button.setProperty("role", "danger")
        self.delete_button.clicked.connect(self._ask_delete)
        self.notice = Notice()
        self.draft_row = QWidget()
        buttons = FlowLayout(gap=8)
        for button in (self.edit_button, self.release_button, self.delete_button):
            buttons.addWidget(button)
        self.draft_row.setLayout(buttons)
        # Only of a draft anything is refused, so it stands beside the buttons of one.
        beside = row(self.draft_row, gap=12)
        beside.addWidget(self.notice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(8)
        head = FlowLayout(gap=10)
        for widget in (self.choice, self.state):
            head.addWidget(widget)
        layout.addWidget(holder(head))
        layout.addWidget(self.about)
        layout.addLayout(beside)

    def all(self) -> list[SetRow]:
        """The sets that are offered, newest first."""
        return list(self._rows.values())

    def show_sets(self, rows: list[SetRow]) -> SetRow | None:
        """Offer these; keep the chosen one, else the one in force."""
        self._rows = {row.id: row for row in rows}
        self.choice.set_choices([Choice(row.id, set_title(row)) for row in rows])
        kept = self.wanted or (self.current.id if self.current else None)
        self.wanted = None
        in_force = next((row for row in rows if row.in_force), rows[0] if rows else None)
        self.show_chosen(self._rows.get(kept or 0, in_force))
        return self.current

    def show_chosen(self, chosen: SetRow | None) -> None:
        """Say what the set is."""
        self.current = chosen
        self.notice.hide()
        if chosen is None:
            return
        self.choice.set_value(chosen.id)
        self.state.show_chip(_state(chosen))
        parts = [_("in force from {day}").format(day=day(chosen.valid_from))]
        if chosen.based_on:
            parts.append(_("copied from {name}").format(name=chosen.based_on))
        if chosen.note:
            parts.append(chosen.note)
        self.about.setText(" · ".join(parts))
        self.draft_row.setVisible(not chosen.released)

    def _picked(self, _index: int) -> None:
        key = self.choice.combo.currentData()
        if key in self._rows and (self.current is None or key != self.current.id):
            self.chosen.emit(self._rows[key])

    def _edit(self) -> None:
        if self.current is not None:
            dialog = SetDialog(self.current, self.window(), copy=False)
            self._page.ask(dialog, dialog.values, dialog.save, _("The draft is saved."))

    def _ask_release(self) -> None:
        chosen = self.current
        if chosen is None:
            return
        text = _(
            "From {day} hand-overs are computed with it. A released set cannot be changed, only "
            "copied. Figures that are booked stay as they are."
        )
        self._page.shell.messages.ask(
            _("Release {name}?").format(name=chosen.name),
            text.format(day=day(chosen.valid_from)),
            _("Release"),
            lambda: self._act(
                lambda context: factors.release(context, chosen.id, chosen.version),
                _("{name} is released.").format(name=chosen.name),
            ),
        )

    def _ask_delete(self) -> None:
        chosen = self.current
        if chosen is None:
            return
        self._page.shell.messages.ask(
            _("Delete {name}?").format(name=chosen.name),
            _("You can undo it afterwards."),
            _("Delete"),
            lambda: self._act(
                lambda context: factors.delete(context, chosen.id, chosen.version),
                _("{name} is deleted.").format(name=chosen.name),
            ),
            danger=True,
        )

    def _act(self, work: Callable[[Context], Done], said: str) -> None:
        self._page.shell.jobs.write(
            work,
            lambda done: self.changed.emit(done, said),
            self._refused,
            hold=[self.release_button, self.delete_button],
            owner=self,
        )

    def _refused(self, error: Refused) -> None:
        self.notice.say(refusal(error))


class SetDialog(ActionDialog):
    """Name, first day and note of a draft: a new copy, or one that is there."""

    def __init__(self, source: SetRow, parent: QWidget, *, copy: bool) -> None:
        words = _("Copy {name} to a draft") if copy else _("Name and date of {name}")
        verb = _("Make the draft") if copy else _("Save")
        super().__init__(parent, words.format(name=source.name), verb, columns=2)
        self._source = source
        self._copy = copy
        self.form.add("name", LineField(_("Name"), placeholder="2027.1", required=True))
        self.form.add("valid_from", DateField(_("In force from"), required=True, lies="ahead"))
        note = TextField(
            _("Note"), helper=_("Why there is a new set."), lines=2, most=limits.REMARK
        )
        self.form.add("note", note, 2)
        if not copy:
            self.form.set_values(
                {"name": source.name, "valid_from": source.valid_from, "note": source.note}
            )
        self.form.field("name").setFocus()

    def values(self) -> tuple[dict[str, Any]]:
        """What the set is to be."""
        return (self.form.values(),)

    def save(self, context: Context, values: dict[str, Any]) -> Saved:
        """Make the copy, or correct the draft."""
        source = self._source
        if self._copy:
            return factors.copy(context, source.id, **values)
        return factors.save_set(context, source.id, source.version, **values)


def _button(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    icons.put(button, icon)
    return button


def set_title(row: SetRow) -> str:
    """Its name, and whether it is a draft."""
    return row.name if row.released else _("{name} (draft)").format(name=row.name)


def _state(row: SetRow) -> tuple[str, str]:
    if row.in_force:
        return _("In force"), "accent"
    return (_("Published"), "neutral") if row.released else (_("Draft"), "warning")
