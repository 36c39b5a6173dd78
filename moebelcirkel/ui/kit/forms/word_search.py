"""Search in the list of a combo box: every typed word is found, wherever it stands in a row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from moebelcirkel.domain.fold import fold, matches_rank, words
from moebelcirkel.ui.kit.lists.tables import Index

_TOP = QModelIndex()


class _Found(QSortFilterProxyModel):
    """The rows that have all words, the best first: "reol 2 b" as it stands before its parts."""

    def __init__(self, combo: QComboBox, parent: QObject) -> None:
        super().__init__(parent)
        self._combo = combo
        self._ranks: dict[int, tuple[int, int]] | None = None
        self.setSourceModel(combo.model())

    def look_for(self, query: str) -> None:
        """Leave what fits the query; without words everything stays in its order."""
        self._ranks = None
        if wanted := words(query):
            phrase = f" {fold(query)} "
            self._ranks = {}
            for row in range(self._combo.count()):
                folded = fold(self._combo.itemText(row))
                rank = matches_rank(wanted, folded)
                if rank is not None:
                    self._ranks[row] = (phrase not in f" {folded} ", rank)
        self.invalidate()
        self.sort(0)

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Qt's question."""
        return self._ranks is None or row in self._ranks

    def lessThan(self, left: Index, right: Index) -> bool:
        """Qt's question; rows of the same rank stay in their order."""
        ranks = self._ranks or {}
        none = (0, 0)
        first, second = (*ranks.get(left.row(), none), left.row()), right.row()
        return first < (*ranks.get(second, none), second)


class WordCompleter(QCompleter):
    """Offers the rows of a combo box that have every word typed into it."""

    def __init__(self, combo: QComboBox, parent: QObject) -> None:
        super().__init__(parent)
        self._found = _Found(combo, self)
        self._resting = False
        self.setModel(self._found)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        """Qt asks by what to filter: it is done here, and Qt shows what is left."""
        if not self._resting:
            self._found.look_for(path)
        return [""]

    @contextmanager
    def resting(self) -> Iterator[None]:
        """While a row is chosen by the program nobody searches, though Qt asks."""
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    def finds(self, text: str) -> bool:
        """Tell whether any row fits."""
        self._found.look_for(text)
        return self._found.rowCount(_TOP) > 0


def only_one(names: Sequence[str], text: str) -> int | None:
    """Which of the names alone is meant: it has the words as they stand, or is the only one left.

    A typed number counts as a whole: "Reol 2" is not taken for "Reol 20".
    """
    wanted = words(text)
    folded = {row: f" {fold(name)} " for row, name in enumerate(names)}
    fits = [row for row, name in folded.items() if matches_rank(wanted, name) is not None]
    found = fits if wanted else []
    meant = [row for row in found if f" {fold(text)} " in folded[row]] or found
    numbers = [f" {word} " for word in wanted if word.isdigit()]
    if len(meant) != 1 or any(each not in folded[meant[0]] for each in numbers):
        return None
    return meant[0]
