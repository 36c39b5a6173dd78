"""Which column of the file holds what, as choices that begin with what was suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.page_layout import CardFrame

if TYPE_CHECKING:
    from moebelcirkel.services.imports import ColumnMapping

#: Fields of the mapping that are one column each, with their titles.
TITLES = {
    "key": N_("Item number"),
    "name": N_("Name"),
    "name_2": N_("Name, second part"),
    "name_3": N_("Name, third part"),
    "category": N_("Category"),
    "maker": N_("Maker"),
    "model": N_("Model"),
    "price": N_("New price"),
    "price_date": N_("Date of the price"),
    "price_source": N_("Source of the price"),
    "supplier": N_("Supplier"),
    "colour": N_("Colour"),
    "materials": N_("Materials"),
    "ecolabel": N_("Ecolabel"),
    "size_mark": N_("Size mark"),
    "link": N_("Web address"),
}
MEASURES = {
    "width": (N_("Width"), N_("Width in")),
    "depth": (N_("Depth"), N_("Depth in")),
    "height": (N_("Height"), N_("Height in")),
    "weight": (N_("Weight"), N_("Weight in")),
}
NAMES = ("name", "name_2", "name_3")
FIXED = {"maker": N_("Maker of all lines"), "supplier": N_("Supplier of all lines")}
_LENGTHS, _WEIGHTS = ("mm", "cm", "m"), ("g", "kg")


class ColumnsStep(QWidget):
    """The fields of a furniture type, each with the column it comes from."""

    changed = Signal()
    price_changed = Signal(str)
    """Another column holds the prices now."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.measures, self.fixed = Form(3), Form(4), Form(3)
        self._choices: list[ChoiceField] = []
        self._kept: dict[str, str] = {}
        for name, title in TITLES.items():
            self._add(self.form, name, title)
        for name, (title, measured_in) in MEASURES.items():
            self._add(self.measures, name, title)
            units = _WEIGHTS if name == "weight" else _LENGTHS
            field = ChoiceField(_(measured_in), [Choice(unit, unit) for unit in units])
            self.measures.add(f"{name}_unit", field)
        for name, title in FIXED.items():
            self.fixed.add(name, LineField(_(title), helper=_("Where the file has no column.")))
        self.form.changed.connect(self._tell_price)
        for form in (self.form, self.measures, self.fixed):
            form.changed.connect(lambda _name: self.changed.emit())
        self._lay_out()

    def show_mapping(self, mapping: ColumnMapping, columns: Sequence[str]) -> None:
        """Offer the file's columns, and choose those of a mapping."""
        offered = [Choice(column, column) for column in columns]
        for choice in self._choices:
            choice.set_choices(offered)
        values: dict[str, Any] = {
            name: getattr(mapping, name, None) for name in TITLES if name not in NAMES
        }
        values |= dict(zip(NAMES, (*mapping.name, None, None, None), strict=False))
        self.form.set_values({name: value or None for name, value in values.items()})
        for name in MEASURES:
            measure = getattr(mapping, name)
            default = "kg" if name == "weight" else "cm"
            self.measures.set_values(
                {
                    name: measure.column if measure else None,
                    f"{name}_unit": measure.unit if measure else default,
                }
            )
        self.fixed.set_values({name: mapping.fixed.get(name, "") for name in FIXED})
        self._kept = {name: text for name, text in mapping.fixed.items() if name not in FIXED}

    def mapping(
        self, fixed_category: str | None, words: tuple[tuple[str, str], ...]
    ) -> ColumnMapping:
        """What is chosen; raises what is wrong in the forms."""
        from moebelcirkel.services.imports import ColumnMapping, Measure

        chosen: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        names = tuple(dict.fromkeys(filter(None, (chosen.pop(name) for name in NAMES))))
        measures = self.measures.values()
        for name in MEASURES:
            column = measures[name]
            chosen[name] = Measure(column, measures[f"{name}_unit"]) if column else None
        fixed = self._kept | {name: text for name, text in self.fixed.values().items() if text}
        fixed.pop("category", None)
        if fixed_category:
            fixed["category"] = fixed_category
        chosen["key"] = chosen["key"] or ""
        return ColumnMapping(name=names, fixed=fixed, words=words, **chosen)

    def draft(self) -> dict[str, Any]:
        """Everything as it stands, right or wrong."""
        forms = {name: form.draft() for name, form in self._forms()}
        return {**forms, "kept": self._kept}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Fill in what `draft` gave, as far as the file has these columns."""
        for name, form in self._forms():
            form.restore(draft.get(name, {}))
        self._kept = dict(draft.get("kept", {}))

    def _forms(self) -> tuple[tuple[str, Form], ...]:
        return ("form", self.form), ("measures", self.measures), ("fixed", self.fixed)

    def show_refusal(self, error: Refused) -> bool:
        """Show it by its field; False if it belongs to none here."""
        for _name, form in self._forms():
            if error.field in form.names():
                form.show_refusal(error)
                return True
        return False

    def clear_errors(self) -> None:
        """Take back what was said to be wrong."""
        for _name, form in self._forms():
            form.show_errors({})

    def _tell_price(self, name: str) -> None:
        if name == "price":
            self.price_changed.emit(str(self.form.field(name).value() or ""))

    def _add(self, form: Form, name: str, title: str) -> None:
        nothing = _("None: by the name") if name == "key" else _("Not in the file")
        field = ChoiceField(_(title), nothing=nothing)
        self._choices.append(field)
        form.add(name, field)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for title, form in (
            (_("Which column holds what?"), self.form),
            (_("Measures"), self.measures),
            (_("The same for all lines"), self.fixed),
        ):
            card = CardFrame(title)
            card.add(form)
            layout.addWidget(card)
        layout.addStretch(1)
