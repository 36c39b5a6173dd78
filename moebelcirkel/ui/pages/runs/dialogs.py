"""Planning a run: its day, vehicle and driver; closing it with its real kilometres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from moebelcirkel import language
from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.runs import Missed
from moebelcirkel.language import _, ngettext
from moebelcirkel.services.runs import MOST_KM, RunForm
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DateField,
    DecimalField,
    LineField,
    TextField,
)
from moebelcirkel.ui.kit.lists.tick_list import TickList
from moebelcirkel.ui.pages.runs import words

if TYPE_CHECKING:
    from moebelcirkel.services.runs import Halt, VehicleRow


class CloseDialog(ActionDialog):
    """Asks for the real kilometres, ``km``, and where packaging was taken along."""

    def __init__(
        self, parent: QWidget, number: str, pieces: int, stops: Sequence[tuple[int, str]]
    ) -> None:
        text = ngettext(
            "What it cost is shared by the {count} piece that was driven.",
            "What it cost is shared by the {count} pieces that were driven.",
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
        self.stops = TickList(_("Used packaging was taken along from"), stops)
        self.stops.setVisible(bool(stops))
        self.column.insertWidget(self.column.indexOf(self.notice), self.stops)
        self.km.setFocus()


#: Taken off by who plans, and not because it could not be done.
_PLANNED = "planned"


class OffDialog(ActionDialog):
    """Asks what of a stop is not driven: its delivery, its pickups, or all of it.

    Where its day has come, ``due``, it also asks why.
    """

    def __init__(self, parent: QWidget, halt: Halt, *, due: bool) -> None:
        title = _("Take off the run: {name}").format(name=halt.name)
        super().__init__(parent, title, _("Take off"))
        choices = [Choice(_PLANNED, _("It is planned otherwise"))]
        choices += [Choice(each.value, _(each.label)) for each in Missed]
        self.why = self.form.add("why", ChoiceField(_("Why?"), choices, required=due))
        helper = _("The giver reads it too. No names.")
        self.said = self.form.add(
            "said", TextField(_("What happened"), helper=helper, lines=2, most=limits.NOTE)
        )
        self.form.leave_out(set() if due else {"why", "said"})
        rows = [(part.id, words.part(part)) for part in halt.parts]
        self.parts = TickList(_("Tick what waits again"), rows)
        for part in halt.parts:
            if not part.done or len(rows) == 1:
                self.parts.tick(part.id)
        self.parts.setVisible(len(rows) > 1)
        self.column.insertWidget(self.column.indexOf(self.notice), self.parts)
        if due:
            self.why.setFocus()
        else:
            self.parts.list.setFocus()

    def reason(self) -> tuple[Missed | None, str]:
        """Why it was not done, and what was said of it; none where it is only planned anew."""
        chosen = self.why.value()
        if chosen in (None, _PLANNED):
            return None, ""
        return Missed(str(chosen)), self.said.value()

    def chosen(self) -> list[int]:
        """What is ticked; refuses where nothing is."""
        found = self.parts.ticked()
        if not found:
            raise Refused(N_("Tick what waits again."))
        return found


class RunDialog(ActionDialog):
    """Asks for ``driven_on``, ``vehicle_id`` and ``driver``.

    ``again`` is only asked where a day does not suit who is delivered to.
    """

    def __init__(
        self, parent: QWidget, vehicles: Sequence[VehicleRow], form: RunForm, *, new: bool
    ) -> None:
        title, verb = (_("New run"), _("Plan the run")) if new else (_("Change the run"), _("Save"))
        super().__init__(parent, title, verb)
        self.day = self.form.add(
            "driven_on", DateField(_("Driven on"), required=True, lies="ahead")
        )
        choices = [Choice(row.id, row.form.name) for row in vehicles]
        self.vehicle = self.form.add(
            "vehicle_id", ChoiceField(_("Vehicle"), choices, required=True)
        )
        helper = _("A function, such as Driver or Team 2. No names.")
        self.driver = self.form.add(
            "driver", LineField(_("Driver"), helper=helper, most=limits.NAME)
        )
        self.again = self.form.add("again", CheckField(_("Drive all the same")))
        self._ask_again(on=False)
        self.day.changed.connect(lambda: self._ask_again(on=False))
        self.day.set_value(form.driven_on)
        self.vehicle.set_value(form.vehicle_id or (choices[0].key if choices else None))
        self.driver.set_value(form.driver)
        self.day.setFocus()

    def values(self) -> tuple[RunForm, bool]:
        """What is filled in, and whether it is driven although the day does not suit."""
        day, vehicle = cast(dt.date, self.day.value()), int(self.vehicle.value() or 0)
        return RunForm(day, vehicle, self.driver.value()), self.again.value()

    def refuse(self, error: Refused) -> None:
        """A day that does not suit is asked about."""
        if error.field == "again":
            self._ask_again(on=True)
        super().refuse(error)

    def _ask_again(self, *, on: bool) -> None:
        self.again.set_value(False)
        self.form.leave_out(set() if on else {"again"})
