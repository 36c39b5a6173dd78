"""By when the basket is needed and where it is carried to; says whether it can come in time."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Wishes, makes_it
from moebelcirkel.domain.pickups import Access
from moebelcirkel.language import _, day
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.fields import DateField, LineField
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts.order_words import promised


def too_late(promised_on: dt.date, last: dt.date | None) -> str:
    """What is said where it comes after the last day on which it is of use."""
    if last is None or makes_it(promised_on, last):
        return ""
    return _("Comes {promise}: that is after {day}. Call the warehouse.").format(
        promise=promised(promised_on), day=day(last)
    )


class WishesBox(QWidget):
    """The day is always asked; where to is folded away until somebody wants to say it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._promised: dt.date | None = None
        self.needed = DateField(_("Needed by (optional)"), lies="ahead")
        self.promise = Label(wrap=True)
        self.promise.setProperty("small", True)
        #: Has its place beside what else is said in few words.
        self.more = QPushButton(_("Where to…"))
        self.more.setProperty("role", "quiet")
        self.more.setCheckable(True)
        self.building = LineField(_("Building and room"), most=limits.NAME)
        self.floor = LineField(_("Storey"), most=limits.FLOOR)
        ways = [Choice(way.value, _(way.label)) for way in Access if way is not Access.UNKNOWN]
        self.way_in = ChoiceField(_("Way into the building"), ways, nothing=_("not known"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._where = (self.building, self.floor, self.way_in)
        for widget in (self.needed, self.promise, *self._where):
            column.addWidget(widget)
        self.more.toggled.connect(self._unfold)
        for field in self._fields().values():
            field.changed.connect(self._edited)
        self._unfold(False)

    def _fields(self) -> dict[str, Field[dt.date | None] | Field[str] | ChoiceField]:
        return {
            "needed_on": self.needed,
            "building": self.building,
            "floor": self.floor,
            "way_in": self.way_in,
        }

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - the signal's value
        for field in self._where:
            field.setVisible(on)

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def show_promise(self, promised_on: dt.date) -> None:
        """The day by which it comes, if it is sent today."""
        self._promised = promised_on
        self._say()

    def _say(self) -> None:
        try:
            needed = self.needed.value()
        except Refused:
            needed = None
        if self._promised is None:
            return
        late = too_late(self._promised, needed)
        theme.mark(self.promise, "tone", "warning" if late else "")
        self.promise.setText(late or _("Comes {promise}.").format(promise=promised(self._promised)))

    def check(self) -> bool:
        """Whether all of it can be read; else the first that cannot has the keyboard."""
        wrong = [field for field in self._fields().values() if not field.check()]
        if wrong:
            self._lead_to(wrong[0])
        return not wrong

    def _lead_to(self, field: QWidget) -> None:
        if field in self._where:
            self.more.setChecked(True)
        field.setFocus()

    def value(self) -> Wishes:
        """What is filled in."""
        way = Access(str(self.way_in.value() or Access.UNKNOWN.value))
        return Wishes(self.needed.value(), self.building.value(), self.floor.value(), way)

    def refuse(self, name: str, said: str) -> bool:
        """Say by a field what is wrong with it; tells whether it is one of these."""
        field = self._fields().get(name)
        if field is None:
            return False
        field.show_error(said)
        self._lead_to(field)
        return True

    def sent(self) -> None:
        """The next order has a day of its own; the place is likely to be the same."""
        self.needed.set_value(None)
        self.needed.show_error("")
        self._say()

    def draft(self) -> dict[str, object]:
        """What is typed, right or wrong."""
        return {name: field.draft() for name, field in self._fields().items()}

    def restore(self, draft: dict[str, object]) -> None:
        """Fill in what `draft` gave."""
        for name, field in self._fields().items():
            if draft.get(name):
                field.restore(draft[name])
                if field in self._where:
                    self.more.setChecked(True)
