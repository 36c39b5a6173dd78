"""The file: how it was read, shown and changeable, and its first lines."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _, day, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts.file_words import decimal_choices, encoding_choices

if TYPE_CHECKING:
    from moebelcirkel.services.imports import AlikeImport, Source

PREVIEW = 30
_DELIMITERS = (
    (";", N_("Semicolon")),
    (",", N_("Comma")),
    ("\t", N_("Tab")),
    ("|", N_("Vertical line")),
)
_FACTS = ("encoding", "delimiter", "decimal", "sheet", "header")
_HEADERS = 15
_MOST_SHOWN = 70
Line = tuple[int, tuple[str, ...]]


class SourceStep(QWidget):
    """Facts about the file, and its lines as they were understood."""

    facts_changed = Signal()
    load_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(3)
        self.encoding = self.form.add("encoding", ChoiceField(_("Encoding"), helper=" "))
        self.form.add("delimiter", ChoiceField(_("Between the columns"), _offer(_DELIMITERS)))
        self.sheet = self.form.add("sheet", ChoiceField(_("Sheet")))
        self.form.add("decimal", ChoiceField(_("Decimal sign"), decimal_choices()))
        self.header = self.form.add("header", ChoiceField(_("The columns are named in")))
        self._given: dict[str, Any] = {}
        self.form.changed.connect(self._choose)
        self.said = Label(tone="muted", wrap=True)
        self.table = TableView(_("The first lines of the file"))
        self.table.setMinimumHeight(260)
        self._model: TableModel[Line] | None = None
        self._lay_out()

    def show_source(self, source: Source) -> None:
        """Show another file, or the same read anew."""
        table = source.table
        self.card.show_title(source.name)
        self._offer_encodings(source.readings, table.encoding)
        self.sheet.set_choices([Choice(name, name) for name in table.sheets])
        lines = [(row.line, " · ".join(filter(None, row.cells))) for row in table.top[:_HEADERS]]
        self.header.set_choices(
            [Choice(n, f"{number(n)}: {text[:_MOST_SHOWN]}") for n, text in lines]
        )
        self._given = dict(source.facts)
        found = {name: getattr(table, name) for name in _FACTS if name != "header"}
        self.form.set_values(found | {"header": table.header_line})
        absent = {"encoding", "delimiter"} if table.kind == "xlsx" else set()
        self.form.leave_out(absent if len(table.sheets) > 1 else absent | {"sheet"})
        lines_read = len(table.rows) + len(table.errors)
        text = ngettext(
            "{lines} line in {columns} columns. The columns are named in line {header}.",
            "{lines} lines in {columns} columns. The columns are named in line {header}.",
            lines_read,
        )
        said = text.format(
            lines=number(lines_read),
            columns=number(len(table.columns)),
            header=number(table.header_line),
        )
        if table.sheet:
            said += " " + _("The sheet is “{sheet}”.").format(sheet=table.sheet)
        self.said.setText(said)
        self._preview(table.columns, [(r.line, r.cells) for r in table.rows[:PREVIEW]])

    def show_refusal(self, error: Refused) -> bool:
        """Show it by its field, where nothing is chosen then; False if it belongs to none here."""
        if error.field not in self.form.names():
            return False
        self.form.field(str(error.field)).set_value(None)
        self.form.show_refusal(error)
        return True

    def keeps_choices(self, *, on: bool) -> None:
        """Whether choices can be kept in a file of their own."""
        for button in self._keeping:
            button.setVisible(on)

    def show_before(self, before: AlikeImport | None) -> None:
        """Say that the columns are chosen as for an earlier file."""
        if before is not None:
            text = _("The columns are chosen as for {name}, imported on {date}.")
            said = text.format(name=before.file_name, date=day(before.at.date()))
            self.said.setText(f"{self.said.text()} {said}")

    def facts(self) -> dict[str, Any]:
        """What somebody has said of how the file is to be read; the rest is found anew."""
        return dict(self._given)

    def _choose(self, name: str) -> None:
        if name == "sheet":
            self._given = {}
        self._given[name] = self.form.field(name).value()
        self.facts_changed.emit()

    def _offer_encodings(self, readings: Mapping[str, str], chosen: str | None) -> None:
        """Every encoding with how a line of the file reads in it."""
        self.encoding.set_choices(encoding_choices(readings))
        self.encoding.helper.setText(readings.get(chosen or "", ""))
        self.encoding.helper.setVisible(bool(self.encoding.helper.text()))

    def _preview(self, columns: tuple[str, ...], lines: list[Line]) -> None:
        shown: list[Column[Line]] = [
            Column("line", _("Line"), lambda line: number(line[0]), align="right", width=70)
        ]
        for place, name in enumerate(columns):
            shown.append(Column(f"c{place}", name, functools.partial(_cell, place)))
        model = TableModel(shown, lambda line: line[0], parent=self)
        model.set_rows(lines)
        self.table.show_model(model)
        if self._model is not None:
            self._model.deleteLater()
        self._model = model

    def _lay_out(self) -> None:
        load, save = QPushButton(_("Load choices…")), QPushButton(_("Save choices…"))
        self._keeping = (load, save)
        load.setToolTip(_("A file of choices (TOML) that was saved before"))
        load.clicked.connect(self.load_asked)
        save.clicked.connect(self.save_asked)
        self.card = CardFrame(_("File"))
        self.card.beside_title(holder(row(load, save)))
        self.card.add(self.said)
        self.card.add(self.form)
        self.card.add(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card, 1)


def _cell(place: int, line: Line) -> str:
    return line[1][place]


def _offer(pairs: tuple[tuple[str, str], ...]) -> list[Choice]:
    return [Choice(key, _(text)) for key, text in pairs]
