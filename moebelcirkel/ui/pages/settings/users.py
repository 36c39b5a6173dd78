"""Users: who logs in, with which roles and for which institutions."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain.identifiers import email_address
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.services import badges, institutions, persons, users
from moebelcirkel.services.context import Context, Done, Saved
from moebelcirkel.services.users import RoleRow, UserForm, UserRow
from moebelcirkel.ui.kit.forms.choices import Choice
from moebelcirkel.ui.kit.forms.fields import (
    CheckedField,
    CheckField,
    LineField,
    MoneyField,
    PasswordField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, text_column
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.settings.badges import CHANGED, BadgeDialog
from moebelcirkel.ui.pages.settings.calls import Calls
from moebelcirkel.ui.pages.settings.columns import name_column, state_column
from moebelcirkel.ui.pages.settings.editor import Editor
from moebelcirkel.ui.pages.settings.grants import GrantsField
from moebelcirkel.ui.pages.settings.passwords import PasswordDialog
from moebelcirkel.ui.pages.settings.register import Opened, Register
from moebelcirkel.ui.parts.deputies_dialog import ask_deputies
from moebelcirkel.ui.parts.log_in_rules import login_rule, password_rule
from moebelcirkel.ui.parts.person_paper import NameDialog, show_account

_PASSWORD = ("password", "password_once")


class UsersSection(Register[UserRow]):
    """The register of people."""

    title = N_("Users and roles")
    new_text = N_("New user")
    extra_text = N_("What is kept about a name…")
    extra_icon = "print"
    calls = Calls(
        users.find, users.get, users.save, users.delete, UserForm("", "", password_once=True)
    )
    icon = "users"
    empty_text = N_("Users log in with a password. There are none yet.")
    given_up = ("email", "login", "state", "password")

    def columns(self) -> Sequence[Column[UserRow]]:
        """Name, login, roles, password, e-mail."""
        return [
            name_column(
                _("Name"), lambda row: row.name, lambda row: row.sort_key, lambda row: row.active
            ),
            text_column("login", _("Login"), lambda row: row.login, width=120),
            Column("roles", _("Roles"), roles_line, roles_line, tip=roles_lines),
            Column(
                "email",
                _("E-mail"),
                lambda row: row.email,
                lambda row: row.email,
                tone="muted",
                keeps_end=True,
            ),
            Column(
                "password",
                _("Log-in"),
                _log_in,
                _log_in,
                width=160,
                chip=lambda row: None if _is_well(row) else Chip(_log_in(row), "warning"),
            ),
            state_column(lambda row: row.active),
        ]

    def make_form(self) -> Form:
        """Name, login, e-mail, roles, the first password."""
        form = Form(columns=2)
        form.add("name", LineField(_("Name"), required=True), 2)
        form.add("login", LineField(_("Login"), helper=login_rule(), required=True), 2)
        form.add("email", CheckedField(_("E-mail"), email_address), 2)
        self._grants = form.add("grants", GrantsField(_("Roles")), 2)
        limit = MoneyField(
            _("Own limit"),
            helper=_("The most the person decides, or sends without an approver. Empty: no own."),
            maximum=MAX_PRICE_ORE,
        )
        form.add("limit_ore", limit, 2)
        self._password = form.add(
            "password", PasswordField(_("First password"), helper=password_rule()), 2
        )
        once = CheckField(_("Must choose a new one at the first log-in"))
        self._once = form.add("password_once", once, 2)
        helper = _(
            "In Windows as KOMMUNE\\abc or abc@kommune.dk; then no password is needed there."
        )
        form.add("os_login", LineField(_("User of this machine (optional)"), helper=helper), 2)
        form.add("active", CheckField(_("Active")), 2)
        return form

    def fill_panel(self, editor: Editor) -> None:
        """A new password for someone who has one, or needs one."""
        self._new_password = push_button(_("New password…"), self._ask_password, icon="lock")
        self._badge = push_button(_("Make a badge…"), self._ask_badge, icon="scan")
        self._no_badge = push_button(_("Take the badge back"), self._take_badge_back)
        self._deputies = push_button(_("Deputies…"), self._ask_deputies)
        self._paper = push_button(_("Print what is kept…"), self._show_paper, icon="print")
        self._forget = push_button(_("Anonymise…"), self._ask_anonymise)
        others = self._deputies, self._paper, self._forget
        buttons = self._new_password, self._badge, self._no_badge, *others
        for button in buttons:
            editor.add_below_form(button)

    def form_of(self, row: UserRow) -> UserForm:
        """What can be corrected; a password is chosen elsewhere."""
        grants = frozenset(Grant(role.role, role.institution_id) for role in row.roles)
        known = row.login, row.name, row.email, grants, row.active, row.os_login
        return UserForm(*known, limit_ore=row.limit_ore)

    def more_of(self, context: Context, row: UserRow) -> _More:
        """The institutions there are to choose from, and whether there is a badge."""
        approves = any(each.role is Role.APPROVER for each in row.roles)
        return _More(_institutions(context, row.roles), row.has_badge, approves)

    def show_more(self, opened: Opened) -> None:
        """Only a new user gets the first password here."""
        new = opened.id is None
        itself = opened.id == self.shell.context.actor.user_id
        self.editor.delete_button.setVisible(not (new or itself))
        self._password.setVisible(new)
        self._once.setVisible(new)
        for button in (self._new_password, self._badge, self._paper):
            button.setVisible(not new)
        self._forget.setVisible(not (new or itself))
        self._deputies.setVisible(opened.more is not None and opened.more.approves)
        self._no_badge.setVisible(opened.more is not None and opened.more.has_badge)
        if opened.more is not None:
            self._offer(opened.more.institutions)
            return
        self.shell.jobs.read(
            lambda context: _institutions(context, ()), self._offer, channel="settings.choices"
        )

    def _offer(self, choices: list[Choice]) -> None:
        self._grants.set_institutions(choices)

    def is_dirty(self) -> bool:
        """A typed password counts too; drafts leave it out."""
        typed = self._opened is not None and bool(self._password.line.text())
        return typed or super().is_dirty()

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save it with its roles."""
        if opened.id is not None:
            values = {name: value for name, value in values.items() if name not in _PASSWORD}
        return super().write(context, values, opened)

    def _ask_password(self) -> None:
        opened = self._opened
        if opened is None or opened.id is None:
            return
        user_id, title = opened.id, opened.title
        dialog = PasswordDialog(title, self.window())
        self.page.ask(
            dialog,
            dialog.values,
            lambda context, password, once: users.set_password(
                context, user_id, password, once=once
            ),
            lambda done: self._password_given(done, title),
        )

    def _ask_deputies(self) -> None:
        opened = self._opened
        if opened is not None and opened.id is not None:
            ask_deputies(self.page, opened.id)

    def _ask_badge(self) -> None:
        opened = self._opened
        if opened is None or opened.id is None:
            return
        dialog = BadgeDialog(self.shell, opened.id, opened.title, self.window())
        dialog.made.connect(lambda: self.done(Done(kinds=CHANGED), _("The badge is made.")))
        dialog.open()

    def _take_badge_back(self) -> None:
        opened = self._opened
        if opened is None or opened.id is None:
            return
        user_id, title = opened.id, opened.title
        text = _("The badge of {name} works no more.").format(name=title)
        self.shell.jobs.write(
            lambda context: badges.revoke(context, user_id),
            lambda done: self.done(Done(kinds=done.kinds | CHANGED), text),
            hold=[self._no_badge],
        )

    def extra(self) -> None:
        """What is kept about somebody who has no account."""
        NameDialog(self.shell, self.window()).open()

    def _show_paper(self) -> None:
        opened = self._opened
        if opened is not None and opened.id is not None:
            show_account(self.shell, opened.id, opened.title, self._paper, self.window())

    def _ask_anonymise(self) -> None:
        opened = self._opened
        if opened is None or opened.id is None or opened.version is None:
            return
        self.shell.messages.ask(
            _("Anonymise {name}?").format(name=opened.title),
            _(
                "Name, log-in, e-mail and roles are erased for ever, former names too, and the "
                "full name in notes. What was done stays, with a number in place of the name. "
                "Copies of the database have the name until they are too old to be kept."
            ),
            _("Anonymise"),
            functools.partial(self._anonymise, opened.id, opened.version),
            danger=True,
        )

    def _anonymise(self, user_id: int, version: int) -> None:
        self.shell.jobs.write(
            lambda context: persons.anonymise(context, user_id, version),
            lambda done: self.done(Done(kinds=done.kinds), _("The person is anonymised.")),
            hold=[self._forget],
        )

    def _password_given(self, done: Done, name: str) -> None:
        """A password is never undone; Ctrl+Z goes on to what was done before it."""
        text = _("{name} has a new password.").format(name=name)
        self.done(Done(kinds=done.kinds), text)


@dataclass(frozen=True, slots=True)
class _More:
    """What stands below the form: where roles may be for, a badge, and whether they approve."""

    institutions: list[Choice]
    has_badge: bool
    approves: bool


def _institutions(context: Context, roles: Sequence[RoleRow]) -> list[Choice]:
    """The active institutions, and those someone is tied to although they are not."""
    found = {row.id: row.name for row in institutions.choices(context)}
    for role in roles:
        if role.institution_id is not None:
            found.setdefault(role.institution_id, role.institution)
    return [Choice(key, name) for key, name in found.items()]


def roles_line(row: UserRow) -> str:
    """The roles in one line, with the institution where there is one only."""
    words = []
    for role in Role:
        tied = [each.institution for each in row.roles if each.role is role]
        if tied == [""] or len(tied) > 1:
            count = f" ({len(tied)})" if len(tied) > 1 else ""
            words.append(_(role.label) + count)
        elif tied:
            words.append(f"{_(role.label)}, {tied[0]}")
    return " · ".join(words)


def roles_lines(row: UserRow) -> str:
    """Every role with every institution, a line each."""
    return "\n".join(
        f"{_(each.role.label)}{': ' if each.institution else ''}{each.institution}"
        for each in row.roles
    )


def _is_well(row: UserRow) -> bool:
    return not row.active or (not row.wrong_tries and (row.has_password or row.has_badge))


def _log_in(row: UserRow) -> str:
    """By what somebody logs in; wrong tries since the last right one stand instead of it."""
    if row.wrong_tries:
        text = ngettext("{count} wrong try", "{count} wrong tries", row.wrong_tries)
        return text.format(count=number(row.wrong_tries))
    ways = [_("Password")] if row.has_password else []
    ways += [_("Badge")] if row.has_badge else []
    return " · ".join(ways) or _("No password")
