"""Saying no: the reason is asked for, because the sender reads it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.plain import Label, push_button, window_title


class RefuseDialog(Dialog):
    """Emits ``refused(reason)``; stays open until the service has taken it."""

    refused = Signal(str)

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Refuse {number}?").format(number=number)
        self.setWindowTitle(window_title(title))
        heading = Label(title, tone="heading")
        self.reason = TextField(
            _("Why?"),
            helper=_("The sender reads it. The furniture goes on sale again."),
            required=True,
            most=limits.NOTE,
        )
        self.yes = push_button(_("Refuse the order"), self._send, role="danger")
        cancel = push_button(_("Cancel"), self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.yes)
        buttons.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        for widget in (heading, self.reason):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.current().px(460))
        self.reason.setFocus()

    def show_refusal(self, error: Refused) -> None:
        """The service said no; the text stays to be mended."""
        self.reason.show_error(refusal(error))
        self.reason.setFocus()

    def _send(self) -> None:
        if self.reason.check():
            self.refused.emit(self.reason.value())
        else:
            self.reason.setFocus()
