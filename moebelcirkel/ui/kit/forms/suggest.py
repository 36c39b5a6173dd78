"""A line that offers what is known while one types, and says when it is.

The page answers `asked(text)` by `offer(text, suggestions)`; typing never waits for an answer.
Only Return does, with the keys after it, so that it means the same to whoever types fast.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import in_one_line
from moebelcirkel.ui.kit.forms.field import EndedLine, Field
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.popups import lay_over

ASK_AFTER_MS = 120
_PATIENCE_MS = 2_000
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something known: the chip is what the field says once it is chosen."""

    key: Hashable
    text: str
    detail: str = ""
    chip: Chip | None = None


class Picked(NamedTuple):
    """What is in the field: the key of something known, or None and new words."""

    key: Hashable | None
    text: str


class _SuggestionDelegate(QStyledItemDelegate):
    """Words to the left, what to know about them to the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows as high as fields."""
        return QSize(120, paint.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        words = row.text if isinstance(row, Suggestion) else str(index.data() or "")
        detail = row.detail if isinstance(row, Suggestion) else ""
        box = QRectF(option.rect)
        painter.save()
        lit = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
        if option.state & lit:
            painter.fillRect(box, paint.colour("accent_soft"))
        inner = box.adjusted(paint.px(12), 0, -paint.px(12), 0)
        small = paint.font("small")
        bold = paint.font("body", 600)
        wishes = paint.width_of(words, bold), paint.width_of(detail, small)
        taken = shares(inner.width() - paint.px(12), *wishes)
        paint.text(painter, inner.adjusted(0, 0, taken - inner.width(), 0), words, bold)
        rest = inner.adjusted(taken + paint.px(12), 0, 0, 0)
        paint.text(painter, rest, detail, small, "muted", Qt.AlignmentFlag.AlignRight)
        painter.restore()


def shares(room: float, words: float, detail: float) -> float:
    """Width for the words of a row: what tells rows apart stands at their end, so they go first.

    The detail keeps a quarter where it needs as much.
    """
    return min(words, room - min(detail, room / 4)) if words + detail > room else room - detail


class _Line(EndedLine):
    """Lets the field see keys first, also those that come by way of the open list."""

    def __init__(self, chip: ChipLabel, keep: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(chip)
        self._chip = chip
        self._keep = keep
        self.said = ""

    def place_tail(self) -> None:
        """Where there is no room beside the words, only the last part of the pill's text stays."""
        room = self.width() - self.fontMetrics().horizontalAdvance(self.text()) - paint.px(34)
        fits = paint.chip_width(self.said) <= room
        self._chip.setText(self.said if fits else self.said.rpartition(" · ")[2])
        super().place_tail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's key, unless the field keeps it for later."""
        if not self._keep(event):
            super().keyPressEvent(event)


class SuggestField(Field[Picked]):
    """Type-ahead: `asked(text)` goes out, `offer` comes back, `picked` tells what was chosen."""

    asked = Signal(str)
    picked = Signal(object)

    def __init__(
        self,
        label: str,
        *,
        helper: str = "",
        required: bool = False,
        placeholder: str = "",
        known_only: bool = False,
        most: int = limits.LINE,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self._most_signs = most
        self._known_only = known_only
        self._key: Hashable | None = None
        self._chip = ChipLabel(("", "accent"))
        self._chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._answered = ""
        self._kept: list[QKeyEvent] = []
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._go_on)
        self.line = _Line(self._chip, self._keep)
        self.line.setPlaceholderText(placeholder)
        self._put(self.line)
        self._rows = EntryModel[Suggestion](self, title=lambda row: row.text)
        self._completer = QCompleter(self._rows, self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        lay_over(self._completer)
        self._popup.setItemDelegate(_SuggestionDelegate(self._popup))
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(ASK_AFTER_MS)
        self._wait.timeout.connect(lambda: self.asked.emit(self.line.text().strip()))
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)

    def offer(self, text: str, suggestions: Sequence[Suggestion]) -> None:
        """Answer `asked`; an answer to words that have changed since is dropped."""
        if text != self.line.text().strip() or self._key is not None:
            return
        self._rows.set_entries(suggestions)
        self._answered = text
        if self._kept:
            self._go_on()
        elif suggestions and self.line.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    @property
    def key(self) -> Hashable | None:
        """Key of the known thing that was chosen; None while the words are new."""
        return self._key

    def offered(self) -> list[Suggestion]:
        """Return what is offered now."""
        return list(self._rows.entries)

    def pick(self, suggestion: Suggestion) -> None:
        """Choose something known."""
        self._key = suggestion.key
        self._wait.stop()
        self._popup.hide()
        self.line.setText(suggestion.text)
        self.line.setCursorPosition(0)
        self.show_chip(suggestion.chip)
        self._edited()
        self.picked.emit(suggestion)

    def show_chip(self, chip: Chip | None) -> None:
        """Say something about what is typed, as that it is new."""
        self._chip.show_chip(chip or ("", "accent"))
        self.line.said = self._chip.text()
        self.line.place_tail()

    def value(self) -> Picked:
        typed = in_one_line(self.line.text(), self._most_signs)
        if self.required and not typed:
            raise Refused(N_("Fill in this field."))
        if self._known_only and typed and self._key is None:
            raise Refused(N_("“{typed}” is not in the list. Choose one of it."), typed=typed)
        return Picked(self._key, typed)

    def set_value(self, value: Picked) -> None:
        """Fill in key and words; without a pill until the page shows one."""
        self._key = value.key
        self.line.setText(value.text)
        self.show_chip(None)

    def draft(self) -> object:
        return [self._key, self.line.text()]

    def restore(self, draft: object) -> None:
        if isinstance(draft, list | tuple) and len(draft) == 2:
            self.set_value(Picked(draft[0], str(draft[1])))

    def _typed(self, text: str) -> None:
        if len(text) > self._most_signs:
            self.check()
        if self._key is not None:
            self._key = None
            self.show_chip(None)
            self.picked.emit(None)
        self._wait.start()
        self._edited()

    def _keep(self, event: QKeyEvent) -> bool:
        """Keep Return while the words are still being looked up, and whatever is typed after it."""
        typed = self.line.text().strip()
        asks = (
            event.key() in _RETURNS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        )
        if not self._kept and (
            not asks or not typed or self._key is not None or self._answered == typed
        ):
            return False
        self._kept.append(event.clone())
        if len(self._kept) == 1:
            self._wait.stop()
            self._patience.start()
            self.asked.emit(typed)
        return True

    def _go_on(self) -> None:
        """The words were looked up, or that took too long: the keys act now."""
        self._patience.stop()
        self._popup.hide()
        typed = self.line.text().strip()
        if self._answered != typed:
            self._answered = typed
            self._rows.set_entries(())
        kept, self._kept = self._kept, []
        for number, event in enumerate(kept):
            target = QApplication.focusWidget() if number else None
            QCoreApplication.sendEvent(target or self.line, event)

    def _activated(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Suggestion):
            self.pick(row)

    def only_one(self) -> Suggestion | None:
        """What alone is offered for the words as they stand."""
        rows = self._rows.entries
        fits = len(rows) == 1 and self._answered == self.line.text().strip()
        return rows[0] if fits else None

    def _left(self) -> None:
        if not self._popup.isVisible() and self.line.text().strip():
            self.check()
