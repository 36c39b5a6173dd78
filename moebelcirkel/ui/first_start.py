"""The first start: try with examples, start empty, or connect to the common database.

Plain widgets: they gather values and hand them over by signals; the composition does the work and
answers with ``fail``, ``working`` and ``tested``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.language import _
from moebelcirkel.ui.kit import icons, theme
from moebelcirkel.ui.kit.messages import Notice

Place = Literal["mine", "shared"]


@dataclass(frozen=True, slots=True)
class EmptyStart:
    """What "Start tom" asks for; fields are named as the services name them in a refusal."""

    municipality: str
    cvr: str
    name: str
    login: str
    password: str
    place: Place
    target: str = ""
    """A database that is there already; else ``place`` says where to make one."""


class FirstStart(QWidget):
    """The three ways, and the form of each."""

    demo_chosen = Signal()
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
        self.state = QLabel()
        self.state.setProperty("tone", "muted")
        self.empty = EmptyForm()
        self.connection = ConnectForm()
        self.ways = (self._ways(), self.empty, self.connection)
        self.empty.filled.connect(self.empty_chosen)
        self.empty.back.connect(functools.partial(self.show_way, 0))
        self.connection.back.connect(functools.partial(self.show_way, 0))
        self.connection.tried.connect(self.test_asked)
        self.connection.chosen.connect(self.connect_chosen)
        self._lay_out()
        self.working("")
        self.show_way(0)

    def show_way(self, index: int) -> None:
        """0 the choice, 1 empty, 2 the common database."""
        self.notice.hide()
        for number, way in enumerate(self.ways):
            way.setVisible(number == index)
        self.ways[index].setFocus()

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

    def working(self, text: str) -> None:
        """Say what is being done; an empty text means that it is over."""
        for way in self.ways:
            way.setEnabled(not text)
        self.progress.setRange(0, 0)
        self.progress.setVisible(bool(text))
        self.state.setVisible(bool(text))
        self.state.setText(text)
        if text:
            self.notice.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is, where that is known."""
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
            back = QPushButton(_("Back to log-in"))
            back.clicked.connect(self.returned)
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignRight)
        return ways

    def _lay_out(self) -> None:
        logo, title = QLabel(), QLabel(_("Welcome to Møbelcirklen"))
        logo.setPixmap(icons.logo(theme.current().px(40)))
        title.setProperty("tone", "title")
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
        for widget in (self.notice, self.state, self.progress, *self.ways):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
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
        mark, heading, body = QLabel(), QLabel(title), QLabel(text)
        mark.setPixmap(icons.pixmap(picture, "accent", theme.current().px(32)))
        heading.setProperty("tone", "heading")
        body.setProperty("tone", "muted")
        body.setWordWrap(True)
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


class _Form(QFrame):
    """A card with a heading, labelled fields with room for an error, and two buttons."""

    back = Signal()

    def __init__(self, title: str, verb: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.fields: dict[str, QLineEdit] = {}
        self._errors: dict[str, QLabel] = {}
        heading = QLabel(title)
        heading.setProperty("tone", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 20, 28, 20)
        self.column.setSpacing(4)
        self.column.addWidget(heading)
        self.column.addSpacing(6)
        self.go = QPushButton(verb)
        self.go.setProperty("role", "primary")
        self.go.setProperty("main", True)
        self.go.clicked.connect(self.submit)
        self._back = QPushButton(_("Back"))
        self._back.clicked.connect(self.back)

    def submit(self) -> None:
        """Check and hand over; each form its own way."""

    def add(self, name: str, title: str, *, secret: bool = False, hint: str = "") -> QLineEdit:
        """One more field with its label, and its error underneath."""
        field, label, error = QLineEdit(), QLabel(title), QLabel()
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(hint)
        field.setAccessibleName(title)
        label.setBuddy(field)
        label.setProperty("tone", "label")
        error.setProperty("tone", "error")
        error.setWordWrap(True)
        error.hide()
        for widget in (label, field, error):
            self.column.addWidget(widget)
        field.textChanged.connect(functools.partial(self._correct, name))
        field.returnPressed.connect(self.submit)
        self.fields[name], self._errors[name] = field, error
        if len(self.fields) == 1:
            self.setFocusProxy(field)
        return field

    def finish(self, *more: QPushButton) -> None:
        """The buttons, last."""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.go)
        for button in more:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._back)
        self.column.addSpacing(12)
        self.column.addLayout(row)

    def text(self, name: str) -> str:
        """What is written in a field, without blanks around it."""
        return self.fields[name].text().strip()

    def show_error(self, name: str, text: str) -> bool:
        """Say it by the field; False if there is no such field."""
        if name not in self.fields:
            return False
        theme.mark(self.fields[name], "invalid", True)
        self.fields[name].setAccessibleDescription(text)
        self._errors[name].setText(text)
        self._errors[name].show()
        self.fields[name].setFocus()
        return True

    def _correct(self, name: str, _text: str) -> None:
        theme.mark(self.fields[name], "invalid", False)
        self.fields[name].setAccessibleDescription("")
        self._errors[name].hide()


class EmptyForm(_Form):
    """ "Start tom": the municipality, its first administrator, and who may use it on this PC."""

    filled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Start empty"), _("Create the database"))
        self._target = ""
        self.add("municipality", _("Name of the municipality"))
        self.add("cvr", _("CVR number (optional)"), hint=_("8 digits"))
        self.add("name", _("Your name"))
        self.add("login", _("Your user name"))
        self.add("password", _("Password"), secret=True)
        self.add("again", _("The password once more"), secret=True)
        self.who = QLabel(_("Who is to use it on this PC?"))
        self.who.setProperty("tone", "label")
        self.mine = QRadioButton(_("Only me"))
        self.shared = QRadioButton(_("Everybody on this PC"))
        self.mine.setChecked(True)
        self.column.addSpacing(6)
        for widget in (self.who, self.mine, self.shared):
            self.column.addWidget(widget)
        self.finish()

    def use(self, target: str) -> None:
        """Where the database lies is asked unless it is given."""
        self._target = target
        for widget in (self.who, self.mine, self.shared):
            widget.setVisible(not target)

    def submit(self) -> None:
        """Only what no service can know is checked here: empty fields and the password's twin."""
        wrong = {
            "municipality": _("Write the name of the municipality."),
            "name": _("Write your name."),
            "login": _("Write the user name you want to log in with."),
            "password": _("Write a password."),
        }
        for name, text in wrong.items():
            if not self.text(name):
                self.show_error(name, text)
                return
        password = self.fields["password"].text()
        if password != self.fields["again"].text():
            self.show_error("again", _("The two passwords are not alike. Write it once more."))
            return
        self.filled.emit(
            EmptyStart(
                municipality=self.text("municipality"),
                cvr=self.text("cvr").replace(" ", ""),
                name=self.text("name"),
                login=self.text("login"),
                password=password,
                place="shared" if self.shared.isChecked() else "mine",
                target=self._target,
            )
        )


class ConnectForm(_Form):
    """ "Forbind til fælles database": the address, a test, and the way in."""

    tried = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Connect to the common database"), _("Connect"))
        self.add("url", _("Address"), hint="postgresql://server/moebelcirklen")
        tip = QLabel(_("Whoever looks after the database can tell you the address."))
        tip.setProperty("tone", "small")
        tip.setWordWrap(True)
        self.column.addWidget(tip)
        self.test = QPushButton(_("Test the connection"))
        self.test.clicked.connect(lambda: self._hand_over(self.tried.emit))
        self.finish(self.test)

    def submit(self) -> None:
        """Connect for good."""
        self._hand_over(self.chosen.emit)

    def _hand_over(self, send: Callable[[str], object]) -> None:
        if self.text("url"):
            send(self.text("url"))
        else:
            self.show_error("url", _("Write the address of the database."))
