"""The file: how it was read, shown and changeable, and its first lines."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import N_, _, number
from moebelcirkel.ui.kit.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.form import Form
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.table_view import TableView
from moebelcirkel.ui.kit.tables import Column, TableModel

if TYPE_CHECKING:
    from moebelcirkel.services.imports import Source

PREVIEW = 30
_ENCODINGS = (
    ("utf-8-sig", N_("UTF-8 with a mark in front")),
    ("utf-8", N_("UTF-8")),
    ("cp1252", N_("Windows-1252")),
    ("utf-16", N_("UTF-16")),
)
_DELIMITERS = (
    (";", N_("Semicolon")), (",", N_("Comma")), ("\t", N_("Tab")), ("|", N_("Vertical line")),
)  # fmt: skip
_DECIMALS = ((",", N_("Comma: 1.234,50")), (".", N_("Point: 1,234.50")))
Line = tuple[int, tuple[str, ...]]


class SourceStep(QWidget):
    """Facts about the file, and its lines as they were understood."""

    facts_changed = Signal()
    load_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(3)
        self.form.add("encoding", ChoiceField(_("Encoding"), _offer(_ENCODINGS)))
        self.form.add("delimiter", ChoiceField(_("Between the columns"), _offer(_DELIMITERS)))
        self.form.add("decimal", ChoiceField(_("Decimal sign"), _offer(_DECIMALS)))
        self.form.changed.connect(lambda _name: self.facts_changed.emit())
        self.said = QLabel()
        self.said.setProperty("tone", "muted")
        self.said.setWordWrap(True)
        self.table = TableView(_("The first lines of the file"))
        self.table.setMinimumHeight(260)
        self._model: TableModel[Line] | None = None
        self._lay_out()

    def show_source(self, source: Source) -> None:
        """Show another file, or the same read anew."""
        table = source.table
        self.card.show_title(source.name)
        self.form.set_values(
            {name: getattr(table, name) for name in ("encoding", "delimiter", "decimal")}
        )
        for name in ("encoding", "delimiter"):
            self.form.field(name).setVisible(table.kind == "csv")
        text = _("{lines} lines in {columns} columns. The columns are named in line {header}.")
        said = text.format(
            lines=number(len(table.rows) + len(table.errors)),
            columns=number(len(table.columns)),
            header=number(table.header_line),
        )
        if table.sheet:
            said += " " + _("The sheet is “{sheet}”.").format(sheet=table.sheet)
        self.said.setText(said)
        self._preview(table.columns, [(r.line, r.cells) for r in table.rows[:PREVIEW]])

    def facts(self) -> dict[str, str | None]:
        """How the file is to be read."""
        values = self.form.values()
        return {
            name: str(values[name])
            if values[name] and not self.form.field(name).isHidden()
            else None
            for name in ("encoding", "delimiter", "decimal")
        }

    def _preview(self, columns: tuple[str, ...], lines: list[Line]) -> None:
        shown: list[Column[Line]] = [
            Column("line", _("Line"), lambda line: number(line[0]), align="right", width=70)
        ]
        for place, name in enumerate(columns):
            shown.append(Column(f"c{place}", name, functools.partial(_cell, place), width=160))
        model = TableModel(shown, lambda line: line[0], parent=self)
        model.set_rows(lines)
        self.table.show_model(model)
        if self._model is not None:
            self._model.deleteLater()
        self._model = model

    def _lay_out(self) -> None:
        load, save = QPushButton(_("Load choices…")), QPushButton(_("Save choices…"))
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
