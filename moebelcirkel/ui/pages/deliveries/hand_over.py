"""The dialog of a hand-over: to whom, how many pieces, who received them, and which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import DateField, LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.plain import Label, push_button, window_title
from moebelcirkel.ui.pages.deliveries.words import pieces

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.ui.pages.deliveries.damage import DamagePart

Send = Callable[["HandOverDialog", dt.date, str], object]


_HELPER = N_(
    "Such as Technical service; not the name of a person. May stay empty: then only the "
    "institution's own receipt tells that it came."
)


class HandOverDialog(Dialog):
    """Asks who received it, by function, and the day; ``send`` does the rest and may refuse.

    ``received_by`` is who did so there last: Return says that it is the same again.
    """

    def __init__(
        self,
        parent: QWidget,
        damage: DamagePart,
        *,
        receiver: str,
        detail: str,
        count: int,
        today: dt.date,
        received_by: str,
        send: Send,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.damage = damage
        self._send = send
        self._today = today
        title = _("Hand over to {institution}").format(institution=receiver)
        self.setWindowTitle(window_title(title))
        heading, said = Label(title, tone="heading"), Label(detail, tone="muted")
        for label in (heading, said):
            label.setWordWrap(True)
        self.notice = Notice()
        self.form = Form()
        self.received_by = self.form.add(
            "received_by", LineField(_("Received by"), helper=_(_HELPER))
        )
        self.on = self.form.add(
            "on", DateField(_("Day of the hand-over"), required=True, lies="past")
        )
        self.received_by.set_value(received_by)
        self.received_by.line.selectAll()
        self.on.set_value(today)
        self.verb = QPushButton(_("Hand over {pieces}").format(pieces=pieces(count)))
        self.verb.setProperty("role", "primary")
        self.verb.setDefault(True)
        self.cancel = push_button(_("Cancel"), self.reject)
        self.verb.clicked.connect(self._submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (heading, said, self.notice, self.form, self.damage):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(row(None, self.verb, self.cancel))
        self.setMinimumWidth(theme.current().px(440))
        self.received_by.setFocus()

    def refuse(self, error: Refused) -> None:
        """Say by the field, or above, why it was refused."""
        here = error.field in self.damage.form.names()
        rest = (self.damage.form if here else self.form).show_refusal(error)
        if rest:
            self.notice.say(rest)

    def _submit(self) -> None:
        if self.form.check() and self.damage.check():
            self._send(self, self.on.value() or self._today, self.received_by.value())
