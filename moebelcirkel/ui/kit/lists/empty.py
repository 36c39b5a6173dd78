"""What stands where a list is empty: why, what to do next, and a button that does it."""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, caption


class EmptyState(QWidget):
    """Icon, a sentence, what to do next, and optionally a button."""

    pressed = Signal()

    def __init__(
        self,
        title: str,
        next_step: str = "",
        button: str = "",
        icon: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = Label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = _line("heading")
        self._next = _line("muted")
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        for widget in (self._picture, self._title, self._next):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        theme.watch().changed.connect(self._tint)
        self._tint()
        self.say(title, next_step, button)

    def say(self, title: str, next_step: str = "", button: str = "") -> None:
        """Say something else, as when a search rather than the stock is empty."""
        self._title.setText(title)
        self._next.setText(next_step)
        self._next.setVisible(bool(next_step))
        self._button.setText(caption(button))
        self._button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {next_step}".strip())

    def _tint(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, "edge", 40))


class ListOrEmpty(QStackedWidget):
    """A list, or in its place the empty state while it has no rows.

    Before the first rows are read nobody knows whether there are any, so nothing is said, unless
    the list is filled by hand and begins ``at_once``.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        empty: EmptyState,
        parent: QWidget | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        super().__init__(parent)
        self.empty = empty
        self._at_once = at_once
        self._view = view
        self.addWidget(view)
        self.addWidget(empty)
        self.follow(view.model())

    def follow(self, model: QAbstractItemModel | None) -> None:
        """Watch the rows of a model the view was given later."""
        if model is None:
            return
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._choose)
        if self._at_once or model.rowCount():
            self._choose()

    def _choose(self) -> None:
        model = self._view.model()
        filled = model.rowCount() > 0
        focus: QWidget | None = self.window().focusWidget()
        # Else Qt gives the keyboard to whatever comes next, as a filter beside the list.
        self._view.setFocusProxy(None if filled else self.empty)  # type: ignore[arg-type]
        left = self.empty if filled else self._view
        self.setCurrentWidget(self._view if filled else self.empty)
        if focus is not None and (focus is left or left.isAncestorOf(focus)):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(tone: str) -> Label:
    label = Label(tone=tone, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
