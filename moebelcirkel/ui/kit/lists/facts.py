"""Facts in two columns: what it is to the left, the value to the right, a line under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label

ROW = 38
#: Characters of a value that stays on one line, and of the longest text that gets its share.
_SHORT, _LONG = 12, 36
#: Lines that are made at once, and in each further turn of the event loop: a line is some widgets,
#: and with each turn all lines are laid out again.
_FIRST, _MORE = 12, 6


@dataclass(frozen=True, slots=True)
class Fact:
    """One line; `detail` stands small under the label, `tone` colours the value."""

    label: str
    value: str
    detail: str = ""
    tone: str = ""
    strong: bool = False


class FactList(QWidget):
    """Lines of facts; `show_facts` replaces them.

    Of many the last ones come in turns of their own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._rows: list[QWidget] = []
        self._left: list[Fact] = []
        self._turns = QTimer(self, singleShot=True, interval=0)
        self._turns.timeout.connect(self._more)
        theme.watch().changed.connect(self._resize_rows)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._left = [], list(facts)
        self._go_on(_FIRST)

    def facts(self) -> list[tuple[str, str]]:
        """Return what is shown, as (label, value)."""
        self._go_on(len(self._left))
        rows = [row for row in self._rows if isinstance(row, _FactRow)]
        return [(row.label.text(), row.value.text()) for row in rows]

    def _more(self) -> None:
        self._go_on(_MORE)

    def _go_on(self, lines: int) -> None:
        for fact in self._left[:lines]:
            if self._rows:
                self._add(_rule())
            self._add(_FactRow(fact))
        del self._left[:lines]
        if self._left:
            self._turns.start()

    def _resize_rows(self) -> None:
        for row in self._rows:
            if isinstance(row, _FactRow):
                row.setMinimumHeight(theme.current().px(ROW))

    def _add(self, widget: QWidget) -> None:
        self._rows.append(widget)
        self._layout.addWidget(widget)


class _FactRow(QWidget):
    """One line: 38 px, or higher with a detail or a long value."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.setMinimumHeight(theme.current().px(ROW))
        self.label = _text(fact.label, "")
        self.value = _text(fact.value, fact.tone or ("strong" if fact.strong else ""))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        select = Qt.TextInteractionFlag.TextSelectableByMouse
        self.value.setTextInteractionFlags(select)
        self.value.setAccessibleName(f"{fact.label}: {fact.value}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 5, 0, 5)
        layout.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.label)
        if fact.detail:
            words.addWidget(_text(fact.detail, "small"))
        short = len(fact.value) <= _SHORT
        self.value.setWordWrap(not short)
        # A short value takes what it needs; long texts share the line by their lengths.
        layout.addLayout(words, 1 if short else _share(fact.label, fact.detail))
        layout.addWidget(self.value, 0 if short else _share(fact.value))


def _share(*texts: str) -> int:
    return max(_SHORT, min(max(map(len, texts)), _LONG))


def _text(words: str, tone: str) -> Label:
    label = Label(words, wrap=True)
    label.setProperty("small", True)
    if tone:
        label.setProperty("tone", tone)
    return label


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", True)
    return rule
