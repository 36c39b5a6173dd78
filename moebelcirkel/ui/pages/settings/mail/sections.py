"""Where mail is sent through, and what people are told in the municipality's own words."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.messages import (
    CAUSE_OF,
    MOST_OWN_TEXT,
    MOST_SUBJECT,
    TEXTS,
    Cause,
    body_key,
    fill,
    names_of,
    subject_key,
)
from moebelcirkel.language import N_, _
from moebelcirkel.services import messages
from moebelcirkel.services.parameters import ParameterItem
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import LineField, TextField
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.parameters import ParametersSection

_LINES = 6
#: What a text is filled with in the example; as it is, since the texts are Danish themselves.
_EXAMPLE: Mapping[str, str] = {
    "navn": "Anna Holm",
    "kommune": "Østerby Kommune",
    "møbelbørs": "Møbelcirklen",
    "ordre": "B-000123",
    "institution": "Søndervangskolen",
    "beløb": "4.480 kr.",
    "antal": "12",
    "møbler": "12 møbler",
    "hvem": "Bo Lund",
    "grund": "Vi bruger resten af budgettet næste år.",
    "følgeseddel": "F-000045",
    "dato": "20. november 2026",
    "lån": "B-000098",
    "uge": "47",
    "før": "46",
    "efterlysning": "E-000017",
    "indmelding": "A-000031",
    "reklamation": "R-00007",
    "giver": "Nordlysskolen",
    "spørgsmål": "Er der elevator?",
    "emne": "Din bestilling B-000123 er sendt",
}


class MailSection(ParametersSection):
    """Where mail is sent through, and a mail to oneself to try it."""

    title = N_("Mail")
    group = "mail"
    intro = N_(
        "Messages stand in the program. With a mail server they are also sent as mail, by the "
        "machine that is set up for it: see the systems page."
    )

    def beside_save(self) -> list[QPushButton]:
        """Try what is saved."""
        self.try_button = push_button(_("Send a test mail"), self._try)
        to_texts = partial(self.shell.go, "settings", "texts")
        return [self.try_button, push_button(_("Texts of messages"), to_texts)]

    def _try(self) -> None:
        self.shell.jobs.aside(
            messages.try_out,
            lambda to: self.shell.messages.success(
                _("A test mail was sent to {address}.").format(address=to)
            ),
            self.shell.messages.refused,
            channel="test mail",
        )


class TextsSection(ParametersSection):
    """One text at a time; what was typed in another is kept until all are saved."""

    title = N_("Texts of messages")
    group = "texts"
    columns = 1
    intro = N_("What people are told in the program and by mail when something happens.")

    def __init__(self, page: Page) -> None:
        self.which = ChoiceField(_("What happened"))
        super().__init__(page)
        self.which.set_choices([Choice(each.value, _(TEXTS[each].title)) for each in Cause])
        self.which.set_value(Cause.ORDER_SENT.value)
        self.which.changed.connect(self.show_effect)
        self.card.body.insertWidget(self.card.body.indexOf(self.form), self.which)

    def aside(self) -> QWidget:
        """The message as it will read."""
        card = CardFrame(_("How it reads"))
        self.subject, self.text = Label(tone="strong", wrap=True), Label(wrap=True)
        card.add(self.subject)
        card.add(self.text)
        card.body.addStretch(1)
        return card

    def beside_save(self) -> list[QPushButton]:
        """Back to the words that the program came with."""
        self.original = push_button(_("The program's own text"), self._put_back, role="quiet")
        return [self.original]

    def field_of(self, item: ParameterItem) -> Field[Any]:
        """A line for the subject, and the text with what it can name."""
        cause = CAUSE_OF[item.key]
        if item.key == subject_key(cause):
            return LineField(_("Subject"), most=MOST_SUBJECT)
        names = " ".join(f"{{{name}}}" for name in names_of(cause))
        helper = _("Can name {names}").format(names=names)
        return TextField(_("Text"), helper=helper, lines=_LINES, most=MOST_OWN_TEXT)

    def cause(self) -> Cause:
        """What the shown text tells of."""
        return Cause(self.which.combo.currentData() or Cause.ORDER_SENT.value)

    def show_effect(self) -> None:
        """Show the fields of the chosen text, and how it reads."""
        if not self._seen:
            return
        keys = self._keys()
        self.form.leave_out(set(self.form.names()) - set(keys))
        typed = [str(self.form.field(key).draft()) for key in keys]
        self.subject.setText(fill(typed[0], _EXAMPLE))
        self.text.setText(fill(typed[1], _EXAMPLE))
        own = TEXTS[self.cause()]
        self.original.setEnabled(typed != [own.subject, own.text])

    def _keys(self) -> tuple[str, str]:
        return subject_key(self.cause()), body_key(self.cause())

    def _put_back(self) -> None:
        own = TEXTS[self.cause()]
        self.form.set_values(dict(zip(self._keys(), (own.subject, own.text), strict=True)))
        self._edited("")

    def _refuse(self, error: Refused) -> None:
        """Turn to the text that is wrong, or nobody would see what is said of it."""
        wrong = error.errors if isinstance(error, Invalid) else {error.field or "": error}
        cause = next((CAUSE_OF[key] for key in wrong if key in CAUSE_OF), None)
        if cause is not None:
            self.which.set_value(cause.value)
            self.show_effect()
        super()._refuse(error)
