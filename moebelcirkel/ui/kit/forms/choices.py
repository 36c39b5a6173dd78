"""Fields where one of several is chosen: a list with search, or buttons side by side."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel import language
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.forms.word_search import WordCompleter, only_one
from moebelcirkel.ui.kit.plain import caption
from moebelcirkel.ui.kit.popups import lay_over

#: From so many on a list is searched by typing.
LONG_LIST = 12
#: Most that one of a few needs.
_SEGMENT = 190
#: Beside the words of a row in an open list: its padding and the scroll bar.
_ROW_AIR = 48


class Choice(NamedTuple):
    """A key for the program and words for people."""

    key: str | int
    text: str


class ChoiceField(Field[str | int | None]):
    """One of a list; long lists are searched by typing words of it in any order."""

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        *,
        helper: str = "",
        required: bool = False,
        nothing: str | None = None,
    ) -> None:
        """`nothing` is the text of the empty choice; None means there is none."""
        super().__init__(label, helper=helper, required=required)
        self._nothing = nothing
        self.combo = _QuietCombo()
        self.combo.setMinimumContentsLength(6)
        self.combo.setPlaceholderText(_("Choose"))
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.combo.setSizeAdjustPolicy(adjust)
        self._put(self.combo)
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(lambda _index: self._edited())

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices and keep the chosen one where it is still there.

        What is half typed to find one stays too: choices are also read again for what others do.
        """
        chosen, typed = self.combo.currentData(), self._half_typed()
        with QSignalBlocker(self.combo):
            self.combo.clear()
            if self._nothing is not None:
                self.combo.addItem(self._nothing, None)
            for choice in choices:
                self.combo.addItem(choice.text, choice.key)
            self._searchable(on=len(choices) >= LONG_LIST)
            self._choose(chosen)
            line = self.combo.lineEdit()
            if typed and line is not None:
                line.setText(typed[0])
                line.setCursorPosition(typed[1])

    def _half_typed(self) -> tuple[str, int] | None:
        """What was typed that is no choice yet, and where the next letter goes."""
        line = self.combo.lineEdit()
        if line is None or line.text() in ("", self.combo.itemText(self.combo.currentIndex())):
            return None
        return line.text(), line.cursorPosition()

    def offer_too(self, text: str) -> None:
        """Offer what a row has although others may not choose it any more."""
        if text and self.combo.findData(text) < 0:
            self.combo.addItem(text, text)

    def value(self) -> str | int | None:
        """Return the key of the choice."""
        index = self._index()
        typed = self.combo.currentText().strip()
        if self.combo.isEditable() and typed and index < 0:
            raise _not_there(typed)
        key = self.combo.itemData(index) if index >= 0 else None
        if key is None and self.required:
            raise Refused(N_("Choose one."))
        assert key is None or isinstance(key, str | int)
        return key

    def text(self) -> str:
        """Return the words of the choice."""
        return self.combo.currentText()

    def set_value(self, value: str | int | None) -> None:
        """Choose by key."""
        with QSignalBlocker(self.combo):
            self._choose(value)

    def draft(self) -> object:
        """Return the chosen key."""
        return self.combo.currentData()

    def restore(self, draft: object) -> None:
        """Choose by key."""
        self.set_value(draft if isinstance(draft, str | int) else None)

    def _choose(self, key: object) -> None:
        completer = self.combo.completer()
        with completer.resting() if isinstance(completer, WordCompleter) else nullcontext():
            self._choose_row(key)

    def _choose_row(self, key: object) -> None:
        keys = [self.combo.itemData(n) for n in range(self.combo.count())]
        self.combo.setCurrentIndex(keys.index(key) if key in keys else min(0, len(keys) - 1))
        if key not in keys and self._nothing is None:
            self.combo.setCurrentIndex(-1)
        line = self.combo.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _searchable(self, *, on: bool) -> None:
        if on == self.combo.isEditable():
            return
        if not on:
            self.combo.setEditable(False)
            return
        # Not by ``setEditable``, which also makes the list that most never open.
        line = QLineEdit(self.combo)
        self.combo.setLineEdit(line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = WordCompleter(self.combo, line)
        self.combo.setCompleter(completer)
        lay_over(completer)
        line.setPlaceholderText(_("Search"))
        self.combo.select_on_click(line)
        line.textEdited.connect(lambda text: self._searched(completer, text))
        line.returnPressed.connect(self._take_only)
        line.editingFinished.connect(self._left)

    def _searched(self, completer: WordCompleter, text: str) -> None:
        """Say at once where nothing fits: a list that does not open says nothing."""
        typed = text.strip()
        rows = completer.popup()
        assert rows is not None
        rows.setMinimumWidth(self.combo.room())
        if completer.finds(typed):
            self.show_error("")
        else:
            self.show_error(language.refusal(_not_there(typed)))

    def _take_only(self) -> None:
        """Return takes the one row that is left, if its numbers are those that were typed."""
        names = [self.combo.itemText(row) for row in range(self.combo.count())]
        only = only_one(names, self.combo.currentText())
        if only is not None and self._index() < 0:
            self.combo.setCurrentIndex(only)
            self.combo.setEditText(self.combo.itemText(only))
            self.show_error("")

    def _index(self) -> int:
        """The row that was chosen or typed in full; -1 where there is none."""
        if not self.combo.isEditable():
            return self.combo.currentIndex()
        typed = self.combo.currentText().strip()
        index = self.combo.findText(typed, Qt.MatchFlag.MatchFixedString)
        if index >= 0 or not typed:
            return index
        rows = range(self.combo.count())
        alike = [row for row in rows if fold(self.combo.itemText(row)) == fold(typed)]
        return alike[0] if len(alike) == 1 else -1

    def _left(self) -> None:
        """What was typed in full is chosen; the rest is said to be unknown."""
        index = self._index()
        if index >= 0:
            self.combo.setCurrentIndex(index)
            self.combo.setEditText(self.combo.itemText(index))
        line = self.combo.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # a narrow line shows where its text begins
        self.check()


def _not_there(typed: str) -> Refused:
    return Refused(N_("“{typed}” is not in the list. Choose one of it."), typed=typed)


class _QuietCombo(QComboBox):
    """A list that the wheel does not change while the page is scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def select_on_click(self, line: QLineEdit) -> None:
        """Let a click that brings the keyboard select the text, as Tab does."""
        line.installEventFilter(_FirstClick(line, self))

    def room(self) -> int:
        """How wide a list must be for its longest row; no further than the screen goes."""
        longest = max((self.itemText(row) for row in range(self.count())), key=len, default="")
        wide = self.fontMetrics().horizontalAdvance(longest) + theme.current().px(_ROW_AIR)
        left = self.mapToGlobal(QPoint(0, 0)).x()
        return max(0, min(wide, self.screen().availableGeometry().right() - left))

    def showPopup(self) -> None:
        """Open the list, also of a narrow field, wide enough to be read."""
        self.view().setMinimumWidth(self.room())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows under a half-typed search open what fits, and never step to what does not."""
        typed = self.currentText().strip()
        completer = self.completer()
        steps = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if not steps or completer is None or typed == self.itemText(self.currentIndex()):
            super().keyPressEvent(event)
        elif typed:
            completer.setCompletionPrefix(typed)
            completer.complete()
        else:
            self.showPopup()


class _FirstClick(QObject):
    """Selects a line's text when a click brings the keyboard to it, so that typing replaces it."""

    def __init__(self, line: QLineEdit, owner: QWidget) -> None:
        super().__init__(line)
        self._line = line
        self._new = False
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keyboard comes before the press; the press sets the cursor, the release selects."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._new = event.reason() is Qt.FocusReason.MouseFocusReason
        elif watched is self._line and event.type() == QEvent.Type.MouseButtonRelease:
            if self._new and not self._line.hasSelectedText():
                self._line.selectAll()
            self._new = False
        return False


class SegmentedField(Field[str | int | None]):
    """One of a few, as buttons side by side or stacked; arrows go from one to the next."""

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice],
        *,
        helper: str = "",
        required: bool = False,
        stacked: bool = False,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self._group = QButtonGroup(self)
        self._keys = [choice.key for choice in choices]
        row = QWidget()
        layout = QVBoxLayout(row) if stacked else QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, choice in enumerate(choices):
            button = _Segment(choice.text[:1].upper() + choice.text[1:], self)
            button.setAccessibleName(f"{label}: {choice.text}" if label else choice.text)
            self._group.addButton(button, number)
            layout.addWidget(button, 1)
        self._put(row)
        if choices:
            self.label.setBuddy(self.button(0))
            self.setFocusProxy(self.button(0))
        self._group.idClicked.connect(lambda _number: self._edited())

    def button(self, number: int) -> QPushButton:
        """Return a button by its place."""
        button = self._group.button(number)
        assert isinstance(button, QPushButton)
        return button

    def keep_narrow(self) -> None:
        """Stay as wide as choices are read, however much room there is."""
        self.setMaximumWidth(theme.current().px(_SEGMENT) * len(self._keys))

    def step(self, by: int) -> None:
        """Choose the next or the one before."""
        focused = [n for n in range(len(self._keys)) if self.button(n).hasFocus()]
        here = focused[0] if focused else self._group.checkedId()
        target = self.button(max(0, min(len(self._keys) - 1, here + by)))
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def value(self) -> str | int | None:
        number = self._group.checkedId()
        if number < 0 and self.required:
            raise Refused(N_("Choose one."))
        return self._keys[number] if number >= 0 else None

    def set_value(self, value: str | int | None) -> None:
        """Press a button by its key, or none."""
        self._group.setExclusive(False)
        for number, key in enumerate(self._keys):
            self.button(number).setChecked(key == value)
            if key == value:
                self.setFocusProxy(self.button(number))
        self._group.setExclusive(True)

    def draft(self) -> object:
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else None

    def restore(self, draft: object) -> None:
        """Press a button by its key."""
        self.set_value(draft if isinstance(draft, str | int) else None)


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Segment(QPushButton):
    """One button of a row."""

    def __init__(self, text: str, field: SegmentedField) -> None:
        super().__init__(caption(text))
        self._field = field
        self.setCheckable(True)
        self.setAutoDefault(False)  # Return in another field of a dialog must not choose
        self.setProperty("role", "choice")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the neighbour."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._field.step(step)
