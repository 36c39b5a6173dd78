"""The grid product cards are shown in: painted by one delegate, chosen by mouse or keyboard."""

from collections.abc import Hashable, Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.decision import Pause
from moebelcirkel.ui.kit.lists.cards import CARD_WIDTH, GAP, CardModel, CardTexts, columns_for
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.pictures.thumbnails import AskPhotos, Thumbnails

PAD = 11
PICTURE = 112
#: Chip, title, price and CO₂e lines under the picture, with their gaps.
TEXTS = 112
NOT_COUNTED = -1


class GridCardDelegate(QStyledItemDelegate):
    """Paints a card and knows where its action lies."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.card_size = QSize(CARD_WIDTH, PICTURE + TEXTS)
        self.hovered_action = NOT_COUNTED

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every card is as large as the grid says."""
        return self.card_size

    def action_box(self, cell: QRectF, card: CardTexts) -> QRectF:
        """Where the action of a card is clicked; empty when it has none."""
        if not card.action_text:
            return QRectF()
        wide = paint.width_of(card.action_text, paint.font("small", 700)) + paint.px(12)
        high = paint.px(26)
        right = cell.left() + self.card_size.width() - paint.px(PAD) + paint.px(6)
        # In the middle of the CO₂e line, which it ends.
        middle = cell.top() + paint.px(PAD) + paint.px(PICTURE) + paint.px(9 + 70 + 10)
        return QRectF(right - wide, middle - high / 2, wide, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card, or its empty shell while it is being read."""
        size = self.card_size
        cell = QRectF(option.rect.left(), option.rect.top(), size.width(), size.height())
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        paint.card(painter, cell, theme.CARD_RADIUS, ring=chosen, hover=hover, focus=focus)
        pad = paint.px(PAD)
        inner = cell.adjusted(pad, pad, -pad, -pad)
        card = index.data(ROW_ROLE)
        picture = QRectF(inner.left(), inner.top(), inner.width(), paint.px(PICTURE))
        if isinstance(card, CardTexts):
            image = self._thumbnails.pixmap(card.photo_key)
            paint.picture(painter, picture, image, card.shape)
            self._texts(painter, cell, inner, card)
            self._action(painter, cell, card, on=index.row() == self.hovered_action)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint.colour("sunken"))
            painter.drawRoundedRect(picture, 8, 8)
        painter.restore()

    def _texts(self, painter: QPainter, cell: QRectF, inner: QRectF, card: CardTexts) -> None:
        if card.label_chip:
            corner = inner.topLeft() + QPointF(paint.px(6), paint.px(6))
            room = inner.width() - paint.px(12)
            paint.chip(painter, corner.x(), corner.y(), (card.label_chip, "plain"), room)
        right = Qt.AlignmentFlag.AlignRight
        top = inner.top() + paint.px(PICTURE) + paint.px(9)
        count_face = paint.font("small", 600)
        count = paint.width_of(card.count_text, count_face) + paint.px(8)
        line = QRectF(inner.left(), top, inner.width(), paint.px(22))
        paint.chip(painter, line.left(), top, pill(card, inner.width() - count), inner.width())
        paint.text(painter, line, card.count_text, count_face, "text", right)
        title = QRectF(inner.left(), top + paint.px(25), inner.width(), paint.px(20))
        # What tells alike names apart, as the colour, stands last.
        faces = (paint.font("body", 600), paint.font("small", 600))
        face = paint.fitting(card.title, title.width(), *faces)
        paint.text(painter, title, card.title, face, cut=Qt.TextElideMode.ElideMiddle)
        self._price(painter, inner, top + paint.px(46), card)
        action = self.action_box(cell, card)
        end = inner.right() if action.isEmpty() else action.left()
        bottom = QRectF(inner.left(), top + paint.px(70), end - inner.left(), paint.px(20))
        paint.text(painter, bottom, card.co2_text, paint.font("small", 600), "accent_text")

    def _price(self, painter: QPainter, inner: QRectF, top: float, card: CardTexts) -> None:
        face, small = paint.font("price", 700), paint.font("small")
        line = QRectF(inner.left(), top, inner.width(), paint.px(24))
        paint.text(painter, line, card.price_text, face)
        left = inner.left() + paint.width_of(card.price_text, face) + paint.px(9)
        room = inner.right() - left
        if room < paint.px(24) or not card.new_price_text:
            return
        # Both prices stand on one line of writing, though they differ in size.
        base = (
            line.center().y() + (QFontMetricsF(face).ascent() - QFontMetricsF(face).descent()) / 2
        )
        high = QFontMetricsF(small).height()
        box = QRectF(left, base - QFontMetricsF(small).ascent(), room, high)
        paint.text(painter, box, card.new_price_text, small, "muted")

    def _action(self, painter: QPainter, cell: QRectF, card: CardTexts, *, on: bool) -> None:
        box = self.action_box(cell, card)
        if box.isEmpty():
            return
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint.colour("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, box, card.action_text, paint.font("small", 700), "accent_text", centre)


def pill(card: CardTexts, room: float) -> tuple[str, str]:
    """The condition in words, or in few of them where the card is narrow."""
    words, tone = card.condition_chip
    brief = card.condition_brief
    return (brief if brief and paint.chip_width(words) > room else words, tone)


class CardGrid(QListView):
    """Cards side by side; `opened` by double click, `action` by its words, Enter or Space.

    After an action nothing is acted on before what it came to (`modelReset`) has stood for a
    second, nor by mouse on a card that has just slid under the pointer.
    """

    opened = Signal(object)
    action = Signal(object)
    current_changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbnails = Thumbnails(self, self._photos_in_view)
        self.thumbnails.arrived.connect(self._photo_arrived)
        self._delegate = GridCardDelegate(self.thumbnails, self)
        self.setItemDelegate(self._delegate)
        self._kept: Hashable | None = None
        self._pressed: Hashable | None = None
        self._under: CardTexts | None = None
        self._scrolled, self._acting = 0, False
        self._acted, self._slid = Pause(self), Pause(self)
        self.verticalScrollBar().valueChanged.connect(self.thumbnails.touch)
        self.doubleClicked.connect(self._open)
        theme.watch().changed.connect(self._fit)

    def show_model(self, model: CardModel, ask_photos: AskPhotos | None = None) -> None:
        """Show a model; photos are asked for through the callback."""
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        model.dataChanged.connect(self.thumbnails.touch)
        self.selectionModel().currentChanged.connect(
            lambda index, _before: self.current_changed.emit(index.data(ROW_ROLE))
        )
        if ask_photos is not None:
            self.thumbnails.ask_through(ask_photos)
        self._fit()

    def photo_arrived(self, key: Hashable, image: QImage | None) -> None:
        """Show a decoded photo (None: there is none)."""
        self.thumbnails.deliver(key, image)

    def current_card(self) -> CardTexts | None:
        """Return the chosen card."""
        return self._card(self.currentIndex())

    def select_key(self, key: Hashable) -> bool:
        """Choose a card at hand by its key."""
        model = self.model()
        number = model.find(key) if isinstance(model, CardModel) else None
        if number is None:
            return False
        self.setCurrentIndex(model.index(number, 0))
        return True

    def _card(self, index: Index) -> CardTexts | None:
        card = index.data(ROW_ROLE) if index.isValid() else None
        return card if isinstance(card, CardTexts) else None

    def _open(self, index: Index) -> None:
        card = self._card(index)
        if card is not None:
            self.opened.emit(card)

    def _remember(self) -> None:
        card = self.current_card()
        self._kept = None if card is None else card.key
        self._under = self._card_under_pointer()
        self._scrolled = self.verticalScrollBar().value()

    def _recall(self) -> None:
        self._delegate.hovered_action = NOT_COUNTED
        if self._kept is not None:
            self.select_key(self._kept)
        # Qt begins at the top again; whoever reads further down goes on there.
        self.doItemsLayout()
        self.verticalScrollBar().setValue(self._scrolled)
        self.thumbnails.touch()
        if self._acting:
            self._acting = False
            self._acted.begin()
        under = self._card_under_pointer()
        if under is not None and under != self._under:
            self._slid.begin()

    @property
    def settled(self) -> bool:
        """Whether the action of the chosen card would be taken now."""
        return not self._acting and self._acted.over

    def _act(self, card: CardTexts) -> None:
        if self.settled:
            self._acting = True
            self._acted.begin()
            self.action.emit(card)

    def _card_under_pointer(self) -> CardTexts | None:
        where = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.isVisible() and self.viewport().rect().contains(where)
        return self._card(self.indexAt(where)) if inside else None

    # --- pictures -----------------------------------------------------------------------------

    def _photos_in_view(self) -> Iterator[Hashable | None]:
        model = self.model()
        if not isinstance(model, CardModel) or not model.rowCount():
            return
        columns, _cell = columns_for(self._room(), self._least())
        line = max(self.gridSize().height(), 1)
        first = self.verticalScrollBar().value() // line * columns
        last = first + (self.viewport().height() // line + 2) * columns
        for number in range(max(0, first), min(last, model.rowCount())):
            card = model.peek(number)
            yield None if card is None else card.photo_key

    def _photo_arrived(self, key: Hashable) -> None:
        model = self.model()
        if isinstance(model, CardModel):
            for number in model.with_photo(key):
                self.update(model.index(number, 0))

    # --- size ---------------------------------------------------------------------------------

    def _least(self) -> int:
        return paint.px(CARD_WIDTH) + GAP

    def _room(self) -> int:
        """The width QListView lays out in: it leaves room for the scroll bar, shown or not."""
        extent = QStyle.PixelMetric.PM_ScrollBarExtent
        bar = self.style().pixelMetric(extent, None, self.verticalScrollBar())
        return self.maximumViewportSize().width() - bar

    def _fit(self) -> None:
        """Give each card its share of the width."""
        _columns, cell = columns_for(self._room(), self._least())
        high = paint.px(PAD) + paint.px(PICTURE) + paint.px(TEXTS)
        card = QSize(max(cell - GAP, 1), high)
        grid = QSize(cell, high + GAP)
        self._delegate.card_size = card
        if grid != self.gridSize():
            self.setGridSize(grid)
        self.thumbnails.touch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- mouse and keyboard -------------------------------------------------------------------

    def _action_at(self, where: QPoint) -> QModelIndex | None:
        index = self.indexAt(where)
        card = self._card(index)
        if card is None:
            return None
        box = self._delegate.action_box(QRectF(self.visualRect(index)), card)
        return index if box.contains(QPointF(where)) else None

    def _hover(self, index: QModelIndex | None) -> None:
        number = NOT_COUNTED if index is None else index.row()
        if number == self._delegate.hovered_action:
            return
        self._delegate.hovered_action = number
        shape = Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        self._hover(self._action_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which card's action was pressed."""
        super().mousePressEvent(event)
        card = self._card_acting_at(event) if self._slid.over else None
        self._pressed = None if card is None else card.key

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the action's words acts, on the card that was pressed."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        card = self._card_acting_at(event)
        if card is not None and card.key == pressed and self._slid.over:
            self._act(card)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on the action's words takes once, it does not open the card.

        Another card may have slid under the pointer after the first click.
        """
        self._pressed = None
        if self._action_at(event.position().toPoint()) is None:
            super().mouseDoubleClickEvent(event)

    def _card_acting_at(self, event: QMouseEvent) -> CardTexts | None:
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        index = self._action_at(event.position().toPoint())
        return None if index is None else self._card(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space take the action (or open where there is none); Ctrl+Enter opens."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            super().keyPressEvent(event)
            return
        card = self.current_card()
        opens = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if card is None or event.isAutoRepeat():
            return
        if card.action_text and not opens:
            self._act(card)
        else:
            self.opened.emit(card)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking for a letter would read the whole list."""
