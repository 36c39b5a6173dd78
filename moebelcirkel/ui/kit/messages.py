"""What the program says to the user: toasts, refusals, the banner when the database is away.

Everything said is announced to screen readers too. Questions name what they do ("Kassér",
"Annullér"), never yes and no, and never block the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import free_spot, theme
from moebelcirkel.ui.kit.dialog import belongs_to, tell
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, caption, push_button, window_title
from moebelcirkel.ui.kit.toast import Toast, close_button, undo_button

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused, Unavailable
    from moebelcirkel.ui.kit.jobs import Job
    from moebelcirkel.ui.kit.strips import Banner

Kind = Literal["accent", "money", "warning", "error"]
_ICONS: Final = {"accent": "check", "money": "info", "warning": "warning", "error": "warning"}
_MOST_TOASTS: Final = 3
#: How long a warning stands, and how much longer for each letter of what was refused.
_NOTICE_MILLISECONDS: Final = 10_000
_MILLISECONDS_A_LETTER: Final = 120


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let screen readers say it, of what can be seen."""
    if not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Notice(QFrame):
    """A soft box inside a page or form: what happened and what to do. Hidden until it speaks."""

    def __init__(self, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("says", True)
        self._mark = Label()
        self._text = Label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._kind: Kind = "error"
        self._undo: Callable[[], object] | None = None
        self.undo_button = undo_button()
        self.undo_button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo_button)
        if closable:
            row.addWidget(close_button(self.hide))
        theme.watch().changed.connect(self._dress)
        self.hide()

    def keep_room(self, *, on: bool = True) -> None:
        """Take up a line also while nothing is said, so that what lies below stays where it is.

        Not where what lies above scrolls, and gives the line when it is needed.
        """
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(on)
        self.setSizePolicy(policy)

    def say(
        self, text: str, kind: Kind = "error", undo: Callable[[], object] | None = None
    ) -> None:
        """Show this text, with a way back where there is one."""
        self._kind, self._undo = kind, undo
        self.undo_button.setVisible(undo is not None)
        self._text.setText(text)
        self._dress()
        self.show()
        announce(self, text, urgent=kind == "error")

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def refuse(self, error: Refused) -> None:
        """Show why it was refused; fits as ``failed`` of a job."""
        self.say(refusal(error))

    def text(self) -> str:
        """What it says now; empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def _dress(self) -> None:
        theme.mark(self, "card", self._kind)
        theme.mark(self._text, "tone", {"accent": "co2"}.get(self._kind, self._kind))
        role = "accent_text" if self._kind == "accent" else self._kind
        self._mark.setPixmap(icons.pixmap(_ICONS[self._kind], role, theme.current().px(20)))


class Question(QDialog):
    """A question whose buttons say what they do. Open it with ``open()``."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        *,
        danger: bool = False,
        no: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading, body = Label(title, tone="heading"), Label(text)
        for label in (heading, body):
            label.setWordWrap(True)
        self.verb = push_button(caption(verb), self.accept, role="danger" if danger else "primary")
        self.cancel = push_button(caption(no) or _("Cancel"), self.reject)
        # Return on a dangerous question must not be the dangerous answer.
        (self.cancel if danger else self.verb).setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.verb)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        if text:
            column.addWidget(body)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.current().px(420))
        (self.cancel if danger else self.verb).setFocus()


class Aside(Protocol):
    """A part of the window with room where toasts cover nothing."""

    def free_room(self) -> tuple[QWidget, QRect]:
        """What they stand on, and where on it; empty where there is no room."""


class Messages(QObject):
    """The window's voice; ``shell.messages`` for pages."""

    def __init__(
        self, host: QWidget, banner: Banner, notice: Notice, aside: Aside | None = None
    ) -> None:
        super().__init__(host)
        self._host = host
        self._aside = aside
        self.banner = banner
        self.notice = notice
        self._toasts: list[Toast] = []
        self._beside: Notice | None = None
        banner.answered.connect(self._answered)
        self._dismiss = QTimer(self)
        self._dismiss.setSingleShot(True)
        self._dismiss.timeout.connect(self._go_by)
        host.installEventFilter(self)

    def success(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        about: int | None = None,
        contradicts: int | None = None,
    ) -> None:
        """Say that it is done; what was said a moment ago stays above it, each with its "Undo".

        ``about`` is the change it tells of; what ``contradicts`` another one takes its place.
        """
        self.notice.hide()
        for toast in self._standing():
            if contradicts is not None and toast.about == contradicts:
                toast.go()
        standing = self._standing()
        for toast in standing[: -(_MOST_TOASTS - 1)]:
            toast.deleteLater()
        self._toasts = [*standing[-(_MOST_TOASTS - 1) :], Toast(self._host, text, undo, about)]
        self.place()
        self._toasts[-1].raise_()
        announce(self._host, text)

    def _standing(self) -> list[Toast]:
        """The toasts that can still be read, the oldest first."""
        return [toast for toast in self._toasts if shiboken6.isValid(toast) and not toast.leaving]

    def info(self, text: str) -> None:
        """Say something that is neither done nor wrong."""
        self._speak(text, "money")

    def warn(self, text: str) -> None:
        """Say something to beware of."""
        self._speak(text, "warning")

    def refused(self, error: Refused) -> None:
        """Say why it was refused, under the header, for as long as it takes to read."""
        self._speak(refusal(error), "error")

    def unavailable(self, error: Unavailable, job: Job) -> None:
        """Show the banner with "Prøv igen"; in a dialog that covers it, say it too."""
        self.banner.show_unavailable(error, job)
        dialog, text, said = self._in_front(), refusal(error), self._beside
        told = said is not None and shiboken6.isValid(said) and said.isVisible()
        if dialog is not None and not (told and said is not None and said.text() == text):
            self._beside = tell(dialog, text, "warning")

    def _answered(self) -> None:
        """What a dialog said of it is past."""
        if self._beside is not None and shiboken6.isValid(self._beside):
            self._beside.hide()
        self._beside = None

    def clear(self) -> None:
        """Take away what was said about the page before; toasts stay, clear of the new buttons."""
        self.notice.hide()
        QTimer.singleShot(0, self, self.place)

    def ask(
        self,
        title: str,
        text: str,
        verb: str,
        yes: Callable[[], object],
        *,
        danger: bool = False,
        parent: QWidget | None = None,
        no: str = "",
    ) -> Question:
        """Ask; ``yes`` is called when the button named ``verb`` is pressed.

        ``no`` names the other one where "Cancel" could be taken for the deed itself.
        """
        host = parent or self._host.window()
        question = Question(host, title, text, verb, danger=danger, no=no)
        question.accepted.connect(yes)
        question.open()
        return question

    def ask_to_leave(self, page: str, go_on: Callable[[], object]) -> Question:
        """Ask before something typed on a page would be lost."""
        text = _("Under {page} something is typed that is not saved yet.").format(page=page)
        return self.ask(
            _("Leave without saving?"),
            text,
            _("Leave without saving"),
            go_on,
            danger=True,
            no=_("Go back to it"),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toast at its place when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def _speak(self, text: str, kind: Kind) -> None:
        """Say it where it is seen: in the dialog over the window, else on the page."""
        if (dialog := self._in_front()) is not None:
            tell(dialog, text, kind)
            return
        self.notice.say(text, kind)
        # What was refused takes longer to read than what is only told.
        longer = len(text) * _MILLISECONDS_A_LETTER if kind == "error" else 0
        self._dismiss.start(_NOTICE_MILLISECONDS + longer)

    def _in_front(self) -> QDialog | None:
        """The dialog over the window, if there is one; never a question."""
        dialog = QApplication.activeModalWidget()
        while isinstance(dialog, Question):
            dialog = dialog.parentWidget()
        if isinstance(dialog, QDialog) and belongs_to(dialog, self._host.window()):
            return dialog
        return None

    def _go_by(self) -> None:
        """What is read or marked at this moment stays."""
        if self.notice.underMouse():
            self._dismiss.start(1_000)
        else:
            self.notice.hide()

    def place(self) -> None:
        """In the room aside as far as it goes; the newest over the page where there is none."""
        standing = self._standing()
        ground, room = self._aside.free_room() if self._aside is not None else (None, QRect())
        for toast in reversed(standing):
            if ground is not None:
                toast.stand(ground, room.width(), narrow=True)
            if ground is not None and toast.height() <= room.height():
                toast.move(room.left(), room.bottom() - toast.height() + 1)
                room.setBottom(toast.y() - free_spot.BUTTON_GAP - 1)
                toast.show()
            elif toast is standing[-1]:
                self._over_page(standing)
                return
            else:
                toast.go()

    def _over_page(self, toasts: list[Toast]) -> None:
        foot = self._host.height() - free_spot.EDGE - 1
        for toast in reversed(toasts):
            toast.stand(self._host, self._host.width() - 2 * free_spot.EDGE, narrow=False)
            spot = QRect(QPoint(0, 0), toast.size())
            spot.moveLeft((self._host.width() - toast.width()) // 2)
            spot.moveBottom(foot)
            spot = free_spot.from_below(self._host, spot)
            toast.move(spot.topLeft())
            toast.show()
            foot = spot.top() - free_spot.BUTTON_GAP - 1
