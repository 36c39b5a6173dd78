"""What the steps of every import have in common: the bar over them, and the way to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.page_layout import holder, row, scrolled
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.kit.turns import Turns
from moebelcirkel.ui.pages.imports.result import ResultStep
from moebelcirkel.ui.pages.imports.source import SourceStep

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused

FILE, COLUMNS, PRICES, CATEGORIES, RESULT = range(5)


class StepFrame(QWidget):
    """The steps over one file, built one by one while the page is already on screen.

    ``titles`` are those of the steps there are, by their number; the last is the dry run.
    """

    asked = Signal(int)
    """Somebody wants to see this step."""
    edited = Signal()
    """A choice is another one now."""
    facts_changed = Signal()
    """The file is to be read in another way."""
    refused = Signal(object)
    """Something is wrong that belongs to no field."""
    built = Signal()
    """All of them are there."""

    source: SourceStep
    result: ResultStep
    _made: QWidget

    def __init__(self, titles: Mapping[int, str]) -> None:
        super().__init__()
        self.order = tuple(titles)
        self.bar = SegmentedField("", [Choice(n, _(text)) for n, text in titles.items()])
        self.stack = QStackedWidget()
        self.next = push_button(_("Next"), self._ask_next, role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(holder(row(None, self.next)))
        self.bar.changed.connect(lambda: self.asked.emit(int(self.bar.value() or 0)))
        self._turns: Turns | None = None

    def build(self) -> None:
        """Begin to build them; those of a page that is never seen are not built."""
        if self._turns is None:
            self._turns = Turns(self, self._parts())

    def finish_building(self) -> None:
        """Build what is left at once."""
        self.build()
        assert self._turns is not None
        self._turns.finish()

    def current(self) -> int:
        """The step that is shown."""
        return self.order[self.stack.currentIndex()]

    def before(self, step: int) -> int:
        """The step before this one."""
        return self.order[max(0, self.order.index(step) - 1)]

    def show_step(self, step: int) -> None:
        """Show one of them."""
        self.bar.set_value(step)
        self.stack.setCurrentIndex(self.order.index(step))
        self.next.setVisible(step < RESULT)

    def show_read(self, read: Any) -> None:
        """Fill in what was read of a file and what is suggested for it."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any]:
        """Everything that is chosen, right or wrong, as plain data."""
        raise NotImplementedError

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Choose what `draft` gave, over what is suggested."""
        raise NotImplementedError

    def choices(self, columns: tuple[str, ...]) -> Any:
        """All choices for a file of these columns, or ``None`` where one cannot be."""
        raise NotImplementedError

    def takes(self, error: Refused) -> bool:
        """Show a refusal by its field, in its step; False if it belongs to none."""
        raise NotImplementedError

    def _ask_next(self) -> None:
        self.asked.emit(self.order[self.stack.currentIndex() + 1])

    # --- building -------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Callable[[], object]]:
        """Each step is made in one turn and gets its look in the next."""
        for make in self._makers():
            yield make
            yield self._place
        yield self.built.emit

    def _makers(self) -> tuple[Callable[[], object], ...]:
        """What makes each step, in order; each leaves it in ``_made``."""
        raise NotImplementedError

    def _place(self) -> None:
        self.stack.addWidget(scrolled(self._made))

    def _make_source(self) -> None:
        self._made = self.source = SourceStep()
        self.source.facts_changed.connect(self.facts_changed)
