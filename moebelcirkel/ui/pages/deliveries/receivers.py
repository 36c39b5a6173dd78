"""The left card: institutions that furniture goes to, each with how far the picking is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.pages.deliveries.words import pieces

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import Receiver

_HEIGHT = 76
_GAP = 8
_LEAST_HEIGHT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One card; ``key`` is the institution, or None for all of them."""

    key: int | None
    title: str
    detail: str
    picked: int
    pieces: int

    @property
    def progress(self) -> str:
        """ "5 af 16 plukket"."""
        return _("{picked} of {count} picked").format(
            picked=number(self.picked), count=number(self.pieces)
        )


def entries(receivers: Sequence[Receiver]) -> list[Entry]:
    """All receivers together, then each of them."""
    if not receivers:
        return []
    many = ngettext("{count} receiver", "{count} receivers", len(receivers))
    total = sum(receiver.pieces for receiver in receivers)
    picked = sum(receiver.picked for receiver in receivers)
    detail = f"{many.format(count=number(len(receivers)))} · {pieces(total)}"
    return [
        Entry(None, _("All receivers"), detail, picked, total),
        *(_entry(receiver) for receiver in receivers),
    ]


def _entry(receiver: Receiver) -> Entry:
    words = ngettext("{count} order", "{count} orders together", receiver.orders)
    orders = words.format(count=number(receiver.orders))
    detail = f"{orders} · {pieces(receiver.pieces)}"
    return Entry(receiver.institution_id, receiver.name, detail, receiver.picked, receiver.pieces)


class EntryDelegate(QStyledItemDelegate):
    """Paints a card: name, orders and pieces, and a bar that fills as pieces are picked."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Cards of one height."""
        return QSize(160, paint.px(_HEIGHT + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        entry: Entry = index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(1, 1, -1, -paint.px(_GAP))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, entry, chosen=chosen)
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            paint.focus_ring(painter, box.adjusted(2, 2, -2, -2), 6)
        self._words(painter, box.adjusted(paint.px(16), paint.px(7), -paint.px(12), 0), entry)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, entry: Entry, *, chosen: bool) -> None:
        painter.setPen(QPen(paint.colour("accent" if chosen else "line"), 1.0))
        painter.setBrush(paint.colour("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        if entry.key is None:
            return
        done = entry.picked == entry.pieces
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour("accent" if done else "warning" if entry.picked else "edge"))
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 1, 4, box.height() - 2), 2, 2)

    def _words(self, painter: QPainter, inner: QRectF, entry: Entry) -> None:
        line = paint.px(20)
        title = QRectF(inner.left(), inner.top(), inner.width(), line)
        paint.text(painter, title, entry.title, paint.font("body", 600))
        detail = title.translated(0, line)
        paint.text(painter, detail, entry.detail, paint.font("small"), "muted")
        progress, small = entry.progress, paint.font("small")
        wide = paint.width_of(progress, small)
        place = detail.translated(0, line)
        paint.text(painter, place, progress, small, "muted", Qt.AlignmentFlag.AlignRight)
        room = QRectF(
            place.left(),
            place.center().y() - paint.px(3),
            max(0.0, place.width() - wide - paint.px(10)),
            paint.px(6),
        )
        self._bar(painter, room, entry.picked / entry.pieces if entry.pieces else 0)

    def _bar(self, painter: QPainter, room: QRectF, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour("line"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        if share:
            painter.setBrush(paint.colour("accent"))
            wide = max(room.height(), room.width() * share)
            filled = QRectF(room.left(), room.top(), wide, room.height())
            painter.drawRoundedRect(filled, room.height() / 2, room.height() / 2)


class ReceiverList(QListView):
    """The cards; moving to one chooses it: ``chosen(institution or None)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = EntryModel[Entry](
            self, detail=lambda entry: f"{entry.detail}, {entry.progress}"
        )
        self.setModel(self.rows)
        self.setProperty("bare", True)
        self.setAccessibleName(_("Receivers"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(EntryDelegate(self))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.watch().changed.connect(self._resize)
        self._resize()
        self._filling = False

    def show_entries(self, entries: Sequence[Entry], chosen: int | None) -> bool:
        """Show the cards and mark the chosen one; False when it is no longer there."""
        self._filling = True
        self.rows.set_entries(entries)
        keys = [entry.key for entry in entries]
        row = keys.index(chosen) if chosen in keys else 0
        if entries:
            self.setCurrentIndex(self.rows.index(row, 0))
        self._filling = False
        return chosen in keys or chosen is None

    def _resize(self) -> None:
        """Two cards and the beginning of the third are always in sight."""
        self.setMinimumHeight(theme.current().px(_LEAST_HEIGHT))
        self.scheduleDelayedItemsLayout()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling and current.isValid():
            self.chosen.emit(self.rows.entries[current.row()].key)


class ReceiversCard(CardFrame):
    """The list under its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("To be delivered"), parent)
        self.list = ReceiverList()
        self.add(self.list, 1)
