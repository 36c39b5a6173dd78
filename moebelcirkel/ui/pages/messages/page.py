"""One's own messages: the list to the left, the chosen one with the way to what it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.messages import TEXTS, Cause
from moebelcirkel.language import N_, _, moment
from moebelcirkel.ui.kit.list_page import ShortListPage
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel, column_width
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, chip_column
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.plain import copyable, push_button

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.messages import ListedMessage, MessageDetail
    from moebelcirkel.ui.kit.shell import Shell

#: Told to everybody whose badge counts them, without any change in the database's history.
READ = frozenset({"message"})
_PAGES = {
    "shop_order": "orders",
    "want": "wants",
    "pickup": "pickups",
    "complaint": "complaints",
    "repair": "repairs",
    "retention": "settings",
}
#: What is opened where it is no row.
_PARTS = {"approvals": None, "settings": "people"}
_LOANS = (Cause.LOAN_DUE, Cause.LOAN_LATE)
_TO_DECIDE = (Cause.ORDER_WAITS, Cause.ORDER_REMINDER)


def _title(row: ListedMessage) -> str:
    known = row.cause in set(Cause)
    return _(TEXTS[Cause(row.cause)].title) if known else row.cause


def _columns() -> list[Column[ListedMessage]]:
    return [
        Column("subject", _("Message"), lambda row: row.subject, tip=lambda row: row.subject),
        Column(
            "at",
            _("When"),
            lambda row: moment(row.created_at),
            lambda row: row.id,
            width=140,
            tone="small",
        ),
        chip_column(
            "state", _("State"), _chip, width=column_width((_("new"), _("undone"), _("read")))
        ),
    ]


def _chip(row: ListedMessage) -> Chip:
    if row.undone:
        return Chip(_("undone"), "warning")
    return Chip(_("read"), "neutral") if row.read_at else Chip(_("new"), "accent")


class MessageCard(CardFrame):
    """One message in full."""

    def __init__(self) -> None:
        super().__init__("")
        self.state = ChipLabel(("", "neutral"))
        self.beside_title(self.state)
        self.body_text = copyable("")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.body_text)
        column.addStretch(1)
        self.add(scrolled(inside, unfolds=True), 1)
        self.buttons = QHBoxLayout()
        self.body.addLayout(self.buttons)

    def show_message(self, row: ListedMessage) -> None:
        """Show it as it was written."""
        self.show_title(row.subject, f"{_title(row)} · {moment(row.created_at)}")
        self.state.show_chip(_chip(row))
        self.body_text.setText(row.body)


class MessagesPage(ShortListPage["ListedMessage", "MessageDetail"]):
    """What one is told; a message that is shown has been read."""

    word = "messages"
    title = N_("Messages")
    kinds = frozenset(
        {"message", "shop_order", "order_line", "hold", "want", "pickup", "delivery"}
        | {"complaint", "repair"}
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._row: ListedMessage | None = None
        self.model: TableModel[ListedMessage] = TableModel(
            _columns(), lambda row: row.id, lambda row: row.read_at is None, parent=self
        )
        self.empty = EmptyState(
            _("No messages yet"),
            _("You are told here when something happens to what you ordered, wanted or reported."),
            icon="message",
        )
        self.card = MessageCard()
        self.open_button = push_button("", self._open, role="primary")
        self.card.buttons.addWidget(self.open_button, 1)
        self.lay(self.model, self.empty, self.card, [self.open_button], name=_("Messages"))
        self.table.opened.connect(lambda _row: self._open())
        self.card.hide()

    def header_buttons(self) -> list[QPushButton]:
        """All at once."""
        self.all_button = push_button(_("Mark all as read"), lambda: self._mark(None))
        return [self.all_button]

    def reload(self) -> None:
        """Read the list."""
        self.shell.jobs.read(services.messages.listed, self.show_rows, channel=self.word)

    def detail_of(self, context: Context, key: int) -> MessageDetail:
        """One message."""
        return services.messages.detail(context, key)

    def show_nothing(self) -> None:
        """No card."""
        self._row = None
        self.card.hide()

    def show_detail(self, detail: MessageDetail) -> None:
        """The message; whoever sees it has read it."""
        row = self._row = detail.row
        self.card.show_message(row)
        self.card.show()
        word = self._word_of(row)
        self.open_button.setVisible(bool(word))
        if word:
            self.open_button.setText(_("Show in {page}").format(page=self._page_title(word)))
        if row.read_at is None and self.isVisible():
            self._mark([row.id])

    def _word_of(self, row: ListedMessage) -> str:
        if row.cause in _LOANS:
            return "loans"
        if row.entity == "shop_order" and row.cause in _TO_DECIDE:
            return "approvals"
        return _PAGES.get(row.entity, "")

    def _page_title(self, word: str) -> str:
        return {
            "approvals": _("To approve"),
            "orders": _("Orders"),
            "loans": _("Loans"),
            "wants": _("Wants"),
            "pickups": _("Pickups"),
            "complaints": _("Complaints"),
            "repairs": _("Repairs"),
            "settings": _("Retention"),
        }[word]

    def _open(self) -> None:
        if self._row is not None:
            word = self._word_of(self._row)
            if word:
                self.shell.go(word, _PARTS.get(word, self._row.entity_id))

    def _mark(self, ids: list[int] | None) -> None:
        self.shell.jobs.write(
            lambda context: services.messages.mark_read(context, ids), self._marked
        )

    def _marked(self, count: int) -> None:
        if count:
            self.shell.broadcast(READ)
