"""Making pieces ready: their new condition, for all or for each, and where they are put."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition, is_better
from moebelcirkel.domain.tasks import is_work
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.page_layout import row, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.parts.piece_dialogs import code_of, reason_field
from moebelcirkel.ui.parts.place_field import PlaceField, ShownPlace

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail, CasePiece


class FinishPanel(QWidget):
    """`finished(conditions, place, reason)`: one letter for all asked about, or one by unit id.

    The reason is asked where a piece becomes better although no task is done; `left` goes back.
    """

    finished = Signal(object, object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = Label(_("What is it like now?"), tone="heading")
        self.all = SegmentedField(_("New condition"), _letters(), required=True)
        for place in range(len(Condition)):
            self.all.button(place).setProperty("main", True)
        self.apart = QCheckBox(_("Not all are alike: choose for each"))
        self.apart.toggled.connect(self._set_apart)
        self._each_holder = QWidget()
        self._each_column = QVBoxLayout(self._each_holder)
        self._each_column.setContentsMargins(0, 0, 8, 0)
        self._each_column.setSpacing(8)
        self._each_column.addStretch(1)
        self._each_area = scrolled(self._each_holder)
        self.each: dict[int, SegmentedField] = {}
        self.reason = reason_field()
        self.reason.required = True
        self.all.changed.connect(self._ask)
        self._before: dict[int, str] = {}
        self.asked: tuple[int, ...] = ()
        self.place = PlaceField(_("Where is it put?"), required=True)
        self.error = Label(tone="error", wrap=True)
        self.error.hide()
        self.ready = QPushButton()
        self.ready.setProperty("role", "primary")
        self.ready.setProperty("main", True)
        self.ready.clicked.connect(self.submit)
        self.back = push_button(_("Back"), self.left)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for part in (heading, self.all, self.apart):
            layout.addWidget(part)
        layout.addWidget(self._each_area, 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.place)
        layout.addWidget(self.error)
        self._rest = QWidget()
        layout.addWidget(self._rest, 1)
        layout.addLayout(row(self.back, None, self.ready))
        self._set_apart(on=False)

    def offer_places(self, places: Sequence[ShownPlace]) -> None:
        """Take in the places."""
        self.place.offer(places)

    def show_case(self, case: CaseDetail, place: int | None, only: Collection[int] = ()) -> None:
        """Ask about the pieces of this case, or of ``only`` some of them.

        ``place`` is where the last ones were put.
        """
        pieces = [piece for piece in case.pieces if not only or piece.unit_id in only]
        self.asked = tuple(piece.unit_id for piece in pieces)
        count = len(pieces)
        many = ngettext("Make {count} piece ready", "Make {count} pieces ready", count)
        self.ready.setText(many.format(count=number(count)))
        self.apart.setVisible(count > 1)
        self.apart.setChecked(False)
        letters = {piece.condition for piece in pieces}
        self.all.set_value(letters.pop() if len(letters) == 1 else None)
        for field in self.each.values():
            self._each_column.removeWidget(field)
            field.deleteLater()
        self.each = {piece.unit_id: self._piece_field(piece) for piece in pieces}
        worked_on = any(
            is_work(done=task.done, minutes=task.minutes, parts_ore=task.parts_ore)
            for task in case.tasks
        )
        self._before = {} if worked_on else {each.unit_id: each.condition for each in pieces}
        self._ask()
        if place is not None:
            self.place.set_value(place)
        self.say("")

    def _piece_field(self, piece: CasePiece) -> SegmentedField:
        field = SegmentedField(piece.number, _letters(), required=True)
        field.set_value(piece.condition)
        field.changed.connect(self._ask)
        self._each_column.insertWidget(self._each_column.count() - 1, field)
        return field

    def _set_apart(self, on: bool) -> None:  # noqa: FBT001 - the box's signal
        self.all.setVisible(not on)
        self._each_area.setVisible(on)
        self._rest.setVisible(not on)
        if on:
            chosen = self.all.draft()
            for field in self.each.values():
                if isinstance(chosen, str):
                    field.set_value(chosen)
        self._ask()

    def _ask(self) -> None:
        """Ask why where a piece is better than before and nothing was done on it."""
        apart = self.apart.isChecked()
        chosen = {key: (self.each[key] if apart else self.all).draft() for key in self._before}
        self.reason.setVisible(
            any(
                isinstance(letter, str) and is_better(letter, self._before[key])
                for key, letter in chosen.items()
            )
        )

    def say(self, message: str) -> None:
        """Say why it was refused."""
        self.error.setText(message)
        self.error.setVisible(bool(message))

    def begin(self) -> None:
        """Put the keyboard on the first question."""
        self.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand out the answers when all are given."""
        self._ask()
        asked = list(self.each.values()) if self.apart.isChecked() else [self.all]
        why = [] if self.reason.isHidden() else [self.reason]
        wrong = [field for field in (*asked, *why, self.place) if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.apart.isChecked():
            answer: object = {key: str(field.value()) for key, field in self.each.items()}
        else:
            answer = str(self.all.value())
        self.finished.emit(answer, self.place.value(), code_of(self.reason) if why else None)


def _letters() -> list[Choice]:
    return [Choice(each.value, f"{each.value} · {_(each.label)}") for each in Condition]
