"""Kopier: where they go and how many are kept, those there are, and putting one back."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import Damaged, Refused, Unavailable
from moebelcirkel.language import N_, _, ngettext, number, refusal
from moebelcirkel.services import copies
from moebelcirkel.services.copies import CopiesListing, Copy, Loss, Status
from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, figure_column
from moebelcirkel.ui.kit.longwork import LongWork, Progress
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.parameters import ParametersSection
from moebelcirkel.ui.pages.settings.section import Section
from moebelcirkel.ui.parts import copy_words

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.page import Page

CHANGED = frozenset({"copy"})


class CopiesSection(ParametersSection):
    """The settings over the list, where the database is a file."""

    title = N_("Copies")
    group = "copies"
    columns = 4
    intro = N_(
        "A copy is taken every day by itself and before an import. It is checked before it counts, "
        "and pictures are copied once."
    )
    extra_text = N_("Take a copy now")
    extra_icon = "copy"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.selection_changed.connect(self._chosen)
        self._chosen()

    def beside_save(self) -> list[QPushButton]:
        """The folder is shown in the system's own dialog."""
        self.folder_button = push_button(_("Choose a folder …"), self._ask_folder)
        return [self.folder_button]

    def below(self) -> QWidget:
        """How old the last good copy is, and all there are."""
        self.state = ChipLabel(("", ""))
        self.reason, self.place = Label(), Label()
        for label in (self.reason, self.place):
            label.setWordWrap(True)
            label.setProperty("tone", "small")
        self.model: TableModel[Copy] = TableModel(_columns(), lambda copy: copy.path)
        self.table = TableView(_("Copies"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.restore_button = push_button(_("Restore this copy …"), self._ask)
        self.elsewhere_button = QPushButton(_("Restore from another place …"))
        self.elsewhere_button.clicked.connect(functools.partial(self.shell.restore, ""))
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        told = row(self.state, self.reason)
        told.setStretchFactor(self.reason, 1)
        column.addLayout(told)
        column.addWidget(self.place)
        buttons = FlowLayout(gap=8)
        for button in (self.restore_button, self.elsewhere_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self.table, 1)
        return below

    def reload(self) -> None:
        """Read the settings, how it is with the copies, and which there are."""
        super().reload()
        jobs = self.shell.jobs
        jobs.read(copies.status, self._show_status, channel="settings.copies", owner=self)
        jobs.aside(_listed, self._show_copies, channel="settings.copies", owner=self)

    def extra(self) -> None:
        """Take a copy now."""

        def work(context: Context, progress: Progress) -> Copy:
            try:
                return copies.take(context, lambda: progress(0, 0), apart=True)
            except Damaged:
                raise
            except Unavailable as error:
                # It is said once, and stands beside the age of the last good copy.
                raise Refused(error.message, field=None, **error.values) from error

        title = _("A copy is being taken …")
        LongWork(self.page, title).run("aside", work, self._taken, self._failed)

    def _taken(self, copy: Copy) -> None:
        if not copy.facts.flawed:
            self.shell.messages.success(_("The copy is taken and checked."))
        self.shell.broadcast(CHANGED)

    def _failed(self, error: Refused) -> None:
        self.shell.messages.refused(error)
        self.shell.broadcast(CHANGED)

    def _ask_folder(self) -> None:
        def chosen(path: str) -> None:
            self.form.field("copies_folder").set_value(path)
            self.form.changed.emit("copies_folder")

        file_dialogs.ask_folder(self, _("Folder for copies"), chosen)

    def _show_status(self, status: Status) -> None:
        tone = "warning" if status.worry else "accent"
        self.state.show_chip((copy_words.age(status, self.shell.context.now()), tone))
        self.reason.setText(copy_words.reason(status))

    def _show_copies(self, found: CopiesListing | str) -> None:
        if isinstance(found, str):
            self.place.setText(found)
            return
        self.model.set_rows(list(found.copies))
        same = _("on the same drive as the database, so that one fault takes both")
        where = _("The copies lie in {folder}").format(folder=found.place)
        self.place.setText(f"{where} ({same})." if found.same_drive else f"{where}.")
        self._chosen()

    def _chosen(self) -> None:
        self.restore_button.setEnabled(len(self.table.selected_rows()) == 1)

    def _ask(self) -> None:
        (copy,) = self.table.selected_rows()
        self.shell.jobs.read(
            lambda context: copies.loss(context, copy),
            functools.partial(self._confirm, copy),
            channel="settings.loss",
            owner=self,
        )

    def _confirm(self, copy: Copy, loss: Loss) -> None:
        text = [
            copy_words.holds(copy.facts),
            copy_words.lost(loss),
            _("The present file stays beside it, and everybody logs in again."),
        ]
        if copy.facts.flawed:
            faults = ngettext(
                "The copy has {count} fault.", "The copy has {count} faults.", copy.facts.flawed
            )
            text.insert(1, faults.format(count=number(copy.facts.flawed)))
        self.shell.messages.ask(
            _("Restore the copy of {moment}?").format(moment=language.moment(copy.facts.moment)),
            "\n".join(text),
            _("Restore"),
            functools.partial(self.shell.restore, str(copy.path)),
            danger=True,
        )


class SharedCopies(Section):
    """A server has its own way of keeping copies; of those this program took the last one's age."""

    title = N_("Copies")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.state, self.told = ChipLabel(("", "")), Label(tone="small", wrap=True)
        card = CardFrame(_(self.title))
        card.show_title(
            _(self.title), _("A shared database is backed up by its server. Ask whoever runs it.")
        )
        told = row(self.state, self.told)
        told.setStretchFactor(self.told, 1)
        card.body.addLayout(told)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def reload(self) -> None:
        """Read how old the last copy is."""
        self.shell.jobs.read(copies.status, self._show, channel="settings.copies", owner=self)

    def _show(self, status: Status) -> None:
        if status.good_at is None:
            self.state.show_chip(("", ""))
            self.told.setText(_("The program has taken no copy of it yet."))
            return
        tone = "warning" if status.worry else "accent"
        self.state.show_chip((copy_words.age(status, self.shell.context.now()), tone))
        self.told.setText(_("The last copy that the program took of it, restored and checked."))


def section(page: Page) -> Section:
    """What fits where the database lies."""
    return SharedCopies(page) if copies.is_shared(page.shell.context) else CopiesSection(page)


def _listed(context: Context) -> CopiesListing | str:
    """What there is, or why it cannot be told, which is no reason for a banner."""
    try:
        return copies.listed(context)
    except (Refused, Unavailable) as error:
        return refusal(error)


def _columns() -> list[Column[Copy]]:
    return [
        Column(
            "made",
            _("Taken"),
            lambda copy: language.moment(copy.facts.moment),
            lambda copy: copy.facts.made,
            width=150,
            strong=True,
        ),
        figure_column("pieces", _("Furniture"), lambda copy: copy.facts.pieces, number, width=90),
        Column("last", _("Last change in it"), lambda copy: copy_words.last(copy.facts)),
        Column("why", _("Taken how"), lambda copy: _(copy_words.WHY[copy.facts.why]), width=130),
        Column(
            "state",
            _("State"),
            _state_text,
            width=130,
            chip=lambda copy: Chip(_state_text(copy), _state_tone(copy)),
        ),
    ]


def _state_text(copy: Copy) -> str:
    if copy.facts.flawed:
        return _("with faults")
    return _("checked") if copy.facts.checked else _("readable")


def _state_tone(copy: Copy) -> str:
    if copy.facts.flawed:
        return "warning"
    return "accent" if copy.facts.checked else ""
