"""What is agreed with a repairer as rows of task, day and price, in one field of its form."""

import datetime as dt
from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.repairers import AgreedPrice
from moebelcirkel.language import _, day, kroner, parse_day, parse_kroner
from moebelcirkel.ui.kit import page_layout as layout
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.rows_field import FieldRow, RowsField, can_be

#: A row as plain data: the key of the task, day and price as typed.
_Plain = tuple[int | None, str, str]


class PricesField(RowsField[Sequence[AgreedPrice], "_PriceRow"]):
    """Rows that can be added and taken away."""

    def __init__(self, label: str) -> None:
        helper = _("A piece, from the day on, until a later one. It is proposed when you send.")
        super().__init__(label, _("Add price"), helper=helper)
        self._tasks: Sequence[tuple[int, str]] = ()
        self._today: dt.date | None = None

    def offer(self, tasks: Sequence[tuple[int, str]], today: dt.date) -> None:
        """Know the task types, by key and name, and the day."""
        self._tasks, self._today = tasks, today
        for row in self._rows:
            row.offer(tasks)

    def value(self) -> Sequence[AgreedPrice]:
        """Return the rows with a price; refuse the first that is wrong."""
        return tuple(row.agreed() for row in self._rows if row.price.text().strip())

    def set_value(self, value: Sequence[AgreedPrice]) -> None:
        """Show these prices."""
        self.restore(
            [(each.task_type_id, day(each.valid_from), kroner(each.price_ore)) for each in value]
        )

    def _row_of(self, plain: _Plain) -> "_PriceRow":
        return _PriceRow(plain, self._tasks)

    def _begin_row(self) -> None:
        since = day(self._today) if self._today is not None else ""
        self._add(self._row_of((None, since, ""))).task.setFocus()


class _PriceRow(FieldRow):
    """Task, day, price, and a button to take it away."""

    def __init__(self, plain: _Plain, tasks: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._task, since, price = plain
        self.task = ChoiceField("")
        self.task.combo.setAccessibleName(_("Task"))
        self.since = self.line(since, _("From"))
        self.price = self.line(price, _("Price"))
        self.offer(tasks)
        self.task.changed.connect(self.edited)
        below = layout.row(gap=6)
        below.addWidget(self.since, 1)
        below.addWidget(self.price, 1)
        # Below each other: a task is known by its whole name.
        self.lay((layout.holder(layout.column(self.task, below, gap=4)), 1))

    def offer(self, tasks: Sequence[tuple[int, str]]) -> None:
        """The task types to choose from."""
        chosen = self.task.draft() if self.task.combo.count() else self._task
        self.task.set_choices([Choice(key, name) for key, name in tasks])
        self.task.set_value(chosen if isinstance(chosen, int) else None)

    def agreed(self) -> AgreedPrice:
        """What the row says."""
        task, since, price = self._typed()
        if task is None:
            raise Refused(N_("Choose the task of each price."))
        return AgreedPrice(task, parse_day(since), parse_kroner(price)).checked()

    def mark(self, *, wrong: bool) -> None:
        """Day and price."""
        _task, since, price = self._typed()
        theme.mark(self.since, "invalid", wrong and not can_be(parse_day, since))
        theme.mark(self.price, "invalid", wrong and not can_be(parse_kroner, price))

    def plain(self) -> _Plain | None:
        """Nothing without a price."""
        return self._typed() if self.price.text().strip() else None

    def _typed(self) -> _Plain:
        task = self.task.draft()
        known = task if isinstance(task, int) else None
        return (known, self.since.text().strip(), self.price.text().strip())
