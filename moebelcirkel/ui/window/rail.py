"""The left rail: logo, one entry a page, and who is at work. It scrolls when text is large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, caption, tip
from moebelcirkel.ui.kit.shell import Person, RailItem

WIDTH: Final = 208
_MARGIN: Final = 12
#: More entries than these stand closer, so that all are in sight in a small window.
_ROOMY: Final = 12
_PERSON_PADDING: Final = 11


class RailButton(QPushButton):
    """One entry: icon, title, and a badge with how many wait there."""

    def __init__(self, item: RailItem) -> None:
        title = _(item.title)
        # A space more than Qt leaves between icon and text.
        super().__init__((" " if item.icon else "") + title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.item = item
        self._count = 0
        self.setCheckable(True)
        self.setProperty("rail", True)
        if item.icon:
            icons.put(self, item.icon, "muted")
        self._badge = Label("", self)
        self._badge.setProperty("badge", True)
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.hide()
        self.toggled.connect(self._tint)

    def set_count(self, count: int) -> None:
        """Show how many wait; none hides the badge."""
        self._count = count
        self._badge.setText(number(count) if count < 1000 else "999+")
        self._badge.setVisible(count > 0)
        waiting = ngettext("{count} waiting", "{count} waiting", count).format(count=number(count))
        self.setAccessibleDescription(waiting if count else "")
        self._place()

    def count(self) -> int:
        """What the badge says."""
        return self._count

    def sizeHint(self) -> QSize:
        """Room for the badge, also while it is hidden, so that the rail never changes width."""
        hint = super().sizeHint()
        return QSize(hint.width() + theme.current().px(24), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the badge at the right end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._badge.adjustSize()
        self._badge.move(
            self.width() - self._badge.width() - 9, (self.height() - self._badge.height()) // 2
        )

    def _tint(self, chosen: bool) -> None:  # noqa: FBT001 - Qt's signal hands it so
        if self.item.icon:
            icons.put(self, self.item.icon, "accent_text" if chosen else "muted")


class Rail(QWidget):
    """The rail as a whole."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], person: Person, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Pages"))
        self._person = person
        self._saving = False
        self._unsaved = False
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._scroll = self._entries([item for item in items if item.under is None])
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        column.setSpacing(0)
        self._head = self._brand()
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        line = QFrame()
        line.setProperty("rule", True)
        column.addWidget(line)
        column.addSpacing(4)
        self.copies = QPushButton()
        self.copies.setObjectName("copies")
        self.copies.hide()
        column.addWidget(self.copies)
        self.person = QPushButton()
        self.person.setObjectName("person")
        menu.setParent(self, menu.windowFlags())
        self._menu = menu
        # Not setMenu: a style sheet's padding is ignored on buttons that have one.
        self.person.clicked.connect(self.open_menu)
        column.addWidget(self.person)
        theme.watch().changed.connect(self.fit)
        self.fit()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many wait behind each of these entries."""
        for word, count in counts.items():
            if word in self.buttons:
                self.buttons[word].set_count(count)

    def set_current(self, word: str) -> None:
        """Mark the page that is shown."""
        if word in self.buttons:
            self.buttons[word].setChecked(True)
            self._scroll.ensureWidgetVisible(self.buttons[word])

    def set_person(self, person: Person) -> None:
        """Show who is at work."""
        self._person = person
        self._write_person()

    def set_saving(self, saving: bool) -> None:  # noqa: FBT001 - Qt's signal hands it so
        """Show whether everything is saved."""
        self._saving = saving
        self._write_person()

    def set_unsaved(self, *, unsaved: bool) -> None:
        """Show whether something typed waits to be saved."""
        self._unsaved = unsaved
        self._write_person()

    def show_copies(self, text: str, reason: str, *, worry: bool) -> None:
        """How old the last good copy is, and why where that is a worry."""
        self.copies.setText(caption(text))
        theme.mark(self.copies, "tone", "warning" if worry else "")
        icons.put(self.copies, "warning" if worry else "copy", "warning" if worry else "muted")
        self.copies.setToolTip(tip(reason or _("Copies of the database")))
        self.copies.setAccessibleDescription(reason)
        self.copies.show()
        self.fit()

    def open_menu(self) -> None:
        """Show the person's menu over the button."""
        corner = self.person.mapToGlobal(QPoint(0, 0))
        self._menu.popup(corner - QPoint(0, self._menu.sizeHint().height()))

    def free_room(self) -> tuple[QWidget, QRect]:
        """The rail, and what is free on it below its entries: there a message covers nothing."""
        area = self._scroll.geometry()
        last = list(self.buttons.values())[-1]
        top = max(area.top(), last.mapTo(self, QPoint(0, last.height())).y() + _MARGIN)
        return self, QRect(area.left(), top, area.width(), area.bottom() - top - 4)

    def showEvent(self, event: QShowEvent) -> None:
        """Only in its window does it wear the style sheet, and texts have their size."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """As wide as in the picture, wider only when large text needs it."""
        self._logo.setPixmap(icons.logo(theme.current().px(27)))
        self._name.ensurePolished()
        parts = (*self.buttons.values(), self._head, self.copies)
        need = max(part.sizeHint().width() for part in parts)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(WIDTH, need + 2 * _MARGIN + bar))
        self._write_person()

    def _brand(self) -> QWidget:
        brand = QWidget()
        brand.setMinimumHeight(66)
        row = QHBoxLayout(brand)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        self._logo = Label()
        self._name = Label("Møbelcirklen")
        self._name.setObjectName("brand")
        row.addWidget(self._logo)
        row.addWidget(self._name, 1)
        return brand

    def _entries(self, items: Sequence[RailItem]) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(2)
        for position, (_section, members) in enumerate(groupby(items, lambda i: i.section)):
            if position:
                column.addSpacing(12)
            for item in members:
                button = self._entry(item)
                button.setProperty("close", len(items) > _ROOMY)
                column.addWidget(button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _entry(self, item: RailItem) -> RailButton:
        button = RailButton(item)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked=False, word=item.word: self.chosen.emit(word))
        self.buttons[item.word] = button
        self._group.addButton(button)
        if len(self.buttons) <= 9:
            button.setToolTip(tip(f"Ctrl+{len(self.buttons)}"))
        return button

    def _write_person(self) -> None:
        kept = _("Not saved yet") if self._unsaved else _("Everything is saved")
        state = _("Saving…") if self._saving else kept
        room = self.width() - 2 * _MARGIN - 2 * _PERSON_PADDING
        self.person.ensurePolished()
        metrics = self.person.fontMetrics()
        line = metrics.elidedText(self._person.line, Qt.TextElideMode.ElideRight, room)
        self.person.setText(caption(f"{line}\n{state}"))
        self.person.setAccessibleName(f"{self._person.name}, {self._person.line}")
        self.person.setAccessibleDescription(state)
        self.person.setToolTip(tip(f"{self._person.name}\n{self._person.line}"))
