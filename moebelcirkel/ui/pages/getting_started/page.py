"""Kom i gang: what an empty program lacks until the first piece, each with a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, rule
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.start.getting_started import SetupState
    from moebelcirkel.ui.kit.shell import Shell

_WIDTH = 760


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One line: what it is, what is there (empty while nothing is), and where its button leads."""

    key: str
    title: str
    why: str
    found: str
    done: bool
    button: str
    page: str
    argument: object = None
    optional: bool = False


class GettingStartedPage(Page):
    """The steps in their order; the first that is missing has the green button."""

    word = "getting_started"
    title = N_("Getting started")
    kinds = frozenset(
        {"parameter", "institution", "place", "app_user", "user_role", "article", "unit"}
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rows: dict[str, StepRow] = {}
        self.card = CardFrame(_("From nothing to the first piece"))
        self.card.setMaximumWidth(theme.current().px(_WIDTH))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self.card.body.addLayout(self._steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)

    def reload(self) -> None:
        self.shell.jobs.read(_read, self._show, channel=self.word)

    def _show(self, state: SetupState) -> None:
        steps = steps_of(state, may_receive=self.shell.context.allows(Action.INTAKE))
        missing = [step for step in steps if not step.done and not step.optional]
        left = len(missing)
        text = ngettext("{count} step is left", "{count} steps are left", left)
        self.card.show_title(
            _("From nothing to the first piece"),
            text.format(count=left) if left else _("Everything is ready. You can start working."),
        )
        first = missing[0].key if missing else steps[-1].key
        for step in steps:
            if step.key not in self.rows:
                self._add(step)
            self.rows[step.key].show_step(step, first=step.key == first)
        focus, before = QApplication.focusWidget(), self.focusProxy()
        self.setFocusProxy(self.rows[first].button)
        if focus is None or focus is before or not self.isAncestorOf(focus):
            self.rows[first].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, step: SetupStep) -> None:
        if self.rows:
            self._steps.addWidget(rule())
        row = self.rows[step.key] = StepRow(self._go)
        self._steps.addWidget(row)

    def _go(self, step: SetupStep) -> None:
        self.shell.go(step.page, step.argument)


class StepRow(QWidget):
    """Number or tick, words, and the button of one step."""

    def __init__(self, go: Callable[[SetupStep], object]) -> None:
        super().__init__()
        self.step: SetupStep | None = None
        self.mark, self.heading, self.detail = (
            Label(),
            Label(tone="strong"),
            Label(tone="small", wrap=True),
        )
        self.button = QPushButton()
        self.button.clicked.connect(lambda _on=False: self.step and go(self.step))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(14)
        row.addWidget(self.mark)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def show_step(self, step: SetupStep, *, first: bool) -> None:
        """Show how far it is; ``first`` is the one to take now."""
        self.step = step
        icon, role = ("check", "accent") if step.done else ("arrow-right", "muted")
        self.mark.setPixmap(icons.pixmap(icon, role, theme.current().px(22)))
        self.mark.setAccessibleName(_("Done") if step.done else _("Missing"))
        self.heading.setText(step.title)
        self.detail.setText(" · ".join(part for part in (step.found, step.why) if part))
        self.button.setText(step.button)
        self.button.setAccessibleName(f"{step.title}: {step.button}")
        theme.mark(self.button, "role", "primary" if first else "")


def steps_of(state: SetupState, *, may_receive: bool) -> list[SetupStep]:
    """The steps with what is there of each; for the last one somebody must be able to receive."""
    return [*_house(state), *_goods(state, may_receive=may_receive)]


def _house(state: SetupState) -> list[SetupStep]:
    """Whose exchange it is, where things stand and who works with them."""
    counts = state.counts
    return [
        SetupStep(
            "municipality",
            _("The municipality"),
            _("Name and CVR number, seen on all papers."),
            state.municipality,
            bool(state.municipality),
            _("See settings"),
            "settings",
            "municipality",
        ),
        SetupStep(
            "institutions",
            _("Institutions"),
            _("Those who hand in and order. Can be added along the way."),
            _found(counts.institutions),
            counts.institutions > 0,
            _("New institution"),
            "settings",
            "institutions:new",
            optional=True,
        ),
        SetupStep(
            "places",
            _("Places"),
            _("A hall or a shelf, so that furniture can be found again."),
            _found(counts.places),
            counts.places > 0,
            _("New place"),
            "settings",
            "places:new",
        ),
        SetupStep(
            "users",
            _("Users"),
            _people_hint(counts.users, counts.receivers),
            _found(counts.users),
            counts.receivers > 0,
            _("New user") if counts.receivers else _("Users and roles"),
            "settings",
            "users:new" if counts.receivers else "users",
        ),
    ]


def _goods(state: SetupState, *, may_receive: bool) -> list[SetupStep]:
    """What there is to be received, and that it is kept safe."""
    counts = state.counts
    return [
        SetupStep(
            "articles",
            _("Furniture types"),
            _("Import a price list, or write the types as the furniture comes."),
            _found(counts.articles),
            counts.articles > 0,
            _("Import a price list"),
            "imports",
            optional=True,
        ),
        *(
            []
            if state.copies is None
            else [
                SetupStep(
                    "copies",
                    _("Copies"),
                    _("On another drive, in case this one fails."),
                    state.copies,
                    bool(state.copies),
                    _("Choose a folder …"),
                    "settings",
                    "copies",
                    optional=True,
                )
            ]
        ),
        SetupStep(
            "first",
            _("The first piece"),
            _("Registered with its own number, and labelled.")
            if may_receive
            else _("Whoever has the role Warehouse receives it."),
            _found(counts.units),
            counts.units > 0,
            _("Receive furniture"),
            "intake" if may_receive else "settings",
            None if may_receive else "users",
        ),
    ]


def _people_hint(users: int, receivers: int) -> str:
    if not receivers:
        return _("Nobody can receive furniture yet. Give someone the role Warehouse.")
    if users == 1:
        return _("Only you so far. Colleagues can be added along the way.")
    return ""


def _found(count: int) -> str:
    return _("{count} registered").format(count=number(count)) if count else ""


def _read(context: Context) -> SetupState:
    from moebelcirkel.services.start import getting_started

    return getting_started.state(context)
