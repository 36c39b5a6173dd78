"""The first start: try with examples, start empty, or connect to the common database.

Plain widgets: they gather values and hand them over by signals; the composition does the work and
answers with ``fail``, ``working`` and ``tested``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.language import _, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.messages import Notice, Question
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.window.first_start_forms import ConnectForm, EmptyForm


class FirstStartPage(QWidget):
    """The three ways, and the form of each."""

    demo_chosen = Signal()
    stop_asked = Signal()
    empty_chosen = Signal(object)
    file_asked = Signal()
    returned = Signal()
    test_asked = Signal(str)
    connect_chosen = Signal(str)

    def __init__(self, *, returns: bool = False) -> None:
        """``returns`` when there is a log-in page to go back to."""
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._returns = returns
        self.notice = Notice()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.stop = push_button(_("Stop"), self.stop_asked)
        self.state = Label(tone="muted")
        self.empty = EmptyForm()
        self.connection = ConnectForm()
        self.ways = (self._ways(), self.empty, self.connection)
        self.empty.filled.connect(self.empty_chosen)
        self.empty.back.connect(self.leave)
        self.connection.back.connect(self.leave)
        self.connection.tried.connect(self.test_asked)
        self.connection.chosen.connect(self.connect_chosen)
        self._lay_out()
        self.working("")
        self.show_way(0)

    def show_way(self, index: int) -> None:
        """0 the choice, 1 empty, 2 the common database."""
        self.notice.hide()
        for place, way in enumerate(self.ways):
            way.setVisible(place == index)
        self.ways[index].setFocus()

    def leave(self) -> None:
        """Back to the ways, asking first where something is typed; from them to the log-in."""
        form = next((way for way in (self.empty, self.connection) if way.isVisible()), None)
        if form is None:
            if self._returns:
                self.returned.emit()
        elif form.is_filled():
            question = Question(
                self,
                _("Leave without saving?"),
                _("What you have typed here is not saved yet."),
                _("Leave without saving"),
                danger=True,
                no=_("Go back to it"),
            )
            question.accepted.connect(functools.partial(self.show_way, 0))
            question.open()
        else:
            self.show_way(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, but not from what is being made."""
        if event.key() == Qt.Key.Key_Escape and self.state.isHidden():
            self.leave()
        else:
            super().keyPressEvent(event)

    def start_empty(self, target: str = "") -> None:
        """Ask for municipality and first person, of a new database or of one given."""
        self.empty.use(target)
        self.show_way(1)

    def ask_first_person(self, target: str) -> None:
        """The database is there, but nobody is in it: its first administrator is asked for."""
        self.start_empty(target)
        self.notice.say(
            _("The database is empty. Name the municipality and its first administrator."), "money"
        )

    def working(self, text: str, *, can_stop: bool = False) -> None:
        """Say what is being done; an empty text means that it is over."""
        for way in self.ways:
            way.setEnabled(not text)
        self.progress.setRange(0, 0)
        self.progress.setVisible(bool(text))
        self.state.setVisible(bool(text))
        self.state.setText(text)
        self.stop.setVisible(can_stop)
        if text:
            self.notice.hide()
        if can_stop:
            self.stop.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """How many days of the example are made; first come its people and furniture types."""
        told = _("The example data is being made: day {done} of {total}")
        if done:
            self.state.setText(told.format(done=number(done), total=number(total)))
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def fail(self, text: str, field: str | None = None) -> None:
        """Say what was wrong, by the field where there is one."""
        self.working("")
        if field is None or not self.empty.show_error(field, text):
            self.notice.say(text)

    def tested(self, text: str, *, good: bool) -> None:
        """What came of the test of the connection."""
        self.working("")
        self.notice.say(text, "accent" if good else "error")

    def _ways(self) -> QWidget:
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        offers: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            (
                "chair",
                _("Try with example data"),
                _("A made-up municipality with furniture, orders and figures. Nothing is real."),
                self.demo_chosen.emit,
            ),
            (
                "plus",
                _("Start empty"),
                _("For your own municipality, on this PC. You become the first administrator."),
                self.start_empty,
            ),
            (
                "export",
                _("Open a database file"),
                _("A database that already lies on this PC, or a backup of one."),
                self.file_asked.emit,
            ),
            (
                "database",
                _("Connect to the common database"),
                _("When others already use Møbelcirklen on a server. Ask them for the address."),
                functools.partial(self.show_way, 2),
            ),
        )
        for picture, title, text, act in offers:
            column.addWidget(_Way(picture, title, text, act))
        if self._returns:
            back = push_button(_("Back to log-in"), self.returned)
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignRight)
        return ways

    def _lay_out(self) -> None:
        logo, title = Label(), Label(_("Welcome to Møbelcirklen"), tone="title")
        logo.setPixmap(icons.logo(theme.current().px(40)))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(logo)
        head.addWidget(title, 1)
        middle = QWidget()
        middle.setObjectName("scrolled")
        middle.setMaximumWidth(theme.current().px(620))
        column = QVBoxLayout(middle)
        column.setContentsMargins(24, 32, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        for told in (self.notice, self.state, self.progress):
            column.addWidget(told)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        for widget in self.ways:
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


class _Way(QPushButton):
    """One large choice: picture, title, and what it means."""

    def __init__(self, picture: str, title: str, text: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        mark, heading, body = (
            Label(),
            Label(title, tone="heading"),
            Label(text, tone="muted", wrap=True),
        )
        mark.setPixmap(icons.pixmap(picture, "accent", theme.current().px(32)))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(body)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(18)
        row.addWidget(mark)
        row.addLayout(words, 1)
        for label in (mark, heading, body):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("way", True)
        self.clicked.connect(lambda _on=False: act())
