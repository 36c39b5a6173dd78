"""Planning a run: its day, vehicle and driver; closing it with its real kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain import limits
from moebelcirkel.language import _, ngettext
from moebelcirkel.services.runs import MOST_KM
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, DecimalField, LineField
from moebelcirkel.ui.kit.plain import Label, tip
from moebelcirkel.ui.pages.runs import words

if TYPE_CHECKING:
    from moebelcirkel.services.runs import Halt, RunForm, VehicleRow

_KEY = int(Qt.ItemDataRole.UserRole)
#: More rows than these scroll.
_MOST_SHOWN = 6


class TickList(QWidget):
    """What can be ticked, under its caption; a click anywhere in a row ticks it."""

    def __init__(self, caption: str, rows: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(caption)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, text in rows:
            item = QListWidgetItem(text, self.list)
            item.setToolTip(tip(text))
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._was = Qt.CheckState.Unchecked
        self.list.itemPressed.connect(self._pressed)
        self.list.itemClicked.connect(self._clicked)
        label = Label(caption, tone="small")
        label.setBuddy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self.list)

    def tick(self, key: int) -> None:
        """Tick one row."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def ticked(self) -> list[int]:
        """The keys of the ticked rows."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [int(i.data(_KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]

    def event(self, event: QEvent) -> bool:
        """As high as its rows nearly already where the dialog takes its height, and then wholly."""
        if event.type() in (QEvent.Type.Polish, QEvent.Type.Show):
            self.list.ensurePolished()
            shown = range(min(self.list.count(), _MOST_SHOWN))
            self._grow(sum(self.list.sizeHintForRow(row) for row in shown))
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A row that is too long for the width it has now takes more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.list.doItemsLayout()
            items = map(self.list.item, range(min(self.list.count(), _MOST_SHOWN)))
            self._grow(sum(self.list.visualItemRect(item).height() for item in items))

    def _grow(self, high: int) -> None:
        self.list.setFixedHeight(
            max(self.list.minimumHeight(), high + 2 * self.list.frameWidth() + 4)
        )

    def _pressed(self, item: QListWidgetItem) -> None:
        self._was = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        """One on the box itself has ticked it already."""
        if item.checkState() == self._was:
            on = self._was == Qt.CheckState.Unchecked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


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
        self.form.submit_by_return()
        self.form.submitted.connect(self._press)
        self.km.setFocus()


class OffDialog(ActionDialog):
    """Asks what of a stop is not driven: its delivery, its pickups, or all of it."""

    def __init__(self, parent: QWidget, halt: Halt) -> None:
        title = _("Take off the run: {name}").format(name=halt.name)
        super().__init__(parent, title, _("Take off"))
        rows = [(part.id, words.part(part)) for part in halt.parts]
        self.parts = TickList(_("Tick what waits again"), rows)
        for key, _text in rows:
            self.parts.tick(key)
        self.column.insertWidget(self.column.indexOf(self.notice), self.parts)
        self.parts.list.setFocus()

    def chosen(self) -> list[int]:
        """What is ticked; where nothing is, that is said."""
        found = self.parts.ticked()
        if not found:
            self.notice.say(_("Tick what waits again."))
        return found


class RunDialog(ActionDialog):
    """Asks for ``driven_on``, ``vehicle_id`` and ``driver``."""

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
        self.day.set_value(form.driven_on)
        self.vehicle.set_value(form.vehicle_id or (choices[0].key if choices else None))
        self.driver.set_value(form.driver)
        self.form.submit_by_return()
        self.form.submitted.connect(self._press)
        self.day.setFocus()
