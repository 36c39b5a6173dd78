"""What is wrong with a field, said over what lies below it, so that nothing moves under a pointer.

Something wrong is often found when a field is left, which is when the mouse goes down on a button:
a line that came into the form then would push that button away from it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label

_LEAST_WIDTH = 200
_FOLLOWED = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
     QEvent.Type.LayoutRequest, QEvent.Type.ParentChange}
)  # fmt: skip


class FieldNote(Label):
    """A line at the foot of its field that takes no room and no mouse."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(parent=anchor)
        self._anchor = anchor
        self._followed: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self.setProperty("tone", "error")
        self.setProperty("note", True)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def stand_at(self, anchor: QWidget) -> None:
        """The widget it belongs to, with which it goes."""
        self._anchor = anchor
        anchor.destroyed.connect(self.deleteLater)

    def say(self, text: str) -> None:
        """Show this, or nothing."""
        self.setText(text)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go where the field goes."""
        if event.type() in _FOLLOWED:
            self._soon.start()
        return False

    def _place(self) -> None:
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
        """Below the field; above it where there is no room below."""
        corner = self._anchor.mapTo(ground, QPoint(0, 0))
        least = min(theme.current().px(_LEAST_WIDTH), ground.width() - corner.x())
        width = max(self._anchor.width(), least)
        self.ensurePolished()
        height = self.heightForWidth(width)
        top = corner.y() + self._anchor.height()
        if top + height > ground.height():
            top = max(0, corner.y() - height)
        return QRect(corner.x(), top, width, height)

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
