"""A short form with a verb: what is wrong is said in it, and it stays open until it is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _
from moebelcirkel.ui.kit import geometry, keys, theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.plain import Label, caption, push_button, window_title


class ActionDialog(Dialog):
    """Heading, a line of text, fields, and buttons that say what they do.

    `asked` is sent when the verb is pressed and all fields are right: `Page.ask` writes then, and
    tells.
    """

    asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        verb: str,
        text: str = "",
        *,
        danger: bool = False,
        columns: int = 1,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title(title))
        heading, self.text = Label(title, tone="heading"), Label(text, tone="muted")
        for label in (heading, self.text):
            label.setWordWrap(True)
        self.text.setVisible(bool(text))
        self.form = Form(columns)
        self.notice = Notice()
        self.notice.keep_room()
        self.verb = push_button(caption(verb), self._press, role="danger" if danger else "primary")
        self.verb.setDefault(not danger)
        self.verb.setAutoDefault(not danger)
        # In a text of several lines, and where danger leaves Return to the way out.
        keys.add(self, _("Finish what is filled in"), self.verb.click, "Ctrl+Return", "Ctrl+Enter")
        self.cancel = push_button(_("Cancel"), self.reject)
        self.cancel.setAutoDefault(danger)
        self.finished.connect(self.deleteLater)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.verb)
        buttons.addWidget(self.cancel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        for widget in (heading, self.text, self.form, self.notice):
            self.column.addWidget(widget)
        self.column.addSpacing(4)
        self.column.addLayout(buttons)
        self.setMinimumWidth(theme.current().px(440))

    def scanned(self, code: str) -> bool | None:
        """Take a code that one of the fields asks for; the window hears it as from a page."""
        return self.form.scanned(code)

    def refuse(self, error: Refused) -> None:
        """Say by the fields, or above the buttons, why it was refused."""
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)
            self.grow()  # what is longer than its room must not press the fields together

    def event(self, event: QEvent) -> bool:
        """A field that comes while it is open must not press the others together."""
        found = super().event(event)
        asks = event.type() is QEvent.Type.LayoutRequest and self.isVisible()
        if asks and self.grow(max(0, geometry.spare(self))):
            geometry.fit(self)
        return found

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first field: Qt begins at the verb where the first in turn is a button."""
        super().showEvent(event)
        if self.focusWidget() in (None, self, self.verb, self.cancel, self.notice.undo_button):
            keys.focus_first(self.form)

    def _press(self) -> None:
        self.notice.hide()
        if self.form.check():
            self.asked.emit()


class WordsDialog(ActionDialog):
    """Asks for ``words`` that somebody else reads, such as why something is refused."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        verb: str,
        helper: str,
        *,
        name: str = "reason",
        label: str = "",
        danger: bool = True,
    ) -> None:
        super().__init__(parent, title, verb, danger=danger)
        self.words = TextField(label or _("Why?"), helper=helper, required=True, most=limits.NOTE)
        self.form.add(name, self.words)
        self.words.setFocus()
