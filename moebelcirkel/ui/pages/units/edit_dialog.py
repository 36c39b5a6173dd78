"""Correcting what is written about one piece: note, year bought new, and other codes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.facts import asked_of
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import TextField, YearField
from moebelcirkel.ui.parts.fact_fields import fact_fields, said

if TYPE_CHECKING:
    from moebelcirkel.services.units import Passport
    from moebelcirkel.services.units.values import UnitValues

#: Several facts stand side by side: below each other they are higher than a small screen.
_COLUMNS, _WIDE = 3, 540


class EditDialog(ActionDialog):
    """Opened on a piece as it is shown; a scanned code becomes one more line of codes."""

    outdated = Signal()

    def __init__(self, parent: QWidget, seen: Passport) -> None:
        title = _("Correct details of {number}").format(number=seen.number)
        super().__init__(parent, title, _("Save"), columns=_COLUMNS)
        add = self.form.add
        self.note = add("note", TextField(_("Note"), most=limits.UNIT_NOTE), _COLUMNS)
        year = YearField(_("Bought in (year)"), helper=_("Empty when not known."))
        self.year = add("acquired_year", year, _COLUMNS)
        asked = dict(asked_of(seen.values, seen.category_key))
        self.facts = fact_fields(add, asked, 1, _COLUMNS)
        for fact, key in asked.items():
            self.facts[fact.column].set_value(key)
        if len(asked) > 1:
            self.setMinimumWidth(theme.current().px(_WIDE))
        codes_help = _("A maker's barcode or an old number, one on each line. Scan it or type it.")
        self.codes = add("codes", TextField(_("Other codes"), helper=codes_help), _COLUMNS)
        self.form.set_values(
            {
                "note": seen.values.note,
                "acquired_year": seen.values.acquired_year,
                "codes": "\n".join(seen.values.codes),
            }
        )
        self.note.setFocus()

    def refuse(self, error: Refused) -> None:
        """Somebody was first: what is typed stays readable above the piece as it stands now."""
        super().refuse(error)
        if isinstance(error, Stale):
            self.outdated.emit()

    def values(self) -> UnitValues:
        """What is filled in."""
        from moebelcirkel.services.units.values import UnitValues

        return UnitValues(
            **said({column: field.value() for column, field in self.facts.items()}),
            note=self.note.value(),
            acquired_year=self.year.value(),
            codes=tuple(self.codes.value().splitlines()),
        )

    def scanned(self, code: str) -> bool:
        """Put the code among the others."""
        lines = self.codes.value().splitlines()
        if code not in lines:
            self.codes.set_value("\n".join([*lines, code]))
        return True
