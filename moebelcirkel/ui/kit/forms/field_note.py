"""What is wrong with a field, said over what lies below it, so that nothing moves under a pointer.

Something wrong is often found when a field is left, which is when the mouse goes down on a button:
a line that came into the form then would push that button away from it. Forms leave `ROOM` below
their fields for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label

#: Air below a field, where a line about it has room.
ROOM: Final = 20
_LEAST_WIDTH: Final = 200
#: Left and right of its words, as the style has it, and a little more.
_PAD: Final = 24
_FOLLOWED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
        QEvent.Type.ParentChange,
    }
)


class FieldNote(Label):
    """A line at the foot of its field that takes no room and no mouse."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(parent=anchor)
        self._anchor = anchor
        self._over: QWidget | None = None
        self._followed: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self.setProperty("tone", "error")
        self.setProperty("note", True)
        self.setWordWrap(True)
        self.hide()
        anchor.destroyed.connect(self.deleteLater)

    def stand_at(self, anchor: QWidget, over: QWidget | None = None) -> None:
        """The widget it belongs to, with which it goes, and the help it may lie over."""
        self._anchor, self._over = anchor, over
        anchor.destroyed.connect(self.deleteLater)

    def say(self, text: str) -> None:
        """Show this, or nothing."""
        if text:
            self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setText(text)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go where the field goes."""
        if event.type() in _FOLLOWED:
            self._soon.start()
        return False

    def _place(self) -> None:
        if not shiboken6.isValid(self._anchor):
            return  # it goes as soon as its turn comes
        said = bool(self.text())
        self._follow(self._chain() if said else [])
        if not said or not self._anchor.isVisible():
            self.hide()
            return
        ground = self._followed[-1]
        if self.parentWidget() is not ground:
            self.setParent(ground)
        self.setGeometry(self._spot(ground))
        self.show()
        self.raise_()

    def _spot(self, ground: QWidget) -> QRect:
        """Below the field where that covers nothing but help, else over its own label."""
        anchor = QRect(self._anchor.mapTo(ground, QPoint(0, 0)), self._anchor.size())
        parts = list(self._taken(ground))
        helps = [place for part, place in parts if part.property("tone") == "small"]
        full = [place for part, place in parts if part.property("tone") != "small"]
        tried = [
            spot
            for spot in self._below(ground, anchor)
            if not any(spot.intersects(each) for each in full)
        ]
        free = (spot for spot in tried if not any(spot.intersects(each) for each in helps))
        found = next(free, None)
        if found is None and tried:  # the help of others gives way, whole words of it
            found = min(tried, key=QRect.height)
            under = [each.right() for each in helps if each.intersects(found)]
            found.setRight(max(found.right(), *under))
        if found is None:
            found = self._above(ground, anchor, parts)
        return found if found.top() >= 0 else self._sized(anchor, anchor.left(), found.width())

    def _above(
        self, ground: QWidget, anchor: QRect, parts: Iterable[tuple[QWidget, QRect]]
    ) -> QRect:
        """Over the whole label: the tops of its letters alone are no words."""
        found = self._sized(anchor, anchor.left(), ground.width() - anchor.left())
        found.moveBottom(anchor.top() - 1)
        for part, place in parts:
            if part.parentWidget() is self._anchor.parentWidget() and place.intersects(found):
                found.setTop(min(found.top(), place.top()))
                found.setRight(max(found.right(), place.left() + part.sizeHint().width()))
        return found

    def _below(self, ground: QWidget, anchor: QRect) -> Iterator[QRect]:
        """As wide as the field, then as there is room to either side, inside what scrolls."""
        least = min(theme.current().px(_LEAST_WIDTH), ground.width() - anchor.left())
        right = ground.width() - anchor.left()
        words = min(self._words(), anchor.right() + 1)
        for left, width in (
            (anchor.left(), max(anchor.width(), least)),
            (anchor.left(), right),
            (anchor.right() + 1 - words, words),  # a narrow field at the right ends above its end
            (0, ground.width()),
        ):
            spot = self._sized(anchor, left, width)
            if spot.bottom() < ground.height():
                yield spot

    def _words(self) -> int:
        """How wide its words are in one line."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self.text()) + _PAD

    def _sized(self, anchor: QRect, left: int, width: int) -> QRect:
        """This far from the left, no wider than the words need."""
        room = min(width, max(anchor.width(), self._words()))
        high = self.heightForWidth(room)
        if self._over is not None and self._over.isVisible():
            help_ = self._over.height() + self._over.y() - self._anchor.geometry().bottom()
            high = max(high, help_)
        return QRect(left, anchor.bottom() + 1, room, high)

    def _taken(self, ground: QWidget) -> Iterator[tuple[QWidget, QRect]]:
        """Where something is to be read, pressed or typed in, but for the field and its help."""
        for each in ground.findChildren(QWidget):
            if each is self or each is self._over or not each.isVisibleTo(ground):
                continue
            inside = each is self._anchor or self._anchor.isAncestorOf(each)
            if inside or each.layout() is not None:
                continue
            if isinstance(each, QLabel) and not each.text() and each.pixmap().isNull():
                continue
            yield each, QRect(each.mapTo(ground, QPoint(0, 0)), each.size())

    def _chain(self) -> list[QWidget]:
        """The field and all it lies in, up to what scrolls with it, or the window."""
        chain = [self._anchor]
        while not chain[-1].isWindow():
            parent = chain[-1].parentWidget()
            area = None if parent is None else parent.parentWidget()
            if parent is None:
                break
            if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
                break
            chain.append(parent)
        return chain

    def _follow(self, chain: list[QWidget]) -> None:
        if chain == self._followed:
            return
        for widget in self._followed:
            widget.removeEventFilter(self)
        for widget in chain:
            widget.installEventFilter(self)
        self._followed = chain
