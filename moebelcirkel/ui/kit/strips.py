"""Banner and notice lie over the page, near its top: nothing moves away under a pointer for them.

They leave free what can be pressed, and the place where the pointer is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import free_spot, theme
from moebelcirkel.ui.kit.messages import announce
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.kit.toast import close_button

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Unavailable
    from moebelcirkel.ui.kit.jobs import Job

_AGAIN_MS: Final = 5_000
#: Air below the header, and the width of what says little.
_TOP: Final = 8
_LEAST: Final = 420
_MOVING: Final = frozenset(
    {
        QEvent.Type.Resize,
        QEvent.Type.Move,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
    }
)


class Strips(QObject):
    """Finds a place for each strip whenever it is shown."""

    def __init__(self, host: QWidget, page: QWidget, *strips: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._page = page
        self._strips = strips
        for strip in strips:
            strip.setParent(host)
            strip.hide()
            strip.installEventFilter(self)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Something was shown, or changed its size."""
        if event.type() in _MOVING:
            self._place()
        return False

    def _place(self) -> None:
        area, taken = self._page.geometry(), list[QRect]()
        for strip in self._strips:
            if strip.isHidden():
                continue
            room = area.width() - 2 * free_spot.EDGE
            width = min(room, max(strip.sizeHint().width(), theme.current().px(_LEAST)))
            height = max(strip.heightForWidth(width), strip.minimumSizeHint().height())
            spot = QRect(
                area.left() + (area.width() - width) // 2, area.top() + _TOP, width, height
            )
            taken.append(free_spot.from_above(self._host, spot, taken))
            strip.setGeometry(taken[-1])
            strip.raise_()


class Banner(QFrame):
    """A strip over the page; the only thing that stays until it is answered.

    By itself it tries again too, with the same requests, so that nothing is done twice.
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("says", True)
        self.setObjectName("banner")
        self._jobs: list[Job] = []
        self._text = Label(wrap=True)
        self._again = push_button(_("Try again"), self._retry)
        self._close = close_button(self._abandon)
        self._waits = False
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self._retry)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._again)
        row.addWidget(self._close)
        self.hide()

    def show_silence(self) -> None:
        """Say that the database has not answered for a while; it is waited for."""
        if not self.isHidden():
            return
        self._waits = True
        self._text.setText(
            _("The database has not answered for a while. It is waited for, and nothing is lost.")
        )
        self._offer()
        announce(self, self._text.text(), urgent=True)

    def _offer(self) -> None:
        """Of what is only waited for there is nothing to send again."""
        self._again.setVisible(not self._waits)
        self._close.setVisible(not self._waits)
        self.show()

    def show_unavailable(self, error: Unavailable, job: Job) -> None:
        """Say why the database does not answer; "Prøv igen" sends the same work again."""
        self._jobs.append(job)
        known = self.isVisible() and self._text.text() == refusal(error)
        self._text.setText(refusal(error))
        self._timer.start()
        self._waits = False
        self._offer()
        if not known:
            announce(self, self._text.text(), urgent=True)

    def settled(self) -> None:
        """All that was asked has been answered: nothing to tell where none was unavailable."""
        if not self._jobs:
            self._timer.stop()
            self._waits = False
            self.hide()
            self.answered.emit()

    def _retry(self) -> None:
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.retry()

    def _abandon(self) -> None:
        jobs, self._jobs = self._jobs, []
        self.settled()
        for job in jobs:
            job.abandon()
