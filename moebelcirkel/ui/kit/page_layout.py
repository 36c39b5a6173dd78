"""Cards, rows and columns on the 8-px grid, and side panels that go below on narrow windows."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.plain import Label

GAP = 16
COLUMN_GAP = 20
MARGIN = 24
CARD_PAD = 16
#: Height of a notice of one line.
_SAID = 38


class CardFrame(QFrame):
    """A white card with an optional heading, something beside it, and a body to fill."""

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, padded: bool = True
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.heading = Label(title, tone="heading", wrap=True)
        if not title:
            self.heading.hide()
        self.subtitle = Label(tone="small", wrap=True)
        self.subtitle.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.heading, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        layout = QVBoxLayout(self)
        pad = CARD_PAD if padded else 0
        layout.setContentsMargins(pad, CARD_PAD - 2 if padded else 0, pad, pad)
        layout.setSpacing(12 if padded else 0)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(self.head)
        head.addWidget(self.subtitle)
        layout.addLayout(head)
        layout.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)

    def show_title(self, title: str, subtitle: str = "") -> None:
        """Change heading and the line under it."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget, stretch)

    def speaks_beside_title(self, notice: QWidget) -> None:
        """Give what is said now and then a place where nothing moves away under the pointer."""
        self.heading.setMinimumHeight(theme.current().px(_SAID))
        # On one line with the heads of the cards beside it.
        self.heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.head.addWidget(notice, 2, Qt.AlignmentFlag.AlignVCenter)

    def beside_title(self, widget: QWidget) -> None:
        """Put a widget to the right of the heading."""
        self.head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


class ScrolledArea(QScrollArea):
    """A tall widget that scrolls; unfolded it is as tall as it needs, and the page scrolls.

    One that ``yields`` asks for no height, so that what is said beside it makes no page scroll.
    """

    def __init__(self, *, unfolds: bool, yields: bool) -> None:
        super().__init__()
        self._unfolds = unfolds
        self._yields = yields
        self._unfolded = False

    def unfold(self, *, on: bool) -> None:
        """Show the whole, as on a page whose parts lie below each other, or scroll again."""
        self._unfolded = on and self._unfolds
        self._fit()

    def sizeHint(self) -> QSize:
        """Qt's own, or as low as can be."""
        wished = super().sizeHint()
        return QSize(wished.width(), self.minimumSizeHint().height()) if self._yields else wished

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has grown or shrunk."""
        found = super().eventFilter(watched, event)
        if self._unfolded and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return found

    def _fit(self) -> None:
        inside = self.widget()
        high = 0
        if self._unfolded and inside is not None:
            high = inside.minimumSizeHint().height()
            if inside.hasHeightForWidth():
                high = max(high, inside.heightForWidth(self.viewport().width()))
        self.setMinimumHeight(high)


class SidePanel(QWidget):
    """A main part and panels beside it, which go below (or above) when there is no room.

    Panels are (widget, width); a panel before the main part is put first by `before`.
    """

    #: Sent with True when the panels have gone below, with False when they are beside again.
    turned = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        panels: Sequence[tuple[QWidget, int]],
        before: Sequence[tuple[QWidget, int]] = (),
        collapse_below: int = 900,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._main = main
        self._panels = (*before, *panels)
        self._below = collapse_below
        self._needed = 0
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(COLUMN_GAP)
        for panel, _width in before:
            self._layout.addWidget(panel)
        self._layout.addWidget(main, 1)
        for panel, _width in panels:
            self._layout.addWidget(panel)
        self._arrange(narrow=False)
        theme.watch().changed.connect(self._restyled)

    def is_narrow(self) -> bool:
        """Tell whether the panels lie below."""
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose beside or below."""
        super().resizeEvent(event)
        self._again()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts below each other: what scrolls gives it the room there is."""
        parts = (self._main, *(panel for panel, _width in self._panels))
        widest = max(part.minimumSizeHint().width() for part in parts)
        return QSize(widest if self._below else self._beside(), self._layout.minimumSize().height())

    def _beside(self) -> int:
        """Width its parts need beside each other, as they were when they last stood so."""
        if not self.is_narrow():
            px = theme.current().px
            shown = [px(width) + COLUMN_GAP for part, width in self._panels if not part.isHidden()]
            self._needed = self._main.minimumSizeHint().width() + sum(shown)
        return self._needed

    def _restyled(self) -> None:
        """Text of another size needs other room."""
        self._needed = 0
        self._again()

    def _again(self) -> None:
        least = max(theme.current().px(self._below), self._beside()) if self._below else 0
        self._arrange(narrow=self.width() < least)

    def _arrange(self, *, narrow: bool) -> None:
        turned = narrow != self.is_narrow()
        beside = QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if narrow else beside)
        for panel, width in self._panels:
            if narrow:
                panel.setMinimumWidth(0)
                panel.setMaximumWidth(16_777_215)
            else:
                panel.setFixedWidth(theme.current().px(width))
        if turned:
            for area in self.findChildren(ScrolledArea):
                area.unfold(on=narrow)
            self.turned.emit(narrow)
            # In the midst of laying out nobody hears that other sizes are asked for now.
            QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        self.updateGeometry()


def row(*widgets: QWidget | QLayout | None, gap: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is what stretches."""
    layout = QHBoxLayout()
    _fill(layout, widgets, gap)
    return layout


def column(*widgets: QWidget | QLayout | None, gap: int = GAP) -> QVBoxLayout:
    """Widgets below each other; None is what stretches."""
    layout = QVBoxLayout()
    _fill(layout, widgets, gap)
    return layout


def in_columns(grid: QGridLayout, widgets: Sequence[QWidget], columns: int, most: int = 4) -> None:
    """Fill a grid row by row with columns of equal width."""
    for number, widget in enumerate(widgets):
        grid.addWidget(widget, number // columns, number % columns)
    for number in range(most):
        grid.setColumnStretch(number, 1 if number < columns else 0)


def holder(layout: QLayout) -> QWidget:
    """Return a plain widget around a layout, without margins."""
    widget = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(layout)
    return widget


def content(page: QWidget, layout: QBoxLayout) -> None:
    """Give a page its layout with the page's margins."""
    layout.setContentsMargins(MARGIN, COLUMN_GAP, MARGIN, COLUMN_GAP)
    layout.setSpacing(COLUMN_GAP)
    page.setLayout(layout)


def scrolled(widget: QWidget, *, unfolds: bool = False, yields: bool = False) -> ScrolledArea:
    """Put a tall widget into an area that scrolls up and down.

    One that ``unfolds`` shows all of it where a `SidePanel` has put its panels below.
    """
    area = ScrolledArea(unfolds=unfolds, yields=yields)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setObjectName("scrolled")
    area.setWidget(widget)
    widget.installEventFilter(area)
    return area


def turn_to(stack: QStackedWidget, shown: QWidget) -> None:
    """Show one part of a stack; the others claim no room, or the page would scroll for them."""
    for number in range(stack.count()):
        part = stack.widget(number)
        policy = QSizePolicy.Policy.Preferred if part is shown else QSizePolicy.Policy.Ignored
        if part is not None:
            part.setSizePolicy(policy, policy)
    focus = cast("QWidget | None", stack.window().focusWidget())  # also behind a dialog
    lost = focus is not None and stack.isAncestorOf(focus) and not shown.isAncestorOf(focus)
    stack.setCurrentWidget(shown)
    if lost:
        keys.focus_first(shown)  # Qt took what comes next, be it the button that leads back


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, which grows with the text but stays within its window."""
    px = theme.current().px
    wanted = QSize(px(width), px(height))
    parent = dialog.parentWidget()
    if parent is not None:
        wanted = wanted.boundedTo(parent.window().size() - QSize(2 * GAP, 2 * GAP))
    dialog.resize(wanted)


def rule() -> QFrame:
    """Return a thin line."""
    line = QFrame()
    line.setProperty("rule", True)
    return line


def _fill(layout: QBoxLayout, parts: Sequence[QWidget | QLayout | None], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
