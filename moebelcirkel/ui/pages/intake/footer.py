"""The foot of intake's form: the button that finishes, whether labels are printed at once, undo."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.pictures import icons, paint
from moebelcirkel.ui.kit.plain import Label, push_button

_ROOM_FOR_KEYS = 660
#: Between two buttons, and a button that is only a picture with a little air.
_GAP, _PICTURE = 8, 60


class Footer(QWidget):
    """`finished` when the main button is pressed, `printing_chosen(at_once)`, and what is asked."""

    finished = Signal()
    printing_chosen = Signal(bool)
    clear_asked = Signal()
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.setProperty("main", True)
        self.button.clicked.connect(self.finished)
        self.choice = QToolButton()
        icons.put(self.choice, "arrow-down", "muted")
        self.choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choice.setAccessibleName(_("When are labels printed?"))
        self.choice.setToolTip(_("When are labels printed?"))
        self.keys = Label(_("Ctrl + Enter"), tone="small")
        self.keys.hide()
        self.clear = push_button(_("Clear"), self.clear_asked)
        self.clear.setToolTip("Ctrl+R")
        self.undo = push_button(_("Undo the last"), self.undo_asked, icon="undo")
        self.undo.setAccessibleName(_("Undo the last"))
        self.undo.setToolTip(_("Undo the last"))
        self._at_once, self._count = True, 0
        # What it undoes next is not shown, so one who clicks twice has meant one.
        self.once = Decision(lambda: None, self.undo)
        self.choice.setMenu(self._menu())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(self.button)
        line.addWidget(self.choice)
        line.addWidget(self.keys)
        line.addStretch(1)
        line.addWidget(self.clear)
        line.addWidget(self.undo)
        self.show_count(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the keys where there is room for it."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for all its buttons, the last one without its words."""
        parts = (self.button, self.choice, self.clear)
        wide = sum(part.sizeHint().width() + _GAP for part in parts)
        return QSize(wide + paint.px(_PICTURE), self.button.sizeHint().height())

    def _fit(self) -> None:
        """Say the keys, and the last button in words, where there is room for them."""
        self.keys.setVisible(self.width() >= paint.px(_ROOM_FOR_KEYS))
        words = _("Undo the last")
        least = self.minimumSizeHint().width() + self.fontMetrics().horizontalAdvance(words)
        self.undo.setText(words if self.width() >= least else "")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.now = QAction(_("Print labels after each batch"), menu)
        self.later = QAction(_("Collect labels and print them later"), menu)
        for action, at_once in ((self.now, True), (self.later, False)):
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
            action.triggered.connect(lambda _on=False, value=at_once: self._choose(value))
        return menu

    def _choose(self, at_once: bool) -> None:  # noqa: FBT001 - a menu's answer
        self.show_printing(at_once=at_once)
        self.printing_chosen.emit(at_once)

    def show_printing(self, *, at_once: bool) -> None:
        """Show what is chosen."""
        self._at_once = at_once
        (self.now if at_once else self.later).setChecked(True)
        self.show_count(self._count)

    def show_count(self, count: int) -> None:
        """Say on the button what it will do."""
        self._count = count
        if not count:
            text = (
                _("Register furniture and print labels")
                if self._at_once
                else _("Register furniture")
            )
        elif self._at_once:
            text = ngettext(
                "Register {count} piece and print {count} label",
                "Register {count} pieces and print {count} labels",
                count,
            )
        else:
            text = ngettext("Register {count} piece", "Register {count} pieces", count)
        self.button.setText(text.format(count=number(count)))
        self._fit()


def held_back(waiting: Sequence[int]) -> str:
    """Words of the button for labels that wait to be printed."""
    many = ngettext("Print {count} waiting label", "Print {count} waiting labels", len(waiting))
    return many.format(count=number(len(waiting)))
