"""Planning a run: its day, vehicle and driver; closing it with its real kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel import language
from moebelcirkel.language import _, ngettext
from moebelcirkel.services.runs import MOST_KM
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, DecimalField, LineField

if TYPE_CHECKING:
    from moebelcirkel.services.runs import RunForm, VehicleRow


class CloseDialog(ActionDialog):
    """Asks for the real kilometres, ``km``."""

    def __init__(self, parent: QWidget, number: str, pieces: int) -> None:
        text = ngettext(
            "What it cost is shared by the {count} piece that was handed over.",
            "What it cost is shared by the {count} pieces that were handed over.",
            pieces,
        )
        if not pieces:
            text = _("Nothing was handed over on it, so what it fetched bears what it cost.")
        super().__init__(
            parent,
            _("Close run {number}").format(number=number),
            _("Close the run"),
            text.format(count=language.number(pieces)),
        )
        helper = _("From the warehouse and back: fetching, bringing and the way home.")
        self.km = self.form.add(
            "km",
            DecimalField(_("Driven, km"), helper=helper, required=True, maximum=MOST_KM, places=1),
        )
        self.form.submit_by_return()
        self.form.submitted.connect(self._press)
        self.km.setFocus()


class RunDialog(ActionDialog):
    """Asks for ``driven_on``, ``vehicle_id`` and ``driver``."""

    def __init__(
        self, parent: QWidget, vehicles: Sequence[VehicleRow], form: RunForm, *, new: bool
    ) -> None:
        title, verb = (_("New run"), _("Plan the run")) if new else (_("Change the run"), _("Save"))
        super().__init__(parent, title, verb)
        self.day = self.form.add("driven_on", DateField(_("Driven on"), required=True))
        choices = [Choice(row.id, row.form.name) for row in vehicles]
        self.vehicle = self.form.add(
            "vehicle_id", ChoiceField(_("Vehicle"), choices, required=True)
        )
        helper = _("A function, such as Driver or Team 2. No names.")
        self.driver = self.form.add("driver", LineField(_("Driver"), helper=helper))
        self.day.set_value(form.driven_on)
        self.vehicle.set_value(form.vehicle_id or (choices[0].key if choices else None))
        self.driver.set_value(form.driver)
        self.form.submit_by_return()
        self.form.submitted.connect(self._press)
        self.day.setFocus()
