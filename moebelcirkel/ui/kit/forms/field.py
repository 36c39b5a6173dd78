"""What every field of a form is: label above, editor, and below it help or what is wrong.

`value()` gives the parsed value or raises `Refused`; `check()` shows the message by the field.
"""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import in_one_line
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field_note import FieldNote
from moebelcirkel.ui.kit.plain import Label

T = TypeVar("T")


class Field(QWidget, Generic[T]):
    """Label, editor, help and error of one value."""

    changed = Signal()
    fills: tuple[str, ...] = ()
    """The arguments of a service that the value gives, where it is not named as the only one."""

    def __init__(
        self, label: str, *, helper: str = "", required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.required = required
        self.label = Label(label, tone="label")
        if not label:
            self.label.hide()
        self._helper: Label | None = None
        self._error: FieldNote | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.label)
        if helper:
            self.helper.setText(helper)
            self.helper.show()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def _put(self, editor: QWidget) -> None:
        """Place the editor and give it the label as its name."""
        self.editor = editor
        self._layout.insertWidget(1, editor)
        self.label.setBuddy(editor)
        self.setFocusProxy(editor)
        editor.setAccessibleName(self.label.text())
        editor.setAccessibleDescription(self._help())

    @property
    def helper(self) -> Label:
        """The help below the editor: most fields have none, and so no label for it."""
        if self._helper is None:
            self._helper = Label(tone="small", wrap=True)
            self._helper.hide()
            self._layout.addWidget(self._helper)
            if self._error is not None:
                self._error.stand_at(self.editor, self._helper)
        return self._helper

    @property
    def error(self) -> FieldNote:
        """What is wrong, over the help; made when something is for the first time."""
        if self._error is None:
            self._error = FieldNote(self)
            self._error.stand_at(self.editor, self._helper)
        return self._error

    def _help(self) -> str:
        return "" if self._helper is None else self._helper.text()

    def name_it(self, label: str) -> None:
        """Change the label."""
        self.label.setText(label)
        self.label.setVisible(bool(label))
        self.editor.setAccessibleName(label)

    def value(self) -> T:
        """Return what is filled in, or refuse it."""
        raise NotImplementedError

    def set_value(self, value: T) -> None:
        """Fill in a value without sending `changed`."""
        raise NotImplementedError

    def draft(self) -> object:
        """Return what is filled in as plain data, right or wrong, to survive a crash."""
        raise NotImplementedError

    def restore(self, draft: object) -> None:
        """Fill in what `draft` gave."""
        raise NotImplementedError

    def scanned(self, code: str) -> bool:
        """Take a code that was scanned; False where it is none of this field."""
        return False

    def check(self) -> bool:
        """Show what is wrong, if anything is."""
        try:
            self.value()
        except Refused as error:
            self.show_error(language.refusal(error))
            return False
        self.show_error("")
        return True

    def show_error(self, message: str) -> None:
        """Say over the help below the field what is wrong; nothing clears it."""
        fresh = False
        if message or self._error is not None:
            fresh = bool(message) and message != self.error.text()
            self.error.say(message)
        theme.mark(self.editor, "invalid", bool(message))
        self.editor.setAccessibleDescription(message or self._help())
        if fresh and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.editor, message))

    def warn(self, message: str, otherwise: str = "") -> None:
        """Say below the field what is odd but can be saved, or the help again."""
        if message or otherwise or self._helper is not None:
            self.helper.setText(message or otherwise)
            theme.mark(self.helper, "tone", "warning" if message else "small")
            theme.mark(self.helper, "small", True)
            self.helper.setVisible(bool(message or otherwise))
        self.editor.setAccessibleDescription(message or otherwise)

    def _edited(self) -> None:
        """Take a shown error back as soon as it is mended, and tell the form."""
        if self._error is not None and self._error.text():
            try:
                self.value()
            except Refused:
                pass
            else:
                self.show_error("")
        self.changed.emit()


class EndedLine(QLineEdit):
    """A line with a small widget inside, at its right end."""

    def __init__(self, tail: QWidget | None = None) -> None:
        super().__init__()
        self._unread = False
        self.tail = tail
        if tail is not None:
            tail.setParent(self)

    def setText(self, text: str | None) -> None:
        """Show a text from its beginning: Qt would show the end of a long one."""
        super().setText(text)
        self._unread = not self.hasFocus()
        if self._unread:
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who is put here by the program goes on behind what is written."""
        super().focusInEvent(event)
        pointed = event.reason() == Qt.FocusReason.MouseFocusReason
        if self._unread and not (pointed or self.hasSelectedText()):
            self.end(False)
        self._unread = False

    def place_tail(self) -> None:
        """Put the widget in its place and keep the text out of it."""
        if self.tail is None:
            return
        size = self.tail.sizeHint()
        wide = min(size.width(), self.width() * 2 // 3)
        inset = max(5, (self.height() - size.height()) // 2)
        top = (self.height() - size.height()) // 2
        self.tail.setGeometry(self.width() - wide - inset, top, wide, size.height())
        self.setTextMargins(0, 0, 0 if self.tail.isHidden() else wide + inset, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the widget at the end."""
        super().resizeEvent(event)
        self.place_tail()


class LineBase(Field[T], Generic[T]):
    """A field with one line of text; one with more than ``most`` characters is refused whole."""

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        placeholder: str = "",
        tail: QWidget | None = None,
        most: int = limits.LINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, helper=helper, required=required, parent=parent)
        self._most_signs = most
        self.line = EndedLine(tail)
        self.line.setPlaceholderText(placeholder)
        self._put(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)

    def text(self) -> str:
        """Return what is typed, without spaces around it; refuse nothing where needed."""
        typed = in_one_line(self.line.text(), self._most_signs)
        if self.required and not typed:
            raise Refused(N_("Fill in this field."))
        return typed

    def draft(self) -> object:
        """Return the text as typed."""
        return self.line.text()

    def restore(self, draft: object) -> None:
        self.line.setText(str(draft or ""))

    def _typed(self, text: str) -> None:
        """What is too long is said at once, while it is known what was pasted."""
        if len(text) > self._most_signs:
            self.check()
        self._edited()

    def _left(self) -> None:
        if self.line.text().strip() and self.check():
            self.set_value(self.value())
