"""What every dialog with something to type in is: it throws nothing typed away without asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6 import QtGui, QtWidgets
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from moebelcirkel.language import _

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QPlainTextEdit

    from moebelcirkel.ui.kit.messages import Kind, Notice

    Editor = QLineEdit | QPlainTextEdit

#: On an editor: what is typed in it is saved when it is left.
_SAVES_ITSELF = "saves_itself"
#: On an editor: what is typed in it is nothing to lose.
_SEARCH = "search"

#: Name of a notice in front of a dialog, and how far it is from the edge.
_OVER, _GAP = "over", 8


class Dialog(QDialog):
    """Esc, and the cross in the title, ask first where something typed would be lost.

    The buttons of a dialog say what they do, and are taken at their word.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: dict[Editor, str] = {}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def is_unsaved(self) -> bool:
        """Whether something typed differs from what stood there when the keyboard came."""
        return any(
            not editor.property(_SEARCH) and _is_lost(editor, before)
            for editor, before in self._before.items()
            if shiboken6.isValid(editor)
        )

    def leave(self) -> None:
        """Close, or ask first."""
        focus = cast("QWidget | None", self.focusWidget())
        if focus is not None and _editor(focus) is not None:
            focus.clearFocus()  # what saves itself does so now
        if not self.is_unsaved():
            self.reject()
            return
        from moebelcirkel.ui.kit.messages import Question  # not needed for the first picture

        question = Question(
            self,
            _("Close without saving?"),
            _("What you have typed here is not saved yet."),
            _("Close without saving"),
            danger=True,
            no=_("Go back to it"),
        )
        question.accepted.connect(self.reject)
        question.rejected.connect(lambda: focus.setFocus() if focus is not None else None)
        question.open()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as wrapped texts need: Qt works that out before they have their style."""
        super().showEvent(event)
        self.grow()

    def grow(self, room: int | None = None) -> bool:
        """Be no lower than what it holds needs, by no more than the room; tells whether it grew."""
        layout, before = self.layout(), self.height()
        if layout is not None and layout.hasHeightForWidth():
            lacks = max(0, layout.heightForWidth(self.width()) - before)
            self.resize(self.width(), before + (lacks if room is None else min(lacks, room)))
        return self.height() > before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.matches(QtGui.QKeySequence.StandardKey.Cancel):
            self.leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross leaves too."""
        if self.isVisible() and self.is_unsaved():
            event.ignore()
            self.leave()
        else:
            super().closeEvent(event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not shiboken6.isValid(self):
            return  # focus moves also while a dialog is taken down
        editor = None if now is None else _editor(now)
        if editor is not None and self.isAncestorOf(editor):
            self._before.setdefault(editor, _text(editor))


def belongs_to(widget: QWidget | None, window: QWidget) -> bool:
    """Whether it is this window, in it, or a dialog over it or over one of its dialogs."""
    while widget is not None and widget is not window:
        widget = widget.parentWidget()
    return widget is not None


def tell(dialog: QWidget, text: str, kind: Kind) -> Notice:
    """Say something in a dialog: in its own notice, else in front of what is at its top."""
    from moebelcirkel.ui.kit.messages import Notice  # not needed for the first picture

    notice = getattr(dialog, "notice", None)
    if isinstance(notice, Notice):
        notice.say(text, kind)
        return notice
    over = dialog.findChild(Notice, _OVER) or Notice(dialog, closable=True)
    over.setObjectName(_OVER)
    over.say(text, kind)
    width = dialog.width() - 2 * _GAP
    over.setGeometry(_GAP, _GAP, width, max(over.sizeHint().height(), over.heightForWidth(width)))
    over.raise_()
    return over


def saves_itself(editor: QWidget) -> None:
    """What is typed in this editor is saved when the keyboard leaves it."""
    editor.setProperty(_SAVES_ITSELF, True)


def is_search(editor: QWidget) -> None:
    """What is typed in this editor only finds something."""
    editor.setProperty(_SEARCH, True)


def _editor(widget: QWidget) -> Editor | None:
    """What one types into where this has the keyboard."""
    if isinstance(widget, QtWidgets.QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    return widget if isinstance(widget, QLineEdit | QtWidgets.QPlainTextEdit) else None


def _text(editor: Editor) -> str:
    return editor.toPlainText() if isinstance(editor, QtWidgets.QPlainTextEdit) else editor.text()


def _is_lost(editor: Editor, before: str) -> bool:
    if editor.property(_SAVES_ITSELF):
        return bool(editor.property("invalid"))
    return _text(editor).strip() != before.strip()
