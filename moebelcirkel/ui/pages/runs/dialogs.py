"""Planning a run: its day, vehicle and driver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, LineField

if TYPE_CHECKING:
    from moebelcirkel.services.runs import RunForm, VehicleRow


class RunDialog(ActionDialog):
    """Asks for ``driven_on``, ``vehicle_id`` and ``driver``."""

    def __init__(
        self, parent: QWidget, vehicles: Sequence[VehicleRow], form: RunForm, *, new: bool
    ) -> None:
        title, verb = (
            (_("New run"), _("Plan the run")) if new else (_("Change the run"), _("Change"))
        )
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
