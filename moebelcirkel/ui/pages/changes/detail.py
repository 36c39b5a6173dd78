"""The panel of one change: each row it touched, before and after, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from moebelcirkel.language import _, moment, number
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.timeline import Timeline, TimelineEntry
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.changes.words import what

if TYPE_CHECKING:
    from moebelcirkel.services.changes import ChangeRow
    from moebelcirkel.services.changes.details import FieldWords, RowWords
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell

_TONES = {True: "accent", False: "money"}


class ChangePanel(CardFrame):
    """What is chosen in the table."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Choose a change"))
        self._shell = shell
        self._change: ChangeRow | None = None
        self.rows = Timeline(_("What was changed"))
        self.rows.setMinimumHeight(180)
        self.more = Label(tone="small")
        self.why = Label(tone="small")
        for label in (self.more, self.why):
            label.setWordWrap(True)
            label.hide()
        self.undo = push_button(_("Undo this change"), self._undo, icon="undo", tint="muted")
        self.decision = Decision(lambda: self._change, self.undo)
        self.add(self.rows, 1)
        self.add(self.more)
        self.add(self.why)
        self.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_change(None)

    def show_change(self, change: ChangeRow | None) -> None:
        """Show a change, or ask to choose one."""
        same = change is not None and change == self._change
        self._change = change
        if change is None:
            self.show_title(_("Choose a change"))
            self.rows.show_entries([])
            for widget in (self.undo, self.why, self.more):
                widget.hide()
            return
        who = change.actor or _("The program")
        self.show_title(what(change), f"{moment(change.at)} · {who}")
        self._show_way_back(change)
        if not same:
            self.rows.show_entries([])
            self.more.hide()
            self._read(change)
        self.decision.shown()

    def _show_way_back(self, change: ChangeRow) -> None:
        """The button, or why there is none."""
        from moebelcirkel.services.changes import REDO, may_undo, undoable

        asker = self._shell.context
        text = ""
        if change.undone:
            text = _("It has already been undone.")
        elif change.reverses_id is not None and change.kind != REDO:
            text = _("It is an undoing itself. Do the thing again instead.")
        elif not undoable(change.kind):
            text = _("This kind of change cannot be undone.")
        elif not may_undo(asker, change.kind, own=change.actor_id == asker.actor.user_id):
            text = _("It is for somebody with the right to do it to undo it.")
        self.why.setText(text)
        self.why.setVisible(bool(text))
        self.undo.setVisible(not text)

    def _read(self, change: ChangeRow) -> None:
        def read(context: Context) -> list[RowWords]:
            from moebelcirkel.services.changes import details as change_details

            return change_details.of(context, change.id)

        self._shell.jobs.read(
            read, lambda found: self._show(change, found), channel="change", owner=self
        )

    def _show(self, change: ChangeRow, found: list[RowWords]) -> None:
        if self._change is None or change.id != self._change.id:
            return
        self.rows.show_entries(
            [
                TimelineEntry(f"{each.title}: {each.what}", _fields(each.fields), _tone(each))
                for each in found
            ]
        )
        left = change.rows - len(found)
        self.more.setText(_("and {count} more rows").format(count=number(left)))
        self.more.setVisible(left > 0)

    def _undo(self) -> None:
        if self._change is not None:
            self._shell.undo(self._change.id)


def _tone(each: RowWords) -> str:
    return _TONES[each.created]


def _fields(fields: tuple[FieldWords, ...]) -> str:
    """ "Pris: 850 kr. → 900 kr." for each value."""
    shown = []
    for field in fields:
        if not field.before:
            shown.append(f"{field.label}: {field.after}")
        else:
            shown.append(f"{field.label}: {field.before} → {field.after or '–'}")
    return " · ".join(shown)
