"""Institutions: what each is called, its numbers, its limit, and the accounts that pay for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from moebelcirkel.domain import limits
from moebelcirkel.domain.ceilings import read_standing
from moebelcirkel.domain.days import WEEKDAYS
from moebelcirkel.domain.fold import sort_key
from moebelcirkel.domain.identifiers import (
    coordinates,
    cvr_warning,
    ean_number,
    postcode,
    telephone,
)
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.runs import closing_weeks, spelled_weeks
from moebelcirkel.language import N_, _, day, kroner, number, refusal
from moebelcirkel.services import ceilings, institutions
from moebelcirkel.services.institutions import InstitutionForm, InstitutionRow
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import CheckedField, CheckField, LineField, MoneyField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.lists.tables import Column, figure_column, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.kit.popups import lay_over
from moebelcirkel.ui.pages.settings.bearers import BearersField
from moebelcirkel.ui.pages.settings.calls import Calls
from moebelcirkel.ui.pages.settings.ceilings import CeilingsField
from moebelcirkel.ui.pages.settings.columns import name_column, state_column
from moebelcirkel.ui.pages.settings.editor import Editor
from moebelcirkel.ui.pages.settings.institutions.merge_dialog import MergeInstitutionDialog
from moebelcirkel.ui.pages.settings.register import Opened, Register
from moebelcirkel.ui.parts.ceiling_words import ceiling_facts

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done, Saved
    from moebelcirkel.services.institutions import InstitutionDetail


class InstitutionsSection(Register[InstitutionRow]):
    """The register of institutions."""

    title = N_("Institutions")
    new_text = N_("New institution")
    calls = Calls(
        institutions.find,
        institutions.get,
        institutions.save,
        institutions.delete,
        InstitutionForm(""),
    )
    icon = "institution"
    empty_text = N_("Institutions hand furniture back and order it. There are none yet.")
    given_up = ("bearers", "ean", "limit", "kind", "department")
    _groups: Sequence[tuple[str, str]] = ()

    def columns(self) -> Sequence[Column[InstitutionRow]]:
        """Name, department, kind, EAN number, limit, accounts."""
        return [
            name_column(
                _("Name"), lambda row: row.name, lambda row: row.sort_key, lambda row: row.active
            ),
            Column(
                "department",
                _("Department"),
                lambda row: row.department,
                lambda row: sort_key(row.department),
            ),
            text_column("kind", _("Type of institution"), lambda row: row.kind, width=120),
            text_column("ean", _("EAN number (GLN)"), lambda row: row.ean, width=140),
            Column("limit", _("Limit"), _limit, lambda row: row.limit_ore, "right", width=110),
            figure_column("bearers", _("Accounts"), lambda row: row.bearers, number, width=86),
            state_column(lambda row: row.active, lambda row: _("Merged") if row.merged else ""),
        ]

    def make_form(self) -> Form:
        form = Form(columns=2)
        form.add("name", LineField(_("Name"), required=True, most=limits.NAME), 2)
        form.add("department", LineField(_("Department"), most=limits.NAME))
        self._kind = form.add(
            "kind", LineField(_("Type of institution"), placeholder=_("e.g. school"))
        )
        form.add("address", LineField(_("Address"), helper=_("Where furniture is delivered.")), 2)
        form.add("postcode", CheckedField(_("Postcode"), postcode, placeholder="8900"))
        form.add(
            "weekday",
            ChoiceField(
                _("Fixed delivery day"),
                [Choice(day, _(name)) for day, name in WEEKDAYS.items()],
                nothing=_("Any day"),
            ),
        )
        function = _("A function, such as Pedel. Not a person's name.")
        form.add("contact", LineField(_("Ask there for"), helper=function, most=limits.NAME))
        form.add("phone", CheckedField(_("Telephone"), telephone, placeholder="12 34 56 78"))
        form.add(
            "closed_weeks",
            CheckedField(
                _("Closed weeks"),
                lambda typed: spelled_weeks(closing_weeks(typed)),
                placeholder="28-30, 42, 52",
                helper=_("Nothing is delivered in these weeks of any year."),
            ),
            2,
        )
        where = _("Degrees north and east, as a map gives them: 56.4606, 10.0364.")
        form.add("coordinates", CheckedField(_("Coordinates"), _written, helper=where), 2)
        ean = CheckedField(_("EAN number (GLN)"), ean_number, placeholder="5790000000000")
        form.add("ean", ean)
        self._cvr = form.add("cvr", LineField(_("CVR number")))
        own = Choice("own", _("The municipality's own"))
        form.add("legal", SegmentedField(_("Belongs to"), [own, Choice("other", _("Other"))]), 2)
        limit = MoneyField(
            _("Limit without approval"),
            helper=_("Empty: the municipality's limit."),
            maximum=MAX_PRICE_ORE,
        )
        form.add("limit_ore", limit, 2)
        form.add("active", CheckField(_("Active")), 2)
        self._bearers = form.add("bearers", BearersField(_("Accounts that can pay")), 2)
        self._ceilings = form.add("ceilings", CeilingsField(_("Budget ceilings")), 2)
        form.changed.connect(self._warn)
        return form

    def fill_panel(self, editor: Editor) -> None:
        """What is used, and who leads and approves; they are chosen under Users and roles."""
        self._used = FactList()
        self._drawn = CardFrame(_("Used of the budget ceilings"))
        self._drawn.setProperty("card", "sunken")
        self._drawn.add(self._used)
        editor.add_below_form(self._drawn)
        self._people = FactList()
        self._responsible = CardFrame(_("Leaders and approvers"))
        self._responsible.setProperty("card", "sunken")
        self._responsible.add(self._people)
        editor.add_below_form(self._responsible)
        self._became = Label(tone="small", wrap=True)
        self._joined = CardFrame(_("Merged into it"))
        self._joined.setProperty("card", "sunken")
        self._joined.add(self._became)
        editor.add_below_form(self._joined)
        self.merge_button = push_button(_("Merge with another …"), self._ask_merge)
        editor.add_below_form(self.merge_button)

    def read_rows(self, context: Context, text: str) -> Sequence[InstitutionRow]:
        """The rows, and with them the groups that can have a ceiling."""
        self._groups = ceilings.groups(context)
        return super().read_rows(context, text)

    def more_of(self, _context: Context, row: InstitutionDetail) -> InstitutionDetail:
        """Those responsible, what is used, and what was merged."""
        return row

    def show_more(self, opened: Opened) -> None:
        """Show what is used and those responsible, and offer groups and the kinds in use."""
        row: InstitutionDetail | None = opened.more
        responsible, used = (row.people, row.used) if row else ((), ())
        self._ceilings.offer(self._groups, self.shell.context.today().year)
        self._used.show_facts(ceiling_facts(used))
        self._drawn.setVisible(bool(used))
        none = Fact(_("Nobody yet"), _("See Users and roles"))
        people = [Fact(person.name, _(person.role.label)) for person in responsible]
        self._people.show_facts(people or [none])
        self._responsible.setVisible(opened.id is not None)
        self._became.setText(", ".join(row.became) if row else "")
        self._joined.setVisible(bool(self._became.text()))
        if row and row.merged_on is not None:
            text = _("Merged with {name} on {day}. Its figures are read under its own name.")
            said = text.format(name=row.merged_into, day=day(row.merged_on))
            self.editor.notice.say(said, "money")
        self.merge_button.setVisible(row is not None and row.form.active)
        kinds = sorted({row.kind for row in self.model.rows if row.kind})
        completer = QCompleter(kinds, self._kind)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._kind.line.setCompleter(completer)
        lay_over(completer)
        self._warn("cvr")

    def saved_text(self, done: Saved, title: str) -> str:
        """With the ceilings that are passed already, which leader and administrators are told."""
        passed = done.passed if isinstance(done, institutions.InstitutionSaved) else ()
        if not passed:
            return super().saved_text(done, title)
        over = kroner(max(read_standing(each).passed_ore for each in passed))
        text = _("{name} is saved. The budget ceiling is passed already, by {amount}.")
        return text.format(name=title, amount=over)

    def _ask_merge(self) -> None:
        """The others in use to choose from; what is typed is saved or discarded first."""
        opened = self._opened
        if opened is not None and opened.id is not None:
            key, title = opened.id, opened.title
            self.leave(lambda: self._read_others(key, title))

    def _read_others(self, key: int, title: str) -> None:
        def ask(found: list[institutions.InstitutionChoice]) -> None:
            others = [Choice(each.id, each.name) for each in found if each.id != key]
            dialog = MergeInstitutionDialog(self, self.shell, key, title, others)
            self.page.ask(
                dialog,
                dialog.versions,
                institutions.merge,
                lambda done: self._tell_merged(done, title, dialog.other),
            )

        self.shell.jobs.read(
            institutions.choices, ask, self.shell.messages.refused, channel="merge", owner=self
        )

    def _tell_merged(self, done: Done, title: str, other: str) -> None:
        self.done(done, _("{name} is merged with {other}.").format(name=title, other=other))

    def _warn(self, name: str) -> None:
        """An odd CVR number is said, but can be saved."""
        if name == "cvr":
            typed = str(self._cvr.draft())
            odd = cvr_warning(typed) if typed.strip() else None
            self._cvr.warn(refusal(odd) if odd else "")


def _written(typed: str) -> str:
    return ", ".join(str(part) for part in coordinates(typed))


def _limit(row: InstitutionRow) -> str:
    return "" if row.limit_ore is None else kroner(row.limit_ore)
