"""The dialog that makes all shelves of a hall from one line, and shows them first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import places
from moebelcirkel.services.places import SeriesPlace
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, open_at, row
from moebelcirkel.ui.kit.plain import Label, push_button

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.places import SeriesMade
    from moebelcirkel.ui.kit.shell import Shell

ASK_AFTER_MS = 150
EXAMPLE = "Hal 2, Reol 1–20, hylde A–D"


class SeriesDialog(Dialog):
    """One line, its places as they would be, and a button that says how many."""

    created = Signal(object)

    def __init__(self, shell: Shell, kinds: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setWindowTitle(_("Create a series of places"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = Label(_("Create a series of places"), tone="heading")
        self.form = Form(columns=3)
        helper = _("Parts with a comma between them; a dash says from–to. For example: {example}")
        self.line = LineField(
            _("Places"), helper=helper.format(example=EXAMPLE), placeholder=EXAMPLE, required=True
        )
        self.form.add("series", self.line, 2)
        kind = self.form.add("kind", ChoiceField(_("Type of place"), kinds, required=True))
        kind.set_value("shelf")
        self.model: TableModel[SeriesPlace] = TableModel(_columns(), lambda each: each.code)
        self.table = TableView(_("Places"))
        self.table.show_model(self.model)
        card = CardFrame(padded=False)
        card.body.setContentsMargins(8, 6, 8, 6)
        card.add(self.table, 1)
        self.summary = Label(tone="small")
        self.create_button = QPushButton()
        self.create_button.setProperty("role", "primary")
        self.create_button.setDefault(True)
        self.create_button.clicked.connect(self._create)
        cancel = push_button(_("Cancel"), self.reject)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(ASK_AFTER_MS)
        self._delay.timeout.connect(self._preview)
        self.line.changed.connect(self._delay.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addWidget(card, 1)
        column.addLayout(row(self.summary, None, self.create_button, cancel))
        open_at(self, 640, 560)
        self._show([])
        self.line.setFocus()

    def said(self, done: SeriesMade) -> str:
        """What was made, in words."""
        said = ngettext("{count} place is made.", "{count} places are made.", done.created)
        return said.format(count=number(done.created))

    def _preview(self) -> None:
        typed = self.line.line.text()
        if not typed.strip():
            self._show([])
            return
        self._shell.jobs.read(
            lambda context: places.preview_series(context, typed),
            self._show,
            self._refuse,
            channel="settings.series",
        )

    def _show(self, found: list[SeriesPlace]) -> None:
        self.line.show_error("")
        self.model.set_rows(found)
        fresh = sum(not each.exists for each in found)
        self.create_button.setEnabled(fresh > 0)
        self.create_button.setText(
            ngettext("Create {count} place", "Create {count} places", fresh).format(
                count=number(fresh)
            )
        )
        known = len(found) - fresh
        self.summary.setText(
            _("{count} of them are there already and stay as they are.").format(count=number(known))
            if known
            else ""
        )

    def _refuse(self, error: Refused) -> None:
        self._show([])
        if self.line.line.text().strip():
            self.form.show_refusal(Refused(error.message, field="series", **error.values))

    def _create(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()

        def work(context: Context) -> SeriesMade:
            return places.create_series(context, values["series"], values["kind"])

        self._shell.jobs.write(work, self._created, self._failed, hold=[self.create_button])

    def _created(self, done: Done) -> None:
        self.created.emit(done)
        self.accept()

    def _failed(self, error: Refused) -> None:
        rest = self.form.show_refusal(error)
        if rest:
            self.line.show_error(rest)


def _columns() -> list[Column[SeriesPlace]]:
    return [
        Column("code", _("Code"), lambda each: each.code, width=140, strong=True),
        Column("name", _("Name"), lambda each: each.name),
        Column(
            "state",
            _("State"),
            lambda each: _("is there already") if each.exists else "",
            width=150,
            chip=lambda each: Chip(_("is there already")) if each.exists else None,
        ),
    ]
