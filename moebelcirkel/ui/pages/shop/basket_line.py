"""One line of the basket: picture, how many of how many, price, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.answers import CHOICES, QUESTION, Answer
from moebelcirkel.language import _, day, kroner, zone
from moebelcirkel.ui.kit.lists.item_list import ItemPicture
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label, tip
from moebelcirkel.ui.pages.shop import words

if TYPE_CHECKING:
    from moebelcirkel.services.shop import BasketLine

#: A longer word beside a dear price would push the price out of sight.
_LONG_HERE: Final = 10


class BasketLineRow(QWidget):
    """Alike pieces in the basket; the menu changes how many, answers for them, or removes."""

    count_asked = Signal(object, int)
    answered = Signal(object, object)
    opened = Signal(object)

    def __init__(self, line: BasketLine) -> None:
        super().__init__()
        self.line = line
        self.picture = ItemPicture(shape_for(line.category_key, line.name))
        name, price = Label(line.name, long=_LONG_HERE), Label(kroner(line.total_ore))
        for label in (name, price):
            label.setProperty("tone", "strong")
        name.setWordWrap(True)
        self.detail = Label(self._detail(), tone="small", wrap=True)
        self.more = QToolButton()
        icons.put(self.more, "more", "muted", 18)
        self.more.setAccessibleName(_("Change {name}").format(name=line.name))
        self.more.setToolTip(tip(self.more.accessibleName()))
        self.more.clicked.connect(self._open_menu)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(name)
        left.addWidget(self.detail)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(price, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(left, 1)
        layout.addLayout(right)

    def _detail(self) -> str:
        line = self.line
        parts = [
            _("{held} of {available}").format(held=len(line.held), available=line.available),
            kroner(line.key.price_ore if line.loan_ore is None else line.loan_ore),
            line.key.condition,
        ]
        if any(held.exact for held in line.held):
            parts.append(_("exactly these"))
        if line.answer is not None:
            parts.append(_(line.answer.label))
        told = " · ".join(parts)
        found = next((held for held in line.held if held.want), None)
        if found is None:
            return told
        until = day(found.expires_at.astimezone(zone()).date())
        text = _("Found for {number}, held until {day}").format(number=found.want, day=until)
        return f"{told}\n{text}"

    def menu(self) -> QMenu:
        """What can be done with the line."""
        menu = QMenu(self)
        count = len(self.line.held)
        more = menu.addAction(_("One more"))
        more.setEnabled(count < self.line.available)
        more.triggered.connect(lambda: self.count_asked.emit(self.line, count + 1))
        if count > 1:
            less = menu.addAction(_("One less"))
            less.triggered.connect(lambda: self.count_asked.emit(self.line, count - 1))
        menu.addAction(_("Details and number…")).triggered.connect(
            lambda: self.opened.emit(self.line.key)
        )
        self._add_answers(menu)
        menu.addSeparator()
        remove = menu.addAction(_("Remove from the basket"))
        remove.triggered.connect(lambda: self.count_asked.emit(self.line, 0))
        return menu

    def _add_answers(self, menu: QMenu) -> None:
        answers = menu.addMenu(_(QUESTION))
        group = QActionGroup(menu)
        for answer in (None, *CHOICES):
            text = _("As for the whole basket") if answer is None else _(answer.label)
            action = QAction(text, menu, checkable=True)
            action.setChecked(answer is self.line.answer)
            action.triggered.connect(lambda _on=False, given=answer: self._answer(given))
            group.addAction(action)
            answers.addAction(action)

    def _answer(self, answer: Answer | None) -> None:
        self.answered.emit(self.line, answer)

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def spoken(self) -> str:
        """The line for those who hear it."""
        return f"{self.line.name}, {words.pieces(len(self.line.held))}"
