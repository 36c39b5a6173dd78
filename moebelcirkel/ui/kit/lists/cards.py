"""Product cards in a grid: picture, condition, count, price, and what is saved.

Long lists stay quick: the count is known, cards are read page by page as they are seen, and
pictures are asked for when scrolling has rested.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.sparse import PAGE, Fetch, PageRequest, SparseRows
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.plain import tip

CARD_WIDTH = 200
GAP = 16
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class CardTexts:
    """What one card shows; all texts are ready to read."""

    key: Hashable
    title: str
    condition_chip: Chip
    count_text: str
    price_text: str
    new_price_text: str = ""
    co2_text: str = ""
    label_chip: str = ""
    photo_key: Hashable | None = None
    action_text: str = ""
    shape: str = "box"
    condition_brief: str = ""
    """What the chip says where the card is narrow."""

    def spoken(self) -> str:
        """Name of the card for those who hear it."""
        parts = (self.title, self.condition_chip.text, self.count_text, self.price_text)
        return ", ".join(part for part in parts if part)

    def spoken_more(self) -> str:
        """What else there is to hear."""
        parts = (self.new_price_text, self.co2_text, self.label_chip, self.action_text)
        return ", ".join(part for part in parts if part)


def columns_for(width: int, least: int) -> tuple[int, int]:
    """How many cells go side by side, and how wide each is.

    One pixel less than there is: QListView wraps one column early when they fill it exactly.
    """
    columns = max(1, (width - 1) // max(least, 1))
    return columns, max(1, (width - 1) // columns)


class CardModel(QAbstractListModel):
    """Cards of a search: `reset` with the count and first page, then `deliver` what is asked."""

    def __init__(
        self, fetch: Fetch[CardTexts], parent: QObject | None = None, page_size: int = PAGE
    ) -> None:
        super().__init__(parent)
        self._sparse: SparseRows[CardTexts] = SparseRows(fetch, page_size)

    def reset(self, count: int, first_cards: Sequence[CardTexts] = ()) -> None:
        """Show another list."""
        self.beginResetModel()
        self._sparse.reset(count, first_cards)
        self.endResetModel()

    def deliver(self, request: PageRequest[CardTexts], cards: Sequence[CardTexts]) -> None:
        """Take in the answer to a request."""
        found = self._sparse.deliver(request, cards)
        if found is not None:
            self.dataChanged.emit(self.index(found[0], 0), self.index(found[1], 0))

    def failed(self, request: PageRequest[CardTexts]) -> None:
        """Say that a request got no answer."""
        self._sparse.failed(request)

    def peek(self, number: int) -> CardTexts | None:
        """Return a card at hand without asking for it."""
        return self._sparse.peek(number)

    def find(self, key: Hashable) -> int | None:
        """Return the number of a card at hand."""
        loaded = self._sparse.loaded()
        return next((number for number, card in loaded if card.key == key), None)

    def with_photo(self, photo_key: Hashable) -> list[int]:
        """Numbers of the cards at hand that show a photo."""
        return [n for n, card in self._sparse.loaded() if card.photo_key == photo_key]

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._sparse.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's card: the whole of it under `ROW_ROLE`, and what is heard."""
        if not index.isValid():
            return None
        card = self._sparse.row(index.row())
        if card is None:
            return None
        if role == ROW_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(card.title)  # a long name is cut on the card
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return card.spoken_more()
        return None
