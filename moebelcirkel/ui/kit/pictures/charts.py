"""A bar chart on screen, drawn from the description and geometry it shares with paper."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.charts import BarChart, Box, Layout, layout, scale
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import Label, tip

NOTHING = -1
_FILLS = {
    "accent": "accent_fill",
    "co2": "accent_fill",
    "money": "money",
    "warning": "warning_mark",
}


class BarPlot(QWidget):
    """The bars; the mouse or the arrow keys light one up and show its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.chart = BarChart("", "", ())
        self.lit = NOTHING
        theme.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for bars that can be told apart."""
        return QSize(paint.px(320), paint.px(150))

    def minimumSizeHint(self) -> QSize:
        """Room for axis and texts."""
        return QSize(paint.px(160), paint.px(96))

    def show_chart(self, chart: BarChart) -> None:
        """Show another chart."""
        self.chart = chart
        self.lit = NOTHING
        self.setAccessibleName(chart.title)
        spoken = "; ".join(f"{bar.label} {bar.text}" for bar in chart.bars)
        self.setAccessibleDescription(", ".join(part for part in (chart.subtitle, spoken) if part))
        self.setToolTip("")
        self.update()

    def geometry_now(self) -> Layout:
        """Return where everything lies at the present size."""
        inset = self._inset()
        return layout(
            self.chart,
            self.width() - 2 * inset,
            self.height() - 2 * inset,
            lambda words, _size: paint.width_of(words, self._face()),
            size=self._face().pixelSize(),
            line_text=self._line_text,
        )

    def _line_text(self, value: Decimal) -> str:
        """All lines with as many decimals as a step has; nothing is "0"."""
        step = scale([bar.value for bar in self.chart.bars])[2] / self.chart.unit
        places = max(0, -int(step.normalize().as_tuple().exponent))
        return language.decimal(value / self.chart.unit, places) if value else "0"

    def light(self, number: int) -> None:
        """Light one bar up, or none."""
        number = number if 0 <= number < len(self.chart.bars) else NOTHING
        if number == self.lit:
            return
        self.lit = number
        if number != NOTHING:
            bar = self.chart.bars[number]
            self.setToolTip(tip(f"{bar.label}: {bar.text}"))
            self.setAccessibleName(f"{self.chart.title}. {bar.label}: {bar.text}")
            if self.hasFocus():
                event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
                QAccessible.updateAccessibility(event)
        else:
            self.setAccessibleName(self.chart.title)
        self.update()

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        found = self.geometry_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._inset(), self._inset())
        right = Qt.AlignmentFlag.AlignRight
        for y in found.lines:
            painter.fillRect(QRectF(found.left, y, found.right - found.left, 1), _line())
        for text in found.line_texts:
            paint.text(painter, _rect(text.box), text.text, self._face(), "muted", right)
        for number, box in enumerate(found.bars):
            self._bar(painter, number, box)
        centre = Qt.AlignmentFlag.AlignHCenter
        for text in found.values:
            if self.lit in (NOTHING, text.index):
                face = self._face(600 if text.index == self.lit else 400)
                paint.text(painter, _wider(text.box), text.text, face, "text", centre)
        for text in found.labels:
            ink = "text" if text.index == self.lit else "muted"
            paint.text(painter, _wider(text.box), text.text, self._face(), ink, centre)
        painter.fillRect(QRectF(found.left, found.axis, found.right - found.left, 1), _line())
        self._lit_value(painter, found)
        if self.hasFocus():
            painter.translate(-self._inset(), -self._inset())
            paint.focus_ring(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 6)

    def _bar(self, painter: QPainter, number: int, box: Box) -> None:
        fill = paint.colour(_FILLS.get(self.chart.colour_role, "accent_fill"))
        if self.lit not in (NOTHING, number):
            fill.setAlphaF(0.45)
        radius = min(4.0, box.width / 3, box.height)
        down = self.chart.bars[number].value < 0
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(_rect(box), radius, radius)
        # Only the far end is round: at the axis a bar stands flat.
        flat = box.y if down else box.bottom - radius
        path.addRect(QRectF(box.x, flat, box.width, min(radius, box.height)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path.simplified(), fill)

    def _lit_value(self, painter: QPainter, found: Layout) -> None:
        """Show the value of the lit bar also where it had no room."""
        if self.lit == NOTHING or any(text.index == self.lit for text in found.values):
            return
        bar, box = self.chart.bars[self.lit], found.bars[self.lit]
        face = self._face(600)
        words = f"{bar.label}: {bar.text}"
        wide = paint.width_of(words, face) + paint.px(12)
        high = paint.px(20)
        left = max(0.0, min(box.x + box.width / 2 - wide / 2, found.right - wide))
        note = QRectF(left, max(0.0, box.y - high - 2), wide, high)
        painter.setPen(QPen(paint.colour("edge"), 1))
        painter.setBrush(paint.colour("surface"))
        painter.drawRoundedRect(note, 5, 5)
        paint.text(painter, note, words, face, "text", Qt.AlignmentFlag.AlignHCenter)

    def _inset(self) -> float:
        return 4.0

    def _face(self, weight: int = 400) -> QFont:
        return paint.font("tiny", weight)

    # --- mouse and keyboard -------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the bar under the mouse."""
        x = event.position().x() - self._inset()
        slots = self.geometry_now().slots
        hit = (n for n, slot in enumerate(slots) if slot.x <= x < slot.right)
        self.light(next(hit, NOTHING))

    def leaveEvent(self, _event: QEvent) -> None:
        self.light(NOTHING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar."""
        last = len(self.chart.bars) - 1
        target = {
            Qt.Key.Key_Right: min(self.lit + 1, last),
            Qt.Key.Key_Left: max(self.lit - 1, 0) if self.lit != NOTHING else last,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Escape: NOTHING,
        }.get(Qt.Key(event.key()))
        if target is None or (target == NOTHING and self.lit == NOTHING):
            super().keyPressEvent(event)
        else:
            self.light(target)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.light(NOTHING)
        self.update()


class BarChartView(QWidget):
    """Title that says what the chart shows, its unit, and the bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(tone="strong", wrap=True)
        self._subtitle = Label(tone="small", wrap=True)
        self.plot = BarPlot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addSpacing(6)
        column.addWidget(self.plot, 1)

    def show_chart(self, chart: BarChart) -> None:
        """Show another chart."""
        self._title.setText(chart.title)
        self._subtitle.setText(chart.subtitle)
        self.plot.show_chart(chart)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _wider(box: Box) -> QRectF:
    """Room for a heavier face in the same place."""
    return _rect(box).adjusted(-3, 0, 3, 0)


def _line() -> QColor:
    return paint.colour("line")
