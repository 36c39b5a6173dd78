"""Tells people that somebody else refused or cancelled what they ordered, once, until seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from moebelcirkel.language import _, ngettext

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders.news import News
    from moebelcirkel.ui.kit.messages import Question
    from moebelcirkel.ui.window.main_window import MainWindow

_DRAFT = "order_news"
_MOST = 5
_AGAIN_MS = 20_000


class OrderNews(QObject):
    """Asks for news of one person's orders and shows them in a question of their own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.question: Question | None = None
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._again.start()

    def look(self) -> None:
        """Read what is new, unless something is being asked already."""
        if self.question is None:
            seen = self._seen()
            self._window.jobs.read(
                lambda context: _read(context, seen), self._tell, channel="order news"
            )

    def _look_again(self) -> None:
        """The same for a window left open; nothing is asked under the hands of who types."""
        if not self._window.isActiveWindow():
            self.look()

    def _seen(self) -> int:
        kept = (self._window.drafts.load(_DRAFT) or {}).get("seen", 0)
        return kept if isinstance(kept, int) else 0

    def _tell(self, found: Sequence[News]) -> None:
        if not found or self.question is not None:
            return
        newest = found[-1]
        title = ngettext("News of your order", "News of your orders", len(found))
        self.question = self._window.messages.ask(
            title,
            words(found),
            _("Show {number}").format(number=newest.number),
            lambda: self._window.go("orders", newest.order_id),
            no=_("Close"),
        )
        self.question.finished.connect(lambda _result: self._saw(newest.change_id))

    def _saw(self, change_id: int) -> None:
        self.question = None
        self._window.drafts.save(_DRAFT, {"seen": change_id})


def _read(context: Context, seen: int) -> Sequence[News]:
    from moebelcirkel.services.orders import news as order_news

    return order_news.news(context, seen)


def words(found: Sequence[News]) -> str:
    """A line for each, the newest first."""
    lines = [_line(each) for each in reversed(found[-_MOST:])]
    if len(found) > _MOST:
        more = len(found) - _MOST
        text = ngettext("And {count} more.", "And {count} more.", more)
        lines.append(text.format(count=more))
    return "\n".join(lines)


def _line(each: News) -> str:
    if each.refused:
        return _("{number} was refused by {name}: {reason}").format(
            number=each.number, name=each.by, reason=each.reason
        )
    part = _("A part of {number} was cancelled by {name}.")
    text = _("{number} was cancelled by {name}.") if each.whole else part
    return text.format(number=each.number, name=each.by)
