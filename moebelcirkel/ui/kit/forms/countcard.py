"""How many of each condition: cards with a big figure, set by typing, + and −, or the mouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QWidget

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _
from moebelcirkel.language import number as number_text
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.free_spot import PRESSED
from moebelcirkel.ui.kit.pictures import icons, paint
from moebelcirkel.ui.kit.plain import caption

MOST = 9999
PAD = 12


@dataclass(frozen=True, slots=True)
class CountChoice:
    """One card: key and words ("B · god"), and where such pieces can go, the first at start."""

    key: str
    title: str
    targets: tuple[Choice, ...] = ()


class CountCard(QWidget):
    """A figure under a name. Digits type it, + and − step, Alt+Down changes where it goes."""

    changed = Signal()

    def __init__(self, choice: CountChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.count = 0
        self.target = choice.targets[0].key if choice.targets else None
        self._typing = False
        self._hover = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty(PRESSED, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("Type the number, or use + and −"))
        self._name()
        theme.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for name and figure."""
        return QSize(paint.px(132), paint.px(56))

    def minimumSizeHint(self) -> QSize:
        """Room for a short name and figure."""
        return QSize(paint.px(96), paint.px(56))

    def needed_width(self) -> float:
        """Width at which name and a figure of two digits are not cut."""
        name = paint.width_of(self.choice.title, paint.font("body", 600))
        figure = paint.width_of("00", paint.font("price", 700))
        return name + figure + 2 * paint.px(PAD) + paint.px(4)

    def set_count(self, count: int) -> None:
        """Show a figure without sending `changed`."""
        self.count = max(0, min(MOST, count))
        self._name()
        self.update()

    def set_target(self, key: str | int | None) -> None:
        """Say where these pieces go."""
        if any(target.key == key for target in self.choice.targets):
            self.target = key
            self._name()
            self.update()

    def target_text(self) -> str:
        """Return in words where these pieces go."""
        return next((t.text for t in self.choice.targets if t.key == self.target), "")

    def _change(self, count: int) -> None:
        count = max(0, min(MOST, count))
        if count != self.count:
            self.set_count(count)
            event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(event)
            self.changed.emit()

    def _name(self) -> None:
        parts = (self.choice.title, self.target_text())
        name = ", ".join(part for part in parts if part)
        self.setAccessibleName(f"{name}: {number_text(self.count)}")

    # --- painting -----------------------------------------------------------------------------

    def _step_boxes(self) -> tuple[QRectF, QRectF]:
        """Where − and + are clicked, seen while the mouse is over the card."""
        side = paint.px(24)
        top = self.height() - side - paint.px(4)
        right = self.width() - paint.px(5)
        return QRectF(right - 2 * side, top, side, side), QRectF(right - side, top, side, side)

    def _target_box(self) -> QRectF:
        high = paint.px(26)
        right = self._step_boxes()[0].left() if self._hover else self.width() - paint.px(PAD)
        left = float(paint.px(PAD))
        return QRectF(left, self.height() - high - paint.px(3), right - left, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        filled = self.count > 0
        wide = 2.0 if self.hasFocus() else 1.0
        edge = "accent" if filled or self.hasFocus() else "field_border"
        painter.setPen(QPen(paint.colour(edge), wide))
        painter.setBrush(paint.colour("accent_soft" if filled else "surface"))
        half = wide / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 8, 8)
        self._texts(painter, box)
        if self._hover:
            for name, place in zip(("minus", "plus"), self._step_boxes(), strict=True):
                picture = icons.pixmap(name, "accent_text", paint.px(16))
                corner = place.center() - QPointF(paint.px(8), paint.px(8))
                painter.drawPixmap(corner, picture)

    def _texts(self, painter: QPainter, box: QRectF) -> None:
        pad = paint.px(PAD)
        figure, face = number_text(self.count), paint.font("price", 700)
        top = QRectF(pad, paint.px(6), box.width() - 2 * pad, paint.px(26))
        paint.text(painter, top, figure, face, "text", Qt.AlignmentFlag.AlignRight)
        room = top.adjusted(0, 0, -paint.width_of(figure, face) - paint.px(4), 0)
        paint.text(painter, room, self.choice.title, paint.font("body", 600))
        place, small = self._target_box(), paint.font("small")
        paint.text(painter, place, self.target_text(), small, "muted")
        if len(self.choice.targets) > 1:
            left = place.left() + paint.width_of(self.target_text(), small) + paint.px(4)
            arrow = icons.pixmap("arrow-down", "muted", paint.px(12))
            if left + paint.px(12) < place.right():
                painter.drawPixmap(QPointF(left, place.center().y() - paint.px(6)), arrow)

    # --- keyboard and mouse -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, +, −, Backspace, Delete, and Alt+Down or Space for where it goes."""
        digit = event.text()
        if digit.isascii() and digit.isdigit():
            self._change(int(f"{self.count}{digit}") if self._typing else int(digit))
            self._typing = True
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space or (alt and key == Qt.Key.Key_Down):
            self._choose_target()
            return
        steps = {
            Qt.Key.Key_Plus: self.count + 1,
            Qt.Key.Key_Up: self.count + 1,
            Qt.Key.Key_Minus: self.count - 1,
            Qt.Key.Key_Down: self.count - 1,
            Qt.Key.Key_Backspace: self.count // 10,
            Qt.Key.Key_Delete: 0,
        }
        if key in steps:
            self._typing = key == Qt.Key.Key_Backspace
            self._change(steps[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """− and + step, the words below choose where it goes."""
        minus, plus = self._step_boxes()
        where = event.position()
        if minus.contains(where):
            self._change(self.count - 1)
        elif plus.contains(where):
            self._change(self.count + 1)
        elif self._target_box().contains(where):
            self._choose_target()

    def enterEvent(self, event: QEvent) -> None:
        """Show − and +."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide − and +."""
        self._hover = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The next digit starts a new figure."""
        super().focusInEvent(event)
        self._typing = False
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def _choose_target(self) -> None:
        if len(self.choice.targets) < 2:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for target in self.choice.targets:
            action = menu.addAction(caption(target.text))
            action.setCheckable(True)
            action.setChecked(target.key == self.target)
            action.triggered.connect(lambda _on=False, key=target.key: self._take_target(key))
        menu.popup(self.mapToGlobal(self._target_box().bottomLeft().toPoint()))

    def _take_target(self, key: str | int) -> None:
        self.set_target(key)
        self.changed.emit()


class _CardRow(QWidget):
    """Cards in one line, or in lines of two where their words would be cut."""

    def __init__(self, cards: Sequence[CountCard]) -> None:
        super().__init__()
        self._cards = cards
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._place(len(cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how many go in a line."""
        super().resizeEvent(event)
        widest = max((card.needed_width() for card in self._cards), default=0)
        fits = self.width() + 10 >= len(self._cards) * (widest + 10)
        self._place(len(self._cards) if fits else 2)

    def _place(self, columns: int) -> None:
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class CountField(Field[dict[str, int]]):
    """Count cards side by side; `targets()` tells where each kind goes."""

    def __init__(
        self,
        label: str,
        choices: Sequence[CountChoice],
        *,
        helper: str = "",
        required: bool = False,
    ) -> None:
        super().__init__(label, helper=helper, required=required)
        self.cards = {choice.key: CountCard(choice) for choice in choices}
        for card in self.cards.values():
            card.changed.connect(self._edited)
        self._put(_CardRow(list(self.cards.values())))
        first = next(iter(self.cards.values()), None)
        if first is not None:
            self.label.setBuddy(first)
            self.setFocusProxy(first)

    def value(self) -> dict[str, int]:
        counts = self.counts()
        if self.required and not any(counts.values()):
            raise Refused(N_("Write how many there are."))
        return counts

    def counts(self) -> dict[str, int]:
        """Return the figures as they stand, also while none is written."""
        return {key: card.count for key, card in self.cards.items()}

    def total(self) -> int:
        """Return the sum of all cards."""
        return sum(card.count for card in self.cards.values())

    def targets(self) -> dict[str, str | int | None]:
        """Return where each kind goes."""
        return {key: card.target for key, card in self.cards.items()}

    def set_value(self, value: Mapping[str, int]) -> None:
        """Show figures; cards not named show 0."""
        for key, card in self.cards.items():
            card.set_count(value.get(key, 0))

    def draft(self) -> object:
        return {key: [card.count, card.target] for key, card in self.cards.items()}

    def restore(self, draft: object) -> None:
        """Show figures and targets."""
        if not isinstance(draft, dict):
            return
        for key, card in self.cards.items():
            count, target = draft.get(key, (0, None))
            card.set_count(int(count))
            card.set_target(target)
