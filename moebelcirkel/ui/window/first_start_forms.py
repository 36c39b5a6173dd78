"""The forms of the first start: a database of one's own, or the address of the common one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from moebelcirkel.domain.identifiers import cvr_warning
from moebelcirkel.domain.users import plain_login
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field_note import ROOM, FieldNote
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.parts.log_in_rules import login_rule, password_rule

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.services.start.first_start import FirstStart

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
    receives: bool
    target: str = ""
    """A database that is there already; else ``place`` says where to make one."""

    def asked(self) -> FirstStart:
        """As the services take it."""
        from moebelcirkel.services.start import first_start  # not needed for the first picture

        return first_start.FirstStart(
            municipality=self.municipality,
            cvr=self.cvr,
            name=self.name,
            login=self.login,
            password=self.password,
            receives=self.receives,
        )


class _Form(QFrame):
    """A card with a heading, labelled fields with room for an error, and two buttons."""

    back = Signal()

    def __init__(self, title: str, verb: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.fields: dict[str, QLineEdit] = {}
        self._errors: dict[str, FieldNote] = {}
        heading = Label(title, tone="heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 20, 28, 20)
        self.column.setSpacing(4)
        self.column.addWidget(heading)
        self.column.addSpacing(6)
        self.go = push_button(verb, self.submit, role="primary")
        self.go.setProperty("main", True)
        self._back = push_button(_("Back"), self.back)

    def submit(self) -> None:
        """Check and hand over; each form its own way."""

    def add(
        self, name: str, title: str, *, secret: bool = False, hint: str = "", rule: str = ""
    ) -> QLineEdit:
        """One more field with its label, its rule, and its error underneath."""
        field, label = QLineEdit(), Label(title)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(hint)
        field.setAccessibleName(title)
        label.setBuddy(field)
        label.setProperty("tone", "label")
        note = FieldNote(field)
        for widget in (label, field):
            self.column.addWidget(widget)
        if not rule:
            self.column.addSpacing(theme.current().px(ROOM) - self.column.spacing())
        else:
            told = Label(rule, tone="small", wrap=True)
            self.column.addWidget(told)
            note.stand_at(field, told)
        field.textChanged.connect(functools.partial(self._correct, name))
        field.returnPressed.connect(self.submit)
        self.fields[name], self._errors[name] = field, note
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

    def is_filled(self) -> bool:
        """Whether anything would be lost."""
        return any(field.text().strip() for field in self.fields.values())

    def show_error(self, name: str, text: str) -> bool:
        """Say it by the field, and go to the first wrong one; False if there is no such field."""
        if name not in self.fields:
            return False
        theme.mark(self.fields[name], "invalid", True)
        self.fields[name].setAccessibleDescription(text)
        self._errors[name].say(text)
        theme.mark(self._errors[name], "tone", "error")
        self._first_wrong().setFocus()
        return True

    def warn(self, name: str, text: str) -> None:
        """Say by the field what can be right all the same."""
        self._errors[name].say(text)
        theme.mark(self._errors[name], "tone", "warning")
        self.fields[name].setAccessibleDescription(text)

    def _first_wrong(self) -> QLineEdit:
        return next(field for field in self.fields.values() if field.property("invalid"))

    def _correct(self, name: str, _text: str) -> None:
        theme.mark(self.fields[name], "invalid", False)
        self.fields[name].setAccessibleDescription("")
        self._errors[name].say("")


class EmptyForm(_Form):
    """ "Start tom": the municipality, its first administrator, and who may use it on this PC."""

    filled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Start empty"), _("Create the database"))
        self._target = ""
        self.add("municipality", _("Name of the municipality"))
        self.add("cvr", _("CVR number (optional)"), hint=_("8 digits"))
        self.add("name", _("Your name"))
        self.add("login", _("Your user name"), rule=login_rule())
        self.add("password", _("Password"), secret=True, rule=password_rule())
        self.add("again", _("The password once more"), secret=True)
        self.fields["cvr"].editingFinished.connect(self._warn_of_cvr)
        self.fields["name"].editingFinished.connect(self._propose_login)
        self.receives = QCheckBox(_("I also receive furniture myself (warehouse and workshop)"))
        self.receives.setChecked(True)
        self.column.addSpacing(6)
        self.column.addWidget(self.receives)
        self.who = Label(_("Who is to use it on this PC?"), tone="label")
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

    def _warn_of_cvr(self) -> None:
        """An odd CVR number is said, as in the settings, but can be saved."""
        odd = cvr_warning(self.text("cvr")) if self.text("cvr") else None
        if odd is not None and not self.fields["cvr"].property("invalid"):
            self.warn("cvr", refusal(odd))

    def _propose_login(self) -> None:
        """The first name, until something else is written."""
        first = self.text("name").partition(" ")[0]
        if first and not self.text("login"):
            self.fields["login"].setText(plain_login(first))

    def submit(self) -> None:
        """Tell everything that is wrong at once; the services check it again."""
        form = self._form()
        wrong = {field: refusal(each) for field, each in _refused(form).items()}
        empty = {
            "municipality": _("Write the name of the municipality."),
            "name": _("Write your name."),
            "login": _("Write the user name you want to log in with."),
            "password": _("Write a password."),
        }
        wrong |= {name: text for name, text in empty.items() if not self.text(name)}
        if form.password != self.fields["again"].text():
            wrong["again"] = _("The two passwords are not alike. Write it once more.")
        for name, text in wrong.items():
            self.show_error(name, text)
        if not wrong:
            self.filled.emit(form)

    def _form(self) -> EmptyStart:
        return EmptyStart(
            municipality=self.text("municipality"),
            cvr=self.text("cvr").replace(" ", ""),
            name=self.text("name"),
            login=self.text("login"),
            password=self.fields["password"].text(),
            place="shared" if self.shared.isChecked() else "mine",
            receives=self.receives.isChecked(),
            target=self._target,
        )


def _refused(form: EmptyStart) -> Mapping[str, Refused]:
    from moebelcirkel.services.start import first_start  # not needed for the first picture

    return first_start.wrong(form.asked())


class ConnectForm(_Form):
    """ "Forbind til fælles database": the address, a test, and the way in."""

    tried = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Connect to the common database"), _("Connect"))
        self.add("url", _("Address"), hint="postgresql://server/moebelcirklen")
        tip = Label(
            _("Whoever looks after the database can tell you the address."), tone="small", wrap=True
        )
        self.column.addWidget(tip)
        self.test = push_button(_("Test the connection"), lambda: self._hand_over(self.tried.emit))
        self.finish(self.test)

    def submit(self) -> None:
        """Connect for good."""
        self._hand_over(self.chosen.emit)

    def _hand_over(self, send: Callable[[str], object]) -> None:
        if self.text("url"):
            send(self.text("url"))
        else:
            self.show_error("url", _("Write the address of the database."))
