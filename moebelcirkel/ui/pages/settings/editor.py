"""The panel beside a table: a form that scrolls between its title and its buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import CardFrame, row, rule, scrolled
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, push_button


class Editor(CardFrame):
    """Title with a mark for what is not saved, the form, and Gem · Annullér · Slet."""

    save_pressed = Signal()
    cancel_pressed = Signal()
    left = Signal()
    """Esc, or the cross: the form is to close."""
    delete_pressed = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__(" ")
        self.form = form
        self.unsaved = ChipLabel(("", "warning"))
        self.close_button = QToolButton()
        icons.put(self.close_button, "close", "muted", 16)
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setToolTip(_("Close (Esc)"))
        self.close_button.clicked.connect(self.left)
        self.beside_title(self.unsaved)
        self.beside_title(self.close_button)
        self.notice = Notice()
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(0, 0, 6, 0)
        self.inside.setSpacing(14)
        self.inside.addWidget(form)
        holder = QWidget()
        holder.setLayout(self.inside)
        self.add(scrolled(holder, yields=True), 1)
        self.add(self.notice)  # only the end of what scrolls gives way to it
        self.read_only = Label(tone="small", wrap=True)
        self.read_only.hide()
        self.add(rule())
        self.add(self.read_only)
        self.body.addLayout(self._buttons())
        form.submit_by_return()
        form.submitted.connect(self.save_pressed)
        keys.add(
            self,
            _("Leave the form"),
            self.left.emit,
            "Esc",
            within=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def add_below_form(self, widget: QWidget) -> None:
        """Put something under the fields that scrolls with them."""
        self.inside.addWidget(widget)

    def finish(self) -> None:
        """Nothing more comes below the form."""
        self.inside.addStretch(1)

    def show_dirty(self, *, dirty: bool) -> None:
        """Say that something is not saved, and let it be saved."""
        self.unsaved.show_chip((_("Not saved") if dirty else "", "warning"))
        self.save_button.setEnabled(dirty)
        self.cancel_button.setEnabled(dirty)
        if self.delete_button.hasFocus() and not dirty:
            # Qt hands the keyboard on from a button that is disabled; never to "Delete".
            self.form.field(self.form.names()[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, why: str) -> None:
        """In place of the buttons say why nothing can be changed; without a reason it can."""
        self.read_only.setText(why)
        self.read_only.setVisible(bool(why))
        for button in (self.save_button, self.cancel_button):
            button.setVisible(not why)

    def _buttons(self) -> QVBoxLayout:
        self.save_button = push_button(_("Save"), self.save_pressed, role="primary")
        self.save_button.setToolTip("Ctrl+S")
        self.cancel_button = push_button(_("Cancel"), self.cancel_pressed)
        self.delete_button = push_button(_("Delete"), self.delete_pressed, role="danger")
        column = QVBoxLayout()
        column.addLayout(row(self.save_button, self.cancel_button, None, self.delete_button))
        return column
