"""Correcting what is written about one piece: note, year bought new, and other codes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.fire import TITLE, FireTest
from moebelcirkel.domain.toys import FACTS, asked_of
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.fields import TextField, YearField
from moebelcirkel.ui.parts.toy_fields import toy_fields

if TYPE_CHECKING:
    from moebelcirkel.services.units import Passport
    from moebelcirkel.services.units.values import UnitValues

#: What is asked of a toy stands side by side: below each other it is higher than a small screen.
_COLUMNS, _TOY_WIDTH = 3, 540


class EditDialog(ActionDialog):
    """Opened on a piece as it is shown; a scanned code becomes one more line of codes."""

    def __init__(self, parent: QWidget, seen: Passport) -> None:
        title = _("Correct details of {number}").format(number=seen.number)
        super().__init__(parent, title, _("Save"), columns=_COLUMNS)
        add = self.form.add
        self.note = add("note", TextField(_("Note"), most=limits.UNIT_NOTE), _COLUMNS)
        year = YearField(_("Bought in (year)"), helper=_("Empty when not known."))
        self.year = add("acquired_year", year, _COLUMNS)
        self.fire_test: SegmentedField | None = None
        known = FireTest.asked(seen.values.fire_tested, seen.category_key)
        if known is not None:
            choices = [Choice(test.value, _(test.label)) for test in FireTest]
            self.fire_test = add("fire_tested", SegmentedField(_(TITLE), choices), _COLUMNS)
            self.fire_test.set_value(known.value)
        self.toy = toy_fields(add) if any(asked_of(seen.values, seen.category_key)) else {}
        if self.toy:
            self.setMinimumWidth(theme.current().px(_TOY_WIDTH))
        for column, field in self.toy.items():
            field.set_value(FACTS[column].key(getattr(seen.values, column)))
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

    def values(self) -> UnitValues:
        """What is filled in."""
        from moebelcirkel.services.units.values import UnitValues

        tested = None
        if self.fire_test is not None:
            tested = FireTest(str(self.fire_test.value())).tested
        toy: dict[str, Any] = {
            name: FACTS[name].kept(str(f.value())) for name, f in self.toy.items()
        }
        return UnitValues(
            **toy,
            note=self.note.value(),
            acquired_year=self.year.value(),
            fire_tested=tested,
            codes=tuple(self.codes.value().splitlines()),
        )

    def scanned(self, code: str) -> bool:
        """Put the code among the others."""
        lines = self.codes.value().splitlines()
        if code not in lines:
            self.codes.set_value("\n".join([*lines, code]))
        return True
